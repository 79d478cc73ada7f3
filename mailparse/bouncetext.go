package mailparse

import "strings"

// bounceSenders are the local parts that reports come from.
var bounceSenders = []string{"mailer-daemon", "postmaster", "post_master", "post-master", "mailerdaemon", "mailer_daemon", "mail-daemon", "mdaemon", "mail_delivery_subsystem", "microsoftexchange"}

func bounceSender(h header, m *Message) bool {
	local, _, _ := strings.Cut(m.From, "@")
	for _, s := range bounceSenders {
		if strings.HasPrefix(local, s) {
			return true
		}
	}
	low := strings.ToLower(h.get("from"))
	return strings.Contains(low, "mailer-daemon") || strings.Contains(low, "mail delivery su") || strings.Contains(low, "mail delivery system") || strings.Contains(low, "postmaster") || strings.Contains(low, "mail administrator")
}

// bounceSubjects are parts of a report's subject, lower-case.
var bounceSubjects = []string{
	"undeliver", "undelivered mail", "mail delivery failed", "delivery status notification", "delivery failure", "delivery notification", "failure notice", "returned mail", "mail delivery fail", "delivery has failed", "delivery report", "message not delivered", "mail system error", "could not be delivered", "not delivered", "non-delivery", "nondeliverable", "delivery problem", "delivery error", "returned to sender", "mail could not be", "unzustellbar", "tidak terkirim", "gagal terkirim", "tidak dapat dikirim", "pengiriman gagal", "pemberitahuan status pengiriman",
	"failed mail", "failed delivery", "delivery delayed", "warning: message", "warning: could not send", "unable to deliver", "user unknown", "unknown user", "mail failure", "mail error", "message delivery failure", "return receipt failure", "bounce", "mdaemon warning", "mail delivery problem", "mail delivery error", "mail delivery status", "dsn:", "address unknown", "email delivery failure", "error during delivery", "mail failed", "returning to sender",
}

func bounceSubject(subject string) bool {
	low := strings.ToLower(subject)
	for _, s := range bounceSubjects {
		if strings.Contains(low, s) {
			return true
		}
	}
	return false
}

// looksLikeBounce judges a mail without a readable report in it.
func looksLikeBounce(h header, b *body, root *part, m *Message) bool {
	if h.has("x-failed-recipients") {
		return true
	}
	if root.typ == "multipart/report" && strings.Contains(root.params["report-type"], "delivery-status") {
		return true
	}
	null := false
	for _, v := range h.all("return-path") {
		null = null || strings.TrimSpace(v) == "<>"
	}
	local, _, _ := strings.Cut(m.From, "@")
	low := strings.ToLower(m.Subject)
	answered := strings.HasPrefix(low, "re:") || strings.HasPrefix(low, "fwd:") || strings.HasPrefix(low, "fw:")
	sender, subject := bounceSender(h, m), bounceSubject(m.Subject) && !answered
	switch {
	case sender && (subject || null || strings.HasPrefix(local, "mailer-daemon")), subject && (null || m.From == ""):
		return true
	case sender, subject && (b.returned != nil || !h.has("in-reply-to")):
		return bouncePhrase(strings.ToLower(m.Text[:min(len(m.Text), 4000)])) != ""
	}
	return false
}

// bouncePhrases tell the reason of a failure in words, and the status it stands for.
var bouncePhrases = []struct{ text, status string }{
	{"mailbox full", "5.2.2"}, {"mailbox is full", "5.2.2"}, {"over quota", "5.2.2"}, {"quota exceeded", "5.2.2"}, {"exceeded storage", "5.2.2"}, {"mailbox exceeded", "5.2.2"}, {"out of storage", "5.2.2"},
	{"user unknown", "5.1.1"}, {"unknown user", "5.1.1"}, {"no such user", "5.1.1"}, {"does not exist", "5.1.1"}, {"no such recipient", "5.1.1"}, {"user not found", "5.1.1"}, {"unknown recipient", "5.1.1"}, {"recipient unknown", "5.1.1"}, {"address rejected", "5.1.1"}, {"no mailbox here", "5.1.1"}, {"invalid recipient", "5.1.1"}, {"mailbox unavailable", "5.1.1"}, {"not listed in", "5.1.1"}, {"no such address", "5.1.1"}, {"mailbox not found", "5.1.1"}, {"unrouteable address", "5.1.1"},
	{"host unknown", "5.1.2"}, {"host not found", "5.1.2"}, {"name service error", "5.1.2"}, {"couldn't find any host", "5.1.2"}, {"domain not found", "5.1.2"}, {"no such domain", "5.1.2"},
	{"message size exceeds", "5.3.4"}, {"message too large", "5.3.4"}, {"too big", "5.3.4"}, {"size exceeds", "5.3.4"},
	{"connection timed out", "4.4.1"}, {"connection refused", "4.4.1"}, {"retry timeout exceeded", "4.4.7"}, {"delivery temporarily suspended", "4.4.1"}, {"greylist", "4.7.1"}, {"too many hops", "5.4.6"},
	{"relaying denied", "5.7.1"}, {"relay access denied", "5.7.1"}, {"spam", "5.7.1"}, {"blocked", "5.7.1"}, {"access denied", "5.7.1"},
	{"account has been disabled", "5.2.1"}, {"account is disabled", "5.2.1"}, {"mailbox disabled", "5.2.1"}, {"inactive", "5.2.1"},
	{"invalid user", "5.1.1"}, {"unknown host", "5.1.2"}, {"could not be delivered", ""}, {"no valid recipients", ""}, {"has been returned", ""}, {"could not deliver", ""}, {"couldn't be delivered", ""}, {"mail loop detected", ""}, {"error during delivery", ""}, {"delivery failed", ""}, {"not delivered", ""}, {"unable to deliver", ""}, {"undeliverable", ""}, {"returned to you", ""}, {"failed permanently", ""}, {"permanent fatal errors", ""}, {"wasn't able to deliver", ""}, {"tidak dapat dikirim", ""}, {"gagal terkirim", ""},
}

// bouncePhrase returns the phrase that stands in lower-case text.
func bouncePhrase(low string) string {
	for _, p := range bouncePhrases {
		if strings.Contains(low, p.text) {
			return p.text
		}
	}
	return ""
}

// fillBounce takes from header and text what the report does not say. A failure without any code is 5.0.0, a delay
// 4.0.0 (RFC 3463, 3.1: other undefined status).
func fillBounce(r *Bounce, h header, b *body, m *Message) {
	text := joinLines(b.text)
	if len(text) > 64<<10 {
		text = text[:64<<10]
	}
	text = aboveReturned(text)
	low := strings.ToLower(text)
	if r.Recipient == "" {
		r.Recipient = firstAddress(h.get("x-failed-recipients"))
	}
	if r.Recipient == "" {
		r.Recipient = recipientInText(text, m.To)
	}
	if r.Recipient == "" && b.returned != nil {
		r.Recipient = firstAddress(b.returned.header.get("to"))
	}
	if r.Status == "" || strings.HasSuffix(r.Status, ".0.0") {
		if s := bestStatus(text); s != "" && (r.Status == "" || s[0] == r.Status[0]) {
			r.Status = s
		}
	}
	for _, p := range bouncePhrases {
		if r.Status == "" && p.status != "" && strings.Contains(low, p.text) {
			r.Status = p.status
		}
	}
	if r.Status == "" {
		r.Status = replyCode(text)
	}
	delay := strings.Contains(low, "will be retried") || strings.Contains(low, "delayed") || strings.Contains(low, "not required to resend") || strings.Contains(low, "do not need to resend")
	if r.Action == "" {
		r.Action = "failed"
		if strings.HasPrefix(r.Status, "4") && delay || r.Status == "" && delay {
			r.Action = "delayed"
		}
	}
	if r.Status == "" {
		r.Status = map[string]string{"failed": "5.0.0", "delayed": "4.0.0"}[r.Action]
	}
}

// aboveReturned cuts a report's text above the mail that it returns.
func aboveReturned(text string) string {
	low := strings.ToLower(text)
	cut := len(text)
	for _, mark := range []string{"this is a copy of the message", "original message follows", "returned mail follows", "message text follows", "below this line is a copy", "original message below", "unsent message below", "--- returned message", "message header follows", "message headers follow", "original mail as follows", "text of the original message", "returned content", "header of the original message", "your original message", "original message details"} {
		if i := strings.Index(low, mark); i > 0 && i < cut {
			cut = i
		}
	}
	if strings.ContainsRune(text[:cut], '@') {
		return text[:cut]
	}
	return text
}

// recipientInText takes the first address in the text that is no daemon's and not one of ours, the mail's recipients.
// One in brackets or behind a word like "recipient" comes first.
func recipientInText(text string, ours []string) string {
	best, bestRank := "", 0
	for l := range strings.SplitSeq(text, "\n") {
		trimmed := strings.TrimSpace(l)
		low := strings.ToLower(trimmed)
		if strings.HasPrefix(low, "message-id") || strings.HasPrefix(low, "received:") || strings.HasPrefix(low, "return-path") || strings.HasPrefix(low, "x-") {
			continue
		}
		for _, f := range strings.FieldsFunc(trimmed, func(r rune) bool { return strings.ContainsRune(" \t<>()[]\"',;", r) }) {
			a := bareAddress(strings.TrimPrefix(strings.TrimRight(f, ":."), "rfc822:"))
			if a == "" || daemonAddress(a) || !strings.Contains(domainOf(a), ".") || strings.Contains(a, "mailto") {
				continue
			}
			rank := 2
			switch {
			case contains(ours, a):
				rank = 1
			case strings.HasPrefix(trimmed, "<"+f) || strings.HasPrefix(trimmed, f) || strings.Contains(low, "recipient") || strings.Contains(low, "rcpt to") || strings.Contains(low, "user") || strings.Contains(low, "penerima"):
				rank = 4
			case strings.HasPrefix(low, "to:") || strings.HasPrefix(low, "to "):
				rank = 3
			}
			if strings.HasPrefix(low, "from:") || strings.HasPrefix(low, "sender:") || strings.HasPrefix(low, "reply-to:") || strings.HasPrefix(low, "mail from") {
				rank = 1
			}
			if rank > bestRank {
				best, bestRank = a, rank
			}
		}
	}
	return best
}

func daemonAddress(a string) bool {
	local, _, _ := strings.Cut(a, "@")
	for _, s := range bounceSenders {
		if strings.HasPrefix(local, s) {
			return true
		}
	}
	return false
}
