package command

import "batan.go.id/layanan/mailparse/lexicon"

// Doubt is why a sentence that seems to hold a command is not taken as one: a class, and the text at fault. The zero
// value is no doubt.
type Doubt struct {
	Code Code
	Text string // lower-case, as it is compared; "" where no single word is at fault
}

// doubtOf is the doubt that one word near an order leaves; none for most words.
func doubtOf(w string, after bool) Doubt {
	switch class := lexicon.Hesitation(w, after); class {
	case lexicon.None:
		return NoDoubt
	case lexicon.Question:
		return Doubt{Code: Question}
	default:
		return Doubt{Code(class), w}
	}
}

// NoDoubt is the zero value, to compare with.
var NoDoubt Doubt

// DoubtCode is the class of a doubt.
type Code string

// The classes of doubts.
const (
	Negation      Code = "negation"      // Text denies
	Condition     Code = "condition"     // Text binds it to a condition
	Future        Code = "future"        // Text puts it off
	Question      Code = "question"      // the sentence asks
	Hedge         Code = "hedge"         // Text wavers, or asks somebody else
	Contradiction Code = "contradiction" // Text takes it back, or orders something else
	Position      Code = "position"      // Text, the word itself, is printed or spoken of, not said
	Agent         Code = "agent"         // somebody else did it, or is to: Text
	Unknown       Code = "unknown"       // Text is no part of such an answer
	Sign          Code = "sign"          // Text is a sign that such an answer has no need of
	Courtesy      Code = "courtesy"      // Text is politeness: "siap pak"
	Subject       Code = "subject"       // Text, in the mail's subject, says otherwise
	Quotation     Code = "quotation"     // the word stands in quotation marks
	Length        Code = "length"        // too much is said for a plain yes
	Script        Code = "script"        // letters that look like others, or marks that turn the reading order
	File          Code = "attachment"    // the text is that of a file shown inline
	Automatic     Code = "automatic"     // the mail reads like a program's
	Deleted       Code = "deleted"       // words were struck out
	Hidden        Code = "hidden"        // readers may see less or more than is written
	// text and page, or text and subject, say different things; Text is the other number
	Difference Code = "difference"
)

// DoubtCodes are all classes.
var Codes = []Code{
	Negation, Condition, Future, Question, Hedge, Contradiction, Position, Agent, Unknown, Sign,
	Courtesy, Subject, Quotation, Length, Script, File, Automatic, Deleted, Hidden, Difference,
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
