package text

import "strings"

// edges are the sides of an element on which its style draws a line: top, right, bottom, left.
type edges [4]bool

const (
	edgeTop = iota
	edgeRight
	edgeBottom
	edgeLeft
)

var sides = map[string]int{"top": edgeTop, "right": edgeRight, "bottom": edgeBottom, "left": edgeLeft}

// drawnEdges reads the border properties of a style, in any order and any units.
func drawnEdges(style string) edges {
	var e, thin edges
	for decl := range strings.SplitSeq(style, ";") {
		name, value, ok := strings.Cut(decl, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok || !strings.HasPrefix(name, "border") {
			continue
		}
		parts := strings.SplitN(name, "-", 3)
		side, one := edgeTop, false
		if len(parts) > 1 {
			side, one = sides[parts[1]]
		}
		what := parts[len(parts)-1]
		for s := range e {
			if one && s != side {
				continue
			}
			v := value
			switch {
			case one && len(parts) == 3, !one && len(parts) == 2:
				if !one {
					v = ofSide(strings.Fields(value), s)
				}
				switch what {
				case "style":
					e[s] = drawnStyle(v)
				case "width":
					thin[s] = zeroLength(v)
				}
			case one, len(parts) == 1: // border: 1px solid; border-top: 1px solid
				e[s], thin[s] = drawnBorder(v)
			}
		}
	}
	for s := range e {
		e[s] = e[s] && !thin[s]
	}
	return e
}

// ofSide picks one side's value of up to four, as CSS has them.
func ofSide(values []string, side int) string {
	switch n := len(values); {
	case n == 0:
		return ""
	case side < n:
		return values[side]
	case side == edgeLeft && n > 1:
		return values[1]
	case side == edgeBottom:
		return values[0]
	}
	return values[0]
}

// drawnBorder reads "solid #E1E1E1 1.0pt".
func drawnBorder(value string) (drawn, thin bool) {
	for v := range strings.FieldsSeq(value) {
		drawn = drawn || drawnStyle(v)
		thin = thin || zeroLength(v)
	}
	return drawn, thin
}

func drawnStyle(s string) bool {
	switch strings.TrimSuffix(s, "!important") {
	case "solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset":
		return true
	}
	return false
}

// zeroLength recognises 0, 0px, 0.0pt; a colour or a function is none.
func zeroLength(s string) bool {
	n := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz%")
	return n != "" && strings.Trim(n, "0.") == ""
}

// only reports whether one side's line is drawn, and no other.
func (e edges) only(side int) bool {
	want := edges{}
	want[side] = true
	return e == want
}
