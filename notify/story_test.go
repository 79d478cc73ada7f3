package notify_test

import (
	"cmp"
	"slices"
	"sync"
	"testing"
	"time"

	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

var (
	wib   = time.FixedZone("WIB", 7*60*60)
	began = time.Date(2026, 11, 24, 9, 0, 0, 0, wib) // a Tuesday

	ani      = workflow.Person{Name: "Ani Lestari", Email: "ani@batan.go.id"}
	kepala   = workflow.Person{Name: "Yusi Eko", Email: "yusi@batan.go.id"}
	wakil    = workflow.Person{Name: "Roliana", Email: "roliana@batan.go.id"}
	kabid    = workflow.Person{Name: "Rakhmat Saleh", Email: "rakhmat@batan.go.id"}
	kasubbid = workflow.Person{Name: "Suratman", Email: "suratman@batan.go.id"}
	admin    = workflow.Person{Name: "Junaidi", Email: "junaidi@batan.go.id"}
	operator = workflow.Person{Email: "operator@batan.go.id"}
	stranger = workflow.Person{Name: "Tamu", Email: "tamu@example.org"}

	identity = notify.Identity{Name: "Layanan BATANnet", Address: "layanan_batannet@batan.go.id", PlusAddressing: true,
		Domains: []string{"batan.go.id"}, Keys: notify.Keys{[]byte("a key for the tests")}}
)

var builtIn = sync.OnceValue(workflow.BuiltInSOP)

// procedure is the built-in SOP in a small office.
func procedure(tb testing.TB) *workflow.Procedure {
	tb.Helper()
	hours, err := workflow.ParseHours(map[string]string{"mon-thu": "07:30-16:00", "fri": "07:30-16:30"})
	if err != nil {
		tb.Fatal(err)
	}
	calendar, err := workflow.NewCalendar(wib, hours, nil)
	if err != nil {
		tb.Fatal(err)
	}
	sop := *builtIn()
	return &workflow.Procedure{SOP: &sop, Calendar: calendar, Operators: []workflow.Person{operator},
		Longest: 90 * 24 * time.Hour,
		People: map[string][]workflow.Person{"ka_ppiksn": {kepala, wakil}, "kabid_pjkkd": {kabid}, "kasubbid_pj": {kasubbid},
			"administrator": {admin}}}
}

func renderer(tb testing.TB, id notify.Identity, p *workflow.Procedure) *notify.Renderer {
	tb.Helper()
	r, err := notify.NewRenderer(id, p)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// filled is the form of a usual request; what is given replaces fields.
func filled(replaced workflow.Form) workflow.Form {
	start := time.Date(2026, 12, 3, 9, 0, 0, 0, wib)
	f := workflow.Form{"nama": {Text: "Ani Lestari"}, "nip": {Text: "198502172010122003"},
		"unit_kerja": {Text: "Pusat Sains dan Teknologi Nuklir Terapan"},
		"kegiatan":   {Text: "Rapat koordinasi anggaran"}, "pelaksanaan": {Text: "Ruang Rapat Utama"},
		"tanggal": {Text: "3 Desember 2026 pukul 9", Date: true, Start: start, End: start}}
	for id, v := range replaced {
		f[id] = v
	}
	return f
}

// story is one request on its way through the real procedure.
type story struct {
	p    *workflow.Procedure
	now  time.Time
	last workflow.Decision
	ev   workflow.Event
}

func newStory(tb testing.TB) *story { return &story{p: procedure(tb), now: began} }

// step lets an event happen a minute after the last one.
func (s *story) step(ev workflow.Event) *story {
	s.now = s.now.Add(time.Minute)
	if ev.MessageID == "" && ev.Kind != workflow.Alarmed {
		ev.MessageID = "mail." + s.now.Format("0215.04") + "@batan.go.id"
	}
	r := s.last.Request
	if ev.Kind == workflow.Filed {
		r = workflow.NewRequest("VC-2026-0001", s.now)
	}
	s.ev, s.last = ev, s.p.Decide(r, ev, s.now)
	if d := s.last.Delegation; d != nil {
		s.p.Delegations = append(s.p.Delegations, *d)
	}
	return s
}

func (s *story) file(form workflow.Form, problems ...workflow.Problem) *story {
	return s.step(workflow.Event{Kind: workflow.Filed, By: ani, MessageID: "form@batan.go.id", Form: form,
		Problems: problems})
}

// say is a proven mail with a command.
func (s *story) say(by workflow.Person, word, note string) *story {
	return s.step(workflow.Event{Kind: workflow.Mailed, By: by, Word: word, Note: note, Text: word + " " + note,
		Token: workflow.LiveToken})
}

// unclear is an answer in which one word is not understood.
func (s *story) unclear(by workflow.Person, word, note string) *story {
	return s.step(workflow.Event{Kind: workflow.Mailed, By: by, Word: word, Note: note, Text: word + " " + note,
		Hold: true, Token: workflow.LiveToken, Because: []workflow.Because{{Text: "zblorg", Class: "unknown"}}})
}

// upTo lets every office answer, until the request stands at a step.
func (s *story) upTo(step string) *story {
	s.file(filled(nil))
	for _, act := range []struct {
		by   workflow.Person
		word string
	}{{kepala, "SETUJU"}, {kabid, "DISPOSISI"}, {kasubbid, "INSTRUKSI"}, {admin, "SIAP"}} {
		if s.last.Request.Step == step {
			break
		}
		s.say(act.by, act.word, "")
	}
	return s
}

// changes is another date, by the requester.
func (s *story) changes() *story {
	return s.step(workflow.Event{Kind: workflow.Mailed, By: ani, Word: "UBAH", Token: workflow.LiveToken,
		Form: dated("4 Desember 2026 pukul 13.00", time.Date(2026, 12, 4, 13, 0, 0, 0, wib))})
}

// alarm lets the clock ring, n times.
func (s *story) alarm(n int) *story {
	for range n {
		s.now = s.last.Request.Alarm.Add(time.Minute)
		s.step(workflow.Event{Kind: workflow.Alarmed})
	}
	return s
}

// context is what the shell would give along.
func (s *story) context(n workflow.Notice) notify.Context {
	ctx := notify.Context{Now: s.now, Delegation: cmp.Or(s.last.Delegation, s.ev.Delegate), ID: "0190"}
	if n.To.Is(s.ev.By.Email) {
		ctx.InReplyTo = s.ev.MessageID
	}
	return ctx
}

// notice finds what the last event told somebody.
func (s *story) notice(tb testing.TB, kind workflow.NoticeKind, to workflow.Person) workflow.Notice {
	tb.Helper()
	for _, n := range s.last.Notices {
		if n.Kind == kind && n.To.Is(to.Email) {
			return n
		}
	}
	tb.Fatalf("no %s to %s among %d notices (reason %q)", kind, to.Email, len(s.last.Notices), s.last.Reason)
	return workflow.Notice{}
}

// away lets a program answer for somebody.
func away(s *story, who workflow.Person) {
	s.step(workflow.Event{Kind: workflow.Absent, By: who, Token: workflow.LiveToken})
}

// signing makes the SOP ask for a signature at the first office.
func signing(s *story) *story {
	s.p.SOP.Steps = slices.Clone(s.p.SOP.Steps)
	s.p.SOP.Step("persetujuan").Trust.Require = workflow.RequireSignature
	return s
}
