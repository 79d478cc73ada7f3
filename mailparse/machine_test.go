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
		{person + "Subject: Dibatalkan: Rapat\nContent-Type: text/calendar\n", "BEGIN:VCALENDAR\nMETHOD:REQUEST",
			"auto-reply"},
		{person + "Subject: x\nContent-Type: text/calendar\n", "BEGIN:VCALENDAR\nMETHOD:REPLY\n", "auto-reply"},
		{person + "Subject: x\nContent-Type: text/calendar; method=REPLY\n", "BEGIN:VCALENDAR", "auto-reply"},
		{person + "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n",
			"--b\n\ndibaca\n--b\nContent-Type: message/disposition-notification\n\nx\n--b--", "auto-reply"},
		{person + "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n",
			"--b\n\nkeluhan\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--b--", "bulk"},
		{"From: layanan_batannet@batan.go.id\nSubject: [VC-2026-0001]\n", "Setuju", "auto-reply"},
		{person + "X-Layanan-Notice: task\nSubject: [VC-2026-0001]\n", "Setuju", "auto-reply"},
		{person + "List-Id: <x.batan.go.id>\nSubject: [VC-2026-0001]\n", "Setuju", "bulk"},
		{person + "List-Unsubscribe: <mailto:x@y.id>\n", "Setuju", "bulk"},
		{person + "Precedence: bulk\n", "Setuju", "bulk"},
		{person + "List-Id: Layanan <layanan_batannet.batan.go.id>\nPrecedence: list\nSubject: [VC-2026-0001]\n", "Setuju",
			"reply"},
		{person + "List-Post: <mailto:layanan_batannet@batan.go.id>\nSubject: [VC-2026-0001]\n", "Setuju", "reply"},
		{person + "List-Id: <layanan_batannet.batan.go.id>\nList-Post: <mailto:semua@batan.go.id>\n" +
			"Subject: [VC-2026-0001]\n", "Setuju", "bulk"},
		{person + "Feedback-ID: 12345:user:proton\nSubject: [VC-2026-0001]\n", "Setuju", "reply"},
		{"From: no-reply@toko.example\n", "Setuju", "bulk"},
		{"From: No.Reply-7@toko.example\n", "Setuju", "bulk"},
		{"From: jangan_dibalas@toko.example\n", "Setuju", "bulk"},
		{"From: mailman-bounces@lists.example\nSubject: Your message awaits moderator approval\n", "Setuju", "auto-reply"},
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
