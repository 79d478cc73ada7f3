package bot_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"
)

// The bodies of answers as programs write them.
const (
	plainType = "Content-Type: text/plain; charset=\"UTF-8\"\n"
	twoForms  = "--0001\nContent-Type: text/plain; charset=\"UTF-8\"\n\nTolak saja\n\n--0001\nContent-Type: text/html; " +
		"charset=\"UTF-8\"\n\n<div>Tolak saja</div>\n\n--0001--\n"
	withFile = "--0002\nContent-Type: multipart/alternative; boundary=\"0001\"\n\n" + twoForms +
		"--0002\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--0002--\n"
	twoTexts = "--0001\nContent-Type: text/plain\n\nSetuju\n--0001\nContent-Type: text/plain\n\nkalau anggaran " +
		"ada\n--0001--\n"
	quoting = "Tolak saja\n\n--0001\nContent-Type: text/plain\n\nSetuju\n--0001--\n"
)

// TestSignedBodyReadsOneWay: a genuine signature counts for what is read of the
// mail now; what others could have put in, changed or taken out must not make
// another answer of the same body.
func TestSignedBodyReadsOneWay(t *testing.T) {
	d := newDomains(t)
	typed := strings.Fields("From Date Subject Content-Type MIME-Version")
	everything := strings.Fields("From Date Subject To Cc In-Reply-To References Content-Type " +
		"Content-Transfer-Encoding Content-Disposition MIME-Version")
	const mixed, forms = "Content-Type: multipart/mixed; boundary=0001\n",
		"Content-Type: multipart/alternative; boundary=\"0001\"\n"
	for _, c := range []struct {
		name, head, body string   // as signed
		fields           []string // that are signed; nil: as Gmail does
		out, in          string   // what is taken out then, and put in above all
		want             bool
		broken           bool // the signature itself no longer holds
	}{
		{name: "plain text", head: plainType, body: "Tolak saja\n", want: true},
		{name: "plain text of no type", body: "Tolak saja\n", want: true},
		{name: "two forms", head: forms, body: twoForms, want: true},
		{name: "two forms, blank lines around", head: forms, body: "\n" + twoForms + "\n \n", want: true},
		{name: "two forms and a file", head: "Content-Type: multipart/mixed; boundary=0002\n", body: withFile, want: true},
		{name: "plain text of old", head: "Content-Type: text/plain; charset=ISO-8859-1\nContent-Transfer-Encoding: 8bit\n",
			body: "Tolak saja\n", want: true},
		{name: "quoted-printable without a sign of it", head: plainType + "Content-Transfer-Encoding: quoted-printable\n",
			body: "Tolak saja\n", want: true},
		{name: "of Exchange, in base64", head: plainType, body: "Tolak saja\n", fields: typed, want: true},
		{name: "of Exchange, a page", head: "Content-Type: text/html\n", body: "<p>Tolak saja</p>\n", fields: typed,
			want: true},
		{name: "everything signed, in base64", head: plainType + "Content-Transfer-Encoding: base64\n",
			body: "VG9sYWsgc2FqYQo=\n", fields: everything, want: true},
		{name: "everything signed, a file", head: plainType + "Content-Disposition: inline\n", body: "Tolak saja\n",
			fields: everything, want: true},
		{name: "everything signed, with a preamble", head: mixed, body: "This is MIME.\n" + twoForms, fields: everything,
			want: true},
		{name: "everything signed, one without a boundary", head: "Content-Type: multipart/mixed\n", body: twoForms,
			fields: everything, want: true},

		// The type.
		{name: "a type over a text", body: quoting, in: mixed},
		{name: "a type instead of a text's", head: plainType, body: quoting, out: plainType, in: mixed},
		{name: "a type over the signed one", head: plainType, body: quoting, fields: typed, in: mixed},
		{name: "a type over the one that is signed to be none", body: quoting, fields: append(typed, "Content-Type"),
			in: mixed, broken: true},
		{name: "a type over its own", head: plainType, body: quoting, in: mixed},
		{name: "a type below its own", head: plainType + mixed, body: quoting},
		{name: "a boundary from within", head: forms, body: "--0001\nContent-Type: text/plain\n\n" + quoting +
			"--0002\n\nSetuju\n--0002--\n--0001--\n", out: forms, in: "Content-Type: multipart/mixed; boundary=0002\n"},
		{name: "a boundary that opens, and doesn't close", head: mixed, body: twoForms + "\nSetuju\n"},
		{name: "a boundary that closes, and doesn't open", head: mixed, body: "Setuju\n" + twoForms},
		{name: "a boundary that is the beginning of the real one",
			head: "Content-Type: multipart/mixed; boundary=\"00--01\"\n", body: strings.ReplaceAll(twoForms, "0001", "00--01"),
			out: "boundary=\"00--01\"", in: "Content-Type: multipart/mixed; boundary=00\n"},
		{name: "a boundary in another case", head: mixed, body: strings.ReplaceAll(twoForms, "0001", "aaaa"), out: mixed,
			in: "Content-Type: multipart/mixed; boundary=AAAA\n"},
		{name: "no boundary", head: forms, body: twoForms, out: forms, in: "Content-Type: multipart/mixed\n"},
		{name: "an empty boundary", body: "--\nSetuju\n----\n", in: "Content-Type: multipart/mixed; boundary=\"\"\n"},
		{name: "two texts that become two forms", head: mixed, body: twoTexts, out: mixed, in: forms},
		{name: "two texts", head: mixed, body: twoTexts, want: true},
		{name: "two forms that become two texts", head: forms, body: twoForms, out: forms, in: mixed},
		{name: "two forms that become related", head: forms, body: twoForms, out: forms,
			in: "Content-Type: multipart/related; boundary=0001\n"},
		{name: "two forms that become a digest", head: forms, body: twoForms, out: forms,
			in: "Content-Type: multipart/digest; boundary=0001\n"},
		{name: "a file that becomes the second form", head: mixed,
			body: strings.Replace(twoForms, "text/html;", "text/html; name=a.html;", 1), out: mixed, in: forms},
		{name: "two texts that become signed", head: mixed, body: twoTexts, out: mixed,
			in: "Content-Type: multipart/signed; boundary=0001\n"},
		{name: "two texts that become encrypted", head: mixed, body: twoTexts, out: mixed,
			in: "Content-Type: multipart/encrypted; boundary=0001\n"},
		{name: "parts whose type is taken out", head: forms, body: twoForms, out: forms},
		{name: "parts that become plain text", head: mixed, body: twoTexts, out: mixed, in: plainType},
		{name: "parts behind a preamble that become plain text", head: mixed, body: "Setuju\n" + twoTexts, out: mixed},
		{name: "a page whose type is taken out", head: "Content-Type: text/html\n",
			body: "Setuju<p hidden>kalau anggaran ada</p>\n", out: "Content-Type: text/html\n"},
		{name: "a page that becomes plain text", head: "Content-Type: text/html\n", body: "Setuju<!-- -->\n",
			out: "Content-Type: text/html\n", in: plainType},
		{name: "a page that was never called one", body: "<html><body>Setuju</body></html>\n"},
		{name: "a text that becomes a page", head: plainType, body: "Setuju <s>kalau</s>\n", out: plainType,
			in: "Content-Type: text/html\n"},
		{name: "a page", head: "Content-Type: text/html\n", body: "<p>Tolak saja</p>\n"},
		{name: "a text that becomes rich", head: plainType, body: "Setuju <param>kalau</param>\n", out: plainType,
			in: "Content-Type: text/enriched\n"},
		{name: "a text that becomes a mail", head: plainType, body: "X-A: Tolak saja\n\nSetuju\n", out: plainType,
			in: "Content-Type: message/rfc822\n"},
		{name: "a mail that becomes a text", head: "Content-Type: message/rfc822\n",
			body: "From: ani@batan.go.id\n\nSetuju\n", out: "Content-Type: message/rfc822\n"},
		{name: "a text that becomes a file", head: plainType, body: "Tolak saja\n", out: plainType,
			in: "Content-Type: application/octet-stream\n"},
		{name: "a text that becomes sealed", head: plainType, body: "Tolak saja\n", out: plainType,
			in: "Content-Type: application/pkcs7-mime\n"},
		{name: "a type that is none", head: plainType, body: "Tolak saja\n", out: plainType, in: "Content-Type: foo\n"},

		// Its parameters.
		{name: "another charset of letters", head: plainType, body: "Tolak saja\n", out: plainType,
			in: "Content-Type: text/plain; charset=windows-1252\n", want: true},
		{name: "UTF-7", head: plainType, body: "Tolak saja +AC0-\n", out: plainType,
			in: "Content-Type: text/plain; charset=utf-7\n"},
		{name: "UTF-16", head: plainType, body: "Tolak saja\n", out: plainType,
			in: "Content-Type: text/plain; charset=utf-16\n"},
		{name: "ISO-2022-JP", head: plainType, body: "Tolak saja\n", out: plainType,
			in: "Content-Type: text/plain; charset=iso-2022-jp\n"},
		{name: "a charset encoded", head: plainType, body: "Tolak saja\n", out: plainType,
			in: "Content-Type: text/plain; charset*=us-ascii''utf%2D7\n"},
		{name: "flowed", head: plainType, body: "Tidak \nsetuju\n", out: plainType,
			in: "Content-Type: text/plain; format=flowed\n"},
		{name: "flowed without blanks", head: plainType, body: "Setu \nju\n", out: plainType,
			in: "Content-Type: text/plain; format=flowed; delsp=yes\n"},
		{name: "a name", head: plainType, body: "Tolak saja\n", out: plainType,
			in: "Content-Type: text/plain; name=a.txt\n"},

		// The encoding.
		{name: "quoted-printable over a text", head: plainType, body: "=53=65=74=75=6A=75\n",
			in: "Content-Transfer-Encoding: quoted-printable\n"},
		{name: "quoted-printable taken out", head: "Content-Transfer-Encoding: quoted-printable\n" + plainType,
			body: "Setuju=\n kalau anggaran ada\n", out: "Content-Transfer-Encoding: quoted-printable\n"},
		{name: "quoted-printable at the end", head: plainType, body: "Setuju="},
		{name: "quoted-printable of Exchange, taken out", head: "Content-Transfer-Encoding: quoted-printable\n" + plainType,
			body: "Setuju=\n kalau anggaran ada\n", fields: typed, out: "Content-Transfer-Encoding: quoted-printable\n"},
		{name: "an equals sign", head: plainType, body: "Tolak saja, lihat a=xy\n", want: true},
		{name: "base64 over a text", head: plainType, body: "U2V0dWp1\n", in: "Content-Transfer-Encoding: base64\n"},
		{name: "base64 over a text of Exchange", head: plainType, body: "U2V0dWp1\n", fields: typed,
			in: "Content-Transfer-Encoding: base64\n"},
		{name: "base64 over a text, by another name", head: plainType, body: "U2V0dWp1\n",
			in: "Content-Transfer-Encoding: x-base64\n"},
		{name: "uuencode over a text", head: plainType, body: "Tolak saja\n", in: "Content-Transfer-Encoding: x-uuencode\n"},
		{name: "an encoding that nobody knows", head: plainType, body: "Tolak saja\n",
			in: "Content-Transfer-Encoding: rot13\n"},
		{name: "two encodings", head: plainType, body: "Tolak saja\n",
			in: "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: 8bit\n"},
		{name: "base64 over parts", head: forms, body: twoForms, in: "Content-Transfer-Encoding: base64\n"},
		{name: "parts that only quoted-printable shows", head: "Content-Type: multipart/mixed; boundary=\"a=b\"\n",
			body: strings.ReplaceAll(twoTexts, "--0001", "--a=3Db"), fields: typed,
			in: "Content-Transfer-Encoding: quoted-printable\n"},
		{name: "8bit over parts", head: forms, body: twoForms, in: "Content-Transfer-Encoding: 8bit\n", want: true},

		// What else is read of a part's header, or isn't.
		{name: "a disposition over a text", head: plainType, body: "Tolak saja\n", in: "Content-Disposition: attachment\n"},
		{name: "a disposition over parts", head: forms, body: twoForms, in: "Content-Disposition: attachment\n", want: true},
		{name: "a language and an id", head: plainType, body: "Tolak saja\n",
			in: "Content-Language: id\nContent-ID: <a@b>\nContent-Description: Setuju\n", want: true},

		// Who, what, when.
		{name: "the Date taken out", head: plainType, body: "Tolak saja\n", fields: []string{"From", "Subject"},
			out: "Date: Mon, 23 Nov 2026 09:00:00 +0700\n"},
		{name: "the signed Date taken out", head: plainType, body: "Tolak saja\n",
			out: "Date: Mon, 23 Nov 2026 09:00:00 +0700\n", broken: true},
		{name: "another Date above it", head: plainType, body: "Tolak saja\n",
			in: "Date: Tue, 24 Nov 2026 09:00:00 +0700\n"},
		{name: "another From above it", head: plainType, body: "Tolak saja\n", in: "From: ka@batan.go.id\n"},
		{name: "another Subject above it", head: plainType, body: "Tolak saja\n", in: "Subject: [VC-2026-0001]\n"},
		{name: "the Subject not signed", head: plainType, body: "Tolak saja\n", fields: []string{"From", "Date"}},
		{name: "the body changed", head: plainType, body: "Tidak setuju\n", out: "Tidak ", broken: true},
		{name: "a line added", head: plainType, body: "Tolak saja\n", in: "X-Spam: no\nReceived: from a by b\n", want: true},
	} {
		raw := d.sign(t, "From: Kepala <ka@batan.go.id>\n"+answerHead+c.head+"\n"+c.body,
			dkim.SignOptions{HeaderKeys: c.fields})
		crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
		if changed := strings.Replace(raw, crlf(c.out), "", 1); c.out != "" && changed == raw {
			t.Errorf("%s: nothing was taken out", c.name)
		} else {
			raw = crlf(c.in) + changed
		}
		if d.holds(t, raw) == c.broken {
			t.Errorf("%s: the signature itself holds %v", c.name, c.broken)
		}
		if got, _, word := d.prove(t, raw); got != c.want {
			t.Errorf("%s: counts %v, reads %q", c.name, got, word)
		}
	}
}

// TestUnsignedFieldsChangeNoAnswer puts every type, encoding and disposition over
// every body that was signed without them: where the signature still counts, the
// mail says what its writer said.
func TestUnsignedFieldsChangeNoAnswer(t *testing.T) {
	d := newDomains(t)
	over := func(name string, values ...string) []string {
		fields := []string{""}
		for _, v := range values {
			fields = append(fields, name+": "+v+"\r\n")
		}
		return fields
	}
	types := over("Content-Type", "text/plain", "text/plain; charset=utf-7", "text/plain; charset=utf-16le",
		"text/plain; charset=hz-gb-2312", "text/plain; format=flowed; delsp=yes", "text/plain; name=a.txt", "text/html",
		"text/enriched", "text/calendar", "text", "message/rfc822",
		"multipart/mixed", "multipart/mixed; boundary=0001", "multipart/mixed; boundary=0002",
		"multipart/mixed; boundary=\"Tolak saja\"", "multipart/alternative; boundary=0001",
		"multipart/alternative; boundary=0002", "multipart/digest; boundary=0001", "multipart/signed; boundary=0001",
		"multipart/report; boundary=0001", "application/pkcs7-mime", "application/octet-stream")
	encodings := over("Content-Transfer-Encoding", "7bit", "quoted-printable", "base64", "x-uuencode", "7bit (base64)",
		"unknown")
	dispositions := over("Content-Disposition", "inline", "attachment; filename=a.txt")
	counted, answers := 0, map[string]bool{}
	for _, signed := range []struct{ head, body string }{
		{plainType, "Tolak saja\n"}, {plainType, quoting}, {plainType, "U2V0dWp1\n"}, {plainType, "=53etuju\n"},
		{plainType, "=3Cp=3ESetuju\n"}, {plainType, "begin 644 a.txt\n&4V5T=6IU\n`\nend\n"},
		{plainType, "+AFMAZQB0AHUAagB1-\n"}, {plainType, "Setu \nju\n"},
		{"Content-Type: text/html\n", "Setuju<p hidden>kalau anggaran ada</p>\n"},
		{"Content-Type: text/html\n", "<s>Setuju</s> Tolak saja\n"},
		{"Content-Type: message/rfc822\n", "From: ani@batan.go.id\n\nSetuju\n"},
		{"Content-Type: application/octet-stream\n", "<p>Setuju</p>\n"},
		{"Content-Type: multipart/alternative; boundary=0001\n", twoForms},
		{"Content-Type: multipart/alternative; boundary=0001\n", strings.Replace(twoForms, "Tolak saja", "Setuju", 1)},
		{"Content-Type: multipart/mixed; boundary=0002\n", withFile},
		{"Content-Type: multipart/mixed; boundary=0001\n", twoTexts},
		{"Content-Type: multipart/mixed; boundary=0001\n", "Setuju\n" + twoTexts},
		{"Content-Type: multipart/digest; boundary=0001\n", "--0001\n\nFrom: ani@batan.go.id\n\nSetuju\n--0001--\n"},
	} {
		raw := d.sign(t, "From: Kepala <ka@batan.go.id>\n"+answerHead+signed.head+"\n"+signed.body, dkim.SignOptions{})
		own := strings.ReplaceAll(signed.head, "\n", "\r\n")
		_, _, said := d.prove(t, raw)
		answers[said] = true
		for _, typ := range types {
			for _, encoding := range encodings {
				for _, disposition := range dispositions {
					changed := typ + encoding + disposition + strings.Replace(raw, own, "", 1)
					if counts, _, word := d.prove(t, changed); counts {
						if counted++; word != said {
							t.Errorf("%q under %q says %q, was %q", signed.body, typ+encoding+disposition, word, said)
						}
					}
				}
			}
		}
	}
	if counted == 0 || len(answers) < 3 {
		t.Errorf("%d changed mails count, of answers %v", counted, answers)
	}
}

// TestCoveredFields: To, Cc, In-Reply-To, References and all the rest count as
// far as the signature covers each of them.
func TestCoveredFields(t *testing.T) {
	d := newDomains(t)
	const mail = "From: Kepala <ka@batan.go.id>\nTo: a@batan.go.id\nIn-Reply-To: <1@x>\n" + answerHead + "\nTolak saja\n"
	for _, c := range []struct {
		name   string
		fields []string
		in     string // put in above all
		want   string
	}{
		{"as Gmail signs", strings.Fields("mime-version From Date Message-ID Subject TO Cc In-Reply-To References"), "",
			"mime-version from date message-id subject to cc in-reply-to references"},
		{"as Exchange signs", strings.Fields("From Date Subject Message-ID Content-Type MIME-Version"), "",
			"from date subject message-id content-type mime-version"},
		{"as Exchange signs, with another To", strings.Fields("From Date Subject"),
			"To: b@batan.go.id\nDelivered-To: b@batan.go.id\nReferences: <2@x>\n", "from date subject"},
		{"a second To", strings.Fields("From Date Subject To"), "To: b@batan.go.id\n", "from date subject"},
		{"a second To, which nobody can put in", strings.Fields("From From Date Subject To To"), "", "from date subject to"},
		{"References where there were none", strings.Fields("From Date Subject In-Reply-To"),
			"References: <vc-2026-0001.1@batan.go.id>\n", "from date subject in-reply-to"},
	} {
		got, covered, _ := d.prove(t, strings.ReplaceAll(c.in, "\n", "\r\n")+
			d.sign(t, mail, dkim.SignOptions{HeaderKeys: c.fields}))
		if !got || !slices.Equal(covered, strings.Fields(c.want)) {
			t.Errorf("%s: counts %v, covers %q, want %q", c.name, got, covered, c.want)
		}
	}
	for name, in := range map[string]string{"a field that is signed to be none": "References: <2@x>\r\n",
		"a second one that is signed to be none": "To: b@batan.go.id\r\n"} {
		if got, covered, _ := d.prove(t, in+d.sign(t, mail,
			dkim.SignOptions{HeaderKeys: strings.Fields("From Date Subject To To References")})); got || covered != nil {
			t.Errorf("%s: counts %v, covers %q", name, got, covered)
		}
	}
	if _, covered, _ := d.prove(t, "Authentication-Results: mx.batan.go.id; dmarc=pass\r\n"+
		d.sign(t, mail, dkim.SignOptions{})); covered != nil {
		t.Errorf("the server's word covers %q", covered)
	}
}
