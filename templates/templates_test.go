package templates_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"batan.go.id/layanan/templates"
	"batan.go.id/layanan/workflow"
)

// known are the constants that templates may compare with; a slip of the pen
// would silently never be equal.
var known = map[string][]string{
	"Action": {string(workflow.Submit), string(workflow.Advance), string(workflow.Reject), string(workflow.Return),
		string(workflow.Ask), string(workflow.Trouble),
		string(workflow.Delegate), string(workflow.Change), string(workflow.SignOff), string(workflow.Withdraw),
		string(workflow.Answered),
		string(workflow.Vacant), string(workflow.Away), string(workflow.Expire)},
	"Reason": {string(workflow.Doubtful), string(workflow.NoCommand), string(workflow.NeedsReason),
		string(workflow.NeedsText), string(workflow.NeedsFields), string(workflow.NeedsPerson), string(workflow.ThisOneOnly),
		string(workflow.TooLong), string(workflow.NeedsSignature), string(workflow.NeedsAuthentication),
		string(workflow.NotHere), string(workflow.Stale), string(workflow.Ended), string(workflow.Done),
		string(workflow.Asked), string(workflow.TooLate), string(workflow.LeadTimeShort), string(workflow.Flooding)},
	"State": {string(workflow.StateFinished), string(workflow.StateRejected), string(workflow.StateCancelled),
		string(workflow.Running), string(workflow.Waiting)},
	"Say": {string(workflow.Withdraw), string(workflow.SignOff), string(workflow.Change), string(workflow.Ask),
		string(workflow.Confirm)},
}

var comparison = regexp.MustCompile(`(?:(?:eq|ne) )?\.(Action|Reason|State|Say) "([^"]*)"`)

func TestComparisons(t *testing.T) {
	files, err := filepath.Glob("*.tmpl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	n := 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range comparison.FindAllStringSubmatch(string(data), -1) {
			if n++; !slices.Contains(known[m[1]], m[2]) {
				t.Errorf("%s compares .%s with %q", f, m[1], m[2])
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d comparisons were found", n)
	}
}

func TestSentences(t *testing.T) {
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	sentences := set.Sentences()
	if !slices.Contains(sentences, "Belum ada yang berubah.") && !slices.ContainsFunc(sentences,
		func(s string) bool { return strings.Contains(s, "kata berikut pada baris pertama") }) {
		t.Errorf("our own words are not among %q", sentences)
	}
	for i, s := range sentences {
		if len(s) < 24 || strings.ContainsAny(s, "{}<>\n") || slices.Contains(sentences[:i], s) {
			t.Errorf("sentence %q", s)
		}
	}
}

func TestPartOfNothing(t *testing.T) {
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := set.Part("praise", "subject", nil); err == nil || !strings.Contains(err.Error(), `"praise"`) {
		t.Errorf("an unknown notice: %v", err)
	}
	if _, err := set.Part("task", "subject", struct{}{}); err == nil {
		t.Error("a template runs without its data")
	}
}
