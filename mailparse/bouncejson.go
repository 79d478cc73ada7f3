package mailparse

import (
	"encoding/json"
	"strings"
)

// notification is the JSON by which Amazon's mail service reports a delivery inside of a mail.
type notification struct {
	NotificationType string `json:"notificationType"`
	Bounce           struct {
		BounceType        string `json:"bounceType"`
		BouncedRecipients []struct {
			EmailAddress, Status, Action, DiagnosticCode string
		} `json:"bouncedRecipients"`
	} `json:"bounce"`
	Delivery struct {
		Recipients   []string `json:"recipients"`
		SMTPResponse string   `json:"smtpResponse"`
	} `json:"delivery"`
}

// notifiedBounce reads such a report; nil when the text is none.
func notifiedBounce(text string) *Bounce {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "{") || !strings.Contains(text[:min(len(text), 2000)], "otificationType") {
		return nil
	}
	var n notification
	if json.NewDecoder(strings.NewReader(strings.ReplaceAll(text, "\n", ""))).Decode(&n) != nil {
		return nil
	}
	switch {
	case n.NotificationType == "Bounce" && len(n.Bounce.BouncedRecipients) > 0:
		r := n.Bounce.BouncedRecipients[0]
		b := &Bounce{Recipient: firstAddress(r.EmailAddress), Status: statusIn(r.Status), Action: r.Action}
		if b.Status == "" {
			b.Status = statusIn(r.DiagnosticCode)
		}
		if b.Action == "" {
			b.Action = "failed"
		}
		if b.Status == "" {
			b.Status = map[bool]string{true: "4.0.0", false: "5.0.0"}[n.Bounce.BounceType == "Transient"]
		}
		return b
	case n.NotificationType == "Delivery" && len(n.Delivery.Recipients) > 0:
		return &Bounce{Recipient: firstAddress(n.Delivery.Recipients[0]), Status: statusIn(n.Delivery.SMTPResponse), Action: "delivered"}
	}
	return nil
}
