package mailparse_test

import (
	"testing"

	"batan.go.id/layanan/mailparse"
)

// TestBounce reads reports of many programs.
func TestBounce(t *testing.T) {
	const daemon = "From: MAILER-DAEMON@mx.example.org\nTo: layanan_batannet@batan.go.id\nSubject: Undelivered Mail\n"
	report := func(fields string) string {
		return daemon + "Content-Type: multipart/report; report-type=delivery-status; " +
			"boundary=b\n\n--b\n\nteks\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n" + fields +
			"\n--b--\n"
	}
	tests := []struct {
		name, mail string
		want       mailparse.Bounce
	}{
		{"failed", report("Final-Recipient: rfc822; a@b.id\nAction: failed\nStatus: 5.1.1"),
			mailparse.Bounce{Recipient: "a@b.id", Status: "5.1.1", Action: "failed"}},
		{"the address we wrote to",
			report("Final-Recipient: rfc822; z@b.id\nOriginal-Recipient: rfc822; a@b.id\nAction: failed\nStatus: 5.1.1"),
			mailparse.Bounce{Recipient: "a@b.id", Status: "5.1.1", Action: "failed"}},
		{"delayed", report("Final-Recipient: rfc822;a@b.id\nAction: delayed\nStatus: 4.4.1"),
			mailparse.Bounce{Recipient: "a@b.id", Status: "4.4.1", Action: "delayed"}},
		{"failed among delivered",
			report("Final-Recipient: rfc822;a@b.id\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: " +
				"rfc822;c@d.id\nAction: failed\nStatus: 5.2.2"),
			mailparse.Bounce{Recipient: "c@d.id", Status: "5.2.2", Action: "failed"}},
		{"what the server said",
			report("Final-Recipient: rfc822;a@b.id\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.2.1 mailbox " +
				"disabled"), mailparse.Bounce{Recipient: "a@b.id", Status: "5.2.1", Action: "failed"}},
		{"code without status", report("Final-Recipient: rfc822;a@b.id\nAction: failed\nDiagnostic-Code: smtp; 452 later"),
			mailparse.Bounce{Recipient: "a@b.id", Status: "4.0.0", Action: "failed"}},
		{"qmail", daemon + "\nHi. This is the qmail-send program.\n\n<a@b.id>:\n192.0.2.1 does not like " +
			"recipient.\nRemote host said: 550 5.1.1 unknown\n\n--- Below this line is a copy of the message.\n\nTo: c@d.id\n",
			mailparse.Bounce{Recipient: "a@b.id", Status: "5.1.1", Action: "failed"}},
		{"Exim", daemon + "X-Failed-Recipients: a@b.id\n\nA message that you sent could not be delivered:\n\n  a@b.id\n   " +
			" Unrouteable address\n", mailparse.Bounce{Recipient: "a@b.id", Status: "5.1.1", Action: "failed"}},
		{"in words", daemon + "\nYour message to a@b.id was rejected: mailbox is full.\n",
			mailparse.Bounce{Recipient: "a@b.id", Status: "5.2.2", Action: "failed"}},
		{"no reason", daemon + "\nYour message could not be delivered to a@b.id\n",
			mailparse.Bounce{Recipient: "a@b.id", Status: "5.0.0", Action: "failed"}},
		{"still tried", daemon + "\nDelivery to a@b.id is delayed. You do not need to resend your message.\n",
			mailparse.Bounce{Recipient: "a@b.id", Status: "4.0.0", Action: "delayed"}},
		{"wrapped by a gateway",
			daemon + "Content-Type: multipart/mixed; boundary=c\n\n--c\n\nlihat lampiran\n--c\n" +
				"Content-Type: message/rfc822\n\n" +
				report("Final-Recipient: rfc822; a@b.id\nAction: failed\nStatus: 5.1.1") +
				"\n--c--",
			mailparse.Bounce{Recipient: "a@b.id", Status: "5.1.1", Action: "failed"}},
		{"Amazon", "From: no-reply@sns.example\nSubject: " +
			"x\n\n{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\"bouncedRecipients" +
			"\":[{\"emailAddress\":\"a@b.id\",\"status\":\"5.1.1\",\"action\":\"failed\"}]}}\n",
			mailparse.Bounce{Recipient: "a@b.id", Status: "5.1.1", Action: "failed"}},
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
