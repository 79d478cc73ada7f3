package notify_test

import (
	"encoding/base64"
	"fmt"
	"html"
	"math/rand/v2"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"batan.go.id/layanan/internal/cputime"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// speller spells tokens in the ways that programs and people do, one way over
// another. Its draws are the same in every run.
type speller struct{ *rand.Rand }

func newSpeller() speller { return speller{rand.New(rand.NewPCG(7, 13))} }

func (s speller) pick(from ...string) string { return from[s.IntN(len(from))] }

// token is a request's number with a signature drawn at random.
func (s speller) token() string {
	tail := make([]byte, 20)
	for i := range tail {
		tail[i] = "abcdefghijklmnopqrstuvwxyz234567"[s.IntN(32)]
	}
	return fmt.Sprintf("vc-20%02d-%04d-%s", s.IntN(100), 1+s.IntN(9999), tail)
}

// each rewrites the characters of a text one by one.
func each(text string, how func(r rune) string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteString(how(r))
	}
	return b.String()
}

// letters changes how the characters look.
func (s speller) letters(token string) string {
	form := s.IntN(5)
	dash := s.pick("-", "-", "-", "–", "−", "\u2010", "\u2011", "—", "_", " - ")
	hidden := s.pick("", "", "", "\u200b", "\u00ad", "\u2060", "\ufeff", "\u200c")
	return each(token, func(r rune) string {
		switch {
		case r == '-':
			return dash + hidden
		case form == 1 || form == 2 && s.IntN(2) == 0:
			return strings.ToUpper(string(r))
		case form == 3: // full width
			return string(r + 0xfee0)
		}
		return string(r) + hidden
	})
}

// split breaks a text at n places; certain tells that no breaks are to be seen.
func (s speller) split(text string, n int) (out string, certain bool) {
	gap := s.pick(" ", "  ", "\t", "\n", "\r\n", "\n> ", "\r\n>> ", "\n | ", " / ", "\u00a0", "<wbr>", "</b> <b>",
		"=\r\n", "= \n")
	runes := []rune(text)
	at := map[int]bool{}
	for range n {
		at[1+s.IntN(len(runes)-1)] = true
	}
	var b strings.Builder
	for i, r := range runes {
		if at[i] {
			b.WriteString(gap)
		}
		b.WriteRune(r)
	}
	return b.String(), strings.HasPrefix(gap, "=")
}

// encode puts a text into a code.
func (s speller) encode(text string) string {
	all := s.IntN(2) == 0
	write := []func(r rune) string{
		func(r rune) string { return percent(string(r)) },
		func(r rune) string { return strings.ReplaceAll(percent(string(r)), "%", "%25") },
		func(r rune) string { return strings.ToLower(percent(string(r))) },
		func(r rune) string { return strings.ReplaceAll(percent(string(r)), "%", "=") },
		func(r rune) string { return fmt.Sprintf("&#%d;", r) },
		func(r rune) string { return fmt.Sprintf("&#x%x;", r) },
		func(r rune) string { return fmt.Sprintf("&amp;#%d;", r) },
		func(r rune) string { return fmt.Sprintf(`\u%04x`, r) },
		func(r rune) string { return strings.ReplaceAll(percent(string(r)), "%", "&#37;") },
		func(r rune) string {
			if r == '-' {
				return "&hyphen;"
			}
			return string(r)
		},
	}[s.IntN(10)]
	return each(text, func(r rune) string {
		if all || r == '-' || r > unicode.MaxASCII {
			return write(r)
		}
		return string(r)
	})
}

func percent(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "%%%02X", s[i])
	}
	return b.String()
}

// spell writes a token in some way, in some place; split tells that it is in pieces.
func (s speller) spell(token string) (text string, split bool) {
	text = s.letters(token)
	for range s.IntN(3) {
		text = s.encode(text)
	}
	n := []int{0, 0, 0, 1, 1, 2, 4, 8}[s.IntN(8)]
	if plain := text == token || !strings.ContainsAny(text, `%=&\`); n > 0 && plain { // an escape is not broken
		var certain bool
		if text, certain = s.split(text, n); certain {
			n = 0
		}
	} else {
		n = 0
	}
	place := s.pick("%s", "Kode: %s", "kode:\t%s\r\n", "<%s.3@batan.go.id>", "mailto:layanan+%s@batan.go.id?subject=Re",
		"https://x.example/?a=b&t=%s&u=1", "(%s)", "“%s”", "lihat %s.", "> %s\n> ", "x%s", "9%s", "SETUJU %s, terima kasih",
		"%s\n%s")
	return strings.ReplaceAll(place, "%s", text), n > 0 || strings.Contains(text, " - ")
}

// utf16 is a text in two bytes for each character, the lower one first.
func utf16(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }

var (
	softEnd  = regexp.MustCompile(`=[ \t]*\r?\n`)
	tag      = regexp.MustCompile(`</?(wbr|b)>`)
	escapes  = regexp.MustCompile(`[%=][0-9A-Fa-f]{2}`)
	escapedU = regexp.MustCompile(`\\u[0-9a-f]{4}`)
)

// recovered takes all codes off a text and leaves its letters and digits.
func recovered(text string) string {
	text = tag.ReplaceAllString(softEnd.ReplaceAllString(text, ""), "")
	for before := "-"; before != text; {
		before = text
		text = html.UnescapeString(text)
		text = escapes.ReplaceAllStringFunc(text, func(e string) string {
			s, _ := url.PathUnescape("%" + e[1:]) // it is one
			return s
		})
		text = escapedU.ReplaceAllStringFunc(text, func(e string) string {
			n, _ := strconv.ParseUint(e[2:], 16, 32) // it is one
			return string(rune(n))
		})
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(text))
}

// TestRedactInEverySpelling: of a token in one piece nothing can be recovered,
// however it is spelled; of those in pieces, which might be words, one in a
// thousand may stay.
func TestRedactInEverySpelling(t *testing.T) {
	s := newSpeller()
	const draws = 10_000
	missed := 0
	for range draws {
		token := s.token()
		text, split := s.spell(token)
		tail := token[len(token)-20:]
		if !strings.Contains(recovered(text), tail) {
			t.Fatalf("the test itself can't read %q", text)
		}
		out := notify.Redact(text)
		if !strings.Contains(recovered(out), tail) {
			continue
		}
		if missed++; !split {
			t.Errorf("%q stays in %q", token, text)
		}
	}
	if missed > draws/1000 {
		t.Errorf("%d of %d stay", missed, draws)
	}
}

// TestRedactNested: what is taken out does not leave another token behind, and
// what stands around it stays.
func TestRedactNested(t *testing.T) {
	const a, b = "vc-2026-0001-k3j5abcd2efgh6ijkl7m", "vc-2026-0002-zyxwv2uts3rqponm4lkj"
	for text, want := range map[string]string{
		"Kode: " + a + " terima kasih":               "Kode: vc-2026-0001-… terima kasih",
		a + "\n" + b:                                 "vc-2026-0001-…\nvc-2026-0002-…",
		"[VC-2026-0001] " + strings.ToUpper(b) + ".": "[VC-2026-0001] VC-2026-0002-….",
		"<" + a + ".12@batan.go.id>":                 "<vc-2026-0001-….12@batan.go.id>",
		a[:20] + "<wbr>" + a[20:]:                    "vc-2026-0001-…",
		strings.ReplaceAll(a, "-", "%252D"):          "vc%252D2026%252D0001%252D…",
		a[:20] + " / " + a[20:]:                      "vc-2026-0001-…",
		"VC-2026-0001 " + a[13:]:                     "VC-2026-0001 …",
		"VC-2026-0001: " + a[13:] + "\n":             "VC-2026-0001: …\n",
		"VC-2026-\n> 0001-\n> " + a[13:] + " ok":     "VC-2026-\n> 0001-\n> … ok",
		utf16(a):                                     utf16(a[:13]) + "…\x00",
	} {
		if got := notify.Redact(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestHonestTextStays: numbers followed by words are what people write.
func TestHonestTextStays(t *testing.T) {
	s := newStory(t).upTo("persetujuan")
	render := renderer(t, identity, s.p)
	n, heads := 0, []string{"VC-2026-0001 - %s", "vc-2026-0001-%s", "[VC-2026-0001] – %s", "VC-2026-0001 / %s",
		"VC-2026-0001: %s", "Perihal VC-2026-0001 –\r\n%s", "> VC-2026-0001 -\n> %s", "%s (VC-2026-0001, VC-2026-0002)"}
	for _, words := range []string{
		"rapat koordinasi anggaran pusat", "Rapat Koordinasi Penganggaran Tahun 2027",
		"mohon segera ditindaklanjuti oleh bidang terkait", "undangan_rapat_koordinasi_anggaran.pdf",
		"sudah disetujui, silakan disiapkan", "PPIKSN dan PJKKD hadir bersama BAPETEN",
		"27 peserta dari Yogyakarta dan 35 dari Serpong", "teman2 di ruang rapat lantai 3 gedung 71 BATAN",
		"tolong siapkan ruang dgn kapasitas 25 orang", "please prepare the video conference room for us",
		"approved as requested by the head of division", "Kamis 12 Juli 2018 pukul 09.00 WIB",
		"seminar nasional teknologi nuklir", "diseminasi hasil penelitian reaktor TRIGA 2000 Bandung",
		"link Zoom menyusul setelah konfirmasi narasumber", "http://zoom.example/j/2345672345",
		"ditunda menjadi tanggal 23 bulan depan karena ka bidang dinas luar", "jam2 siang ruang sidang utama pusat",
		"bimbingan teknis SPBE bagi staf", "pelaksanaan ujian sidang skripsi mahasiswa STTN",
		"evaluasi kinerja triwulan ketiga PPIKSN", "kunjungan delegasi IAEA dari Wina Austria",
		"perbaikan jaringan fiber optik gedung seratus dua", "telp 021 7560905 pesawat 2345",
		"koordinasi dgn Yogya sdh selesai tinggal tunggu jadwal", "yang bersangkutan sedang cuti tahunan",
		"tidak jadi dilaksanakan", "harap hubungi sdr Budi di ekstensi 4567",
		"Kode ruang: 2345-6723, lantai dua", "NIP 19850217 201012 2 003 sudah benar",
		"0812-3456-7890 nomor kontak panitia kegiatan", "2026-2345-peserta dari seluruh satuan kerja",
	} {
		for _, head := range heads {
			text := strings.ReplaceAll(head, "%s", words)
			if got := notify.Redact(text); got != text {
				t.Errorf("%q becomes %q", text, got)
			}
			n++
		}
		notice := workflow.Notice{Kind: workflow.NoticeQuestion, To: ani, Role: workflow.Requester, By: kepala,
			Note: "VC-2026-0001 - " + words}
		l := post(t, render, s.last.Request, notice, notify.Context{Now: began})
		if flat := strings.Join(strings.Fields(l.text), " "); !strings.Contains(flat,
			strings.Join(strings.Fields(notice.Note), " ")) {
			t.Errorf("%q is not passed on whole:\n%s", notice.Note, l.text)
		}
	}
	if n < 200 {
		t.Errorf("only %d texts", n)
	}
}

// TestTokensStayPrivate: whatever a person writes, in whatever field, with
// whatever spelling of a token in it, no mail of ours passes the token on.
func TestTokensStayPrivate(t *testing.T) {
	p := procedure(t)
	r := renderer(t, identity, p)
	usual := rendered(t, identity)
	s := newSpeller()
	for i := range 60 {
		token := s.token()
		text, split := s.spell(token)
		if split { // TestRedactInEverySpelling counts them
			continue
		}
		for _, kind := range []string{"question", "task-changed", "rejected", "closed", "incomplete", "confirm",
			"escalation-stuck", "dead-letter", "undeliverable"} {
			l := usual[kind]
			req, n := l.req, l.notice
			form := workflow.Form{}
			for id, v := range l.req.Form {
				v.Text += " " + text
				form[id] = v
			}
			req.Form = form
			if req.Report != nil {
				req.Report = &workflow.Report{Officer: workflow.Person{Name: text, Email: admin.Email}, At: req.Report.At,
					Form: workflow.Form{"laporan": {Text: text}, "hasil": {Text: text}}}
			}
			req.Requester.Name, n.To.Name, n.By.Name, n.Note, n.Unread, n.Doubt.Code, n.Doubt.Text = text, text, text, text,
				text, "condition", text
			ctx := notify.Context{Now: began, ID: "0190", Topic: text, Detail: "Mohon periksa " + text}
			mails, err := r.Render(req, n, ctx)
			if err != nil {
				t.Fatal(err)
			}
			o := open(t, mails[0])
			for what, said := range map[string]string{"raw": string(o.mail.Raw), "text": o.text, "page": o.html,
				"subject": o.subject} {
				if strings.Contains(recovered(said), token[len(token)-20:]) {
					t.Fatalf("%d: %s: the %s passes %q on:\n%s", i, kind, what, text, said)
				}
			}
		}
	}
}

// TestMaskMail: a mail that is shown keeps its length, its lines and all that
// is no token, in every transfer encoding.
func TestMaskMail(t *testing.T) {
	s := newSpeller()
	for range 1_000 {
		token := s.token()
		text, split := s.spell(token)
		if split {
			continue
		}
		raw := "From: ka@batan.go.id\r\nIn-Reply-To: <" + token + ".2@batan.go.id>\r\n\r\n" + text + "\r\nHormat kami\r\n"
		masked := string(notify.MaskMail([]byte(raw)))
		if len(masked) != len(raw) || strings.Count(masked, "\n") != strings.Count(raw, "\n") ||
			!strings.HasSuffix(masked, "\r\nHormat kami\r\n") || strings.Contains(recovered(masked), token[len(token)-20:]) {
			t.Fatalf("%q becomes %q", raw, masked)
		}
	}
	token := s.token()
	body := base64.StdEncoding.EncodeToString([]byte("Setuju.\r\n\r\n> Kode: " + token + "\r\n> " +
		strings.Repeat("Layanan BATANnet. ", 10)))
	var lines strings.Builder
	for len(body) > 76 {
		lines.WriteString(body[:76] + "\r\n")
		body = body[76:]
	}
	head := "Content-Transfer-Encoding: base64\r\n\r\n"
	masked := notify.MaskMail([]byte(head + lines.String() + body + "\r\n"))
	plain, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(string(masked[len(head):]), "\r\n", ""))
	if want := "> Kode: " + token[:13] + strings.Repeat("*", 20) + "\r\n> Layanan"; err != nil ||
		!strings.Contains(string(plain), want) {
		t.Errorf("base64: %q, %v", plain, err)
	}
}

// TestRedactIsLinear: a text that is full of what may be a token takes no
// longer than its length asks for.
func TestRedactIsLinear(t *testing.T) {
	for _, piece := range []string{"vc-2026-0001-rapat koordinasi ", "2026-0001-", "%25", "%252D", "&amp;", "&#", "=\r\n",
		"a-2345-", "k 3 ", "<b>", "<b ", "2345-2345-abcdefghijklmnopqrs", "2345-", "-", "＂", "\\u002d"} {
		text := strings.Repeat(piece, 1<<20/len(piece))
		began := cputime.Used()
		notify.Redact(text)
		if took := cputime.Used() - began; took > 3*time.Second {
			t.Errorf("%q: 1 MiB takes %v", piece, took)
		}
	}
}

// FuzzRedact: any bytes are masked at their places, and what was redacted holds
// no token again.
func FuzzRedact(f *testing.F) {
	s := newSpeller()
	for range 50 {
		text, _ := s.spell(s.token())
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		masked := notify.MaskMail([]byte(text))
		if len(masked) != len(text) || strings.Count(string(masked), "\n") != strings.Count(text, "\n") {
			t.Errorf("%q becomes %q", text, masked)
		}
		once := notify.Redact(text)
		if twice := notify.Redact(once); twice != once {
			t.Errorf("%q becomes %q, and that %q", text, once, twice)
		}
	})
}
