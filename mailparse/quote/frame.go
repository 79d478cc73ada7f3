package quote

import "batan.go.id/layanan/mailparse/lexicon"

// Frame knows what no line of a signature or a quoted header is at a site: its form's labels and its orders.
type Frame struct {
	// Label reports whether a text is a label of the form; inSignature whether it is one that a signature may have, too.
	Label func(name string) (is, inSignature bool)
	// Order reports whether a word by itself orders something.
	Order func(w lexicon.Word) bool
}
