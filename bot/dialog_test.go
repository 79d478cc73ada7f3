package bot_test

import (
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
