package fold

import (
	"strings"
	"unicode/utf8"
)

// Phrases is a list of folded beginnings of lines, found by their first word: most lines are told apart by it.
type Phrases struct {
	byWord map[string][]string
	// by the lower five bits of a first letter, in either case: the lengths of such words, a bit for each
	starts [32]uint32
	other  []string // of scripts that put no blank between words
}

// NewPhrases prepares a list of beginnings, folded by [Words].
func NewPhrases(list ...string) Phrases {
	p := Phrases{byWord: map[string][]string{}}
	for _, s := range list {
		if s[0] >= 0x80 {
			p.other = append(p.other, s)
			continue
		}
		first, _, _ := strings.Cut(s, " ")
		p.byWord[first] = append(p.byWord[first], s)
		p.starts[first[0]&31] |= 1 << len(first)
	}
	return p
}

// mayBegin compares the second word, too, before all of a line is folded: s begins with a word of n bytes.
func mayBegin(s string, n int, list []string) bool {
	for n < len(s) && s[n] < utf8.RuneSelf && ASCII[s[n]] == 0 {
		n++
	}
	for n < len(s) && (s[n] >= utf8.RuneSelf || ASCII[s[n]] != 0) {
		n++
	}
	var stack [96]byte
	head := Append(stack[:0], s[:n], true)
	for _, c := range list {
		if k := min(len(c), len(head)); c[:k] == string(head[:k]) {
			return true
		}
	}
	return false
}

// Begin returns the phrase that a line begins with, and the folded line; "" when there is none.
//
// Written out, since every line of every mail passes here.
//
//gocyclo:ignore
func (p *Phrases) Begin(s string) (phrase, folded string) {
	if s == "" || ASCII[s[0]] == 0 {
		i := strings.IndexFunc(s, IsLetter)
		if i < 0 {
			return "", ""
		}
		s = s[i:]
	}
	if s[0] >= utf8.RuneSelf {
		folded = Words(s)
		for _, o := range p.other {
			if strings.HasPrefix(folded, o) {
				return o, folded
			}
		}
		return "", folded
	}
	n := 0
	for n < len(s) {
		size := 1
		if s[n] < utf8.RuneSelf {
			if ASCII[s[n]] == 0 {
				break
			}
		} else if r, k := utf8.DecodeRuneInString(s[n:]); IsLetter(r) {
			size = k
		} else {
			break
		}
		n += size
	}
	if n > 24 || p.starts[s[0]&31]>>n&1 == 0 {
		return "", ""
	}
	var low [24]byte
	for k := range n {
		low[k] = s[k]
		if c := s[k]; c >= 'A' && c <= 'Z' {
			low[k] = c + 'a' - 'A'
		}
	}
	list := p.byWord[string(low[:n])]
	if len(list) == 0 || !mayBegin(s, n, list) {
		return "", ""
	}
	folded = Words(s)
	best := ""
	for _, c := range list {
		if len(c) > len(best) && strings.HasPrefix(folded, c) && (len(folded) == len(c) || folded[len(c)] == ' ') {
			best = c
		}
	}
	return best, folded
}
