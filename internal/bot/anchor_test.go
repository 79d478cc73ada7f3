package bot_test

import (
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/mailparse"
)

const completeForm = "Nama: Ani Lestari\nNIP: 198502172010122003\nUnit Kerja: PSTNT\nKegiatan: Rapat " +
	"anggaran\nTanggal: 14 Desember 2026 pukul 09.00\n"

// anchors are the anchors mailed since the last look, as the operator's mail
// program shows them.
func (s *story) anchors() (found []store.Anchor) {
	s.t.Helper()
	if err := s.bot.Anchor(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	s.collect()
	for _, m := range s.last["operator"] {
		if a, ok := store.FindAnchor(mailparse.Parse(m.Raw,
			mailparse.NewGrammar(mailparse.Grammar{Location: jakarta})).Text); ok {
			found = append(found, a)
		}
	}
	s.last["operator"] = nil
	return found
}

func TestHistoriesAreAnchoredDaily(t *testing.T) {
	s := newStory(t, "\n")
	if found := s.anchors(); len(found) != 0 {
		t.Errorf("of nothing: %v", found)
	}
	s.mail("ani", completeForm)
	if found := s.anchors(); len(found) != 0 {
		t.Errorf("before the day is over: %v", found)
	}
	s.now = time.Date(2026, 11, 24, 0, 9, 0, 0, jakarta)
	if found := s.anchors(); len(found) != 0 {
		t.Errorf("at nine past midnight, while a transaction may still be on its way: %v", found)
	}
	s.now = s.now.Add(time.Minute)
	s.reply("ka", "", "SETUJU") // of the new day
	found := s.anchors()
	if len(found) != 1 {
		t.Fatalf("%v", found)
	}
	a := found[0]
	if midnight := time.Date(2026, 11, 24, 0, 0, 0, 0, jakarta); a.Requests != 1 || a.Entries != 1 ||
		!a.Before.Equal(midnight) {
		t.Errorf("%v", a)
	}
	if again, err := s.store.Weigh(t.Context(), a.Before); err != nil || again != a {
		t.Errorf("%v, %v", again, err)
	}
	if last, err := s.store.LastAnchor(t.Context()); err != nil || last != a {
		t.Errorf("kept: %v, %v", last, err)
	}
	if found := s.anchors(); len(found) != 0 {
		t.Errorf("twice a day: %v", found)
	}
	s.now = s.now.AddDate(0, 0, 1)
	if found := s.anchors(); len(found) != 1 || found[0].Entries != 2 {
		t.Errorf("the next day: %v", found)
	}
	s.now = s.now.AddDate(0, 0, 1)
	if found := s.anchors(); len(found) != 0 {
		t.Errorf("a day that added nothing: %v", found)
	}
}

// Each entry that a mail caused names that mail, and the mail is kept.
func TestMailsStandBehindTheHistory(t *testing.T) {
	s := newStory(t, "\r\n")
	s.mail("ani", completeForm)
	s.reply("ka", "", "SETUJU")
	kept := map[string]store.Original{}
	if err := s.store.Originals(t.Context(), "VC-2026-0001",
		func(o store.Original) error { kept[o.Digest] = o; return nil }); err != nil {
		t.Fatal(err)
	}
	history, err := s.store.History(t.Context(), "VC-2026-0001")
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ event, sender, proof, rule string }{
		{"registered", "ani@batan.go.id", "", "form"},
		{"advanced", "ka@batan.go.id", "token (plus address)", "holder ka_ppiksn"},
	}
	if len(history) != len(want) || len(kept) != len(want) {
		t.Fatalf("%d entries, %d mails", len(history), len(kept))
	}
	for i, h := range history {
		o := kept[h.Mail]
		if w := want[i]; h.Event != w.event || o.Sender != w.sender || h.Proof != w.proof || h.Rule != w.rule ||
			len(h.Mail) != 64 || o.Size != len(o.Raw) || o.Size == 0 {
			t.Errorf("%+v of %s", h.Entry, o.Sender)
		}
	}
}
