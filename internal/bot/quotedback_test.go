package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/workflow"
)

// style is how a mail program puts an answer above what it answers.
type style struct {
	name, mime string
	body       func(m sentMail, said string) string
}

func marked(text string) string {
	return "> " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n> ")
}

// wrapped breaks long lines as programs do that mark only the first piece.
func wrapped(text string, width int) string {
	var out []string
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		line = "> " + line
		for len(line) > width {
			i := strings.LastIndexByte(line[:width], ' ')
			if i < 3 {
				break
			}
			out = append(out, line[:i])
			line = line[i+1:]
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func inner(page string) string {
	_, rest, _ := strings.Cut(page, "<body")
	_, rest, _ = strings.Cut(rest, ">")
	rest, _, _ = strings.Cut(rest, "</body>")
	return rest
}

var styles = []style{
	{"Gmail", plainText, func(m sentMail, said string) string {
		return said + "\n\nPada tanggal Sel, 24 Nov 2026 pukul 09.01 Layanan BATANnet <" + m.reply + "> menulis:\n\n" +
			marked(m.text)
	}},
	{"Gmail in English", plainText, func(m sentMail, said string) string {
		return said + "\n\nOn Tue, Nov 24, 2026 at 9:01 AM Layanan BATANnet <\n" + m.reply + "> wrote:\n\n" + marked(m.text)
	}},
	{"Outlook", plainText, func(m sentMail, said string) string {
		return said + "\n\n-----Original Message-----\nFrom: Layanan BATANnet <layanan_batannet@batan.go.id>\nSent: " +
			"Tuesday, November 24, 2026 9:01 AM\nTo: " + m.notice.To.Name + "\nSubject: " + m.subject + "\n\n" + m.text
	}},
	{"Outlook on a phone", plainText, func(m sentMail, said string) string {
		return said + "\n\n________________________________\nDari: Layanan BATANnet " +
			"<layanan_batannet@batan.go.id>\nDikirim: Selasa, 24 November 2026 09.01\nKepada: " + m.notice.To.Name +
			"\nSubjek: " + m.subject + "\n\n" + m.text
	}},
	{"Gmail's page", htmlText, func(m sentMail, said string) string {
		return `<div dir="ltr">` + said +
			`</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Pada tanggal Sel, 24 Nov 2026 pukul 09.01 Layanan BATANnet &lt;` + m.reply +
			`&gt; menulis:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">` + inner(m.page) + `</blockquote></div>`
	}},
	{"Outlook's page", htmlText, func(m sentMail, said string) string {
		return `<html><body><p class="MsoNormal">` + said +
			`</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> Layanan BATANnet &lt;` + m.reply +
			`&gt;<br><b>Sent:</b> Tuesday, November 24, 2026 9:01 AM<br><b>To:</b> ` + m.notice.To.Name +
			`<br><b>Subject:</b> ` + m.subject + `</p></div>` + inner(m.page) + `</body></html>`
	}},
}

// bare are quotes that nothing marks as such.
var bare = []style{
	{"text without a mark", plainText, func(m sentMail, said string) string { return said + "\n\n" + m.text }},
	{"page without a mark", htmlText, func(m sentMail, said string) string {
		return "<div>" + said + "</div>" +
			inner(m.page)
	}},
}

// TestAnswersComeBack: the words above a quote count, whatever the quote says.
func TestAnswersComeBack(t *testing.T) {
	d := newDesk(t, true)
	d.walk(t, func(m sentMail) {
		for _, o := range m.notice.Words {
			said := o.Word
			if o.Hint != "" {
				said += " karena perlu, baik"
			}
			for _, s := range styles {
				p := d.office.Interpret(answer(m, m.reply, "Re: "+m.subject, s.mime, s.body(m, said)))
				if p.Purpose != bot.Follow || p.Event.Word != o.Word || p.Event.Doubt.Code != "" {
					t.Errorf("%s, %s to %s, %q: %s, word %q, doubt %q", s.name, m.notice.Kind, m.notice.To.Email, said, p.Purpose,
						p.Event.Word, p.Event.Doubt)
				}
				if state := d.id.Keys.State(texts(p.Message.Tokens), &d.req, m.notice.To.Email); state != workflow.LiveToken {
					t.Errorf("%s, %s: token %q", s.name, m.notice.Kind, state)
				}
				if strings.Contains(strings.ToLower(p.Event.Note), m.tokenOfMail) || strings.Contains(p.Event.Note, "otomatis") {
					t.Errorf("%s, %s: the note is %q", s.name, m.notice.Kind, p.Event.Note)
				}
			}
		}
	})
}

// TestQuotesSayNothing: a mail with nothing but our own text in it, or with
// thanks above it, orders nothing and fills in no field.
func TestQuotesSayNothing(t *testing.T) {
	d := newDesk(t, true)
	d.walk(t, func(m sentMail) {
		for _, s := range append(bare, styles...) {
			for _, said := range []string{"", "Terima kasih."} {
				p := d.office.Interpret(answer(m, m.reply, "Re: "+m.subject, s.mime, s.body(m, said)))
				where := fmt.Sprintf("%s, %s to %s, %q", s.name, m.notice.Kind, m.notice.To.Email, said)
				if p.Event.Word != "" {
					t.Errorf("%s: word %q, note %q", where, p.Event.Word, p.Event.Note)
				}
				if p.Purpose == bot.File {
					t.Errorf("%s: makes a request of our own form: %v", where, p.Event.Form)
				}
				for id, v := range p.Event.Form {
					known := d.req.Form[id]
					if d.req.Open() && (v.Date && !v.Start.Equal(known.Start) || !v.Date && v.Text != known.Text) {
						t.Errorf("%s: fills in %s: %q", where, id, v.Text)
					}
				}
			}
		}
	})
}

// TestWrappedQuotes: wherever a program breaks our lines, and though it marks
// only the first piece of each, no piece is taken for an order.
func TestWrappedQuotes(t *testing.T) {
	d := newDesk(t, true)
	d.walk(t, func(m sentMail) {
		for width := 24; width <= 90; width++ {
			p := d.office.Interpret(answer(m, m.reply, "Re: "+m.subject, plainText, wrapped(m.text, width)))
			if p.Event.Word != "" {
				t.Errorf("%s to %s, broken at %d: word %q, note %q", m.notice.Kind, m.notice.To.Email, width, p.Event.Word,
					p.Event.Note)
			}
		}
	})
}

// TestNaturalAnswers: text of our own is never a command, but people who use
// the same words must still be understood.
func TestNaturalAnswers(t *testing.T) {
	d := newDesk(t, true)
	d.walk(t, func(sentMail) {})
	for said, word := range map[string]string{
		"Menyetujui permohonan ini.":                                                  "SETUJU",
		"Ya, setuju.":                                                                 "SETUJU",
		"Disetujui dan diteruskan.":                                                   "SETUJU",
		"Menolak permohonan ini karena ruangan dipakai.":                              "TOLAK",
		"Disposisikan kepada Kepala Subbidang Pengelolaan Jaringan":                   "DISPOSISI",
		"Mendisposisikan permohonan ini kepada Kepala Subbidang Pengelolaan Jaringan": "DISPOSISI",
		"Siap digunakan":                                                              "SIAP",
		"Sudah siap digunakan.":                                                       "SIAP",
		"Laporan: berjalan lancar.":                                                   "LAPORAN",
		"Diterima dengan baik.":                                                       "TERIMA",
		"Dibatalkan oleh pemohon.":                                                    "BATAL",
		"Kendala pada kamera.":                                                        "KENDALA",
		"Pertanyaan saya, berapa orang pesertanya?":                                   "TANYA",
		"Tarik kembali jawaban saya.":                                                 "TARIK",
	} {
		m := d.sent[0]
		p := d.office.Interpret(answer(m, m.reply, "Re: [VC-2026-0001] x", plainText, said))
		if p.Event.Word != word {
			t.Errorf("%q: word %q (%s), want %s", said, p.Event.Word, p.Event.Doubt, word)
		}
	}
}

// texts are the tokens as they were written.
func texts(tokens []authres.Token) (out []string) {
	for _, t := range tokens {
		out = append(out, t.Text)
	}
	return out
}
