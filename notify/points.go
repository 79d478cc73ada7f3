package notify

import (
	"slices"
	"strings"
	"time"

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
	Code    string // of the reason
	Type    string // of the field
	Written string
	Part    string // of what was written, which is at fault; "" when all of it is
	Dates   string // the days that it may mean
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
		w := why{Code: p.Reason, Type: f.Type, Written: clean(p.Text, maxName), Part: clean(p.Part, maxName),
			Dates: c.either(p.Dates)}
		if w.Part == w.Written {
			w.Part = ""
		}
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

// lookAtDoubts says what in the answer made us unsure: the first, which completes "karena …", and all where there
// are several.
func (c *call) lookAtDoubts() (err error) {
	if c.view.Doubt, err = c.doubt(c.n.Doubt); err != nil || !c.n.Asks {
		return err
	}
	var all []string
	for _, b := range c.n.Because {
		phrase, err := c.doubt(workflow.Doubt{Code: b.Class, Text: b.Text})
		if err != nil {
			return err
		}
		if phrase != "" && !slices.Contains(all, phrase) {
			all = append(all, phrase)
		}
	}
	if len(all) > 1 {
		c.view.Doubts = strings.Join(all, "; ")
	}
	return nil
}

// doubt completes "karena …"; it is "" where there is none.
func (c *call) doubt(d workflow.Doubt) (string, error) {
	if d.Code == "" {
		return "", nil
	}
	phrase, err := c.set.Part(string(c.n.Kind), "doubt", workflow.Doubt{Code: d.Code, Text: clean(d.Text, maxName)})
	return clean(phrase, maxValue), err
}

// either lists days of which one is meant.
func (c *call) either(days []time.Time) string {
	var out []string
	for _, d := range days {
		out = append(out, formatDate(d, c.zone()))
	}
	return strings.Join(out, " atau ")
}
