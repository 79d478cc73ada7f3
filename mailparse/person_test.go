package mailparse_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
	"pgregory.net/rapid"
)

// personHeaders are what ordinary mail programs, servers and filters put on a person's mail.
var personHeaders = []string{
	"Return-Path: <kepala@batan.go.id>", "Sender: Sekretaris <sekretaris@batan.go.id>", "Reply-To: kepala@batan.go.id",
	"Auto-Submitted: no", "Auto-Submitted: NO (a person wrote this)", "Auto-Submitted: auto-forwarded",
	"X-Mailer: Microsoft Outlook 16.0", "X-Mailer: Zimbra 8.8.15_GA_4717 (ZimbraWebClient - GC120 (Win)/8.8.15)",
	"X-Mailer: iPhone Mail (20A362)", "X-Mailer: Apple Mail (2.3774)", "User-Agent: Mozilla Thunderbird",
	"User-Agent: Roundcube Webmail/1.6.1", "X-Mailer: YahooMailAndroidMobile", "X-Mailer: Lotus Notes Release 9.0.1",
	"X-Auto-Response-Suppress: DR, OOF, AutoReply", "X-Auto-Response-Suppress: All", "X-MS-Has-Attach:",
	"X-MS-TNEF-Correlator:", "Thread-Index: AdUQ0sample==", "Thread-Topic: [VC-2026-0001]",
	"Content-Class: urn:content-classes:message", "X-MS-Exchange-Organization-AuthAs: Internal",
	"X-MS-Exchange-Organization-SCL: -1", "X-MS-Exchange-MessageSentRepresentingType: 1",
	"X-MS-Exchange-AntiSpam-MessageData-0: abc", "X-MS-Exchange-CrossTenant-FromEntityHeader: Hosted",
	"X-MS-Exchange-Inbox-Rules-Loop: staf@batan.go.id", "X-EOPAttributedMessage: 0",
	"X-MS-Exchange-Transport-EndToEndLatency: 00:00:01.1",
	"Feedback-ID: 12345:user:proton", "Feedback-ID: i1a2b3:Fastmail", "X-Gm-Message-State: AOAM53",
	"X-Google-Smtp-Source: ABdh", "X-Yahoo-Newman-Property: ymail-3", "X-Zimbra-Forwarded-Message-Id: 12",
	"X-Originating-IP: [192.0.2.7]", "X-Virus-Scanned: amavisd-new", "X-Spam-Status: No, score=-1.9", "X-Spam-Flag: NO",
	"X-Priority: 1", "Importance: high", "Priority: urgent", "X-Autoreply: no", "X-No-Auto-Response: yes", "X-Loop: no",
	"Disposition-Notification-To: kepala@batan.go.id", "Return-Receipt-To: kepala@batan.go.id",
	"X-Confirm-Reading-To: kepala@batan.go.id", "Organization: BATAN", "X-Face: 1", "Errors-To: kepala@batan.go.id",
	"DKIM-Signature: v=1; a=rsa-sha256; d=batan.go.id", "X-PHP-Originating-Script: 0:rcube.php",
	"X-Authenticated-Sender: kepala@batan.go.id", "X-Antivirus: Avast (VPS 260101-0)",
	"List-Id: Layanan <layanan_batannet.batan.go.id>", "List-Post: <mailto:layanan_batannet@batan.go.id>",
}

var personSubjects = []string{
	"Re: [VC-2026-0001] Persetujuan", "RE: [VC-2026-0001] Persetujuan", "BLS: [VC-2026-0001] Persetujuan",
	"Fwd: Undeliverable: undangan", "Re: Undeliverable: undangan", "Permohonan VC", "Cuti tahunan pegawai dan rapat",
	"Perjalanan dinas: VC dengan Serpong", "Email tidak terkirim", "Bounce mail ke mitra", "Balas: undangan",
	"Rapat di luar kantor pusat", "Away day planning", "Automatic door of the meeting room", "Re: out of the box",
	"Read this, please", "Penerimaan tamu", "Pengiriman gagal terus",
}

var personTexts = []string{
	"Setuju", "SETUJU. Saya cuti sampai Senin.", "Saya sedang dinas luar, tapi setuju.",
	"Mohon maaf, saya sedang cuti sampai Senin.", "Disetujui, terima kasih atas email Bapak.",
	"Approved. I am out of the office until Monday.", "I am out of the office, but approved.",
	"Email ke Bapak Budi tidak terkirim, mohon dicek.",
	"Alamat b@mitra.example tidak ditemukan: 550 5.1.1 user unknown. Mohon alamat yang benar.",
	"The mail to Mr. Smith bounced, mailbox full.", "Diterima: dengan senang hati", "Terima kasih, sudah kami terima.",
	"Peserta dari Serpong sedang perjalanan dinas sampai Kamis; narahubung dapat dihubungi di 0812000.",
	"Saya di luar kota sampai Jumat. Apakah Pak Budi bisa dihubungi?",
	"Terima kasih atas emailnya. Ruang rapat siap sampai pukul 16.00.", "Tolong hubungi saya sampai jam 4 di kantor.",
	"Is this an automatic reply? Please do not reply to this address.",
	"Jaringan di luar kantor mati sampai Senin, hubungi Budi.", "Thanks for your message. The room is free until Friday.",
}

// TestPersonStaysPerson puts any ordinary headers on mails that people write: none of them is a machine's.
func TestPersonStaysPerson(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		headers := rapid.SliceOfN(rapid.SampledFrom(personHeaders), 0, 12).Draw(r, "headers")
		if n := strings.Count(strings.Join(headers, "\n"), "Auto-Response-Suppress: All"); n > 0 {
			headers = without(headers, "X-MS-Exchange-Inbox-Rules-Loop") // both together are Exchange's vacation note
		}
		subject := rapid.SampledFrom(personSubjects).Draw(r, "subject")
		text := rapid.SampledFrom(personTexts).Draw(r, "text")
		raw := "From: Kepala <kepala@batan.go.id>\n" + strings.Join(append(headers, "Subject: "+subject), "\n") + "\n\n" +
			text + "\n"
		switch m := mailparse.Parse([]byte(raw), testGrammar()); m.Kind {
		case mailparse.KindReply, mailparse.KindRequest, mailparse.KindUnrelated:
		default:
			r.Fatalf("%s:\n%s", m.Kind, raw)
		}
	})
}

func without(list []string, begin string) []string {
	var out []string
	for _, s := range list {
		if !strings.HasPrefix(s, begin) {
			out = append(out, s)
		}
	}
	return out
}

// machineMarks are header lines of which one is enough: what follows is no person's answer, whatever it says.
var machineMarks = []string{
	"Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated (vacation)",
	"Auto-Submitted: (cuti) auto-replied; owner-email=\"a@batan.go.id\"", "Auto-Submitted: auto-notified",
	"Return-Path: <>",
	"X-Autoreply: yes", "X-Auto-Reply: 1", "X-Autorespond: cuti", "X-Autoresponder: on",
	"X-AutoReply-From: a@batan.go.id", "X-Mail-Autoreply: true", "X-Vacation: yes", "X-Amazon-Auto-Reply: true",
	"X-Apple-Action: VACATION/REPLY", "Autoreply: yes", "Return-Path: <MAILER-DAEMON@mx.batan.go.id>",
	"X-Autogenerated: Reply", "X-FC-MachineGenerated: true", "X-BoxTrapper: abc", "X-List-Administrivia: yes",
	"Precedence: auto_reply", "X-Precedence: auto-reply", "Preference: auto_reply", "Delivered-To: Autoresponder",
	"X-Mailer: vacation 1.2.7", "X-POST-MessageClass: 9; Autoresponder",
	"X-Message-Class: IPM.Note.Rules.OofTemplate.Microsoft",
	"X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
	"X-Auto-Response-Suppress: All\nX-MS-Exchange-Inbox-Rules-Loop: a@batan.go.id",
	"Content-Class: urn:content-classes:calendarmessage\nSubject: Canceled: rapat", "Precedence: bulk",
	"Precedence: junk", "Precedence: list", "List-Id: <semua.batan.go.id>", "List-Unsubscribe: <mailto:x@y.example>",
	"Mailing-List: contact x@y.example", "X-Mailman-Version: 2.1", "X-Campaign-Id: 7", "X-Layanan-Notice: task",
	"Subject: Automatic reply: [VC-2026-0001]", "Subject: Re: Automatic reply: [VC-2026-0001]",
	"Subject: Balasan Otomatis: [VC-2026-0001]", "Subject: Accepted: [VC-2026-0001]", "Subject: Ditolak: [VC-2026-0001]",
	"Subject: Dibaca: [VC-2026-0001]",
}

// TestMachineStaysMachine puts a machine's mark among a person's headers and words.
func TestMachineStaysMachine(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		headers := append([]string{rapid.SampledFrom(machineMarks).Draw(r, "mark")},
			rapid.SliceOfN(rapid.SampledFrom(personHeaders), 0, 6).Draw(r, "headers")...)
		// the first of a name counts
		for _, other := range []string{"Return-Path", "Auto-Submitted", "List-", "X-Auto-Response-Suppress",
			"X-Autoreply:"} {
			headers = append(headers[:1:1], without(headers[1:], other)...)
		}
		text := rapid.SampledFrom(personTexts).Draw(r, "text")
		raw := "From: Kepala <kepala@batan.go.id>\n" + strings.Join(headers, "\n") + "\nSubject: Re: [VC-2026-0001]\n\n" +
			text + "\n"
		switch m := mailparse.Parse([]byte(raw), testGrammar()); m.Kind {
		case mailparse.KindReply, mailparse.KindRequest, mailparse.KindUnrelated:
			r.Fatalf("%s:\n%s", m.Kind, raw)
		}
	})
}
