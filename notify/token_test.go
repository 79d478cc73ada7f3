package notify_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

func TestTokenState(t *testing.T) {
	keys, other := notify.Keys{[]byte("one")}, notify.Keys{[]byte("two")}
	r := workflow.Request{Number: "VC-2026-0001", Step: "disposisi", Requester: ani,
		Visits: []string{"permohonan", "persetujuan", "disposisi"}}
	earlier := workflow.Request{Number: r.Number, Step: "persetujuan", Requester: ani, Visits: r.Visits[:2]}
	another := workflow.Request{Number: "VC-2026-0002", Step: r.Step, Requester: ani, Visits: r.Visits}
	live := keys.For(&r, "kabid_pjkkd", kabid.Email)
	for _, c := range []struct {
		name   string
		keys   notify.Keys
		tokens []string
		sender string
		want   workflow.TokenState
	}{
		{"live", keys, []string{live}, kabid.Email, workflow.LiveToken},
		{"in capitals", keys, []string{strings.ToUpper(live)}, strings.ToUpper(kabid.Email), workflow.LiveToken},
		{"behind one that is worth nothing", keys, []string{"vc-2026-0001-x", live}, kabid.Email, workflow.LiveToken},
		{"of an earlier visit", keys, []string{keys.For(&earlier, "ka_ppiksn", kepala.Email)}, kepala.Email,
			workflow.PastToken},
		{"past before live", keys, []string{keys.For(&earlier, "", kabid.Email), live}, kabid.Email, workflow.LiveToken},
		{"of somebody else", keys, []string{live}, kepala.Email, workflow.NoToken},
		{"of another request", keys, []string{keys.For(&another, "kabid_pjkkd", kabid.Email)}, kabid.Email,
			workflow.NoToken},
		{"of another step in the same visit", keys, []string{keys.Token(r.Number, "instruksi", 3, kabid.Email)}, kabid.Email,
			workflow.NoToken},
		{"of a visit to come", keys, []string{keys.Token(r.Number, "disposisi", 4, kabid.Email)}, kabid.Email,
			workflow.NoToken},
		{"of another key", other, []string{live}, kabid.Email, workflow.NoToken},
		{"signed before the key was replaced", notify.Keys{other[0], keys[0]}, []string{live}, kabid.Email,
			workflow.LiveToken},
		{"the requester's, visits later", keys, []string{keys.For(&earlier, workflow.Requester, ani.Email)}, ani.Email,
			workflow.LiveToken},
		{"the requester's, used by an office", keys, []string{keys.For(&r, workflow.Requester, ani.Email)}, kabid.Email,
			workflow.NoToken},
		{"made like a requester's by an office", keys, []string{keys.For(&r, workflow.Requester, kabid.Email)}, kabid.Email,
			workflow.NoToken},
		{"none", keys, nil, kabid.Email, workflow.NoToken},
		{"empty", keys, []string{""}, kabid.Email, workflow.NoToken},
		{"cut", keys, []string{live[:len(live)-1]}, kabid.Email, workflow.NoToken},
		{"no sender", keys, []string{live}, "", workflow.NoToken},
	} {
		if got := c.keys.State(c.tokens, &r, c.sender); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestTokenShape: a token fits the local part of an address (RFC 5321,
// 4.5.3.1.1) and survives programs that fold case.
func TestTokenShape(t *testing.T) {
	shape := regexp.MustCompile(`^vc-\d{4}-\d{4,}-[a-z2-7]{20}$`)
	seen := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`VC-20[0-9]{2}-[0-9]{4,8}`).Draw(t, "number")
		token := identity.Keys.Token(number, rapid.String().Draw(t, "step"), rapid.IntRange(1, 99).Draw(t, "visit"),
			rapid.String().Draw(t, "recipient"))
		if !shape.MatchString(token) || len("layanan_batannet+")+len(token) > 64 {
			t.Errorf("token %q", token)
		}
		seen[token] = true
	})
	if len(seen) < 50 {
		t.Errorf("only %d different tokens", len(seen))
	}
}

func TestNoKey(t *testing.T) {
	id := identity
	id.Keys = nil
	if _, err := notify.NewRenderer(id, procedure(t)); err == nil {
		t.Error("a renderer without a key")
	}
}
