package automatic

import (
	"encoding/json"
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/fold"
)

// notification is the JSON by which Amazon's mail service reports a delivery inside of a mail.
type notification struct {
	Message          string // the whole once more, when its notification service passed it on
	NotificationType string `json:"notificationType"`
	EventType        string `json:"eventType"` // the newer name of the same
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
	Mail struct {
		Headers       []struct{ Name, Value string }
		CommonHeaders struct {
			MessageID string `json:"messageId"`
		} `json:"commonHeaders"`
	} `json:"mail"`
}

// notifiedBounce reads such a report, and the Message-ID of the mail it is about; nil when the text is none.
func notifiedBounce(text string) (*Bounce, string) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "{") || !fold.HasAny(text[:min(len(text), 2000)],
		[]string{"otificationType", "eventType"}) {
		return nil, ""
	}
	n := readNotification(text)
	if strings.HasPrefix(n.Message, "{") {
		n = readNotification(n.Message)
	}
	id := n.messageID()
	switch n.NotificationType + n.EventType {
	case "Bounce":
		if len(n.Bounce.BouncedRecipients) > 0 {
			return n.failure(), id
		}
	case "Delivery":
		if len(n.Delivery.Recipients) > 0 {
			return &Bounce{Recipient: entity.FirstAddress(n.Delivery.Recipients[0]), Status: statusIn(n.Delivery.SMTPResponse),
				Action: "delivered"}, id
		}
	}
	return nil, ""
}

// readNotification reads what it can; mailers break the long lines.
func readNotification(text string) notification {
	var n notification
	if json.NewDecoder(strings.NewReader(strings.ReplaceAll(text, "\n", ""))).Decode(&n) != nil {
		return notification{}
	}
	return n
}

// messageID is what the sender of the mail called it; the service's own id is of no use.
func (n *notification) messageID() string {
	id := n.Mail.CommonHeaders.MessageID
	for _, h := range n.Mail.Headers {
		if strings.EqualFold(h.Name, "message-id") && id == "" {
			id = h.Value
		}
	}
	return strings.Trim(id, "<> ")
}

func (n *notification) failure() *Bounce {
	r := n.Bounce.BouncedRecipients[0]
	b := &Bounce{Recipient: entity.FirstAddress(r.EmailAddress), Status: statusIn(r.Status), Action: action(r.Action)}
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
}
