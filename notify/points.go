package notify

import (
	"strings"

	"batan.go.id/layanan/workflow"
)

// incomplete reports whether the notice shows what is missing and asks for it.
func (c *call) incomplete() bool {
	switch c.n.Kind {
	case workflow.NoticeIncomplete, workflow.NoticeReminder:
		return len(c.req.Problems) > 0
	case workflow.NoticeEscalation:
		return len(c.req.Problems) > 0 && c.n.Action == workflow.Submit
	}
	return false
}

// why is what is wrong with a field, for the phrase of that name.
type why struct {
	Code, Fact string // of the problem's reason
	Type       string // of the field
	Written    string
}

// points say of each field what is wrong with it. They don't look like a
// form, so that no example of ours is ever read as an answer.
func (c *call) points() ([]string, error) {
	if !c.incomplete() {
		return nil, nil
	}
	var out []string
	for _, p := range c.req.Problems {
		f := c.procedure.SOP.Field(p.Field)
		if f == nil {
			continue
		}
		w := why{Type: f.Type, Written: clean(p.Text, maxName)}
		w.Code, w.Fact = coded(p.Reason)
		reason, err := c.set.Part(string(c.n.Kind), "why", w)
		if err != nil {
			return nil, err
		}
		point := f.Label
		if w.Written != "" {
			point += " (tertulis “" + w.Written + "”)"
		}
		point += " " + clean(reason, maxValue)
		if f.Example != "" {
			point += "; contoh: “" + f.Example + "”"
		}
		out = append(out, point)
	}
	return out, nil
}

// coded takes a reason or a doubt apart: a code, and a text of somebody's mail
// that goes with it.
func coded(s string) (code, fact string) {
	code, fact, _ = strings.Cut(s, ":")
	return strings.TrimSpace(code), clean(strings.Trim(strings.TrimSpace(fact), `"“”`), maxName)
}
