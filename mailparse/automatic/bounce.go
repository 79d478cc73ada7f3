package automatic

import (
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/quote"
	"batan.go.id/layanan/mailparse/text"
)

// readBounce reads a delivery report, and what it says of the mail that it is about; nil when the mail is none.
func readBounce(m *Mail) (*Bounce, *report) {
	h, b, root := m.Root.Header, m.Body, m.Root
	if r, id := notifiedBounce(m.Text); r != nil {
		return r, &report{returned: entity.Header{{Name: "message-id", Value: "<" + id + ">"}}}
	}
	var r *Bounce
	if b.Report != nil && (root.Type == "multipart/report" || !passedOn(h, m)) {
		r = reportedBounce(b.Report)
	}
	if r == nil {
		if !looksLikeBounce(m) {
			return nil, nil
		}
		r = enclosedBounce(b)
	}
	rep := readReport(b, root)
	if r == nil {
		r = bounceInText(rep.text)
	}
	if r == nil {
		r = &Bounce{}
	}
	r.fill(&rep, m)
	return r, &rep
}

// enclosedBounce finds the report in a mail that a gateway wrapped into another one.
func enclosedBounce(b *text.Body) *Bounce {
	if len(b.Embedded) == 0 {
		return nil
	}
	inner := text.NewBody(quote.Introduces)
	inner.Gather(b.Embedded[0], &entity.Walker{})
	if inner.Report == nil {
		return nil
	}
	if inner.Returned != nil {
		b.Returned = inner.Returned
	}
	return reportedBounce(inner.Report)
}

// fill takes from header and text what the report's fields do not say. A failure without any code is 5.0.0, a delay
// 4.0.0 (RFC 3463, 3.1: other undefined status).
func (r *Bounce) fill(rep *report, m *Mail) {
	if r.Recipient == "" {
		r.Recipient = entity.FirstAddress(m.Root.Header.Get("x-failed-recipients"))
	}
	if r.Recipient == "" {
		r.Recipient = rep.recipient(m.To)
	}
	if s := bestStatus(rep.text); r.Status == "" || s != "" && s[0] == r.Status[0] &&
		statusRank(r.Status) <= rankExpired && statusRank(s) > statusRank(r.Status) {
		r.Status = s
	}
	low := strings.ToLower(rep.text)
	if r.Status == "" {
		r.Status = statusInWords(low)
	}
	if r.Action == "" {
		r.Action = "failed"
		if !strings.HasPrefix(r.Status, "5") && stillTried(low) {
			r.Action = "delayed"
		}
	}
	if r.Status == "" {
		r.Status = map[string]string{"failed": "5.0.0", "delayed": "4.0.0"}[r.Action]
	}
}

// stillTried reports whether a report, in lower case, only warns: the mail is still under way.
func stillTried(low string) bool {
	return fold.HasAny(low, []string{"will be retried", "delayed", "not yet been delivered", "delay reason",
		"will keep trying", "will continue to be attempted",
		"not required to resend", "do not need to resend", "do not need to re-send", "warning message only", "tertunda",
		"akan dicoba lagi", "akan terus mencoba", "tidak perlu mengirim ulang"})
}
