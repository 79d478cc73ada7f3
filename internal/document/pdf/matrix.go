package pdf

// matrix maps (x, y) to (a·x+c·y+e, b·x+d·y+f) (ISO 32000-1, 8.3.3).
type matrix struct{ a, b, c, d, e, f float64 }

// then is m followed by n.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

var identity = matrix{a: 1, d: 1}

// turned shows a page as its Rotate says, in quarters clockwise.
func turned(degrees int) matrix {
	switch (degrees%360 + 360) % 360 {
	case 90:
		return matrix{b: -1, c: 1}
	case 180:
		return matrix{a: -1, d: -1}
	case 270:
		return matrix{b: 1, c: -1}
	}
	return identity
}

// rect is a rectangle with its corners in order.
type rect struct{ x0, y0, x1, y1 float64 }

// rect reads an array of at least four numbers: all of its points.
func (f *pdfFile) rect(v any, m matrix) (r rect, ok bool) {
	list := f.list(v)
	if len(list) < 4 {
		return rect{}, false
	}
	for i := 0; i+1 < min(len(list), 8); i += 2 {
		x, y := m.apply(f.number(list[i], 0), f.number(list[i+1], 0))
		if i == 0 {
			r = rect{x, y, x, y}
		}
		r = rect{min(r.x0, x), min(r.y0, y), max(r.x1, x), max(r.y1, y)}
	}
	return r, true
}
