package office

import (
	"encoding/xml"
	"errors"
	"io"
	"iter"

	"batan.go.id/layanan/internal/document/page"
)

// tokens are the marks and texts of a part, until its end, its damage or a limit. Names keep their prefix as
// Name.Space: each office format is always written with the same ones. Entities that a file declares are not expanded.
func (a *archive) tokens(name string) iter.Seq[xml.Token] {
	return func(yield func(xml.Token) bool) {
		in := &io.LimitedReader{R: a.open(name), N: page.MaxUnpacked}
		d := xml.NewDecoder(in)
		d.Strict = false
		d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
		for range page.MaxTokens {
			t, err := d.RawToken()
			switch {
			case errors.Is(err, io.EOF) && in.N > 0:
				return
			case err != nil && in.N > 0:
				a.fail(page.ErrDamaged)
				return
			case err != nil:
				a.fail(page.ErrTooLarge)
				return
			}
			if !yield(t) {
				return
			}
		}
		a.fail(page.ErrTooLarge)
	}
}

// attr is an attribute's value, whatever its prefix.
func attr(e xml.StartElement, name string) (value string, ok bool) {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// isOn reads a switch: there without a value means on (ISO 29500-1, 17.17.4).
func isOn(e xml.StartElement) bool {
	v, ok := attr(e, "val")
	return !ok || v != "0" && v != "false" && v != "off" && v != "none"
}

// region is a stretch of markup that is passed over, up to its end.
type region struct {
	depth int // of the element being read
	begin int // depth of the element that began it, 0 outside
}

func (g *region) open() { g.depth++ }

// close ends an element, and with it the region that it began.
func (g *region) close() {
	if g.begin == g.depth {
		g.begin = 0
	}
	g.depth--
}

// enter begins a region at the element just opened.
func (g *region) enter() {
	if g.begin == 0 {
		g.begin = g.depth
	}
}

func (g *region) inside() bool { return g.begin > 0 }
