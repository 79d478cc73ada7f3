package mailparse_test

import (
	"testing"

	"batan.go.id/layanan/mailparse"
)

// TestKind tells mails of persons from mails of programs, by header and subject alone.
func TestKind(t *testing.T) {
	const person = "From: a@batan.go.id\n"
	tests := []struct{ header, body, kind string }{
		{person + "Subject: halo\n", "apa kabar", "unrelated"},
		{person + "Subject: [VC-2026-0001]\n", "halo", "reply"},
		{person + "Auto-Submitted: no\nSubject: [VC-2026-0001]\n", "Setuju", "reply"},
		{person + "Auto-Submitted: auto-forwarded\nSubject: [VC-2026-0001]\n", "Setuju", "reply"},
		{person + "Auto-Submitted: auto-replied\nSubject: [VC-2026-0001]\n", "Setuju", "auto-reply"},
		{person + "Auto-Submitted: Auto-Generated; owner-email=x\n", "x", "auto-reply"},
		{person + "X-Autoreply: yes\n", "x", "auto-reply"},
		{person + "X-Autorespond: cuti\n", "x", "auto-reply"},
		{person + "Precedence: auto_reply\n", "x", "auto-reply"},
		{person + "Precedence: junk\nIn-Reply-To: <a@b>\n", "x", "auto-reply"},
		{person + "Subject: Automatic reply: Permohonan\n", "Setuju", "auto-reply"},
		{person + "Subject: Balasan Otomatis: Permohonan\n", "Setuju", "auto-reply"},
		{person + "Subject: Jawaban otomatis\n", "Setuju", "auto-reply"},
		{person + "Subject: Di luar kantor: [VC-2026-0001]\n", "Setuju", "auto-reply"},
		{person + "Subject: Out of Office Re: x\n", "Setuju", "auto-reply"},
		{person + "Subject: Permohonan cuti tahunan pegawai\n", "x", "unrelated"},
		{person + "Subject: Accepted: Rapat\n", "Setuju", "auto-reply"},
		{person + "Subject: Diterima: Rapat\n", "Setuju", "auto-reply"},
		{person + "Subject: Re: Diterima dengan baik [VC-2026-0001]\n", "Terima", "reply"},
		{person + "Subject: Dibatalkan: permohonan [VC-2026-0001]\n", "Batal", "reply"},
		{person + "Subject: Dibatalkan: Rapat\nContent-Type: text/calendar\n", "BEGIN:VCALENDAR\nMETHOD:REQUEST", "auto-reply"},
		{person + "Subject: x\nContent-Type: text/calendar\n", "BEGIN:VCALENDAR\nMETHOD:REPLY\n", "auto-reply"},
		{person + "Subject: x\nContent-Type: text/calendar; method=REPLY\n", "BEGIN:VCALENDAR", "auto-reply"},
		{person + "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n", "--b\n\ndibaca\n--b\nContent-Type: message/disposition-notification\n\nx\n--b--", "auto-reply"},
		{"From: layanan_batannet@batan.go.id\nSubject: [VC-2026-0001]\n", "Setuju", "auto-reply"},
		{person + "X-Layanan-Notice: task\nSubject: [VC-2026-0001]\n", "Setuju", "auto-reply"},
		{person + "List-Id: <x.batan.go.id>\nSubject: [VC-2026-0001]\n", "Setuju", "bulk"},
		{person + "List-Unsubscribe: <mailto:x@y.id>\n", "Setuju", "bulk"},
		{person + "Precedence: bulk\n", "Setuju", "bulk"},
		{"From: no-reply@toko.example\n", "Setuju", "bulk"},
		{"From: MAILER-DAEMON@mx.id\nSubject: [VC-2026-0001]\n", "x", "bounce"},
		{"From: postmaster@mx.id\nReturn-Path: <>\nSubject: halo\n", "x", "bounce"},
		{"From: postmaster@batan.go.id\nSubject: rapat\n", "Mohon info jadwal", "unrelated"},
		{person + "Subject: Undeliverable: [VC-2026-0001]\nReturn-Path: <>\n", "x", "bounce"},
		{person + "Subject: Re: Undeliverable mail\nIn-Reply-To: <a@b>\n", "user unknown itu apa?", "unrelated"},
	}
	for _, tt := range tests {
		m := mailparse.Parse([]byte(tt.header+"\n"+tt.body), testGrammar())
		if string(m.Kind) != tt.kind {
			t.Errorf("%q: kind %s, want %s", tt.header, m.Kind, tt.kind)
		}
		if m.Kind != mailparse.KindReply && m.Command != nil {
			t.Errorf("%q: %s with command %+v", tt.header, m.Kind, m.Command)
		}
	}
}

// TestBounce reads reports of many programs.
func TestBounce(t *testing.T) {
	const daemon = "From: MAILER-DAEMON@mx.example.org\nTo: layanan_batannet@batan.go.id\nSubject: Undelivered Mail\n"
	report := func(fields string) string {
		return daemon + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nteks\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n" + fields + "\n--b--\n"
	}
	tests := []struct {
		name, mail string
		want       mailparse.Bounce
	}{
		{"failed", report("Final-Recipient: rfc822; a@b.id\nAction: failed\nStatus: 5.1.1"), mailparse.Bounce{Recipient: "a@b.id", Status: "5.1.1", Action: "failed"}},
		{"the address we wrote to", report("Final-Recipient: rfc822; z@b.id\nOriginal-Recipient: rfc822; a@b.id\nAction: failed\nStatus: 5.1.1"), mailparse.Bounce{Recipient: "a@b.id", Status: "5.1.1", Action: "failed"}},
		{"delayed", report("Final-Recipient: rfc822;a@b.id\nAction: delayed\nStatus: 4.4.1"), mailparse.Bounce{Recipient: "a@b.id", Status: "4.4.1", Action: "delayed"}},
		{"failed among delivered", report("Final-Recipient: rfc822;a@b.id\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822;c@d.id\nAction: failed\nStatus: 5.2.2"), mailparse.Bounce{Recipient: "c@d.id", Status: "5.2.2", Action: "failed"}},
		{"what the server said", report("Final-Recipient: rfc822;a@b.id\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.2.1 mailbox disabled"), mailparse.Bounce{Recipient: "a@b.id", Status: "5.2.1", Action: "failed"}},
		{"code without status", report("Final-Recipient: rfc822;a@b.id\nAction: failed\nDiagnostic-Code: smtp; 452 later"), mailparse.Bounce{Recipient: "a@b.id", Status: "4.0.0", Action: "failed"}},
		{"qmail", daemon + "\nHi. This is the qmail-send program.\n\n<a@b.id>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 unknown\n\n--- Below this line is a copy of the message.\n\nTo: c@d.id\n", mailparse.Bounce{Recipient: "a@b.id", Status: "5.1.1", Action: "failed"}},
		{"Exim", daemon + "X-Failed-Recipients: a@b.id\n\nA message that you sent could not be delivered:\n\n  a@b.id\n    Unrouteable address\n", mailparse.Bounce{Recipient: "a@b.id", Status: "5.1.1", Action: "failed"}},
		{"in words", daemon + "\nYour message to a@b.id was rejected: mailbox is full.\n", mailparse.Bounce{Recipient: "a@b.id", Status: "5.2.2", Action: "failed"}},
		{"no reason", daemon + "\nYour message could not be delivered to a@b.id\n", mailparse.Bounce{Recipient: "a@b.id", Status: "5.0.0", Action: "failed"}},
		{"still tried", daemon + "\nDelivery to a@b.id is delayed. You do not need to resend your message.\n", mailparse.Bounce{Recipient: "a@b.id", Status: "4.0.0", Action: "delayed"}},
		{"wrapped by a gateway", daemon + "Content-Type: multipart/mixed; boundary=c\n\n--c\n\nlihat lampiran\n--c\nContent-Type: message/rfc822\n\n" + report("Final-Recipient: rfc822; a@b.id\nAction: failed\nStatus: 5.1.1") + "\n--c--", mailparse.Bounce{Recipient: "a@b.id", Status: "5.1.1", Action: "failed"}},
		{"Amazon", "From: no-reply@sns.example\nSubject: x\n\n{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\"bouncedRecipients\":[{\"emailAddress\":\"a@b.id\",\"status\":\"5.1.1\",\"action\":\"failed\"}]}}\n", mailparse.Bounce{Recipient: "a@b.id", Status: "5.1.1", Action: "failed"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := mailparse.Parse([]byte(tt.mail), testGrammar())
			if m.Kind != mailparse.KindBounce || m.Bounce == nil || *m.Bounce != tt.want {
				t.Errorf("kind %s, got %+v, want %+v", m.Kind, m.Bounce, tt.want)
			}
		})
	}
}
