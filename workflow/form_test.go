package workflow_test

import (
	"encoding/json"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
	"github.com/google/go-cmp/cmp"
)

// A request is stored as JSON: nothing may be lost on the way.
func TestARequestSurvivesJSON(t *testing.T) {
	t.Parallel()
	f := fullForm()
	f["tanggal"] = workflow.Value{Text: "12 s.d. 13 Februari 2026", Date: true, AllDay: true,
		Start: date("2026-02-12").Start, End: date("2026-02-13").Start}
	f["pelaksanaan"] = workflow.Value{Text: `Ruang "A"` + "\n<b>"}
	for _, s := range []*scene{
		opening(t, monday).files(admin1, without(copied(f), "nip")),
		opening(t, monday).files(ani, f).says(kepala, "TANYA berapa?"),
		reached(t, "laporan", monday).says(admin1, "LAPORAN lancar").says(ani, "TERIMA"),
	} {
		data, err := json.Marshal(s.r)
		if err != nil {
			t.Fatal(err)
		}
		var back workflow.Request
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s.r, back); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	var v workflow.Value
	if err := json.Unmarshal([]byte(`{"text": 3}`), &v); err == nil {
		t.Errorf("a number was read as %+v", v)
	}
}

func TestADateIsWrittenForPrograms(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		v    workflow.Value
		want string
	}{
		{workflow.Value{Text: "Ani"}, `"Ani"`},
		{date("2026-02-05 09:00"), `{"text":"2026-02-05 09:00","start":"2026-02-05T09:00:00+07:00","end":null}`},
		{workflow.Value{Text: "entah", Date: true}, `{"text":"entah","start":null,"end":null}`},
	} {
		if got, err := json.Marshal(test.v); err != nil || string(got) != test.want {
			t.Errorf("%s, %v; want %s", got, err, test.want)
		}
	}
}

func TestOverdue(t *testing.T) {
	t.Parallel()
	s := reached(t, "persetujuan", monday)
	for _, test := range []struct {
		at   string
		want bool
	}{{"2026-01-05 10:00", false}, {"2026-01-05 10:01", true}} {
		if got := s.r.Overdue(s.at(test.at).now); got != test.want {
			t.Errorf("overdue at %s: %t", test.at, got)
		}
	}
	if s.says(kepala, "TANYA berapa?"); s.r.Overdue(s.now.Add(1000 * time.Hour)) {
		t.Error("who waits for the requester is not overdue")
	}
}

func TestOffices(t *testing.T) {
	t.Parallel()
	var got []string
	for _, r := range workflow.BuiltInSOP().Offices() {
		got = append(got, r.ID)
	}
	if diff := cmp.Diff([]string{"ka_ppiksn", "kabid_pjkkd", "kasubbid_pj", "administrator"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
