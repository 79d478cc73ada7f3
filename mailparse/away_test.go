package mailparse_test

import (
	"testing"

	"batan.go.id/layanan/mailparse"
)

// TestAway tells the answers of programs for people who are away from all that programs answer besides.
func TestAway(t *testing.T) {
	for name, tt := range map[string]struct {
		raw  string
		away bool
	}{
		"RFC 3834":  {"Subject: Cuti\nAuto-Submitted: auto-replied\n\nSaya cuti.\n", true},
		"a subject": {"Subject: Balasan otomatis: rapat\n\nSaya cuti.\n", true},
		"a header":  {"Subject: Re: rapat\nX-Autoreply: yes\n\nSaya cuti.\n", true},
		"words": {"Subject: Re: [VC-2026-0001]\n\nTerima kasih atas email Anda. Saat ini saya sedang cuti " +
			"sampai dengan 20 Juli 2026. Untuk hal yang mendesak silakan hubungi Bapak Budi (budi@batan.go.id).\n", true},
		"a receipt's subject": {"Subject: Dibaca: rapat\nAuto-Submitted: auto-replied\n\nTelah dibaca.\n", false},
		"a receipt": {"Subject: rapat\nAuto-Submitted: auto-replied\nContent-Type: multipart/report; " +
			"report-type=disposition-notification; boundary=b\n\n" +
			"--b\nContent-Type: text/plain\n\nTelah dibaca.\n--b\nContent-Type: " +
			"message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed\n--b--\n", false},
		"a calendar's answer": {"Subject: Diterima: rapat\nContent-Type: text/calendar; " +
			"method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n", false},
		"a program's own": {"Subject: Laporan harian\nAuto-Submitted: auto-generated\n\nDisk penuh.\n", false},
		"a ticket's words": {"Subject: Re: [VC-2026-0001]\n\nEmail ini dikirim secara otomatis, mohon tidak dibalas. " +
			"Tiket Anda telah kami terima.\n", false},
		"a null path":      {"Return-Path: <>\nSubject: rapat\n\nHalo.\n", false},
		"a list's program": {"From: mailman@batan.go.id\nSubject: Auto-response for your message\n\nHelp\n", false},
		"a person":         {"Subject: Re: [VC-2026-0001]\n\nSetuju. Besok saya cuti.\n", false},
		"a bounce": {"From: mailer-daemon@batan.go.id\nSubject: Undelivered Mail\nAuto-Submitted: " +
			"auto-replied\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
			"--b\nContent-Type: text/plain\n\nGagal.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; " +
			"x\n\nFinal-Recipient: rfc822; a@b.id\nAction: failed\nStatus: 5.1.1\n--b--\n", false},
	} {
		raw := tt.raw
		if raw[:5] != "From:" {
			raw = "From: a@batan.go.id\n" + raw
		}
		m := mailparse.Parse([]byte(raw), testGrammar())
		if m.Away != tt.away || m.Away && m.Kind != mailparse.KindAutoReply {
			t.Errorf("%s: away %t, kind %s", name, m.Away, m.Kind)
		}
	}
}
