package mailparse

import "batan.go.id/layanan/mailparse/lexicon"

// Doubt is why a sentence that seems to hold a command is not taken as one: a class, and the text at fault. The zero value
// is no doubt.
type Doubt struct {
	Code DoubtCode
	Text string // lower-case, as it is compared; "" where no single word is at fault
}

// doubtOf is the doubt that one word near an order leaves; none for most words.
func doubtOf(w string, after bool) Doubt {
	switch class := lexicon.Hesitation(w, after); class {
	case lexicon.None:
		return noDoubt
	case lexicon.Question:
		return Doubt{Code: DoubtQuestion}
	default:
		return Doubt{DoubtCode(class), w}
	}
}

// noDoubt is the zero value, to compare with.
var noDoubt Doubt

// DoubtCode is the class of a doubt.
type DoubtCode string

// The classes of doubts.
const (
	DoubtNegation      DoubtCode = "negation"      // Text denies
	DoubtCondition     DoubtCode = "condition"     // Text binds it to a condition
	DoubtFuture        DoubtCode = "future"        // Text puts it off
	DoubtQuestion      DoubtCode = "question"      // the sentence asks
	DoubtHedge         DoubtCode = "hedge"         // Text wavers, or asks somebody else
	DoubtContradiction DoubtCode = "contradiction" // Text takes it back, or orders something else
	DoubtPosition      DoubtCode = "position"      // Text, the word itself, is printed or spoken of, not said
	DoubtAgent         DoubtCode = "agent"         // somebody else did it, or is to: Text
	DoubtUnknown       DoubtCode = "unknown"       // Text is no part of such an answer
	DoubtSign          DoubtCode = "sign"          // Text is a sign that such an answer has no need of
	DoubtCourtesy      DoubtCode = "courtesy"      // Text is politeness: "siap pak"
	DoubtSubject       DoubtCode = "subject"       // Text, in the mail's subject, says otherwise
	DoubtQuotation     DoubtCode = "quotation"     // the word stands in quotation marks
	DoubtLength        DoubtCode = "length"        // too much is said for a plain yes
	DoubtScript        DoubtCode = "script"        // letters that look like others, or marks that turn the reading order
	DoubtFile          DoubtCode = "attachment"    // the text is that of a file shown inline
	DoubtAutomatic     DoubtCode = "automatic"     // the mail reads like a program's
	DoubtDeleted       DoubtCode = "deleted"       // words were struck out
	DoubtHidden        DoubtCode = "hidden"        // readers may see less or more than is written
	DoubtDifference    DoubtCode = "difference"    // text and page, or text and subject, say different things; Text is the other number
)

// DoubtCodes are all classes.
var DoubtCodes = []DoubtCode{
	DoubtNegation, DoubtCondition, DoubtFuture, DoubtQuestion, DoubtHedge, DoubtContradiction, DoubtPosition, DoubtAgent, DoubtUnknown, DoubtSign,
	DoubtCourtesy, DoubtSubject, DoubtQuotation, DoubtLength, DoubtScript, DoubtFile, DoubtAutomatic, DoubtDeleted, DoubtHidden, DoubtDifference,
}

// String is the doubt as "explain" shows it: `condition: "asal"`; "" for none.
func (d Doubt) String() string {
	if d.Text == "" {
		return string(d.Code)
	}
	return string(d.Code) + `: "` + d.Text + `"`
}

// MarshalText is String, for JSON.
func (d Doubt) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
