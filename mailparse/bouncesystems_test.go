package mailparse_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
)

// ourMail is a notice as the service sends it and servers return it.
const ourMail = "Received: from mx.batan.go.id by mail.mitra.example with ESMTP id 4711\n\tfor <ani@mitra.example>; " +
	"Thu, 2 Jul 2026 09:00:00 +0700\nMessage-ID: <vc-2026-0007-notice.1@batan.go.id>\nFrom: Layanan " +
	"<layanan_batannet@batan.go.id>\nTo: ani@mitra.example\nSubject: [VC-2026-0007] Persetujuan\nDate: Thu, 2 Jul 2026 " +
	"09:00:00 +0700\n\nYth. Ani\n"

// indent puts marks before every line.
func indent(marks, text string) string {
	return marks + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n"+marks) + "\n"
}

// multipart is a mail's body of parts, each a header and a text.
func multipart(typ string, parts ...string) string {
	return "Content-Type: " + typ + "; boundary=\"=_b\"\n\n--=_b\n" + strings.Join(parts, "\n--=_b\n") + "\n--=_b--\n"
}

// returning names the mail in every way that the systems below do.
const returning = "vc-2026-0007-notice.1@batan.go.id"

// TestBounceSystems reads what many mail systems send back, in their own shapes.
func TestBounceSystems(t *testing.T) {
	const ours = "To: layanan_batannet@batan.go.id\n"
	failed := func(status string) mailparse.Bounce {
		return mailparse.Bounce{Recipient: "ani@mitra.example", Status: status, Action: "failed"}
	}
	tests := []struct {
		name, mail string
		want       mailparse.Bounce
		of         string
	}{
		{"Postfix without its report", "From: MAILER-DAEMON@mx.example (Mail Delivery System)\n" + ours +
			"Subject: Undelivered Mail Returned to Sender\n\nThis is the mail system at host " +
			"mx.example.\n\n<ani@mitra.example>: host mail.mitra.example[192.0.2.5] said: 550 5.1.1\n    " +
			"<ani@mitra.example>: Recipient address rejected (in reply to RCPT TO command)\n\n" + ourMail, failed("5.1.1"),
			returning},
		{"Exim", "From: Mail Delivery System <Mailer-Daemon@host.example>\n" + ours +
			"Subject: Mail delivery failed: returning message to sender\nAuto-Submitted: auto-replied\n\nA message that you " +
			"sent could not be delivered to one or more of its recipients.\n\n  ani@mitra.example\n    host " +
			"mail.mitra.example [192.0.2.5]\n    SMTP error from remote mail server after RCPT TO:<ani@mitra.example>:\n    " +
			"550 No Such User Here\n\n------ This is a copy of the message, including all the headers. ------\n\n" + ourMail,
			failed("5.1.1"), returning},
		{"Exim behind cPanel, still trying", "From: Mail Delivery System <Mailer-Daemon@host.example>\n" + ours +
			"Subject: Warning: message 1abc delayed 24 hours\n\nA message that you sent has not yet been delivered to one or " +
			"more of its recipients after more than 24 hours on the queue.\n\n  ani@mitra.example\n\nNo action is required " +
			"on your part. Delivery attempts will continue; the message has been delayed.\n",
			mailparse.Bounce{Recipient: "ani@mitra.example", Status: "4.0.0", Action: "delayed"}, ""},
		{"qmail", "From: MAILER-DAEMON@host.example\n" + ours +
			"Subject: failure notice\n\nHi. This is the qmail-send program at host.example.\nI wasn't able to deliver your " +
			"message to the following addresses.\n\n<ani@mitra.example>:\nSorry, no mailbox here by that name. " +
			"(#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <layanan_batannet@batan.go.id>\n" +
			ourMail, failed("5.1.1"), returning},
		{"Courier", "From: <@host.example>\n" + ours +
			"Return-Path: <>\nSubject: NOTICE: mail delivery status.\n\nUNDELIVERABLE MAIL\n\nYour message to the following " +
			"recipients cannot be delivered:\n\n<ani@mitra.example>:\n mail.mitra.example [192.0.2.5]:\n<<< 550 User unknown\n",
			failed("5.1.1"), ""},
		{"sendmail", "From: Mail Delivery Subsystem <MAILER-DAEMON>\n" + ours +
			"Subject: Returned mail: see transcript for details\n\n   ----- The following addresses had permanent fatal " +
			"errors -----\n<ani@mitra.example>\n    (reason: 550 5.2.1 Mailbox disabled)\n\n   ----- Transcript of session " +
			"follows -----\n>>> RCPT To:<ani@mitra.example>\n<<< 550 5.2.1 Mailbox disabled\n", failed("5.2.1"), ""},
		{"Exchange 5.5", "From: System Administrator <postmaster@mitra.example>\n" + ours +
			"Subject: Undeliverable: [VC-2026-0007] Persetujuan\n" +
			multipart("multipart/mixed",
				"\nYour message\n\n  To:      layanan-users@batan.go.id\n  Subject: [VC-2026-0007] Persetujuan\n  Sent:    Thu, "+
					"2 Jul 2026 09:00:00 +0700\n\ndid not reach the following recipient(s):\n\nani@mitra.example on Thu, 2 Jul "+
					"2026 09:00:10 +0700\n    The recipient name is not recognized\n", "Content-Type: message/rfc822\n\n"+ourMail),
			failed("5.1.1"), returning},
		{"Microsoft 365 without its report", "From: <postmaster@mitra.onmicrosoft.example>\n" + ours +
			"Subject: Tidak terkirim: [VC-2026-0007] Persetujuan\nIn-Reply-To: <" + returning +
			">\nReturn-Path: <>\n\nPesan Anda ke ani@mitra.example tidak dapat dikirim.\n\nKode kesalahan: 550 5.1.10 " +
			"RESOLVER.ADR.RecipientNotFound\n", failed("5.1.10"), returning},
		{"Microsoft 365, headers in the text", "From: postmaster@mitra.example\n" + ours +
			"Subject: Undeliverable: Persetujuan\n\nDelivery has failed to these recipients or " +
			"groups:\n\nani@mitra.example<mailto:ani@mitra.example>\nThe recipient's mailbox is full.\n\nDiagnostic " +
			"information for administrators:\n\nani@mitra.example\nRemote server returned '554 5.2.2 mailbox " +
			"full'\n\nOriginal message headers:\n\n" + ourMail, failed("5.2.2"), returning},
		{"Gmail in Indonesian, a page", "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\n" + ours +
			"Subject: Delivery Status Notification (Failure)\nReferences: <" + returning +
			">\nContent-Type: text/html; charset=utf-8\n\n<table><tr><td><h2>Alamat tidak ditemukan</h2><p>Pesan Anda tidak " +
			"terkirim ke <b>ani@mitra.example</b> karena alamat tersebut tidak ditemukan.</p></td></tr></table>\n",
			failed("5.1.1"), returning},
		{"Yahoo", "From: MAILER-DAEMON@yahoo.example\n" + ours +
			"Subject: Failure Notice\n\nSorry, we were unable to deliver your message to the following " +
			"address.\n\n<ani@mitra.example>:\nNo mx record found for domain=mitra.example\n\n--- Below this line is a copy " +
			"of the message.\n\n" + ourMail, failed("5.4.4"), returning},
		{"Zimbra", "From: Mail Delivery System <MAILER-DAEMON@zimbra.example>\n" + ours +
			"Subject: Undelivered Mail Returned to Sender\n" + multipart("multipart/report; report-type=delivery-status",
			"\nThis is the mail system at host zimbra.example.\n",
			"Content-Type: message/delivery-status\n\nReporting-MTA: dns; zimbra.example\n\nFinal-Recipient: rfc822; "+
				"ani@mitra.example\nOriginal-Recipient: rfc822;ani@mitra.example\nAction: failed\nStatus: "+
				"5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Over quota\n", "Content-Type: text/rfc822-headers\n\n"+ourMail),
			failed("5.2.2"), returning},
		{"Notes", "From: Postmaster@notes.example\n" + ours +
			"Subject: DELIVERY FAILURE: User Ani not listed in Domino Directory\n\nYour message\n\n  Subject: " +
			"Persetujuan\n\nwas not delivered to:\n\n  ani@mitra.example\n\nbecause:\n\n  User Ani (ani@mitra.example) not " +
			"listed in Domino Directory\n", failed("5.1.1"), ""},
		{"GroupWise", "From: Mailer-Daemon@gw.example\n" + ours +
			"Subject: Message status - undeliverable\n\nThe message that you sent was undeliverable to the " +
			"following:\n\tani@mitra.example (user not found)\n", failed("5.1.1"), ""},
		{"MailMarshal", "From: postmaster@mm.example\n" + ours +
			"Subject: Undeliverable Mail: \"Persetujuan\"\n\nYour message:\n   From:    layanan_batannet@batan.go.id\n   " +
			"Subject: Persetujuan\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients " +
			"were affected:\n   ani@mitra.example\n", failed("5.1.1"), ""},
		{"iMail", "From: \"Mail Administrator\" <admin@imail.example>\n" + ours +
			"Subject: Undeliverable Mail\n\nUnknown user: ani@mitra.example\n\nOriginal message follows.\n\n" + ourMail,
			failed("5.1.1"), returning},
		{"a sentence", "From: postmaster@host.example\n" + ours +
			"Subject: Delivery failure\n\nYour message to ani@mitra.example was blocked as spam.\n", failed("5.7.1"), ""},
		{"a telephone company that writes as nobody", "From: no-reply@telco.example\n" + ours + "Subject: Pemberitahuan\n" +
			multipart("multipart/mixed", "\nCould not be delivered to: <ani@mitra.example>\nAs their mailbox is full.\n",
				"Content-Type: message/rfc822\n\n"+ourMail), failed("5.2.2"), returning},
		{"the mail quoted", "From: postmaster@host.example\n" + ours +
			"Subject: FAILED MAIL\n\nStandard addresses look like namaDepan@mitra.example. The address to which you " +
			"wrote,\nani@mitra.example, is an unknown user.\n\n" + indent("> ", ourMail), failed("5.1.1"), returning},
		{"the mail indented", "From: MAILER-DAEMON@host.example\n" + ours +
			"Subject: Mail failure\n\nFailed: no such user\n\n" + indent("    ", ourMail), failed("5.1.1"), returning},
		{"the mail's header attached", "From: MAILER-DAEMON@host.example\n" + ours + "Subject: Delivery error\n" +
			multipart("multipart/mixed",
				"\nThe following recipients returned permanent errors: ani@mitra.example. Reason: 554 5.4.6 Hop count exceeded\n",
				"Content-Type: text/plain; name=header.txt\nContent-Disposition: attachment; filename=header.txt\n\n"+ourMail),
			failed("5.4.6"), returning},
		{"the mail's header instead of the part's", "From: MAILER-DAEMON@host.example\n" + ours +
			"Subject: Delivery error\n" + multipart("multipart/mixed", "\nani@mitra.example [User unknown]\n", ourMail),
			failed("5.1.1"), returning},
		{"fields in plain text", "From: MAILER-DAEMON@host.example\n" + ours +
			"Subject: Delivery report\n\nThe report below was flattened.\n\nReporting-MTA: dns; " +
			"host.example\n\nOriginal-Recipient: rfc822;ani@mitra.example\nFinal-Recipient: " +
			"rfc822;ani@cabang.mitra.example\nAction: failed\nStatus: 5.2.1\n", failed("5.2.1"), ""},
		{"a filter that says nothing of itself", "From: Filter <filter@host.example>\n" + ours +
			"Subject: failure notice\n\nGagal mengirim ke alamat berikut.\nani@mitra.example\n\n-------server message\n550 " +
			"5.1.1 unknown user <ani@mitra.example>\n\n-------SMTP command\nDATA\n", failed("5.1.1"), ""},
		{"a gateway's transcript", "From: \"InterScan MSS\" <gateway@host.example>\n" + ours +
			"Subject: Mail could not be delivered\n" +
			multipart("multipart/mixed",
				"\nSent <<< MAIL FROM:<layanan_batannet@batan.go.id>\nReceived >>> 250 OK\nSent <<< RCPT "+
					"TO:<ani@mitra.example>\nReceived >>> 550 5.1.1 <ani@mitra.example>... user unknown\n",
				"Content-Type: message/rfc822\n\n"+ourMail), failed("5.1.1"), returning},
		{"a list with stars", "From: Mail Delivery System <mds@host.example>\n" + ours +
			"Subject: Delivery status notification\n\nDelivery to the following recipients failed permanently:\n\n  * " +
			"ani@mitra.example\n\nSMTP:RCPT host 192.0.2.8: 553 5.3.0 <ani@mitra.example>... No such user here\n",
			failed("5.3.0"), ""},
		{"a telephone company's fields", "From: post_master@telco.example\n" + ours +
			"Subject: Undeliverable Message\n\nError: 550 - Requested action not taken: no such user here\n\nMessage " +
			"details:\n  Subject: Persetujuan\n  MAIL FROM: layanan_batannet@batan.go.id\n  RCPT TO: ani@mitra.example\n",
			failed("5.1.1"), ""},
		{"wrong class in words", "From: MAILER-DAEMON@host.example\n" + ours +
			"Subject: Returned mail\n\n<ani@mitra.example>: 452 mailbox full\n", failed("4.2.2"), ""},
		{"expired, and why", "From: MAILER-DAEMON@host.example\n" + ours +
			"Subject: Returned mail\n\n<ani@mitra.example>: 550 4.4.7 expired\n421 4.4.1 no answer from host\n",
			failed("4.4.1"), ""},
		{"Amazon, wrapped once more", "From: no-reply@sns.example\n" + ours +
			"Subject: Notification\n\n{\"Type\":\"Notification\",\"Message\":\"{\\\"notificationType" +
			"\\\":\\\"Bounce\\\",\\\"bounce\\\":{\\\"bounceType\\\":\\\"Transient\\\",\\\"bouncedRecipients" +
			"\\\":[{\\\"emailAddress\\\":\\\"ani@mitra.example\\\"}]},\\\"mail\\\":{\\\"messageId" +
			"\\\":\\\"0100\\\",\\\"headers\\\":[{\\\"name\\\":\\\"Message-ID\\\",\\\"value\\\":\\\"<" + returning +
			">\\\"}]}}\"}\n", failed("4.0.0"), returning},
		{"Amazon, newer", "From: no-reply@sns.example\n" + ours +
			"Subject: Notification\n\n{\"eventType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\"bouncedRecipients" +
			"\":[{\"emailAddress\":\"ani@mitra.example\",\"diagnosticCode\":\"smtp; 550 5.1.1 " +
			"unknown\"}]},\"mail\":{\"commonHeaders\":{\"messageId\":\"<" + returning + ">\"}}}\n", failed("5.1.1"), returning},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := mailparse.Parse([]byte(tt.mail), testGrammar())
			if m.Kind != mailparse.KindBounce || m.Bounce == nil {
				t.Fatalf("kind %s", m.Kind)
			}
			if *m.Bounce != tt.want || m.BounceOf != tt.of {
				t.Errorf("%+v of %q, want %+v of %q", *m.Bounce, m.BounceOf, tt.want, tt.of)
			}
			if tt.of != "" && m.Request != "VC-2026-0007" {
				t.Errorf("request %q", m.Request)
			}
		})
	}
}

// TestReportFields reads the fields of RFC 3464 and RFC 6533, as they should be and as they are.
func TestReportFields(t *testing.T) {
	tests := []struct {
		name, typ, fields string
		want              mailparse.Bounce
	}{
		{"UTF-8 address", "message/global-delivery-status",
			"Final-Recipient: utf-8; áni@mitra.example\nAction: failed\nStatus: 5.6.7",
			mailparse.Bounce{Recipient: "áni@mitra.example", Status: "5.6.7", Action: "failed"}},
		{"UTF-8 address in ASCII", "message/delivery-status",
			"Final-Recipient: utf-8; \\x{E1}ni@mitra.example\nAction: failed\nStatus: 5.6.7",
			mailparse.Bounce{Recipient: "áni@mitra.example", Status: "5.6.7", Action: "failed"}},
		{"no character", "message/delivery-status",
			"Final-Recipient: utf-8; \\x{}ni@mitra.example\nAction: failed\nStatus: 5.6.7",
			mailparse.Bounce{Recipient: "\\x{}ni@mitra.example", Status: "5.6.7", Action: "failed"}},
		{"xtext", "message/delivery-status",
			"Original-Recipient: rfc822;ani+2Brapat@mitra.example\nAction: failed\nStatus: 5.1.1",
			mailparse.Bounce{Recipient: "ani+rapat@mitra.example", Status: "5.1.1", Action: "failed"}},
		{"X.400", "message/delivery-status",
			"Final-Recipient: x400; /RFC-822=ani(a)mitra.example/ADMD= /C=ID/\nAction: failed\nStatus: 5.1.1",
			mailparse.Bounce{Recipient: "ani@mitra.example", Status: "5.1.1", Action: "failed"}},
		{"relayed", "message/delivery-status",
			"Final-Recipient: rfc822; ani@mitra.example\nAction: relayed (to a system without reports)\nStatus: 2.1.9",
			mailparse.Bounce{Recipient: "ani@mitra.example", Status: "2.1.9", Action: "relayed"}},
		{"delivered", "message/delivery-status",
			"Final-Recipient: rfc822; ani@mitra.example\nAction: Delivered\nStatus: 2.0.0",
			mailparse.Bounce{Recipient: "ani@mitra.example", Status: "2.0.0", Action: "delivered"}},
		{"expanded", "message/delivery-status",
			"Final-Recipient: rfc822; ani@mitra.example\nAction: expanded\nStatus: 2.0.0",
			mailparse.Bounce{Recipient: "ani@mitra.example", Status: "2.0.0", Action: "expanded"}},
		{"expired", "message/delivery-status",
			"Final-Recipient: rfc822; ani@mitra.example\nAction: expired\nDiagnostic-Code: connection timed out",
			mailparse.Bounce{Recipient: "ani@mitra.example", Status: "5.0.0", Action: "failed"}},
		{"no recipient", "message/delivery-status", "Action: failed\nStatus: 5.7.1",
			mailparse.Bounce{Recipient: "ani@mitra.example", Status: "5.7.1", Action: "failed"}},
		{"two failed", "message/delivery-status",
			"Final-Recipient: rfc822; a@mitra.example\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; " +
				"b@mitra.example\nAction: failed\nStatus: 5.2.2", mailparse.Bounce{Recipient: "a@mitra.example", Status: "5.1.1",
				Action: "failed"}},
		{"delayed, then failed", "message/delivery-status",
			"Final-Recipient: rfc822; a@mitra.example\nAction: delayed\nStatus: 4.4.1\n\nFinal-Recipient: rfc822; " +
				"b@mitra.example\nAction: failed\nStatus: 5.2.2", mailparse.Bounce{Recipient: "b@mitra.example", Status: "5.2.2",
				Action: "failed"}},
		{"no fields", "message/delivery-status", "Reporting-MTA: dns; mx",
			mailparse.Bounce{Recipient: "ani@mitra.example", Status: "5.0.0", Action: "failed"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			raw := "From: MAILER-DAEMON@mx.example\nTo: layanan_batannet@batan.go.id\nSubject: Delivery report\n" +
				multipart("multipart/report; report-type=delivery-status", "\nLaporan.\n", "Content-Type: "+tt.typ+
					"\n\nReporting-MTA: dns; mx.example\n\n"+tt.fields+"\n", "Content-Type: message/rfc822\n\n"+ourMail)
			m := mailparse.Parse([]byte(raw), testGrammar())
			if m.Kind != mailparse.KindBounce || m.Bounce == nil || *m.Bounce != tt.want || m.BounceOf != returning {
				t.Errorf("%s %+v of %q, want %+v", m.Kind, m.Bounce, m.BounceOf, tt.want)
			}
		})
	}
}

// TestBouncePassedOn keeps a person's mail about a bounce a person's.
func TestBouncePassedOn(t *testing.T) {
	report := "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; " +
		"ani@mitra.example\nAction: failed\nStatus: 5.1.1\n"
	tests := []string{
		"Subject: Fwd: Undeliverable: undangan\n" +
			multipart("multipart/mixed", "\nMohon dicek, email kami tidak terkirim.\n", report,
				"Content-Type: message/rfc822\n\n"+ourMail),
		"Subject: Email tidak terkirim\n" + multipart("multipart/mixed",
			"\nMohon dicek, email kami tidak terkirim: user unknown.\n",
			"Content-Type: message/rfc822\n\nFrom: MAILER-DAEMON@mx.example\nTo: budi@batan.go.id\nSubject: failure "+
				"notice\n\n<ani@mitra.example>: 550 user unknown\n"),
		"Subject: Re: Undelivered Mail Returned to Sender\n\nuser unknown itu apa?\n\n" + indent("> ", ourMail),
		"Subject: Email tidak terkirim\n\nEmail saya ke ani@mitra.example tidak dapat dikirim, mailbox full.\n",
		"Subject: Delivery report of the courier\n\nThe parcel could not be delivered to the office.\n",
		"Subject: laporan bounce\n\nAda 550 5.1.1 user unknown untuk ani@mitra.example.\n",
	}
	for _, mail := range tests {
		if m := mailparse.Parse([]byte("From: Budi <budi@batan.go.id>\n"+mail),
			testGrammar()); m.Kind == mailparse.KindBounce {
			t.Errorf("bounce %+v: %s", m.Bounce, mail)
		}
	}
}

// TestPostmasterIsPerson reads what the office's postmaster writes with his own hand.
func TestPostmasterIsPerson(t *testing.T) {
	for _, text := range []string{"Kuota kotak surat Bapak 500 MB, hampir habis, mohon dihapus sebagian.",
		"Akun lama sudah tidak aktif. Banyak spam minggu ini.", "Domain itu tidak terdaftar, jadi kami blokir."} {
		m := mailparse.Parse([]byte("From: Postmaster <postmaster@batan.go.id>\nSubject: Kotak surat\n\n"+text+"\n"),
			testGrammar())
		if m.Kind != mailparse.KindUnrelated {
			t.Errorf("%s: %q", m.Kind, text)
		}
	}
}
