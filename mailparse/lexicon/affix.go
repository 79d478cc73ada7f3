package lexicon

import "strings"

// Roots of an Indonesian word, by confix stripping after Nazief and Adriani (1996) and Adriani et al. (2007): first
// the particle (-lah, -kah, -pun), then the possessive (-ku, -mu, -nya), then suffix (-kan, -an, -i) and up to three
// prefixes, whose nasal may have melted the root's first letter. A dictionary is the judge: only what it knows is a
// root, and the first one found, with the least taken off, counts.

var (
	particles   = []string{"lah", "kah", "tah", "pun"}
	possessives = []string{"nya", "ku", "mu", "nye", "ne", "ipun", "na"} // with those of Betawi, Javanese, Sundanese
	suffixes    = []string{"kan", "an", "i", "in", "ken", "ake", "aken", "keun", "kn"}
	// a prefix, and what the root's first letter may have been before it melted into the nasal
	prefixes = []struct{ prefix, melted string }{
		{"di", ""}, {"ke", ""}, {"se", ""}, {"ber", ""}, {"bel", ""}, {"be", ""}, {"ter", ""}, {"te", ""}, {"per", ""},
		{"pel", ""}, {"meny", "s"}, {"peny", "s"}, {"meng", "k"}, {"meng", ""}, {"peng", "k"}, {"peng", ""}, {"menge", ""},
		{"penge", ""}, {"mem", "p"}, {"mem", ""}, {"pem", "p"}, {"pem", ""}, {"men", "t"}, {"men", ""}, {"pen", "t"},
		{"pen", ""}, {"me", ""}, {"pe", ""}, {"nge", ""}, {"ng", "k"}, {"ng", ""}, {"ny", "s"},
	}
	// confixes that no word has: be-…-i and its kin
	impossible = map[string]string{"be": "i", "ber": "i", "ke": "i", "se": "i"}
)

const (
	minRoot     = 3
	maxPrefixes = 3
)

// Root is the root of a folded word that known accepts, the word itself included; "" when there is none.
func Root(word string, known func(string) bool) string {
	if known(word) {
		return word
	}
	for _, p := range stripped(word, particles) {
		for _, w := range stripped(p, possessives) {
			if r := confix(w, known); r != "" {
				return r
			}
		}
	}
	if half, ok := doubled(word); ok && known(half) {
		return half
	}
	return ""
}

// stripped are the word and what is left of it without one of the endings.
func stripped(word string, endings []string) []string {
	out := []string{word}
	for _, e := range endings {
		if w, ok := strings.CutSuffix(word, e); ok && len(w) >= minRoot {
			out = append(out, w)
		}
	}
	return out
}

// confix tries a word without prefixes, with each suffix taken off.
func confix(word string, known func(string) bool) string {
	for _, w := range stripped(word, suffixes) {
		if known(w) {
			return w
		}
		if r := unprefixed(w, word[len(w):], maxPrefixes, known); r != "" {
			return r
		}
	}
	return ""
}

// unprefixed takes up to n prefixes off a word whose suffix is gone already.
func unprefixed(word, suffix string, n int, known func(string) bool) string {
	for _, p := range prefixes {
		rest, ok := strings.CutPrefix(word, p.prefix)
		if rest = p.melted + rest; !ok || len(rest) < minRoot || suffix != "" && impossible[p.prefix] == suffix {
			continue
		}
		if known(rest) {
			return rest
		}
		if n > 1 {
			if r := unprefixed(rest, suffix, n-1, known); r != "" {
				return r
			}
		}
	}
	return ""
}

// doubled is the half of a word that is written twice: "alat2" is folded so, "alatalat" was "alat-alat".
func doubled(word string) (string, bool) {
	if w, ok := strings.CutSuffix(word, "2"); ok && len(w) >= minRoot {
		return w, true
	}
	if n := len(word); n >= 2*minRoot && n%2 == 0 && word[:n/2] == word[n/2:] {
		return word[:n/2], true
	}
	return "", false
}
