package mailparse_test

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/cputime"
)

// units are what a hostile mail may repeat without end: each begins, or half begins, something that a parser looks
// for.
var units = []string{
	"a", " ", "\t", "\n", "\r", ".", ",", "-", "_", "=", "*", "#", "|", "/", "\\", "'", "\"", "(", ")", "[", "]", "{",
	"<", ">", ":", ";", "@", "&", "%", "?", "!", "+", "\x00", "\xff", "é", "\u200b", "\u202e", "\u00a0",
	"a ", "a\n", "> ", ">> \n", "> a\n", "\n\n", " \n", "- \n", "-- \n", "--\n", "--b\n", "--b--\n", "--b\n\n", "----\n",
	"____\n", "a: b\n", "a:b ", ": ", ":\t", "a\tb\n", "|a|b|\n",
	"=?", "=?utf-8?q?a?= ", "=?utf-8?b?YQ==?=", "=?a?", "=20", "=\n", "= ", "=3D", "YWFh", "YWFh\n", "====\n", "+AGE-",
	"+AGE",
	"[VC-", "VC-2026-", "VC-2026-0001 ", "vc-2026-0001-", "[VC-2026-0001", "vc-2026-0001-aaaaaaaaaaaaaaaaaaaa", "-2026-",
	"[", "[a] ", "Re: ", "Re: [", "Fwd:",
	"begin 644 a\n", "begin 644 a\n#0V%T\n", "begin ", "end\n", "M\n", "#0V%T\n",
	"a@b ", "a@b, ", "<a@b>", "<a@b> ", "a <a@b>, ", "a@b.c\n", "\"a\" <", "(a", "<a@", ";a=b", ";a*0=b", "; boundary=b",
	"a;", "dmarc=pass ", "; dkim=pass", "(;",
	"From ", "From a\n", "From: a@b\n", "Dari: a\n", "Kepada: b\n", "Subject: x\n", "To: a\nCc: b\n",
	"Pada 12 Juli 2018, a@b menulis:\n", "On Mon, a wrote:\n", "Pada ", "menulis:\n", "wrote: ",
	"-----Original Message-----\n", "Dikirim dari iPhone saya\n", "Sent from my ", "Salam\nBudi\n", "Yth. Kepala\n",
	"Terima kasih\n", "[EKSTERNAL] a\n",
	"Nama: a\n", "Nama ", "Nama: ", "NIP: 1 ", "19850217 ", "1", "12 ", "12 Juli ", "12/7/2026 ", "Senin, ",
	"pukul 09.00 ", "09.00-", "besok ", "s.d. ", "Tanggal: 12 Juli - ", "Kegiatan: a Tanggal: b ",
	"setuju ", "Setuju. ", "tidak ", "TOLAK ", "Setuju\n", "jika ", "saya ", "yang ", "? ", "kalau setuju, ", "dan ",
	"TANYA: a\n", "UBAH\n",
	"<a>", "<a b='", "</a>", "<div>", "<div>a</div>", "<p>a", "<br>", "<b>", "<table><tr><td>", "<td>a</td>", "<tr>",
	"<blockquote>", "<style>", "<script>", "<!--", "<!", "<![CDATA[", "&amp;", "&#", "&#1", "<s>a</s>", "<hr>",
	"<a href=mailto:a@b>", "<p style='display:none'>", "<li>", "<ul><li>", "<svg>", "<template>", "<select>", "<option>",
	"<font>", "<nobr>", "<a><b>",
	"5.1.1 a@b.c ", "Action: failed\n\n", "Final-Recipient: rfc822; a@b\n", "550 ", "<a@b>: ",
	"Diagnostic-Code: smtp; 550\n", "{\"a\":", "[[", "\"a\",",
	"BEGIN:VEVENT\n", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "DTSTART:20260712T090000Z\n", "DTSTART;TZID=\"a\":2026\n",
	" a\n", "X:\n a\n", "RRULE:FREQ=DAILY\n",
	"Content-Type: multipart/mixed; boundary=b\n\n--b\n", "Content-Type: message/rfc822\n\n",
	"--b\nContent-Type: text/plain\n\na\n", "--b\nContent-Type: message/rfc822\n\nA: b\n\n",
	"--b\nContent-Disposition: attachment; filename=a.txt\n\nNama: a\n", "X: y\n", "X\n",
}

// places are where it may stand: %s.
var places = map[string]string{
	"subject":      "From: ani@batan.go.id\nSubject: %s\n\nhalo",
	"from":         "From: %s\nSubject: x\n\nhalo",
	"to":           "From: ani@batan.go.id\nTo: %s\n\nhalo",
	"references":   "From: ani@batan.go.id\nReferences: %s\nIn-Reply-To: %[1]s\n\nhalo",
	"received":     "Received: from a by b; %s\nDate: %[1]s\nFrom: ani@batan.go.id\n\nhalo",
	"results":      "Authentication-Results: mx.batan.go.id; %s\nFrom: ani@batan.go.id\n\nSetuju",
	"header":       "%s\nFrom: ani@batan.go.id\n\nhalo",
	"content type": "From: ani@batan.go.id\nContent-Type: text/plain; %s\n\nhalo",
	"boundary":     "From: ani@batan.go.id\nContent-Type: multipart/mixed; boundary=\"%s\"\n\n--a\n\nhalo",
	"text":         "From: ani@batan.go.id\nSubject: Re: [VC-2026-0001]\n\n%s",
	"text below":   "From: ani@batan.go.id\nSubject: Re: [VC-2026-0001]\n\nSetuju. %s",
	"form":         "From: ani@batan.go.id\n\nNama: Ani\nNIP: 19850217 201012 2 003\nTanggal: %s\nKegiatan: %[1]s",
	"page":         "From: ani@batan.go.id\nContent-Type: text/html\n\n<p>Setuju %s",
	"page element": "From: ani@batan.go.id\nContent-Type: text/html\n\n<table><tr><td>Nama<td>%s",
	"parts":        "From: ani@batan.go.id\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhalo\n%s",
	"alternative": "From: ani@batan.go.id\nContent-Type: multipart/alternative; " +
		"boundary=b\n\n--b\n\n%s\n--b\nContent-Type: text/html\n\n%[1]s\n--b--\n",
	"base64": "From: ani@batan.go.id\nContent-Transfer-Encoding: base64\n\n%s",
	"quoted": "From: ani@batan.go.id\nContent-Type: text/plain; charset=iso-8859-1; " +
		"format=flowed\nContent-Transfer-Encoding: quoted-printable\n\n%s",
	"unknown bytes": "From: ani@batan.go.id\nContent-Type: text/plain; charset=utf-7\n\n%s",
	"attached": "From: ani@batan.go.id\nContent-Type: multipart/mixed; " +
		"boundary=b\n\n--b\n\nhalo\n--b\nContent-Disposition: attachment; filename=a.txt\n\n%s\n--b--\n",
	"calendar": "From: ani@batan.go.id\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n%s",
	"notice":   "From: mailer-daemon@batan.go.id\nSubject: Undelivered\n\n%s",
	"report": "From: mailer-daemon@batan.go.id\nContent-Type: multipart/report; " +
		"boundary=b\n\n--b\n\n%s\n--b\nContent-Type: message/delivery-status\n\n%[1]s\n--b\nContent-Type: " +
		"message/rfc822\n\n%[1]s",
	"away": "From: ani@batan.go.id\nAuto-Submitted: auto-replied\nSubject: Re: [VC-2026-0001]\n\n%s",
}

var full = flag.Bool("full", false, "everything in every place of a mail")

// TestLinear reads mails of one thing repeated, and then another, and mails that are sixteen times as long: they may
// take so much longer, with room for a garbage collector, but not the 256 times of a step that goes through the rest
// of the mail at each turn. Without -full each thing is tried in two of the places.
func TestLinear(t *testing.T) {
	const small, factor = 32 << 10, 16
	took := func(place, first, then string, size int) time.Duration {
		raw := []byte(fmt.Sprintf(place, strings.Repeat(first, size/2/len(first))+strings.Repeat(then, size/2/len(then))))
		began := cputime.Used()
		checkMessage(t, raw)
		return cputime.Used() - began
	}
	for p, name := range slices.Sorted(maps.Keys(places)) {
		t.Run(name, func(t *testing.T) {
			for i, unit := range units {
				if !*full && (i+p)%(len(places)/2) != 0 {
					continue
				}
				other := units[(i*(2*p+1)+7)%len(units)]
				short := took(places[name], unit, other, small)
				if long := took(places[name], unit, other, factor*small); long > 3*factor*short+300*time.Millisecond {
					t.Errorf("%q, %q: %d KiB took %v, %d KiB %v", unit, other, small>>10, short, factor*small>>10, long)
				}
			}
		})
	}
}
