package smime

// maxDepth is how deep elements may lie within each other; a SignedData with
// certificates has about fifteen levels.
const maxDepth = 64

// shallow reports whether BER (X.690) is whole and not nested deeper than
// maxDepth: the library reads it by recursion, which has no bound of its own.
func shallow(b []byte) bool {
	ends := make([]int, 0, maxDepth) // of the elements around; -1 where a marker ends one
	for pos := 0; ; {
		for len(ends) > 0 && pos == ends[len(ends)-1] {
			ends = ends[:len(ends)-1]
		}
		if pos > 0 && len(ends) == 0 {
			return true
		}
		if n := len(ends); n > 0 && ends[n-1] < 0 && ended(b[pos:]) {
			ends, pos = ends[:n-1], pos+2
			continue
		}
		constructed, size, head := element(b[pos:])
		limit := len(b)
		for i := len(ends) - 1; i >= 0; i-- {
			if ends[i] >= 0 {
				limit = ends[i]
				break
			}
		}
		switch pos += head; {
		case head == 0, size > limit-pos, size < 0 && (!constructed || ended(b[pos:])):
			return false
		case !constructed:
			pos += size
			continue
		case len(ends) == maxDepth:
			return false
		case size < 0:
			ends = append(ends, -1)
		default:
			ends = append(ends, pos+size)
		}
	}
}

// ended reports whether the marker of an element's end comes next.
func ended(b []byte) bool { return len(b) > 1 && b[0] == 0 && b[1] == 0 }

// element reads the head of an element: the size of its content, -1 where a
// marker ends it, and the size of the head, 0 when it can't be read.
func element(b []byte) (constructed bool, size, head int) {
	if len(b) < 2 {
		return false, 0, 0
	}
	constructed, head = b[0]&0x20 != 0, 1
	if b[0]&0x1f == 0x1f { // the tag goes on
		for head < len(b) && b[head] >= 0x80 {
			head++
		}
		head++
	}
	if head >= len(b) {
		return false, 0, 0
	}
	size = int(b[head])
	head++
	switch n := size - 0x80; {
	case n == 0:
		size = -1
	case n > 4 || n > len(b)-head:
		return false, 0, 0
	case n > 0:
		size = 0
		for _, c := range b[head : head+n] {
			size = size<<8 | int(c)
		}
		head += n
	}
	return constructed, size, head
}
