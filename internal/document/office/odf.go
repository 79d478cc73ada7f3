package office

import (
	"encoding/xml"
	"strconv"
	"strings"

	"batan.go.id/layanan/internal/document/page"
)

// odfReader reads the content of an OpenDocument text or sheet.
type odfReader struct {
	page.Page
	unseen   region          // deleted, struck out, a comment, a placeholder
	struck   map[string]bool // styles that strike out or hide
	style    string          // being declared
	controls map[string]string
	control  *odfControl
	text     int // depth of paragraphs
}

// odfControl is a form's field (ISO 26300-1, 13.5).
type odfControl struct{ kind, id, value string }

func (a *archive) readODF() []string {
	r := &odfReader{struck: map[string]bool{}, controls: map[string]string{}}
	for t := range a.tokens("content.xml") {
		switch t := t.(type) {
		case xml.StartElement:
			r.unseen.open()
			r.start(t)
		case xml.EndElement:
			r.end(t.Name.Local)
			r.unseen.close()
		case xml.CharData:
			if r.text > 0 {
				r.put(strings.Join(strings.FieldsFunc(string(t), func(c rune) bool { return c == '\n' || c == '\r' || c == '\t' }),
					" "))
			}
		}
		if r.Full() {
			a.fail(page.ErrTooLarge)
			break
		}
	}
	return r.Finish()
}

func (r *odfReader) put(s string) {
	if !r.unseen.inside() {
		r.Write(s)
	}
}

func (r *odfReader) start(e xml.StartElement) {
	if name, ok := attr(e, "style-name"); ok && r.struck[name] && (e.Name.Local == "span" || e.Name.Local == "p" ||
		e.Name.Local == "h") {
		r.unseen.enter()
	}
	switch e.Name.Local {
	case "p", "h":
		r.text++
		if !r.unseen.inside() {
			r.EndOpenLine()
		}
	case "s":
		v, _ := attr(e, "c")
		n, _ := strconv.Atoi(v)
		r.put(strings.Repeat(" ", min(max(n, 1), 100)))
	case "tab":
		r.put("\t")
	case "line-break":
		if !r.unseen.inside() {
			r.EndLine()
		}
	case "table-row":
		r.OpenRow()
	case "table-cell": // a date is shown in whatever order its writer's language has
		if at, ok := attr(e, "date-value"); ok {
			r.put(strings.Replace(at[:min(len(at), len("2006-01-02T15:04"))], "T", " ", 1))
			r.unseen.enter()
		}
	case "tracked-changes", "annotation", "placeholder", "note": // text:placeholder: "<click here>"
		r.unseen.enter()
	case "content-control":
		if on, _ := attr(e, "checkbox"); on == "true" {
			checked, _ := attr(e, "checked")
			r.put(page.Tick(checked == "true"))
			r.unseen.enter()
		} else if hint, _ := attr(e, "showing-place-holder"); hint == "true" {
			r.unseen.enter()
		}
	default:
		r.startStyle(e)
		r.startForm(e)
	}
}

func (r *odfReader) end(name string) {
	switch name {
	case "p", "h":
		if r.text > 0 {
			r.text--
		}
		if !r.unseen.inside() {
			r.EndLine()
		}
	case "table-cell", "covered-table-cell":
		r.EndCell()
	case "table-row":
		r.CloseRow()
	default:
		if c := r.control; c != nil && name == c.kind {
			r.controls[c.id], r.control = c.value, nil
		}
	}
}

// startStyle notes which styles strike out or hide.
func (r *odfReader) startStyle(e xml.StartElement) {
	switch e.Name.Local {
	case "style":
		r.style, _ = attr(e, "name")
	case "text-properties":
		line, lined := attr(e, "text-line-through-style")
		kind, typed := attr(e, "text-line-through-type")
		hidden, _ := attr(e, "display")
		if lined && line != "none" || typed && kind != "none" || hidden == "none" {
			r.struck[r.style] = true
		}
	}
}

// startForm reads a form's fields, and shows each where the page has it.
func (r *odfReader) startForm(e xml.StartElement) {
	switch name := e.Name.Local; name {
	case "text", "textarea", "formatted-text", "combobox", "date", "listbox", "checkbox", "radio":
		if e.Name.Space == "form" && len(r.controls) < 1000 {
			r.control = newControl(e)
		}
	case "option": // of a list
		if chosen, _ := attr(e, "selected"); chosen == "true" && r.control != nil {
			r.control.value, _ = attr(e, "label")
		}
	case "control":
		id, _ := attr(e, "control")
		r.put(r.controls[id])
	case "param": // of a field that came from Word
		name, _ := attr(e, "name")
		if value, _ := attr(e, "value"); name == "Checkbox_Checked" {
			r.put(page.Tick(value == "true"))
		}
	}
}

// newControl reads a field's state; a box shows its label.
func newControl(e xml.StartElement) *odfControl {
	c := &odfControl{kind: e.Name.Local}
	c.id, _ = attr(e, "id")
	c.value, _ = attr(e, "current-value")
	if c.kind == "checkbox" || c.kind == "radio" {
		state, _ := attr(e, "current-state")
		selected, _ := attr(e, "current-selected")
		label, _ := attr(e, "label")
		c.value = page.Tick(state == "checked" || selected == "true") + " " + label + " "
	}
	if v, ok := attr(e, "value"); ok && c.value == "" {
		c.value = v
	}
	return c
}
