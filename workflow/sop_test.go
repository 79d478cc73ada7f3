package workflow_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/strictyaml"
	"batan.go.id/layanan/workflow"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// contract is the table of the SOP's steps as the office agreed on it.
var contract = []struct {
	step, actor, sla, output string
	words                    map[workflow.Kind]string
}{
	{"permohonan", "pengguna", "5m", "Rekaman Permohonan Layanan VC", map[workflow.Kind]string{}},
	{"persetujuan", "ka_ppiksn", "1h", "Persetujuan Layanan VC dan disposisi",
		map[workflow.Kind]string{workflow.Advance: "SETUJU", workflow.Reject: "TOLAK", workflow.Ask: "TANYA"}},
	{"disposisi", "kabid_pjkkd", "1h", "Disposisi Ka. Bid PJKKD",
		map[workflow.Kind]string{workflow.Advance: "DISPOSISI SETUJU TERUSKAN", workflow.Reject: "TOLAK",
			workflow.Ask: "TANYA", workflow.Return: "KEMBALIKAN"}},
	{"instruksi", "kasubbid_pj", "1h", "Instruksi ke admin jaringan",
		map[workflow.Kind]string{workflow.Advance: "INSTRUKSI DISPOSISI SETUJU", workflow.Return: "KEMBALIKAN",
			workflow.Ask: "TANYA"}},
	{"persiapan", "administrator", "2h", "Layanan VC siap digunakan",
		map[workflow.Kind]string{workflow.Advance: "SIAP", workflow.Trouble: "KENDALA", workflow.Ask: "TANYA"}},
	{"laporan", "administrator", "1d", "Dokumen/laporan",
		map[workflow.Kind]string{workflow.Advance: "LAPORAN", workflow.Trouble: "KENDALA"}},
}

// anywhere are the words that may be said at every step.
var anywhere = map[string]workflow.Kind{"YA": workflow.Confirm, "DELEGASI": workflow.Delegate,
	"STATUS": workflow.Status, "BANTUAN": workflow.Help,
	"BATAL": workflow.Cancel, "UBAH": workflow.Change, "TERIMA": workflow.SignOff, "TARIK": workflow.Withdraw}

func TestTheBuiltInSOPIsTheContract(t *testing.T) {
	t.Parallel()
	s := workflow.BuiltInSOP()
	if s.Number != "236.002/IF 03 01/ISN.2.1" || s.Prefix != "VC" || s.LeadTime != (workflow.Duration{Days: 2}) ||
		s.LeadTimePolicy != "flag" {
		t.Errorf("the head is %s, %s, %s, %s", s.Number, s.Prefix, s.LeadTime, s.LeadTimePolicy)
	}
	if len(s.Steps) != len(contract) {
		t.Fatalf("%d steps, want %d", len(s.Steps), len(contract))
	}
	for i, want := range contract {
		st := s.Steps[i]
		words := map[workflow.Kind]string{}
		for _, a := range st.Actions {
			if a.Kind != workflow.Submit {
				words[a.Kind] = strings.Join(append([]string{a.Word}, a.Also...), " ")
			}
		}
		if st.ID != want.step || st.Actor != want.actor || st.SLA.String() != want.sla || st.Output != want.output {
			t.Errorf("step %d is %s, %s, %s, %s", i+1, st.ID, st.Actor, st.SLA, st.Output)
		}
		if diff := cmp.Diff(want.words, words); diff != "" {
			t.Errorf("the words of %s (-want +got):\n%s", st.ID, diff)
		}
		if i > 0 && (!slices.Equal(st.Reminders, []workflow.Percent{100, 150}) || st.Escalations.After != 200 ||
			*st.Escalations.Repeat != workflow.Duration{Days: 1} ||
			!slices.Equal(st.Escalations.To, []string{"deputies", "above"})) {
			t.Errorf("the ladder of %s is %v, %+v", st.ID, st.Reminders, st.Escalations)
		}
	}
	words := map[string]workflow.Kind{}
	for _, a := range s.Actions {
		words[a.Word] = a.Kind
	}
	if diff := cmp.Diff(anywhere, words); diff != "" {
		t.Errorf("the words of every step (-want +got):\n%s", diff)
	}
	var required []string
	for _, f := range s.Fields {
		if f.Required {
			required = append(required, f.ID)
		}
	}
	if want := []string{"nama", "nip", "unit_kerja", "kegiatan", "tanggal"}; !slices.Equal(required, want) {
		t.Errorf("required are %v, want %v", required, want)
	}
	above := map[string]string{"administrator": "kasubbid_pj", "kasubbid_pj": "kabid_pjkkd", "kabid_pjkkd": "ka_ppiksn",
		"ka_ppiksn": "operators"}
	for role, want := range above {
		if got := s.Role(role).Above; got != want {
			t.Errorf("above %s is %s, want %s", role, got, want)
		}
	}
	if again, err := workflow.ParseSOP("again", s.Source); err != nil || len(again.Steps) != len(s.Steps) {
		t.Errorf("the source of the SOP does not parse again: %v", err)
	}
}

// TestHold: how long an answer waits is a time of the clock; a SOP that does not say has ten minutes.
func TestHold(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]time.Duration{"": 10 * time.Minute, "hold: 0\n": 0, "hold: 24h\n": 24 * time.Hour,
		"hold: 90s\n": 90 * time.Second} {
		source := strings.Replace(string(workflow.BuiltInSOP().Source), "hold: 10m\n", line, 1)
		sop, err := workflow.ParseSOP("sop.yaml", []byte(source))
		if err != nil || sop.Hold.Clock != want {
			t.Errorf("%q: %v, %v", line, sop.Hold, err)
		}
	}
}

// broken lists SOPs by what is replaced in the built-in one. What their
// authors are told is in testdata/broken.golden.
var broken = []struct {
	name  string
	edits []string // old, new, …; the first occurrence
}{
	{"empty file", []string{"*", ""}},
	{"no YAML", []string{"*", "id: [\n"}},
	{"missing keys", []string{"*", "id: x\nprefix: X\n"}},
	{"unknown key", []string{"lead_time: 2d", "leadtime: 2d"}},
	{"unknown key of a step", []string{"    sla: 1h\n", "    sla: 1h\n    colour: red\n"}},
	{"duplicate key", []string{"prefix: VC\n", "prefix: VC\nprefix: VD\n"}},
	{"wrong type", []string{"forms: [status]", "forms: {status: 1}"}},
	{"bad duration", []string{"sla: 1h", "sla: 1 hour"}},
	{"duration of both kinds", []string{"sla: 1h", "sla: 1d2h"}},
	{"bad percent", []string{"reminders: [100%, 150%]", "reminders: [100, 150%]"}},
	{"prefix in small letters", []string{"prefix: VC", "prefix: v-c"}},
	{"unknown way with an absence", []string{"absence: escalate", "absence: delegate"}},
	{"unknown way with an absence at a step", []string{"    sla: 2h\n", "    sla: 2h\n    absence: ignore\n"}},
	{"hold in office days", []string{"hold: 10m", "hold: 1d"}},
	{"hold of less than nothing", []string{"hold: 10m", "hold: -10m"}},
	{"hold for too long", []string{"hold: 10m", "hold: 25h"}},
	{"unknown policy", []string{"lead_time_policy: flag", "lead_time_policy: ignore"}},
	{"unknown role of a step", []string{"actor: ka_ppiksn", "actor: ka_pppiksn"}},
	{"unknown role above", []string{"above: ka_ppiksn", "above: menteri"}},
	{"unknown role told at the end", []string{"closed_to: [pengguna, administrator, kasubbid_pj]",
		"closed_to: [pengguna, teknisi]"}},
	{"role twice", []string{"  - id: kasubbid_pj", "  - id: kabid_pjkkd"}},
	{"role called as the operators are", []string{"  - id: pengguna", "  - id: operators"}},
	{"roles in a circle", []string{"above: operators", "above: administrator"}},
	{"role with odd letters", []string{"  - id: administrator", "  - id: Administrator Jaringan"}},
	{"field twice", []string{"  - id: nip", "  - id: nama"}},
	{"label twice", []string{"label: NIP", "label: nama"}},
	{"unknown type of field", []string{"type: nip", "type: number"}},
	{"choice without choices", []string{"    choices: [Email, SMS, Telp, Datang langsung]\n", ""}},
	{"unknown default", []string{"default: sender", "default: nobody"}},
	{"report that decides", []string{"default: sender", "decides: true"}},
	{"word twice", []string{"{id: TOLAK,", "{id: SETUJU,"}},
	{"word in small letters", []string{"{id: STATUS,", "{id: status,"}},
	{"ambiguous form", []string{"forms: [status]", "forms: [status, Setuju]"}},
	{"form that is another word", []string{"forms: [status]", "forms: [status, bantuan]", "forms: [bantuan, help]",
		"forms: [help]"}},
	{"empty form", []string{"forms: [status]", `forms: [status, " "]`}},
	{"ambiguous word at a step", []string{"also: [SETUJU, TERUSKAN]", "also: [SETUJU, TOLAK]"}},
	{"ambiguous word of every step", []string{"  - word: BATAL\n", "  - word: SETUJU\n"}},
	{"ambiguous word among those of every step", []string{"  - word: BANTUAN\n", "  - word: STATUS\n"}},
	{"unknown word", []string{"word: SETUJU", "word: SETUJUI"}},
	{"action without a word", []string{"- word: SETUJU\n        kind: advance", "- kind: advance"}},
	{"unknown kind of action", []string{"kind: reject", "kind: refuse"}},
	{"unknown sender", []string{"by: requester", "by: everybody"}},
	{"an approval by anyone", []string{"        kind: advance\n", "        kind: advance\n        by: anyone\n"}},
	{"taken back by the actor", []string{"    by: last\n", "    by: actor\n"}},
	{"unknown notice", []string{"notice: ready", "notice: receipt"}},
	{"step twice", []string{"  - id: instruksi", "  - id: disposisi"}},
	{"step called as an end is", []string{"  - id: laporan\n    title: Laporan\n",
		"  - id: selesai\n    title: Laporan\n"}},
	{"step that leads nowhere", []string{"        to: disposisi\n", ""}},
	{"step that leads to no step", []string{"to: disposisi", "to: disposisii"}},
	{"rejection that leads somewhere", []string{"        kind: reject\n",
		"        kind: reject\n        to: disposisi\n"}},
	{"skipped office", []string{"to: instruksi", "to: persiapan"}},
	{"all offices skipped", []string{"kind: advance\n        to: disposisi", "kind: advance\n        to: selesai"}},
	{"return that is an advance", []string{"kind: return\n        to: persetujuan",
		"kind: return\n        to: persiapan"}},
	{"return to the requester", []string{"kind: return\n        to: persetujuan",
		"kind: return\n        to: permohonan"}},
	{"return to the end", []string{"kind: return\n        to: persetujuan", "kind: return\n        to: selesai"}},
	{"unreachable step", []string{"kind: advance\n        to: laporan\n", "kind: advance\n        to: selesai\n"}},
	{"step that can't end", []string{"kind: advance\n        to: laporan\n        notice: ready",
		"kind: return\n        to: instruksi"}},
	{"step without a word",
		[]string{"      - word: LAPORAN\n        kind: advance\n        to: selesai\n        help: melaporkan hasil " +
			"pelaksanaan dan menutup permohonan\n        hint: \"[isi formulir laporan]\"\n", ""}},
	{"first step of an office", []string{"actor: pengguna", "actor: administrator"}},
	{"later step of the requester", []string{"actor: kabid_pjkkd", "actor: pengguna"}},
	{"form handed in twice", []string{"      - kind: submit\n        to: persetujuan\n",
		"      - kind: submit\n        to: persetujuan\n      - kind: submit\n        to: persetujuan\n"}},
	{"form handed in later", []string{"      - word: SETUJU\n        kind: advance", "      - kind: submit"}},
	{"a step's action for every step", []string{"    kind: cancel", "    kind: reject"}},
	{"reminders out of order", []string{"reminders: [100%, 150%]", "reminders: [150%, 100%]"}},
	{"escalation before the reminders", []string{"after: 200%", "after: 120%"}},
	{"unknown requirement", []string{"    sla: 1h\n", "    sla: 1h\n    trust: {require: stamp}\n"}},
	{"signature of a requester", []string{"    sla: 5m\n", "    sla: 5m\n    trust: {require: signature}\n"}},
	{"a bomb of aliases", []string{"*", "id: &a [x, x]\ntitle: &b [*a, *a, *a]\nnumber: [*b, *b, *b]\n"}},
	{"escalation to nobody", []string{"to: [deputies, above]", "to: []"}},
	{"escalation to the unknown", []string{"to: [deputies, above]", "to: [everybody]"}},
}

func TestBrokenSOPs(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	for _, b := range broken {
		text := edited(t, b.name, b.edits)
		_, err := workflow.ParseSOP("sop.yaml", []byte(text))
		var faults strictyaml.Errors
		if !errors.As(err, &faults) {
			t.Errorf("%s: want faults with their places, have %v", b.name, err)
			continue
		}
		for _, f := range faults {
			if f.Line == 0 && text != "" {
				t.Errorf("%s: a fault without a place: %v", b.name, f)
			}
		}
		out.WriteString("== " + b.name + "\n" + faults.Error() + "\n")
	}
	golden(t, "broken.golden", out.String())
}

func edited(t *testing.T, name string, edits []string) string {
	text := string(workflow.BuiltInSOP().Source)
	for i := 0; i < len(edits); i += 2 {
		switch {
		case edits[i] == "*":
			text = edits[i+1]
		case !strings.Contains(text, edits[i]):
			t.Fatalf("%s: the SOP has no %q", name, edits[i])
		default:
			text = strings.Replace(text, edits[i], edits[i+1], 1)
		}
	}
	return text
}

func TestDrawings(t *testing.T) {
	t.Parallel()
	s := workflow.BuiltInSOP()
	golden(t, "video-konferensi.mmd", s.Mermaid())
	golden(t, "video-konferensi.dot", s.DOT())
}

// golden compares with a file of testdata; with -update it rewrites it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	path := "testdata/" + file
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// Whatever bytes a file has, the answer is a sound SOP or faults, never a panic.
func FuzzParseSOP(f *testing.F) {
	source := workflow.BuiltInSOP().Source
	f.Add(source)
	f.Add([]byte("id: x\nsteps: [{id: a, actor: pengguna}]\n"))
	f.Add(bytes.ReplaceAll(source, []byte("1h"), []byte("9999999d")))
	f.Add(bytes.ReplaceAll(source, []byte("ka_ppiksn"), []byte("pengguna")))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := workflow.ParseSOP("f", data)
		if (s == nil) == (err == nil) {
			t.Fatalf("%v, %v", s, err)
		}
		if err != nil {
			return
		}
		for i, st := range s.Steps[:len(s.Steps)-1] {
			if !slices.ContainsFunc(st.Actions, func(a workflow.Action) bool { return a.To == s.Steps[i+1].ID }) {
				t.Errorf("step %q does not lead to the next", st.ID)
			}
		}
		if s.Mermaid() == "" || s.DOT() == "" {
			t.Error("the SOP can't be drawn")
		}
	})
}
