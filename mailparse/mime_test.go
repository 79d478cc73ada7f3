package mailparse_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"batan.go.id/layanan/mailparse"
	"github.com/google/go-cmp/cmp"
)

// multipart is a mail of parts between boundaries "b".
func multipartMail(head string, parts ...string) string {
	return "From: a@batan.go.id\nSubject: x\n" + head + "\n\n--b\n" + strings.Join(parts, "\n--b\n") + "\n--b--\n"
}

// TestRepairs reads mails that are broken in one way each, and is told of it, and of nothing else.
func TestRepairs(t *testing.T) {
	const head = "From: a@batan.go.id\nSubject: x\n"
	mixed := "Content-Type: multipart/mixed; boundary=b"
	inner := base64.StdEncoding.EncodeToString([]byte("\n--b\nContent-Type: text/plain\n\nhalo\n--b--\n"))
	tests := []struct{ name, mail, text, warning string }{
		{"ordinary", head + "\nhalo", "halo", ""},
		{"ordinary multipart", multipartMail(mixed, "Content-Type: text/plain\n\nhalo"), "halo", ""},
		{"part without a header", multipartMail(mixed, "\nhalo"), "halo", ""},
		{"blanks behind a boundary", head + mixed + "\n\n--b  \n\nhalo\n--b-- \t\n", "halo", ""},
		{"mbox", "From ani Mon Jan  5 10:10:00 2026\n" + head + "\nhalo", "halo", ""},
		{"empty lines above", "\n\n" + head + "\nhalo", "halo", ""},
		{"CR CR LF", strings.ReplaceAll(head+"\nhalo\ndunia", "\n", "\r\r\n"), "halo\ndunia", ""},
		{"CR", strings.ReplaceAll(head+"\nhalo\ndunia", "\n", "\r"), "halo\ndunia", ""},
		{"mixed line ends", "From: a@batan.go.id\r\nSubject: x\n\r\nhalo\rdunia", "halo\ndunia", ""},
		{"zero bytes", head + "\nha\x00lo", "halo", ""},
		{"byte order mark", "\ufeff" + head + "\nhalo", "halo", "The mail begins with a byte order mark."},
		{"UTF-16 file", utf16File(head + "\nhalo"), "halo", "The whole mail is UTF-16."},
		{"broken fold", "From: a@batan.go.id\nSubject: x\nX-Note: satu\ndua tiga\nDate: Mon, 05 Jan 2026 09:10:00 " +
			"+0700\n\nhalo", "halo", "The header has a line that is no field."},
		{"no empty line", head + "halo dunia\napa kabar", "halo dunia\napa kabar",
			"The header has a line that is no field."},
		{"too many fields", head + strings.Repeat("X-A: b\n", 3000) + "\nhalo", "halo",
			"The header is too long; only its first part was read."},
		{"too long a field", head + "X-A: " + strings.Repeat("b", 70_000) + "\n  c\n\nhalo", "halo",
			"The header is too long; only its first part was read."},
		{"no last boundary", head + mixed + "\n\n--b\n\nhalo", "halo", "A multipart ends before its last boundary."},
		{"no boundary parameter",
			head + "Content-Type: multipart/mixed\n\n--batas\nContent-Type: text/plain\n\nhalo\n--batas--", "halo",
			"The boundary of a multipart is not the one that its header names."},
		{"other boundary", head + mixed + "\n\n--batas\nContent-Type: text/plain\n\nhalo\n--batas--", "halo",
			"The boundary of a multipart is not the one that its header names."},
		{"no boundary at all", head + mixed + "\n\nhalo", "halo", "A multipart has no boundary."},
		{"text where the part's header should be", multipartMail(mixed, "Nama: Ani\nNIP: 198001012005012001\n\nhalo"),
			"Nama: Ani\nNIP: 198001012005012001\n\nhalo", "The part has no header."},
		{"encoded multipart", head + mixed + "\nContent-Transfer-Encoding: base64\n\n" + inner, "halo",
			"A multipart is encoded as a whole."},
		{"misspelt encoding", head + "Content-Transfer-Encoding: Quoted_Printable;\n\nhalo=20dunia", "halo dunia", ""},
		{"unknown encoding", head + "Content-Transfer-Encoding: rot13\n\nhalo", "halo",
			`The transfer encoding "rot13" is unknown.`},
		{"base64 without padding", head + "Content-Transfer-Encoding: base64\n\naGFsb3M", "halos",
			"The base64 encoding is damaged; what could be decoded was."},
		{"base64 cut off", head + "Content-Transfer-Encoding: base64\n\naGFsbyBkdW5p\nYX", "halo dunia",
			"The base64 encoding is damaged; what could be decoded was."},
		{"base64 in one line with blanks", head + "Content-Transfer-Encoding: base64\n\naGFs byBk dW5p YQ==", "halo dunia",
			""},
		{"base64 with a list's footer",
			head + "Content-Transfer-Encoding: base64\n\naGFsbyBkdW5pYQ==\n_____\nMilis kami: https://milis.example/\n",
			"halo dunia", "The base64 encoding is damaged; what could be decoded was."},
		{"text that is called base64", head + "Content-Transfer-Encoding: base64\n\nApa kabar semua.", "Apa kabar semua.",
			"The text is not in base64, as its header says."},
		{"quoted-printable cut off", head + "Content-Transfer-Encoding: quoted-printable\n\nhalo dunia=", "halo dunia", ""},
		{"quoted-printable with stray signs", head + "Content-Transfer-Encoding: quoted-printable\n\n1=2 =\n", "1=2",
			"The quoted-printable encoding is damaged; what could be decoded was."},
		{"page without a type", head + "\n<!DOCTYPE html><html><p>halo</p>", "halo",
			"The text is a page, though nothing says so."},
		{"uuencode", head + "\nhalo\nbegin 644 a.dat\n&4V5T=6IU\n`\nend\ndunia", "halo\n\ndunia", ""},
		{"words about beginning", head + "\nbegin 644 times\nhalo\nend", "begin 644 times\nhalo\nend", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := mailparse.Parse([]byte(tt.mail), testGrammar())
			var want []string
			if tt.warning != "" {
				want = []string{tt.warning}
			}
			if m.Text != tt.text || m.Subject != "x" || !cmp.Equal(want, append([]string(nil), m.Warnings...)) {
				t.Errorf("text %q, subject %q, warnings %q", m.Text, m.Subject, m.Warnings)
			}
		})
	}
}

func utf16File(s string) string {
	var b bytes.Buffer
	for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
		b.Write([]byte{byte(u), byte(u >> 8)})
	}
	return b.String()
}

// TestNoHeader reads what is no mail: all of it is text.
func TestNoHeader(t *testing.T) {
	for raw, text := range map[string]string{"Catatan: rapat besok": "Catatan: rapat besok",
		"halo dunia\n\nbaris dua\n": "halo dunia\n\nbaris dua", "Nama: Ani\nNIP: 1\n": "Nama: Ani\nNIP: 1"} {
		m := mailparse.Parse([]byte(raw), testGrammar())
		if m.Text != text || !strings.Contains(strings.Join(m.Warnings, ""), "The mail has no header.") {
			t.Errorf("%q: text %q, warnings %q", raw, m.Text, m.Warnings)
		}
	}
}

// TestHeaderWords reads encoded words as mailers break them; the sentence says what was repaired.
func TestHeaderWords(t *testing.T) {
	tests := []struct{ subject, want, warning string }{
		{"=?utf-8?B?UmFwYXQg4oCT?=\n =?utf-8?B?IHNhdHU=?=", "Rapat – satu", ""},
		{"=?utf-8?Q?Caf=C3?=\n =?UTF-8?B?qSBzdXN1?=", "Café susu", ""},
		{"=?utf-8?B?Q2Fmw?= =?utf-8?B?6kgc3VzdQ==?=", "Café susu", ""},
		{"=?utf-8?B?Q2Fmw6k?= =?utf-8?B?IHN1c3U?=", "Café susu", ""},
		{"=?iso-2022-jp?B?GyRCMnE1RBsoQg==?= =?iso-2022-jp?B?GyRCJE43bxsoQg==?=", "会議の件", ""},
		{"=?gb2312?B?u+HS6Q==?=", "会议", ""},
		{"=?koi8-r?Q?=F0=D2=C9=D7=C5=D4?=", "Привет", ""},
		{"\"=?utf-8?Q?dalam_kutip?=\"", "\"dalam kutip\"", ""},
		{"awal=?utf-8?Q?_menempel?=akhir", "awal menempelakhir", ""},
		{"=?utf-8?Q?satu dua?=", "satu dua", ""},
		{"=?utf-8?Q?a=C3=A9?= =?iso-8859-1?Q?=E9?=", "aéé", ""},
		{"=?utf-8?Q?terbuka =?utf-8?Q?tertutup?=", "terbukatertutup", "An encoded word in the Subject header is cut off."},
		{"=?utf-8?B?8J+Y", "\uFFFD", "An encoded word in the Subject header is cut off."},
		{"=?x-aneh?Q?halo?=", "halo", `The charset "x-aneh" is unknown.`},
		{"=?utf-8?Q?a=b?=", "a=b", "An encoded word in the Subject header is damaged."},
		{"=?us-ascii?Q?Caf=C3=A9?=", "Café", `The Subject header is UTF-8, not "us-ascii".`},
		{"Caf\xe9", "Café", `The Subject header is not "utf-8"; it was read as windows-1252.`},
		{"Café", "Café", ""},
		{"=?utf-8?B?!!!?= =?utf-8?B?aGFsbw==?=", "halo", ""},
		{"=?utf-8?B?A=B?= =?utf-8?B?aGFsbw==?=", "halo", ""},
	}
	for _, tt := range tests {
		m := mailparse.Parse([]byte("From: a@b.id\nSubject: "+tt.subject+"\n\nx"), testGrammar())
		if m.Subject != tt.want || strings.Join(m.Warnings, " ") != tt.warning {
			t.Errorf("%q: got %q, warnings %q", tt.subject, m.Subject, m.Warnings)
		}
	}
}

// TestFileNames reads names of attachments in the ways that mailers write them (RFC 2231, RFC 2047, neither).
func TestFileNames(t *testing.T) {
	const attached = "Content-Disposition: attachment"
	for header, want := range map[string]string{
		attached + "; filename=a.pdf":                                                                   "a.pdf",
		attached + "; filename=\"a b.pdf\"":                                                             "a b.pdf",
		attached + "; filename=a b.pdf":                                                                 "a b.pdf",
		attached + "; filename=\"satu \"dua\".pdf\"":                                                    "satu \"dua\".pdf",
		attached + "; filename=\"satu; dua.pdf\"":                                                       "satu; dua.pdf",
		attached + "; filename*=utf-8'id'caf%C3%A9.pdf":                                                 "café.pdf",
		attached + "; filename=cafe.pdf; filename*=utf-8''caf%C3%A9.pdf":                                "café.pdf",
		attached + "; filename*0*=iso-8859-1''caf%E9; filename*1=\" dua\"; filename*2=.pdf":             "café dua.pdf",
		attached + "; filename*1=\"dua.pdf\"; filename*0=\"satu-\"":                                     "satu-dua.pdf",
		attached + "; filename*=caf%C3%A9.pdf":                                                          "café.pdf",
		attached + "; filename*0*=shift_jis''%89%EF; filename*1*=%8B%63.pdf":                            "会議.pdf",
		attached + "; filename=\"=?utf-8?B?Y2Fmw6k=?= =?utf-8?Q?=2Epdf?=\"":                             "café.pdf",
		attached + "; filename==?utf-8?Q?caf=C3=A9.pdf?=":                                               "café.pdf",
		attached + "; filename=\"caf\xe9.pdf\"":                                                         "café.pdf",
		attached + "; filename=\"café.pdf\"":                                                            "café.pdf",
		attached + "\nContent-Type: application/pdf; name=\"=?utf-8?Q?caf=C3?=\n =?utf-8?Q?=A9.pdf?=\"": "café.pdf",
		attached + "; filename=a.pdf\nContent-Type: application/pdf; name=b.pdf":                        "a.pdf",
		attached + "; filename=\"..\\\\..\\\\a.pdf\"":                                                   "a.pdf",
		attached + "; filename=\"/etc/passwd\"":                                                         "passwd",
		attached + "; filename=\"a.pdf":                                                                 "a.pdf",
		attached + ";; ; filename = a.pdf ;":                                                            "a.pdf",
		attached + "; filename*0*=utf-8''a; filename*1*=" + strings.Repeat("b", 20) +
			"; filename*1*=x; filename*2*=%2Epdf": "a" + strings.Repeat("b", 20) + ".pdf",
	} {
		m := mailparse.Parse([]byte(multipartMail("Content-Type: multipart/mixed; boundary=b", "\nhalo", header+"\n\nisi")),
			testGrammar())
		if len(m.Attachments) != 1 || m.Attachments[0].Name != want || m.Text != "halo" {
			t.Errorf("%s: got %+v, text %q", header, m.Attachments, m.Text)
		}
	}
}

// TestSealed reads the text within an S/MIME signature, whole and in pieces, and says of a sealed mail that it cannot.
func TestSealed(t *testing.T) {
	oid := func(last byte) string { return "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07" + string(last) }
	text := "Content-Type: text/plain; charset=utf-8\r\n\r\nSetuju.\r\n"
	long := func(tag, content string) string {
		return tag + "\x82" + string([]byte{byte(len(content) >> 8), byte(len(content))}) + content
	}
	whole := long("\x30",
		oid(2)+long("\xa0", long("\x30", "\x02\x01\x01\x31\x00"+long("\x30", oid(1)+long("\xa0", long("\x04", text))))))
	pieces := "\x30\x80" + oid(2) + "\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80" + oid(1) + "\xa0\x80\x24\x80" +
		long("\x04", text[:10]) + long("\x04", text[10:]) + "\x00\x00\x00\x00"
	for name, tt := range map[string]struct{ der, text, warning string }{
		"whole":     {whole, "Setuju.", ""},
		"pieces":    {pieces, "Setuju.", ""},
		"cut off":   {whole[:len(whole)-3], "Setuju", ""},
		"encrypted": {long("\x30", oid(3)+"\xa0\x00"), "", "The mail is encrypted; its text cannot be read."},
		"empty":     {"", "", "The mail is encrypted; its text cannot be read."},
	} {
		raw := "From: a@batan.go.id\nContent-Type: application/pkcs7-mime; smime-type=signed-data; " +
			"name=smime.p7m\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(tt.der))
		if m := mailparse.Parse([]byte(raw), testGrammar()); m.Text != tt.text ||
			strings.Join(m.Warnings, " ") != tt.warning {
			t.Errorf("%s: text %q, warnings %q", name, m.Text, m.Warnings)
		}
	}
}

// TestNesting finds the text in the middle of a thousand multiparts or of enclosed mails; of ten thousand, some text.
func TestNesting(t *testing.T) {
	for _, tt := range []struct {
		name, open string
		levels     int
		warned     bool
	}{
		{"multiparts", "Content-Type: multipart/mixed; boundary=b%d\n\n--b%[1]d\n", 1000, true},
		{"mails", "Content-Type: message/rfc822\n\n", 1000, false},
		{"alternatives", "Content-Type: multipart/alternative; boundary=b%d\n\n--b%[1]d\n", 1000, true},
		{"too many multiparts", "Content-Type: multipart/mixed; boundary=b%d\n\n--b%[1]d\n", 10_000, true},
		{"too many mails", "Content-Type: message/rfc822\n\n", 10_000, true},
	} {
		var b strings.Builder
		b.WriteString("From: a@batan.go.id\n")
		for i := range tt.levels {
			if strings.Contains(tt.open, "%") {
				fmt.Fprintf(&b, tt.open, i)
			} else {
				b.WriteString(tt.open)
			}
		}
		b.WriteString("Content-Type: text/plain\n\nhalo dunia\n")
		m := mailparse.Parse([]byte(b.String()), testGrammar())
		if whole := tt.levels == 1000; !strings.Contains(m.Text, "halo dunia") || whole && m.Text != "halo dunia" ||
			len(m.Warnings) > 0 != tt.warned {
			t.Errorf("%s: text of %d bytes, warnings %q", tt.name, len(m.Text), m.Warnings)
		}
	}
}
