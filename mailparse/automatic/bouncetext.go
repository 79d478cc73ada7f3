package automatic

import (
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// bounceSenders begin the local parts that reports come from.
var bounceSenders = []string{"mailer-daemon", "postmaster", "post_master", "post-master", "mailerdaemon",
	"mailer_daemon", "mail-daemon", "mail.daemon", "mdaemon", "mail_delivery_subsystem", "mail-delivery",
	"microsoftexchange", "double-bounce"}

func daemonAddress(a string) bool {
	local, _, _ := strings.Cut(a, "@")
	return fold.HasAnyPrefix(local, bounceSenders)
}

func bounceSender(h entity.Header, m *Mail) bool {
	return daemonAddress(m.From) || fold.HasAny(strings.ToLower(h.Get("from")),
		[]string{"mailer-daemon", "mail delivery su", "mail delivery system", "postmaster", "mail administrator"})
}

// bounceSubjects are parts of a report's subject, lower-case.
var bounceSubjects = []string{
	"undeliver", "mail delivery failed", "delivery status notification", "delivery failure", "delivery notification",
	"failure notice", "failure notification", "returned mail", "mail delivery fail", "delivery has failed",
	"delivery report", "message not delivered", "mail system error", "could not be delivered", "couldn't be delivered",
	"not delivered", "non-delivery", "nondeliverable", "non delivery", "delivery problem", "delivery error",
	"returned to sender", "return to sender", "mail could not be", "could not send message",
	"message delivery has been delayed",
	"failed mail", "failed delivery", "delivery delay", "warning: message", "warning: could not send",
	"unable to deliver", "user unknown", "unknown user", "mail failure", "mail error", "message delivery failure",
	"return receipt failure", "bounce", "mdaemon warning", "mail delivery problem", "mail delivery error",
	"mail delivery status", "dsn:", "address unknown", "email delivery failure", "error during delivery", "mail failed",
	"returning to sender", "returning message to sender", "undelivered", "message status - ", "mail status report",
	"unknown recipient", "address not found",
	"tidak terkirim", "gagal terkirim", "tidak dapat dikirim", "tidak dapat terkirim", "gagal dikirim",
	"tidak dapat disampaikan", "pengiriman gagal", "kegagalan pengiriman", "pengiriman tertunda",
	"pemberitahuan status pengiriman", "alamat tidak ditemukan", "dikembalikan ke pengirim",
	"unzustellbar", "non remis", "échec de la remise", "non délivré", "no se puede entregar", "no entregado",
	"non recapitabile", "mancato recapito", "onbestelbaar", "não foi possível entregar", "não entregue",
	"kan inte levereras", "kan ikke leveres", "ei voi toimittaa", "niedostarcz", "nedoručiteln", "nedoručen",
	"не удается доставить", "недоставлен", "teslim edilemedi", "配信不能", "配信できません", "メールエラー", "送信エラー", "无法送达", "無法傳遞", "退信",
	"无法投递", "배달되지 않음", "반송",
}

// bounceNames begin the subjects that only programs write.
var bounceNames = []string{
	"failure notice", "undeliverable", "undelivered", "returned mail", "mail delivery fail", "mail delivery status",
	"delivery status notification", "delivery failure", "delivery has failed", "message not delivered",
	"mail system error", "mail could not be delivered", "failed mail", "nondeliverable", "non-delivery",
	"notice: mail delivery",
}

// failures are how reports say that a mail did not arrive, in lower case, whatever the reason.
var failures = []string{
	"could not be delivered", "could not deliver", "couldn't be delivered", "couldn't deliver", "cannot be delivered",
	"can't be delivered", "not be delivered", "was not delivered", "were not delivered", "not delivered to",
	"has not been delivered", "unable to deliver", "not able to deliver", "wasn't able to deliver", "undeliverable",
	"undelivered", "delivery failed", "failed delivery", "delivery has failed", "delivery to the following",
	"failed to deliver", "did not reach", "has been returned", "returned to you", "returned to sender",
	"failed permanently", "permanent fatal errors", "permanent error", "no valid recipients", "error during delivery",
	"mail loop detected", "delivery is delayed", "delivery has been delayed", "has been delayed",
	"not yet been delivered",
	"tidak dapat dikirim", "tidak dapat terkirim", "tidak bisa dikirim", "tidak terkirim", "gagal terkirim",
	"gagal dikirim", "pengiriman gagal", "pengiriman ke penerima", "tidak dapat disampaikan", "tidak berhasil dikirim",
	"送信できません", "配信できません",
}

// maxFailing is how much of a text is searched for them, in bytes.
const maxFailing = 4000

// failing reports whether a report's text says that a mail did not arrive, or gives a server's code and reason.
func failing(text string) bool {
	low := strings.ToLower(text[:min(len(text), maxFailing)])
	return fold.HasAny(low, failures) || (statusIn(low) != "" || replyLine(low)) && reasoned(low)
}

// replyLine reports whether a line begins with an SMTP reply code of a failure.
func replyLine(text string) bool {
	for l := range strings.SplitSeq(text, "\n") {
		if l = strings.TrimLeft(l, " \t<>"); len(l) > 3 && replyClass(l[:4]) != 0 {
			return true
		}
	}
	return false
}

// reasoned reports whether a lower-case text says why.
func reasoned(low string) bool {
	for _, r := range bounceReasons {
		if strings.Contains(low, r.text) {
			return true
		}
	}
	return false
}

// answerMarks and forwardMarks begin the subjects of answers, and of what is passed on.
var (
	answerMarks  = []string{"re:", "aw:", "sv:", "vs:", "bls:", "balas:"}
	forwardMarks = []string{"fwd:", "fw:", "wg:", "tr:", "trs:", "rv:", "terusan:", "diteruskan:"}
)

// passedOn reports whether somebody answered or forwarded the mail, who is no daemon.
func passedOn(h entity.Header, m *Mail) bool {
	low := strings.ToLower(m.Subject)
	return (fold.HasAnyPrefix(low, answerMarks) || fold.HasAnyPrefix(low, forwardMarks)) && !bounceSender(h, m)
}

// nullPath reports whether the mail came with an empty reverse-path, as reports and automatic answers must (RFC 5321,
// 4.5.5); some servers write the daemon into it.
func nullPath(h entity.Header) bool {
	for i := range h {
		if h[i].Name == "return-path" {
			path := strings.ToLower(strings.Trim(h[i].Value, "<> "))
			if path == "" && h[i].Value != "" || strings.HasPrefix(path, "mailer-daemon") {
				return true
			}
		}
	}
	return false
}

// looksLikeBounce judges a mail without a readable report in it. A person, too, writes that a mail did not arrive: so
// it takes the words and a program's mark on the header, or the mail returned.
//
// One rule for each mark of a report.
//
//gocyclo:ignore
func looksLikeBounce(m *Mail) bool {
	h, b, root := m.Root.Header, m.Body, m.Root
	if h.Has("x-failed-recipients") || root.Type == "multipart/report" && strings.Contains(root.Params["report-type"],
		"delivery-status") {
		return true
	}
	low, sender := strings.ToLower(m.Subject), bounceSender(h, m)
	if passedOn(h, m) {
		return false
	}
	null, subject, named := nullPath(h), fold.HasAny(low, bounceSubjects), fold.HasAnyPrefix(low, bounceNames)
	// else a person encloses a report
	returns := b.Returned != nil && !daemonAddress(entity.FirstAddress(b.Returned.Header.Get("from")))
	if !sender && (!subject && !named && !returns || autoSubject(m.Subject)) {
		return false
	}
	program := null || silentSender(m.From) || autoSubmitted(h)
	switch {
	case sender && (subject || null || strings.HasPrefix(m.From, "mailer-daemon@")), subject && (null || m.From == ""):
		return true
	case named, subject && (program || returns || holdsMail(m.Text)):
		return failing(m.Text) || reasoned(strings.ToLower(m.Text[:min(len(m.Text), maxFailing)]))
	case sender:
		return failing(m.Text)
	}
	return program && returns && fold.HasAny(strings.ToLower(m.Text[:min(len(m.Text), maxFailing)]), failures)
}

// holdsMail reports whether a text goes on with a mail as servers see it.
func holdsMail(text string) bool {
	_, h := headerInText(text[:min(len(text), maxReport)])
	return h != nil && !summary(h)
}
