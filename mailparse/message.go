package mailparse

import (
	"time"

	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/mailparse/automatic"
	"batan.go.id/layanan/mailparse/command"
	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/form"
	"batan.go.id/layanan/mailparse/quote"
	"batan.go.id/layanan/mailparse/text"
	"batan.go.id/layanan/mailparse/when"
)

// Kind says what a mail is, before anybody asks what it wants.
type Kind string

// The kinds of mail. Only a request or a reply may ever be answered or obeyed.
const (
	KindRequest   Kind = "request"                 // a form that was filled in
	KindReply     Kind = "reply"                   // belongs to a request, or carries a command
	KindAutoReply      = Kind(automatic.AutoReply) // a vacation note, a calendar answer, a program's notice (RFC 3834)
	KindBounce         = Kind(automatic.Report)    // a delivery report (RFC 3464 and its non-standard kin)
	KindBulk           = Kind(automatic.Bulk)      // a mailing list, a newsletter
	KindUnrelated Kind = "unrelated"               // a person's mail about something else
)

// Message is all that can be known from the bytes of one mail. Marshalled, it is the JSON of "explain --json".
type Message struct {
	Kind      Kind             `json:"kind"`
	From      string           `json:"from"` // bare address, lower-case; "" when there is none or it cannot be read
	Subject   string           `json:"subject"`
	MessageID string           `json:"message_id,omitempty"` // without angle brackets
	Date      *time.Time       `json:"date"`                 // the Date header, in its own zone
	Text      string           `json:"text"`                 // the decoded body
	Reply     string           `json:"reply"`                // only what the sender newly wrote
	Form      form.Form        `json:"form"`
	Missing   []string         `json:"missing,omitempty"` // required fields that are absent or unreadable
	Command   *command.Command `json:"command"`
	// number of the request that the mail seems to belong to, VC-2026-0001; see [Token]
	Request     string            `json:"request,omitempty"`
	Bounce      *Bounce           `json:"bounce"`
	Auth        *authres.Auth     `json:"auth"`
	Attachments []text.Attachment `json:"attachments"`
	Warnings    []string          `json:"warnings"`

	FromName      string          `json:"-"` // display name of From
	AllFrom       []string        `json:"-"` // every address in every From header; more than one is suspicious
	Sender        string          `json:"-"` // bare address of Sender
	To            []string        `json:"-"` // bare addresses of To and Cc
	InReplyTo     []string        `json:"-"` // Message-IDs, without angle brackets
	References    []string        `json:"-"` // Message-IDs, without angle brackets
	Tokens        []authres.Token `json:"-"` // what looks like reply tokens, the most trusted first
	Numbered      string          `json:"-"` // the request's number that stands in brackets in the subject
	AutoSubmitted string          `json:"-"` // first word of Auto-Submitted (RFC 3834), lower-case
	Digest        [32]byte        `json:"-"` // SHA-256 of the raw bytes
	BounceOf      string          `json:"-"` // Message-ID of the mail that a bounce returned
	Signed        *Signed         `json:"-"` // nil when no S/MIME signature covers the mail
	// the header can be read in two ways: what a server or a signature vouched for may not be what is read here
	Ambiguous bool `json:"-"`
	Thanks    bool `json:"-"` // the new text says nothing but thanks, or that it was read
	Own       bool `json:"-"` // written by the service itself
	Away      bool `json:"-"` // a program answered for somebody who is away
	// the header field that makes it an auto-reply or bulk; "" when no single one does
	Why     string                 `json:"-"`
	Cuts    []quote.Cut            `json:"-"` // what is not new in Text, in order: what explain shows
	Fields  map[string]string      `json:"-"` // the form's values as written, by field id
	Reasons map[string]when.Reason `json:"-"` // why the value of a field, by its id, cannot be used
	// the form found only outside of a reply's new text: attached, or quoted, perhaps edited in place
	Quoted        form.Form `json:"-"`
	QuotedMissing []string  `json:"-"` // required fields that Quoted lacks or that are unreadable there
}

// Signed is what an S/MIME signature covers of a mail, and the reply tokens in the signed text, lower-case.
type Signed struct {
	entity.Signed
	Tokens []string
}

// Reason says why a value cannot be used, and Date is one as it was understood.
type (
	Reason     = when.Reason
	ReasonCode = when.ReasonCode
	Date       = when.Date
)

// Attachment is a part that is not the mail's text.
type Attachment = text.Attachment

// Bounce is a delivery report's first failed recipient.
type Bounce = automatic.Bounce
