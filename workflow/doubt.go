package workflow

import "strings"

// Doubt is why a mail that seems to hold a command is not taken as one. The zero value is none.
type Doubt struct {
	Code string // the class of the doubt, one of those that the reader of mails knows
	Text string // the word or sign at fault; "" where no single one is
}

// MarshalText writes a doubt as `condition: "asal"`, the form that events are kept in.
func (d Doubt) MarshalText() ([]byte, error) {
	if d.Text == "" {
		return []byte(d.Code), nil
	}
	return []byte(d.Code + `: "` + d.Text + `"`), nil
}

// UnmarshalText reads what MarshalText wrote.
func (d *Doubt) UnmarshalText(b []byte) error {
	code, text, _ := strings.Cut(string(b), ": ")
	*d = Doubt{code, strings.TrimSuffix(strings.TrimPrefix(text, `"`), `"`)}
	return nil
}
