package mailparse_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
)

// TestAmbiguous finds the headers that another program may read in another way than we do.
func TestAmbiguous(t *testing.T) {
	const plain = "From: a@batan.go.id\r\nSubject: x\r\nReceived: a\r\nReceived: b\r\nContent-Type: " +
		"text/plain\r\n\r\nhalo\r\n"
	for name, tt := range map[string]struct {
		raw  string
		want bool
	}{
		"plain":                {plain, false},
		"LF":                   {strings.ReplaceAll(plain, "\r", ""), false},
		"folded":               {strings.Replace(plain, "Subject: x", "Subject: x\r\n y", 1), false},
		"mixed in the body":    {plain + "a\nb\rc\r\n", false},
		"header only":          {"From: a@batan.go.id\r\n", false},
		"nothing":              {"", false},
		"a lone CR":            {strings.Replace(plain, "Subject: x", "X-A: a\rSubject: x", 1), true},
		"a lone CR at the end": {strings.Replace(plain, "x\r\n", "x\r\r\n", 1), true},
		"a lone LF":            {strings.Replace(plain, "Subject: x", "X-A: a\nSubject: x", 1), true},
		"an empty line of LF":  {strings.Replace(plain, "Subject: x", "X-A: a\n\nSubject: x", 1), true},
		"a line of blanks":     {strings.Replace(plain, "Subject: x", "X-A: a\r\n \t\r\nSubject: x", 1), true},
		"no field":             {strings.Replace(plain, "Subject: x", "halo dunia\r\nSubject: x", 1), true},
		"no empty line":        {strings.Replace(plain, "\r\n\r\n", "\r\n", 1), true},
		"From twice":           {"From: a@batan.go.id\r\n" + plain, true},
		"two senders":          {strings.Replace(plain, "a@batan.go.id", "a@batan.go.id, b@batan.go.id", 1), true},
		"one sender twice":     {strings.Replace(plain, "a@batan.go.id", "a@batan.go.id, A <A@batan.go.id>", 1), false},
		"Subject twice":        {"SUBJECT : y\r\n" + plain, true},
		"Date twice": {"Date: Mon, 23 Nov 2026 09:00:00 +0700\r\nDate: Mon, 23 Nov 2026 09:00:00 +0700\r\n" +
			plain, true},
		"References twice":       {"References: <1@x>\r\nReferences: <2@x>\r\n" + plain, true},
		"In-Reply-To twice":      {"In-Reply-To: <1@x>\r\nin-reply-to: <2@x>\r\n" + plain, true},
		"Content-Type twice":     {"Content-Type: text/html\r\n" + plain, true},
		"transfer encoded twice": {"Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64\r\n" + plain, true},
		"a byte order mark":      {"\xef\xbb\xbf" + plain, true},
	} {
		if m := mailparse.Parse([]byte(tt.raw), testGrammar()); m.Ambiguous != tt.want {
			t.Errorf("%s: ambiguous %v", name, m.Ambiguous)
		}
	}
}

// TestSigned finds the signatures that cover all that is read, with the bytes that they cover.
func TestSigned(t *testing.T) {
	const token = "vc-2026-0001-aaaaaaaaaaaaaaaaaaaa"
	const content, last = "Content-Type: text/plain\n\nSetuju\n\n> Kode: " + token + "\n",
		"Content-Type: application/pkcs7-signature\nContent-Transfer-Encoding: base64\n\nAQID\n"
	mail := func(typ string, parts ...string) string {
		return "From: a@batan.go.id\nTo: layanan_batannet+vc-2026-0001-bbbbbbbbbbbbbbbbbbbb@batan.go.id\nContent-Type: " +
			typ + "; boundary=b\n\nnot signed\n--b\n" +
			strings.Join(parts, "\n--b\n") + "\n--b--\nnot signed\n"
	}
	for name, tt := range map[string]struct {
		raw  string
		want bool
	}{
		"signed":               {mail("multipart/signed", content, last), true},
		"old name of the type": {mail("multipart/signed", content, strings.Replace(last, "pkcs7", "x-pkcs7", 1)), true},
		"OpenPGP":              {mail("multipart/signed", content, strings.Replace(last, "pkcs7", "pgp", 1)), false},
		"a part before it":     {mail("multipart/signed", "\nhalo", content, last), false},
		"a part behind it":     {mail("multipart/signed", content, last, "\nhalo"), false},
		"not called signed":    {mail("multipart/mixed", content, last), false},
		"no signature":         {mail("multipart/signed", content), false},
		"a signed part of a mail": {"From: a@batan.go.id\nContent-Type: multipart/mixed; boundary=c\n\n--c\n" +
			strings.SplitN(mail("multipart/signed", content, last), "\n", 3)[2] + "--c--\n", false},
		"another signed mail": {mail("multipart/mixed", "Content-Type: message/rfc822\n\n"+
			mail("multipart/signed", content, last)), false},
		"a signature of megabytes": {mail("multipart/signed", content, last+strings.Repeat("AAAA", 1<<19)), false},
	} {
		for _, raw := range []string{tt.raw, strings.ReplaceAll(tt.raw, "\n", "\r\n")} {
			s := mailparse.Parse([]byte(raw), testGrammar()).Signed
			if (s != nil) != tt.want {
				t.Errorf("%s: signed %v", name, s != nil)
			} else if s != nil && (string(s.Content) != strings.ReplaceAll(content, "\n", "\r\n") ||
				string(s.Signature) != "\x01\x02\x03" || len(s.Tokens) != 1 || s.Tokens[0] != token) {
				t.Errorf("%s: content %q, signature %q, tokens %q", name, s.Content, s.Signature, s.Tokens)
			}
		}
	}
}
