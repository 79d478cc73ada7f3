package bot_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// alsoOffice is the test office, whose head writes from home, too.
func alsoOffice(t *testing.T) *bot.Office {
	o := testOffice(t)
	o.Procedure.Also = map[string]string{"ka@gmail.example": "ka@batan.go.id", "kabid@gmail.example": "kabid@batan.go.id"}
	return o
}

func alsoStory(t *testing.T) *story {
	return storyOn(t, "\n", openStore(t, "sqlite", filepath.Join(t.TempDir(), "also.db")), alsoOffice(t))
}

// handFrom hands in an answer to a mail that somebody got, from another address.
func (s *story) handFrom(from, who, kind, text string) {
	s.hand(strings.Replace(s.answer(who, kind, text), "From: "+who+"@batan.go.id", "From: "+from, 1))
}

func (s *story) requests() []workflow.Request {
	s.t.Helper()
	all, err := s.store.Requests(s.t.Context(), store.Filter{})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

const rapat = "NIP: 19850217 201012 2 003\nUnit Kerja: PSTNT\nKegiatan/Tanggal: Rapat anggaran / Senin, 14 Desember " +
	"2026 pukul 09.00 WIB\n"

// TestAFurtherAddress: the token that went to the main address counts in a
// person's own mail from another; all that follows goes to the main one.
func TestAFurtherAddress(t *testing.T) {
	s := alsoStory(t)
	s.mail("ani", "Nama: Ani\n"+rapat)
	s.wants("task ka", "registered ani")
	s.handFrom("ka@example.org", "ka", "task", "Setuju") // nobody's
	s.stands("VC-2026-0001", "persetujuan")
	s.wants()
	s.handFrom("Ka@Gmail.Example", "ka", "task", "Setuju")
	s.stands("VC-2026-0001", "disposisi")
	s.wants("task kabid", "receipt ka", "progress ani")
	if m := s.find("ka", "receipt"); m.Recipient != "ka@batan.go.id" {
		t.Errorf("the receipt goes to %s", m.Recipient)
	}
	s.handFrom("ka@gmail.example", "ka", "receipt", "Tarik")
	s.stands("VC-2026-0001", "persetujuan")
	s.wants("task ka", "receipt ka", "status kabid", "progress ani")
	s.handFrom("ka@gmail.example", "ka", "task", "Delegasi kabid@gmail.example")
	s.wants("receipt ka", "task kabid")
	s.handFrom("ka@gmail.example", "ka", "task", "Delegasi KA@gmail.example")
	s.wants("unrecognised ka")
	s.handFrom("kabid@gmail.example", "kabid", "task", "Setuju")
	s.stands("VC-2026-0001", "disposisi")
}

// TestAFurtherAddressFiles: who asks is the person, whichever address the mail
// or its form has, by mail and on the command line.
func TestAFurtherAddressFiles(t *testing.T) {
	for what, files := range map[string]func(*story){
		"from the other":   func(s *story) { s.mail("ka@gmail.example", "Nama: Ka\n"+rapat) },
		"naming the other": func(s *story) { s.mail("ka", "Nama: Ka\nEmail: ka@gmail.example\n"+rapat) },
		"from the other, naming the main one": func(s *story) {
			s.mail("ka@gmail.example",
				"Nama: Ka\nEmail: ka@batan.go.id\n"+rapat)
		},
		"in two mails": func(s *story) {
			s.mail("ka@gmail.example", "Nama: Ka\n"+strings.Replace(rapat, "NIP: 19850217 201012 2 003\n", "", 1))
			s.mail("ka", "Nama: Ka\nEmail: Ka@Gmail.example\n"+rapat)
			s.reply("ka", "confirm", "Ya, benar.")
		},
		"by phone": func(s *story) {
			staff, _, _ := s.office.Procedure.Staff("kasubbid@batan.go.id")
			fields := map[string]string{"nama": "Ka", "email": "ka@gmail.example", "nip": "19850217 201012 2 003",
				"unit_kerja": "PSTNT", "kegiatan": "Rapat", "tanggal": "Senin, 14 Desember 2026"}
			if _, problems, err := bot.Intake(s.t.Context(), s.store, s.office, staff, fields, s.now); err != nil ||
				len(problems) > 0 {
				s.t.Fatal(err, problems)
			}
		},
	} {
		t.Run(what, func(t *testing.T) {
			s := alsoStory(t)
			s.t = t
			files(s)
			all := s.requests()
			if len(all) != 1 || all[0].Requester.Email != "ka@batan.go.id" {
				t.Fatalf("the requests are %+v", all)
			}
			s.reply("wakil", "task", "Setuju")
			s.stands("VC-2026-0001", "disposisi")
		})
	}
}

// TestIntakeKeepsWhoFiled: what a staff member enters for somebody, he does not approve.
func TestIntakeKeepsWhoFiled(t *testing.T) {
	s := alsoStory(t)
	staff, _, _ := s.office.Procedure.Staff("KA@gmail.example")
	fields := map[string]string{"nama": "Budi", "email": "budi@batan.go.id", "nip": "19850217 201012 2 003",
		"unit_kerja": "PSTNT", "kegiatan": "Rapat", "tanggal": "Senin, 14 Desember 2026"}
	if _, problems, err := bot.Intake(t.Context(), s.store, s.office, staff, fields, s.now); err != nil ||
		len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if r := s.requests()[0]; r.FiledBy.Email != "ka@batan.go.id" || r.Requester.Email != "budi@batan.go.id" {
		t.Fatalf("filed by %v for %v", r.FiledBy, r.Requester)
	}
	s.wants("task wakil", "registered budi", "receipt ka")
	for _, from := range []string{"ka@batan.go.id", "ka@gmail.example"} {
		s.handFrom(from, "ka", "receipt", "Setuju")
		s.stands("VC-2026-0001", "persetujuan")
	}
}

// TestADelegationEndsWithItsRequest: nobody need end it, and it is not kept in force.
func TestADelegationEndsWithItsRequest(t *testing.T) {
	for what, end := range map[string]func(*story){
		"cancelled": func(s *story) { s.reply("ani", "registered", "Batal") },
		"finished": func(s *story) {
			s.reply("korban", "task", "Setuju")
			s.reply("kabid", "task", "Disposisi")
			s.reply("kasubbid", "task", "Instruksi")
			s.reply("admin", "task", "Siap")
			s.reply("admin", "task", "Laporan\n\nHasil: Baik")
		},
	} {
		t.Run(what, func(t *testing.T) {
			s := newStory(t, "\n")
			s.mail("ani", "Nama: Ani\n"+rapat)
			s.reply("ka", "task", "Delegasi korban@batan.go.id")
			running := func() (ids []string) {
				found, err := s.store.Delegations(t.Context(), s.now)
				if err != nil {
					t.Fatal(err)
				}
				for _, d := range found {
					ids = append(ids, d.To.Email)
				}
				return ids
			}
			if got := running(); !slices.Equal(got, []string{"korban@batan.go.id"}) {
				t.Fatalf("running are %v", got)
			}
			if end(s); len(running()) > 0 {
				t.Errorf("runs on: %v", running())
			}
			s.out()
			s.play("wait 24h", nil)
			s.wants() // the request is over, and that was told
		})
	}
}

// TestTheServiceHoldsNoOffice: no address of its own is delegated to.
func TestTheServiceHoldsNoOffice(t *testing.T) {
	o := testOffice(t)
	for _, to := range []string{service, "layanan_batannet+x@batan.go.id",
		"LAYANAN_BATANNET+vc-2026-0001-abc@batan.go.id"} {
		d := workflow.Delegation{Role: "ka_ppiksn", To: workflow.Person{Email: to}, From: time.Now(),
			Until: time.Now().Add(time.Hour)}
		if _, err := bot.Delegate(t.Context(), nil, o, d, time.Now()); err == nil {
			t.Errorf("an operator delegates to %s", to)
		}
		raw := "From: ka@batan.go.id\nSubject: [VC-2026-0001]\nContent-Type: text/plain\n\nDelegasi " + to + "\n"
		if ev := o.Interpret([]byte(raw)).Event; ev.Delegate != nil {
			t.Errorf("a mail delegates to %+v", ev.Delegate.To)
		}
	}
}
