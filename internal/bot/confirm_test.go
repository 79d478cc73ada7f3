package bot_test

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
)

// says is the text of a mail of ours, as a phone shows it.
func (s *story) says(m store.Mail) string {
	msg, err := mail.ReadMessage(bytes.NewReader(m.Raw))
	if err != nil {
		s.t.Fatal(err)
	}
	_, p, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		s.t.Fatal(err)
	}
	part, err := multipart.NewReader(msg.Body, p["boundary"]).NextRawPart()
	if err != nil {
		s.t.Fatal(err)
	}
	text, err := io.ReadAll(quotedprintable.NewReader(part))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

// kinds are the mails since the last out, in a line.
func (s *story) kinds() string {
	var out []string
	for line := range strings.Lines(string(s.out())) {
		f := strings.Fields(line)
		out = append(out, f[0]+" "+f[1])
	}
	return strings.Join(out, ", ")
}

// TestConfirmShowsAll: what YA carries out, the mail that asks for it shows:
// no field and nobody to decide comes from an attachment, from a quote, or from
// below what is shown of a long text.
func TestConfirmShowsAll(t *testing.T) {
	half := strings.Replace(vc("Rapat anggaran"), "NIP: 19850217 201012 2 003\n", "", 1)
	with := func(text, form string) string {
		return "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n" + text +
			"\n--b\nContent-Type: text/plain; name=\"fm.txt\"\nContent-Disposition: attachment; filename=\"fm.txt\"\n\n" +
			form + "\n--b--\n"
	}
	quoting := "\n\nPada Sen, 23 Nov 2026 pukul 09.00 Layanan menulis:\n> NIP: 19900101 201501 1 001\n"
	for name, c := range map[string]struct{ form, who, body, hides string }{
		"a change, attached": {vc("Rapat anggaran"), "ani", with("UBAH", vc("Rapat gelap")), "Rapat gelap"},
		"a change, after many lines": {vc("Rapat anggaran"), "ani", "\nUBAH\nMedia: SMS\n" +
			strings.Repeat(".\n", 150) + "Kegiatan: Rapat gelap\n", "Rapat gelap"},
		"a change, after many words": {vc("Rapat anggaran"), "ani", "\nUBAH\nPelaksanaan: " +
			strings.Repeat("kata ", 900) + "\nKegiatan: Rapat gelap\n", "Rapat gelap"},
		"what is missing, attached": {half, "ani",
			with("Terlampir", strings.Replace(half, "Nama", "NIP: 19900101 201501 1 001\nNama", 1)), "19900101"},
		"what is missing, quoted": {half, "ani", "\nTerlampir" + quoting, "19900101"},
		"a delegate, after many words": {vc("Rapat anggaran"), "ka", "\nDELEGASI " +
			strings.Repeat("kepada bapak ", 400) + "budi@batan.go.id", "budi@batan.go.id"},
		"a delegate, after many signs": {vc("Rapat anggaran"), "ka", "\nDELEGASI kepada" + strings.Repeat(" -", 3000) +
			" budi@batan.go.id", "budi@batan.go.id"},
		"a change in a few words": {vc("Rapat anggaran"), "ani", "\nUBAH\nKegiatan: Rapat gelap\n", "Rapat gelap"},
		"a delegate in an invisible sign": {vc("Rapat anggaran"), "ka", "\nDELEGASI kepada bu\u200bdi@batan.go.id",
			"budi@batan.go.id"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t, "\r\n")
			s.mail("ani", c.form)
			head := ""
			if !strings.HasPrefix(c.body, "Content-Type") {
				head = "Content-Type: text/plain; charset=utf-8\n"
			}
			s.hand("From: " + c.who + "@batan.go.id\nSubject: [VC-2026-0001]\nDate: " + s.now.Format(time.RFC1123Z) +
				"\nMessage-ID: <forged@mail>\n" + head + c.body)
			shown := s.says(s.find(c.who, "confirm"))
			s.reply(c.who, "confirm", "Ya, benar.")
			r, err := s.store.Request(t.Context(), "VC-2026-0001")
			if err != nil {
				t.Fatal(err)
			}
			held, err := s.store.Delegations(t.Context(), s.now)
			if err != nil {
				t.Fatal(err)
			}
			done := fmt.Sprint(r.Form, held)
			if strings.Contains(done, c.hides) && !strings.Contains(strings.ReplaceAll(shown, " ", ""),
				strings.ReplaceAll(c.hides, " ", "")) {
				t.Errorf("carried out, and not shown: %q", c.hides)
			}
		})
	}
}

// TestNobodyUsesUpAConfirm: however much is forged, in whosever name, what was
// asked can be confirmed, and who is named hears what he himself sent.
func TestNobodyUsesUpAConfirm(t *testing.T) {
	for name, who := range map[string][]string{"in the holder's name": {"ka"}, "in the requester's": {"ani"},
		"in both": {"ka", "ani"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t, "\n")
			s.mail("ani", vc("Rapat anggaran"))
			s.mail("ka", "Subject: [VC-2026-0001]\n\nSetuju.")
			for i := range 50 {
				s.now = s.now.Add(time.Second)
				from := who[i%len(who)]
				s.mail(from, "Subject: [VC-2026-0001]\n\n"+
					map[string]string{"ka": "Tolak karena alasan", "ani": "Batal. Terima kasih"}[from]+fmt.Sprint(" ke-", i))
			}
			s.out()
			s.reply("ka", "confirm#1", "Ya, benar.")
			if s.step("VC-2026-0001") != "disposisi" {
				t.Errorf("nothing to confirm any more; told %q", s.kinds())
			}
		})
	}
	t.Run("his own proven answer", func(t *testing.T) {
		t.Parallel()
		s := newStory(t, "\n")
		s.mail("ani", vc("Rapat anggaran"))
		for i := range 12 {
			s.now = s.now.Add(time.Second)
			s.mail("ka", "Subject: [VC-2026-0001]\n\nTolak karena alasan "+fmt.Sprint(i))
		}
		s.out()
		s.reply("ka", "task", "Setuju asal ruangan bersih")
		if got := s.kinds(); got != "unrecognised ka" {
			t.Errorf("told %q", got)
		}
	})
}

// TestConfirmDiesWithItsVisit: a confirm shows the request as it stood; after a
// change its token proves no other answer of an office either.
func TestConfirmDiesWithItsVisit(t *testing.T) {
	form := strings.Replace(vc("Rapat anggaran"), "NIP: 19850217 201012 2 003\n", "Email: korban@batan.go.id\n", 1)
	for name, c := range map[string]struct {
		filed, who, unproven string
		at                   int // offices that have answered by then
		word                 string
	}{
		"of a form, by its filer at his own step": {pass + "\n" + form, "kasubbid", "NIP: 19850217 201012 2 003\n", 0,
			"Instruksi"},
		"of a word that the next step does not know": {"\n" + vc("Rapat anggaran"), "admin", "Siap digunakan", 3,
			"Laporan: berjalan lancar, hasil baik"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t, "\n")
			from, asks := "ani", "ani"
			if c.at == 0 {
				from, asks = "kasubbid", "korban"
			}
			s.hand("From: " + from + "@batan.go.id\nDate: " + s.now.Format(time.RFC1123Z) + "\nMessage-ID: <form@mail>\n" +
				c.filed)
			answer := func(from, to int) {
				for _, a := range [][2]string{{"ka", "Setuju"}, {"kabid", "Disposisi"}, {"kasubbid", "Instruksi"},
					{"admin", "Siap digunakan"}}[from:to] {
					s.reply(a[0], "task", a[1])
				}
			}
			answer(0, c.at)
			s.mail(c.who, "Subject: [VC-2026-0001]\n\n"+c.unproven)
			if c.at == 0 {
				s.reply(asks, "", "NIP: 19850217 201012 2 003")
			}
			answer(c.at, max(2, c.at+1)) // to the step of the answer
			if c.at == 3 {
				s.stands("VC-2026-0001", "laporan")
			}
			s.reply(asks, "", "UBAH\nMedia: SMS")
			was := len(s.proofs("VC-2026-0001"))
			s.reply(c.who, "confirm", c.word)
			if len(s.proofs("VC-2026-0001")) != was {
				t.Errorf("answered for %s by a confirm from before the change: %s", s.step("VC-2026-0001"),
					s.proofs("VC-2026-0001"))
			}
		})
	}
}

// TestYesIsToItsOwnMail: YA carries out what the mail asked that it answers; a
// confirm's code further down in it is of another mail.
func TestYesIsToItsOwnMail(t *testing.T) {
	for name, place := range map[string]string{"quoted": "\n> Kode: %s\n",
		"in the thread": "\nReferences: <%s.3@batan.go.id>\nIn-Reply-To"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t, "\n")
			s.mail("ani", vc("Rapat anggaran"))
			s.mail("ani", "Subject: [VC-2026-0001]\n\nBATAL")
			s.reply("ka", "task", "Tanya: apakah pesertanya dua puluh?")
			_, code, _ := strings.Cut(s.token("ani", "confirm"), "+")
			code, _, _ = strings.Cut(code, "@")
			m := s.answer("ani", "question", "Ya")
			if place = fmt.Sprintf(place, code); strings.HasSuffix(place, "To") {
				m = strings.Replace(m, "\nIn-Reply-To", place, 1)
			} else {
				m += place
			}
			s.hand(m)
			if r, err := s.store.Request(t.Context(), "VC-2026-0001"); err != nil || !r.Open() {
				t.Errorf("the answer to a question cancelled the request, %v", err)
			}
		})
	}
}

// TestSeenWhatIsApproved: who answers a task that was changed meanwhile approves
// nothing, though his server vouches for him and the code is in no signed field.
func TestSeenWhatIsApproved(t *testing.T) {
	for _, require := range []string{"token", "authenticated"} {
		s := newStory(t, "\n")
		s.office.Procedure.Require = require
		s.mail("ani", vc("Rapat kecil"))
		s.now = s.now.Add(time.Hour)
		s.hand(pass + s.answer("ani", "registered", "UBAH\nKegiatan: Pesta besar"))
		s.now = s.now.Add(time.Minute)
		s.hand(pass + s.answer("ka", "task#1", "Setuju"))
		if got := s.step("VC-2026-0001"); got != "persetujuan" {
			t.Errorf("%s: the answer to the old task leads to %s", require, got)
		}
	}
}

// TestYesAndNo: what people write under a confirm, and what is none.
func TestYesAndNo(t *testing.T) {
	yes := []string{"Ya", "YA.", "Iya betul", "Ya, benar.", "Benar", "Ya betul, itu saya yang kirim, terima kasih",
		"Benar, surat tersebut dari saya. Terima kasih.", "Ya benar, itu perintah saya", "Betul sekali", "*YA*", "Ya 👍",
		"Ya 🙏",
		"Yth. Admin,\n\nYa, benar.\n\nHormat saya,\nKepala",
		"Assalamu'alaikum wr. wb.\n\nYa, benar.\n\nWassalamu'alaikum wr. wb.", "Ya\n\nSent from my iPhone", "Ya, setuju",
		"Setuju",
		"Selamat pagi, ya benar itu dari saya", "Ya, silakan dilanjutkan", "Ya, mohon diproses",
		"Ya, benar. Mohon dilanjutkan.", "Ya, saya konfirmasi", "Oke, ya", "Baik, ya benar", "Yes"}
	no := []string{"Bukan", "Ya tapi bukan saya", "Ya, tapi nanti dulu", "Ya nanti dulu", "Apa ini?", "Ya?",
		"Ya atau tidak", "Itu bukan saya ya", "Batalkan ya", "Ya ampun", "Mungkin ya", "Ya besok",
		"Ya kalau ruangan tersedia", "Siapa yang kirim ya",
		"Ya 👎", "Ya ❌", "Ya 🤔", "Ya...", "Ya ya ya...", "Ya sudah"}
	for i, text := range append(yes, no...) {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			s := newStory(t, "\n")
			s.mail("ani", vc("Rapat anggaran"))
			s.mail("ka", "Subject: [VC-2026-0001]\n\nSetuju.")
			s.reply("ka", "confirm", text)
			if got, want := s.step("VC-2026-0001"), map[bool]string{true: "disposisi",
				false: "persetujuan"}[i < len(yes)]; got != want {
				t.Errorf("%q leads to %s", text, got)
			}
		})
	}
}

// TestFormAfterAConfirmedOne: what is sent to the address of a confirm that has
// done its work is not lost.
func TestFormAfterAConfirmedOne(t *testing.T) {
	s := newStory(t, "\n")
	s.mail("kasubbid", strings.Replace(vc("Rapat anggaran"), "NIP:", "Email: korban@batan.go.id\nNIP:", 1))
	s.reply("kasubbid", "confirm", "Ya")
	s.out()
	s.hand(pass + s.answer("kasubbid", "confirm", vc("Seminar nasional")))
	if got := s.kinds(); !strings.Contains(got, "registered kasubbid") {
		t.Errorf("told %q", got)
	}
}

// TestListAsksForNothing: an address that no form may name is none that a form
// may come from, where nothing proves that it does.
func TestListAsksForNothing(t *testing.T) {
	for _, text := range []string{vc("Promo http://jahat.example"),
		strings.Replace(vc("Promo"), "NIP: 19850217 201012 2 003\n", "", 1)} {
		s := newStory(t, "\n")
		s.office.Never = []string{"semua@batan.go.id"}
		s.mail("semua", text)
		if got := s.kinds(); strings.Contains(got, "semua") {
			t.Errorf("%.20q sends the list %q", text, got)
		}
	}
}

// TestFilingForAnotherTakesWhatIsRequired: a form for somebody else needs the
// proof that an answer needs; and nobody is asked to confirm where that is none.
func TestFilingForAnotherTakesWhatIsRequired(t *testing.T) {
	for _, c := range []struct{ require, head string }{{"signature", pass}, {"signature", ""}, {"authenticated", ""}} {
		s := newStory(t, "\n")
		s.office.Procedure.Require = c.require
		s.hand(c.head + "From: kasubbid@batan.go.id\nDate: " + s.now.Format(time.RFC1123Z) +
			"\nMessage-ID: <form@mail>\n\n" + strings.Replace(vc("Rapat anggaran"), "NIP:", "Email: korban@batan.go.id\nNIP:",
			1))
		switch got := s.kinds(); {
		case strings.Contains(got, "registered"):
			t.Errorf("%s, %q: filed: %s", c.require, c.head, got)
		case strings.HasPrefix(got, "confirm"):
			if s.reply("kasubbid", "confirm", "Ya, benar."); s.kinds() == "" {
				t.Errorf("%s: asked to confirm, which then leads to nothing", c.require)
			}
		}
	}
}
