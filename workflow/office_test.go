package workflow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
	"github.com/google/go-cmp/cmp"
)

// The people of the tests. kepala, kabid and kasubbid hold their offices and
// have a deputy each (wakil…); the two administrators are a team.
var (
	ani      = person("ani") // asks
	kepala   = person("kepala")
	wakepala = person("wakepala")
	kabid    = person("kabid")
	wakabid  = person("wakabid")
	kasubbid = person("kasubbid")
	wasubbid = person("wasubbid")
	admin1   = person("admin1")
	admin2   = person("admin2")
	operator = person("operator")
	plh      = person("plh")   // holds no office, until one is delegated
	orang    = person("orang") // no party to anything
)

func person(name string) workflow.Person {
	return workflow.Person{Name: strings.ToUpper(name[:1]) + name[1:], Email: name + "@batan.go.id"}
}

// office is the built-in SOP with these people, Monday to Friday.
func batanOffice(t *testing.T) *workflow.Procedure {
	return &workflow.Procedure{
		SOP:      workflow.BuiltInSOP(),
		Calendar: batan(t, "Asia/Jakarta", false),
		People: map[string][]workflow.Person{
			"ka_ppiksn":     {kepala, wakepala},
			"kabid_pjkkd":   {kabid, wakabid},
			"kasubbid_pj":   {kasubbid, wasubbid},
			"administrator": {admin1, admin2},
		},
		Operators: []workflow.Person{operator},
		Longest:   90 * 24 * time.Hour,
	}
}

// scene plays one request, as the daemon would.
type scene struct {
	t       *testing.T
	p       *workflow.Procedure
	r       workflow.Request
	now     time.Time
	d       workflow.Decision // the latest
	history []workflow.Entry
}

const monday = "2026-01-05 09:00"

// opening is the office at an instant, before anything was asked of it.
func opening(t *testing.T, at string) *scene {
	s := &scene{t: t, p: batanOffice(t)}
	return s.at(at)
}

// filed is a complete request, a month ahead of the event, at the first office.
func filed(t *testing.T) *scene {
	s := opening(t, monday)
	s.files(ani, fullForm())
	return s
}

// reached is a request that stands at a step since the given instant.
func reached(t *testing.T, step, at string) *scene {
	s := filed(t)
	for _, turn := range []struct {
		step string
		by   workflow.Person
		word string
	}{{"persetujuan", kepala, "SETUJU"}, {"disposisi", kabid, "DISPOSISI"}, {"instruksi", kasubbid, "INSTRUKSI"},
		{"persiapan", admin1, "SIAP"}} {
		if s.r.Step == step {
			break
		}
		s.says(turn.by, turn.word)
	}
	if s.stands(workflow.Running, step); at != monday {
		s.r.Entered = s.at(at).now.UTC()
		s.happens(workflow.Event{Kind: workflow.Refreshed})
	}
	return s
}

func (s *scene) at(local string) *scene {
	s.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", local, s.p.Calendar.Location())
	if err != nil {
		s.t.Fatal(err)
	}
	s.now = at
	return s
}

// date is a form's value of a day, with a time of day where one is given.
func date(s string) workflow.Value {
	wib := time.FixedZone("WIB", 7*60*60)
	at, err := time.ParseInLocation("2006-01-02 15:04", s, wib)
	day := err != nil
	if day {
		at, err = time.ParseInLocation("2006-01-02", s, wib)
	}
	if err != nil {
		panic(err)
	}
	return workflow.Value{Text: s, Date: true, Start: at, AllDay: day}
}

func fullForm() workflow.Form {
	return workflow.Form{"nama": {Text: "Ani Lestari"}, "nip": {Text: "198502172010121003"},
		"unit_kerja": {Text: "PSTNT"},
		"kegiatan":   {Text: "Rapat koordinasi"}, "tanggal": date("2026-02-05 09:00")}
}

func without(f workflow.Form, fields ...string) workflow.Form {
	for _, id := range fields {
		delete(f, id)
	}
	return f
}

// how changes what a mail carries; without any it has a live token.
type how func(*workflow.Event)

func token(state workflow.TokenState) how { return func(ev *workflow.Event) { ev.Token = state } }

func unproven(ev *workflow.Event) { ev.Token = workflow.NoToken }

func dmarc(ev *workflow.Event) { ev.Token, ev.Proof, ev.Numbered = workflow.NoToken, "dmarc", true }

func form(f workflow.Form, problems ...workflow.Problem) how {
	return func(ev *workflow.Event) { ev.Form, ev.Problems = f, problems }
}

func (s *scene) happens(ev workflow.Event) *scene {
	s.t.Helper()
	s.d = s.p.Decide(s.r, ev, s.now)
	if err := lawful(s.p, s.r, ev, s.now, s.d); err != nil {
		s.t.Fatalf("%s at %s: %v", ev.Kind, s.now, err)
	}
	s.r, s.history = s.d.Request, append(s.history, s.d.Entries...)
	if s.d.Delegation != nil {
		s.p.Delegations = append(s.p.Delegations, *s.d.Delegation)
	}
	return s
}

func (s *scene) files(by workflow.Person, f workflow.Form, with ...how) *scene {
	s.t.Helper()
	s.r = workflow.NewRequest("VC-2026-0001", s.now)
	ev := workflow.Event{Kind: workflow.Filed, By: by, MessageID: "form@batan.go.id", Form: f}
	_, _, ev.Staff = s.p.Staff(by.Email)
	for _, w := range with {
		w(&ev)
	}
	return s.happens(ev)
}

// says is a mail whose first word is a command and the rest its note.
func (s *scene) says(by workflow.Person, text string, with ...how) *scene {
	s.t.Helper()
	ev := workflow.Event{Kind: workflow.Mailed, By: by, Token: workflow.LiveToken, Text: text,
		MessageID: "mail@batan.go.id", Date: s.now.Truncate(time.Second), Arrived: s.now}
	ev.Word, ev.Note, _ = strings.Cut(text, " ")
	_, _, ev.Staff = s.p.Staff(by.Email)
	for _, w := range with {
		w(&ev)
	}
	return s.happens(ev)
}

// writes is a mail without any command.
func (s *scene) writes(by workflow.Person, text string, with ...how) *scene {
	s.t.Helper()
	return s.says(by, text, append([]how{func(ev *workflow.Event) { ev.Word, ev.Note = "", "" }}, with...)...)
}

// stands checks where the request is.
func (s *scene) stands(state workflow.State, step string) *scene {
	s.t.Helper()
	if s.r.State != state || s.r.Step != step {
		s.t.Fatalf("the request is %s at %s, want %s at %s", s.r.State, s.r.Step, state, step)
	}
	return s
}

// sent checks the notices of the latest decision, as "kind recipient".
func (s *scene) sent(want ...string) *scene {
	s.t.Helper()
	got := sent(s.d.Notices)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		s.t.Fatalf("notices (-want +got):\n%s", diff)
	}
	return s
}

func sent(notices []workflow.Notice) []string {
	var out []string
	for _, n := range notices {
		out = append(out, string(n.Kind)+" "+name(n.To))
	}
	slices.Sort(out)
	return out
}

func name(q workflow.Person) string { local, _, _ := strings.Cut(q.Email, "@"); return local }

// refused checks that nothing moved, why, and that the sender alone was told.
func (s *scene) refused(why workflow.Reason, want ...string) *scene {
	s.t.Helper()
	if s.d.Reason != why {
		s.t.Fatalf("reason %q, want %q", s.d.Reason, why)
	}
	return s.sent(want...)
}

// wrote checks the events of the latest entries of the history.
func (s *scene) wrote(want ...string) *scene {
	s.t.Helper()
	var got []string
	for _, e := range s.d.Entries {
		got = append(got, e.Event)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		s.t.Fatalf("history (-want +got):\n%s", diff)
	}
	return s
}

// notice finds the one notice of a kind to a person.
func (s *scene) notice(kind workflow.NoticeKind, to workflow.Person) workflow.Notice {
	s.t.Helper()
	for _, n := range s.d.Notices {
		if n.Kind == kind && n.To.Is(to.Email) {
			return n
		}
	}
	s.t.Fatalf("no %s to %s among %v", kind, name(to), sent(s.d.Notices))
	return workflow.Notice{}
}

// words are those that a person is offered now.
func (s *scene) words(who workflow.Person) string {
	var out []string
	for _, o := range s.p.Offers(&s.r, who.Email, s.now) {
		out = append(out, o.Word)
	}
	return strings.Join(out, " ")
}

// offers checks the words that a person can use now.
func (s *scene) offers(who workflow.Person, want string) *scene {
	s.t.Helper()
	if got := s.words(who); got != want {
		s.t.Fatalf("%s is offered %q, want %q", name(who), got, want)
	}
	return s
}

// clock feeds every alarm when it comes, as a daemon would that never sleeps,
// and tells what was sent: "01-05 10:00 reminder kepala".
func (s *scene) clock(until string) []string {
	s.t.Helper()
	end := (&scene{t: s.t, p: s.p}).at(until).now
	var out []string
	for !s.r.Alarm.IsZero() && !s.r.Alarm.After(end) {
		s.now = s.r.Alarm
		s.happens(workflow.Event{Kind: workflow.Alarmed})
		for _, line := range sent(s.d.Notices) {
			out = append(out, fmt.Sprintf("%s %s", s.now.In(s.p.Calendar.Location()).Format("01-02 15:04"), line))
		}
	}
	s.now = end
	return out
}
