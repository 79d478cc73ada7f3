package bot

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/form"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// form turns what the parser read into what the procedure keeps: fields that
// can be used, and those that can't with the reason.
func (o *Office) form(f form.Form, written map[string]string, missing []string,
	reasons map[string]mailparse.Reason) (workflow.Form, []workflow.Problem) {
	if f == nil {
		return nil, nil
	}
	form, problems := workflow.Form{}, []workflow.Problem(nil)
	for id, read := range f {
		v, legible := o.value(read, written[id])
		switch {
		case v.Text == "":
		case legible && !slices.Contains(missing, id):
			form[id] = v
		default:
			why := reasons[id]
			problems = append(problems, workflow.Problem{Field: id, Text: v.Text,
				Reason: cmp.Or(string(why.Code), workflow.Unreadable), Part: valid(why.Text), Dates: why.Dates})
		}
	}
	slices.SortFunc(problems, func(a, b workflow.Problem) int { return strings.Compare(a.Field, b.Field) })
	return form, problems
}

// value is one value as the procedure keeps it, as understood, or as written
// where it could not be; and whether it can be used.
func (o *Office) value(read form.Value, written string) (v workflow.Value, legible bool) {
	v = workflow.Value{Text: strings.TrimSpace(valid(cmp.Or(read.Text, written)))}
	switch read.Type {
	case "email":
		v.Text = o.Procedure.Canonical(v.Text)
		return v, notify.ValidAddress(v.Text)
	case "date":
		v.Date = true
		d := read.Date
		if d == nil || d.Start == nil {
			return v, false
		}
		v.Start, v.AllDay = *d.Start, d.AllDay
		if d.End != nil {
			v.End = *d.End
		}
	}
	return v, true
}

// vetRequester makes a problem of the Email in a role holder's form for
// somebody whom nobody may ask in the name of: who is not of the office's
// domains, the service itself, who only runs it, an address that reaches many.
func (o *Office) vetRequester(ev *workflow.Event) {
	id := o.Procedure.SOP.Meaning(workflow.MeansEmail)
	email := strings.ToLower(strings.TrimSpace(ev.Form.Text(id)))
	if email == "" || ev.By.Is(email) || o.mayBeRequester(email) {
		return
	}
	ev.Problems = append(slices.Clone(ev.Problems),
		workflow.Problem{Field: id, Text: ev.Form.Text(id), Reason: workflow.Unserved})
	delete(ev.Form, id)
}

// mayBeRequester reports whether a role holder may file for an address.
func (o *Office) mayBeRequester(email string) bool {
	_, _, staff := o.Procedure.Staff(email)
	operator := slices.ContainsFunc(o.Procedure.Operators, func(q workflow.Person) bool { return q.Is(email) })
	return o.inside(email) && !o.Identity.Owns(email) && (staff || !operator) && !o.never(email)
}

// never reports whether an address, with whatever behind a plus sign, is one
// that reaches many and asks for nothing.
func (o *Office) never(email string) bool {
	local, domain, _ := strings.Cut(strings.ToLower(email), "@")
	base, _, _ := strings.Cut(local, "+")
	return slices.Contains(o.Never, base+"@"+domain) || slices.Contains(o.Never, local+"@"+domain)
}

// elsewhere adds to an event what its mail says outside of its new text about
// the fields that a request lacks: in an attached form, or in ours, filled in
// where it was quoted.
func (o *Office) elsewhere(ev *workflow.Event, m *mailparse.Message, r *workflow.Request) {
	form, problems := o.form(m.Quoted, nil, m.QuotedMissing, nil)
	found := workflow.Form{}
	for _, lack := range r.Problems {
		if _, said := ev.Form[lack.Field]; said || names(ev.Problems, lack.Field) >= 0 {
			continue
		}
		if v, ok := form[lack.Field]; ok && !o.isExample(lack.Field, v.Text) {
			found[lack.Field] = v
		} else if i := names(problems, lack.Field); i >= 0 && problems[i].Text != lack.Text && !o.isExample(lack.Field,
			problems[i].Text) {
			ev.Problems = append(slices.Clone(ev.Problems), problems[i])
		}
	}
	if len(found) > 0 {
		maps.Copy(found, ev.Form)
		ev.Form = found
	}
}

// names is where a field stands among problems, or -1.
func names(problems []workflow.Problem, field string) int {
	return slices.IndexFunc(problems, func(p workflow.Problem) bool { return p.Field == field })
}

// isExample reports whether a value is the one that our mails show as an
// example: in quoted text nobody wrote it.
func (o *Office) isExample(field, value string) bool {
	squeeze := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }
	f := o.Procedure.SOP.Field(field)
	return f != nil && squeeze(f.Example) == squeeze(value)
}

// logoSize is what pictures have at most that are mere decoration, in bytes; a
// legible photo of a form has more.
const logoSize = 40 << 10

// attached names what was attached, but for signatures and logos; of the
// pictures alone when pictures says so, since those are never read.
func attached(list []mailparse.Attachment, pictures bool) string {
	var out []string
	for _, a := range list {
		name, picture := valid(a.Name), strings.HasPrefix(a.Type, "image/")
		if picture {
			name = cmp.Or(name, "gambar")
		}
		switch {
		case name == "", slices.Contains(out, name):
		case picture && a.Size < logoSize, !picture && pictures, strings.Contains(a.Type, "signature"):
		default:
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}
