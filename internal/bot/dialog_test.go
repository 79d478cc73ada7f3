package bot_test

import (
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"batan.go.id/layanan/workflow"
)

const lacksNIP = `Nama: Ani Lestari
NIP: 12345
Unit Kerja: PSTNT
Kegiatan: Rapat anggaran
Tanggal: Senin, 14 Desember 2026 pukul 09.00 WIB
`

// asked is a story in which ani was asked for her NIP, and the mail that asks.
func asked(t *testing.T) (*story, sentMail) {
	s := newStory(t, "\n")
	s.mail("ani", lacksNIP)
	mail := s.find("ani", "incomplete")
	m := opened(t, mail.Raw)
	m.id, m.notice.To = mail.MessageID, workflow.Person{Name: "Ani", Email: "ani@batan.go.id"}
	return s, m
}

// comesBack lets ani answer in a mail program's style, and gives the request.
func (s *story) comesBack(m sentMail, st style, said string) workflow.Request {
	s.hand(string(answer(m, m.reply, "Re: "+m.subject, st.mime, st.body(m, said))))
	r, err := s.store.Request(s.t.Context(), "VC-2026-0001")
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// TestAskedForInVain: our question quoted back at us, examples and all, fills
// in nothing.
func TestAskedForInVain(t *testing.T) {
	for _, st := range append(bare, styles...) {
		s, m := asked(t)
		if r := s.comesBack(m, st, "Mohon maaf"); len(r.Problems) != 1 || r.Problems[0].Text != "12345" || r.Rounds != 1 {
			t.Errorf("%s: %+v after %d rounds", st.name, r.Problems, r.Rounds)
		}
	}
}

var blankCell = regexp.MustCompile(`(<td[^>]*>NIP</td><td>)12345(</td>)`)

// TestFilledInWhereQuoted: many scroll down to our form and write there.
func TestFilledInWhereQuoted(t *testing.T) {
	const nip = "19850217 201012 2 003"
	for _, st := range append(bare, styles...) {
		s, m := asked(t)
		m.text = strings.Replace(m.text, "  NIP: 12345\n", "  NIP: "+nip+"\n", 1)
		m.page = blankCell.ReplaceAllString(m.page, "${1}"+nip+"$2")
		if r := s.comesBack(m, st, ""); r.Step != "persetujuan" || r.Form.Text("nip") != "198502172010122003" {
			t.Errorf("%s: %s, %+v", st.name, r.Step, r.Problems)
		}
	}
}

// TestFilledInWrongWhereQuoted: what was written is shown, and asked for again.
func TestFilledInWrongWhereQuoted(t *testing.T) {
	s, m := asked(t)
	m.text = strings.Replace(m.text, "  NIP: 12345\n", "  NIP: 123456\n", 1)
	if r := s.comesBack(m, styles[0], ""); len(r.Problems) != 1 || r.Problems[0].Text != "123456" {
		t.Errorf("%+v", r.Problems)
	}
}

// TestAPictureCannotBeRead: a photo of the form is named; what decorates a mail
// is not.
func TestAPictureCannotBeRead(t *testing.T) {
	part := func(kind, name string, size int) string {
		return "--b\nContent-Type: " + kind + "; name=\"" + name + "\"\nContent-Transfer-Encoding: base64\n\n" +
			base64.StdEncoding.EncodeToString(make([]byte, size)) + "\n"
	}
	rest := "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: " +
		"text/plain\n\nTerlampir.\n" +
		part("image/jpeg", "IMG_0042.jpg", 60<<10) + part("image/png", "logo.png", 5<<10) +
		part("application/pkcs7-signature", "smime.p7s", 2<<10) +
		part("application/pdf", "scan.pdf", 60<<10) + "--b--\n"
	s, m := asked(t)
	s.mail("ani", "Subject: Re: "+m.subject+"\nIn-Reply-To: <"+m.id+">\n"+rest)
	s.mail("budi", "Subject: Permohonan\n"+rest)
	for who, kind := range map[string]string{"ani": "incomplete", "budi": "help"} {
		if text := strings.ReplaceAll(opened(t, s.find(who, kind).Raw).text, "\u00a0", " "); !strings.Contains(text,
			"Lampiran IMG_0042.jpg, scan.pdf telah kami simpan, tetapi belum dapat kami baca;") {
			t.Errorf("%s: %s", who, text)
		}
	}
}

// TestWhatIsWrong: from the bytes of a form to the sentence that its sender
// reads.
func TestWhatIsWrong(t *testing.T) {
	for line, want := range map[string]string{
		"Tanggal: Kamis, 14 Desember 2026 pukul 09.00": "Tanggal (tertulis “Kamis, 14 Desember 2026 pukul 09.00”) " +
			"menyebut hari Kamis, padahal tanggal itu Senin, 14 Desember 2026;",
		"Tanggal: 31 Juni 2027":                 "Tanggal (tertulis “31 Juni 2027”) tidak ada dalam kalender;",
		"Tanggal: 15 atau 16 Desember 2026":     "dapat berarti Selasa, 15 Desember 2026 atau Rabu, 16 Desember 2026;",
		"Tanggal: 15 Desember 2026 pukul 25.00": "memuat jam yang tidak ada",
		"Tanggal: minggu depan":                 "belum menyebut satu tanggal yang pasti;",
		"NIP: 198513172010122003": "harus diawali tanggal lahir yang ada dalam kalender, bukan " +
			"19851317;",
		"NIP: 19850217201012": "NIP (tertulis “19850217201012”) harus terdiri atas 18 angka (9 " +
			"angka untuk NIP lama);",
		"Kegiatan:": "Kegiatan belum diisi;",
	} {
		label, _, _ := strings.Cut(line, ":")
		form := regexp.MustCompile("(?m)^"+label+":.*$").ReplaceAllString(strings.Replace(lacksNIP, "12345",
			"198502172010122003", 1), line)
		s := newStory(t, "\n")
		s.mail("ani", form)
		if text := strings.ReplaceAll(opened(t, s.find("ani", "incomplete").Raw).text, "\u00a0",
			" "); !strings.Contains(text, want) {
			t.Errorf("%s: want %q in\n%s", line, want, text)
		}
	}
}
