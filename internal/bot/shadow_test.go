package bot_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// TestShadow plays a request on trial: whatever is mailed goes to the
// operators, marked with whom it was for, and to nobody else. What people
// answer counts as ever; the operators' own answers don't.
func TestShadow(t *testing.T) {
	o := testOffice(t)
	id := o.Identity
	id.Shadow = []workflow.Person{{Email: "operator@batan.go.id"}, {Email: "dua@batan.go.id"}}
	o, err := bot.NewOffice(o.Procedure, id, o.AuthservID)
	if err != nil {
		t.Fatal(err)
	}
	s := storyOn(t, "\n", openStore(t, "sqlite", filepath.Join(t.TempDir(), "shadow.db")), o)
	s.mail("ani", "Nama: Ani\nNIP: 19850217 201012 2 003\nUnit Kerja: PSTNT\nKegiatan: Rapat\nTanggal: Senin, 14 "+
		"Desember 2026 pukul 09.00 WIB\n")
	meant := func(who, kind, copy string) string { // the mail that was for somebody, as an operator has it
		t.Helper()
		s.collect()
		for i := len(s.last[copy]) - 1; i >= 0; i-- {
			if m := s.last[copy][i]; m.Kind == kind && strings.Contains(opened(t, m.Raw).subject, "[untuk "+who+
				"@batan.go.id]") {
				return m.MessageID
			}
		}
		t.Fatalf("%s has no %s for %s", copy, kind, who)
		return ""
	}
	says := func(who, answers, word string) {
		s.mail(who, "Subject: Re: [VC-2026-0001] Persetujuan\nIn-Reply-To: <"+answers+">\n\n"+word+"\n")
	}
	says("operator", meant("ka", "task", "operator"), "Setuju")
	s.stands("VC-2026-0001", "persetujuan")
	meant("operator", "not-authorised", "dua")
	says("ka", meant("ka", "task", "operator"), "Setuju")
	s.stands("VC-2026-0001", "disposisi")
	says("kabid", meant("kabid", "task", "dua"), "Disposisi") // the second copy's Message-ID differs
	s.stands("VC-2026-0001", "instruksi")
	s.mail("robot@example.org",
		"Nama: Orang\nNIP: 19850217 201012 2 003\nUnit Kerja: X\nKegiatan: Y\nTanggal: 14 Desember 2026\n")
	s.mail("budi", "Subject: halo\n\nBagaimana caranya?\n")
	s.mail("budi", "Subject: [VC-2026-0001]\n\nSetuju\n")
	s.ends(o, workflow.Delegation{Role: "kasubbid_pj", To: workflow.Person{Email: "plh@batan.go.id"},
		Until: s.now.Add(time.Hour)})
	s.collect()
	for who, mails := range s.last {
		if who != "" && who != "operator" && who != "dua" {
			t.Errorf("%s got %d mails", who, len(mails))
		}
	}
	if len(s.last["operator"]) != len(s.last["dua"]) || len(s.last["operator"]) < 15 {
		t.Errorf("the operators got %d and %d mails", len(s.last["operator"]), len(s.last["dua"]))
	}
	for _, m := range s.last["operator"] {
		if subject := opened(t, m.Raw).subject; !strings.Contains(subject, "[untuk ") {
			t.Errorf("not marked: %s", subject)
		}
	}
}

// ends lets an operator's delegation begin and run out.
func (s *story) ends(o *bot.Office, d workflow.Delegation) {
	s.t.Helper()
	d.From = s.now
	if _, err := bot.Delegate(s.t.Context(), s.store, o, d, s.now); err != nil {
		s.t.Fatal(err)
	}
	s.play("wait 0s", nil)
	s.now = d.Until
	s.play("wait 0s", nil)
}

// TestTheOperatorsDelegation: the daemon picks up what an operator recorded
// beside it, and the only one who may decide gets the request.
func TestTheOperatorsDelegation(t *testing.T) {
	o := testOffice(t)
	o.Procedure.People["ka_ppiksn"] = o.Procedure.People["ka_ppiksn"][:1]
	o, err := bot.NewOffice(o.Procedure, o.Identity, o.AuthservID)
	if err != nil {
		t.Fatal(err)
	}
	s := storyOn(t, "\n", openStore(t, "sqlite", filepath.Join(t.TempDir(), "order.db")), o)
	s.mail("ka", "Nama: Ka\nNIP: 19850217 201012 2 003\nUnit Kerja: PPIKSN\nKegiatan: Rapat\nTanggal: Senin, 14 "+
		"Desember 2026 pukul 09.00 WIB\n")
	s.wants("registered ka", "escalation operator")
	d := workflow.Delegation{Role: "ka_ppiksn", To: workflow.Person{Name: "Plh", Email: "PLH@batan.go.id"},
		Decree: "12/KP", From: s.now.Add(time.Minute), Until: s.now.Add(time.Hour)}
	d, err = bot.Delegate(t.Context(), s.store, o, d, s.now)
	if err != nil {
		t.Fatal(err)
	}
	s.wants("status ka") // at once, whenever it begins
	if text := opened(t, s.find("ka", "status").Raw).text; !strings.Contains(text, "nanti kami sampaikan") ||
		!strings.Contains(text, "dicatat oleh operator@batan.go.id") {
		t.Errorf("the holder is told\n%s", text)
	}
	s.play("wait 1m", nil)
	s.wants("status plh", "status ka", "task plh")
	if text := opened(t, s.find("plh", "task").Raw).text; !strings.Contains(text, "berdasarkan SK 12/KP") ||
		!strings.Contains(text, "tidak dapat memutuskan permohonannya sendiri") {
		t.Errorf("the task says\n%s", text)
	}
	s.play("wait 1m", nil)
	s.wants() // once
	err = s.store.InTx(t.Context(), func(tx *store.Tx) error { _, err := tx.EndDelegation(d.ID, s.now); return err })
	if err != nil {
		t.Fatal(err)
	}
	s.reply("plh", "task", "Setuju") // too late, before anybody was told
	s.stands("VC-2026-0001", "persetujuan")
	s.play("wait 0s", nil)
	s.wants("not-authorised plh", "status plh", "status ka")
}

// wants checks the mails since the last look, in any order.
func (s *story) wants(want ...string) {
	s.t.Helper()
	s.collect()
	left := map[string]int{}
	for _, w := range want {
		left[w]++
	}
	for _, m := range s.last[""] {
		who, _, _ := strings.Cut(m.Recipient, "@")
		left[m.Kind+" "+who]--
	}
	s.last[""] = nil
	for what, n := range left {
		if n != 0 {
			s.t.Errorf("%s: %d too few", what, n)
		}
	}
}
