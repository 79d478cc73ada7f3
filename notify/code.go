package notify

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// code is a reply token in a text: where it begins, its label included, where
// its signature begins, and where it ends.
type code struct {
	from, tail, to int
	letters        [][2]int // of the signature, each where it is written
}

// label is what stands before a token at the foot of our mails.
var label = regexp.MustCompile(`(?i)kode\s*[:=]\s*$`)

// maxLayers bounds how often a text is taken out of a code.
const maxLayers = 5

// codes finds the reply tokens of a text in all spellings: percent signs,
// entities and quoted-printable, one over another, letters of any case and
// width, invisible characters, other dashes. What is split by blanks, line
// ends or quotation marks is one when it doesn't read like words.
func codes(text string) []code {
	if !mayHoldCode(text) {
		return nil
	}
	var found []code
	for from := 0; from < len(text); from += window {
		part := text[from:min(len(text), from+window+overlap)]
		t, more := asWritten(part), true
		for layer := 0; more && layer <= maxLayers; layer++ {
			for _, c := range t.skeleton().codes() {
				found = append(found, c.within(text, from))
			}
			t, more = t.unspell()
		}
	}
	slices.SortFunc(found, func(a, b code) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	return found
}

// A long text is looked at in windows, which overlap by more than a token takes
// in any spelling.
const (
	window  = 64 << 10
	overlap = 4 << 10
)

// mayHoldCode is the cheap test of a text. Each digit of a number and each dash
// shows, if by nothing else then by what begins an escape.
func mayHoldCode(text string) bool {
	signs := 0
	for i := range len(text) {
		switch c := text[i]; {
		case '0' <= c && c <= '9', c == '-', c == '_', c == '%', c == '=', c == '&', c == '\\', c >= 0x80:
			if signs++; signs == len("2026-0001-") {
				return true
			}
		}
	}
	return false
}

// within places a code that was found in a part of a text, with its prefix and label.
func (c code) within(text string, at int) code {
	c.from, c.tail, c.to = c.from+at, c.tail+at, c.to+at
	for i := range c.letters {
		c.letters[i][0] += at
		c.letters[i][1] += at
	}
	before := strings.TrimRight(text[:c.from], "-")
	if word := strings.TrimRightFunc(before, isLetter); len(before) < c.from && len(before)-len(word) <= maxPrefix {
		c.from = len(word)
	}
	start := max(0, c.from-maxPrefix)
	if m := label.FindStringIndex(text[start:c.from]); m != nil {
		c.from = start + m[0]
	}
	return c
}

// maxPrefix bounds what is looked at before a number.
const maxPrefix = 16

func isLetter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

func (k *skeleton) codes() []code {
	var found []code
	for i := 4; i < len(k.text); i++ {
		tail, parted := k.number(i)
		if tail == 0 {
			continue
		}
		letters, end := k.signature(tail)
		if len(letters) < tokenTail {
			continue
		}
		// A signature in one piece, by itself, is one, whatever it reads like.
		whole := k.whole(tail, end)
		if sure := whole && !parted && !k.gap[tail]; !sure &&
			(parted && !whole || readsLikeWords(k.text[tail:end], k.gap[tail:end])) {
			continue // a number, then words
		}
		found = append(found, code{from: k.from[i-4], tail: k.from[tail], to: k.to[end-1], letters: letters})
		i = end - 1
	}
	return found
}

// number reports where a request's number ends, its prefix perhaps lost, of
// which there is a dash at some place: 2026-0001-. The last dash may have become
// something else, which parts number and signature. The end is 0 when there is none.
func (k *skeleton) number(at int) (end int, parted bool) {
	if k.text[at] != dash || !k.digits(at-4, at) {
		return 0, false
	}
	from := k.after(at, dash)
	end = from
	for end < len(k.text) && end < from+12 && isDigitSign(k.text[end]) {
		end++
	}
	if end-from < 4 || end == len(k.text) {
		return 0, false
	}
	if after := k.after(end, dash); after > end {
		return after, false
	}
	after := k.after(end, other)
	if after == len(k.text) || after == end && !k.gap[end] {
		return 0, false
	}
	return after, true
}

func (k *skeleton) digits(from, to int) bool {
	return !bytes.ContainsFunc(k.text[from:to], func(r rune) bool { return r < '0' || r > '9' })
}

// after is the place behind a run of one sign.
func (k *skeleton) after(i int, sign byte) int {
	for i < len(k.text) && k.text[i] == sign {
		i++
	}
	return i
}

// signature is the places of up to 20 characters, dashes apart, that may be a signature.
func (k *skeleton) signature(from int) (letters [][2]int, end int) {
	end = from
	for i := from; i < len(k.text) && len(letters) < tokenTail; i++ {
		c := k.text[i]
		switch {
		case c == dash:
			continue
		case (c < 'a' || 'z' < c) && (c < '2' || '7' < c):
			return letters, end
		}
		letters = append(letters, [2]int{k.from[i], k.to[i]})
		end = i + 1
	}
	return letters, end
}

// whole reports whether what may be a signature stands in one piece, and by itself.
func (k *skeleton) whole(tail, end int) bool {
	return !slices.Contains(k.gap[tail+1:end], true) && !bytes.ContainsRune(k.text[tail:end], dash) &&
		(end == len(k.text) || k.gap[end] || k.text[end] == dash || k.text[end] == other)
}

// Redact takes the signature out of every reply token in a text: whoever reads
// it, in a log say, must not be able to answer a task.
func Redact(text string) string {
	return replaceCodes(text, func(c code) (from, to int) { return c.tail, c.to })
}

// withoutCodes takes whole reply tokens out of what somebody wrote: they are
// their holder's alone.
func withoutCodes(text string) string {
	return replaceCodes(text, func(c code) (from, to int) { return c.from, c.to })
}

func replaceCodes(text string, part func(code) (from, to int)) string {
	var b strings.Builder
	end := 0
	for _, c := range codes(text) {
		from, to := part(c)
		if to <= end { // found in another layer or window, too
			continue
		}
		if from = max(from, end); from > end || end == 0 {
			b.WriteString(text[end:from])
		}
		b.WriteString("…")
		end = to
	}
	if end == 0 {
		return text
	}
	return b.String() + text[end:]
}
