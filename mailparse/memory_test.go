package mailparse_test

import (
	"runtime"
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
)

// TestMemory reads mails of 25 MiB, the most that a mailbox takes. All that is allocated while one is read, freed or
// not, stays below four times its size: so does the peak.
func TestMemory(t *testing.T) {
	const head, size = "From: a@batan.go.id\r\nSubject: Re: [VC-2026-0001]\r\n", 25 << 20
	repeat := func(s string) string { return strings.Repeat(s, size/len(s)) }
	part := func(typ, body string) string {
		return head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhalo\r\n--b\r\n" + typ + "\r\n\r\n" +
			body + "\r\n--b--\r\n"
	}
	line := strings.Repeat("QUJD", 19) + "\r\n"
	for name, mail := range map[string]string{
		"attachment": part("Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64",
			repeat(line)),
		"quoted attachment": part("Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: "+
			"quoted-printable", repeat("=41=42=43=\r\n")),
		"uuencoded attachment": part("Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: x-uuencode",
			"begin 644 a\r\n"+repeat("M"+strings.Repeat("A", 60)+"\r\n")),
		"enclosed mail": part("Content-Type: message/rfc822", "From: b@c.id\r\n\r\n"+repeat("halo dunia\r\n")),
		"text":          head + "\r\n" + repeat("Mohon disiapkan perangkat video konferensi.\r\n"),
		"page": head + "Content-Type: text/html\r\n\r\n" +
			repeat("<p>Mohon disiapkan <b>perangkat</b>.</p>\r\n"),
		"fields":       head + repeat("X-Note: halo\r\n") + "\r\nhalo",
		"folded field": head + "To: a@b.id" + repeat(",\r\n b@c.id") + "\r\n\r\nhalo",
		"nesting":      nested(1000, size),
		"UTF-16":       "\xff\xfe" + repeat("A\x00\n\x00"),
	} {
		t.Run(name, func(t *testing.T) {
			raw, g := []byte(mail), testGrammar()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			m := mailparse.Parse(raw, g)
			runtime.ReadMemStats(&after)
			took := after.TotalAlloc - before.TotalAlloc
			t.Logf("allocated %.1f times the size of %d bytes", float64(took)/float64(len(raw)), len(raw))
			if took > 4*uint64(len(raw)) {
				t.Errorf("that is too much; text of %d bytes, warnings %q", len(m.Text), m.Warnings)
			}
		})
	}
}
