package command

// Doubt is why a sentence that seems to hold a command is not taken as one: a class, and the text at fault. The zero
// value is no doubt.
type Doubt struct {
	Code Code
	Text string // lower-case, as it is compared; "" where no single word is at fault
}

// NoDoubt is the zero value, to compare with.
var NoDoubt Doubt

// Code is the class of a doubt: a mark of the lexicon, or one of those that no single word raises.
type Code string

// The classes of doubts.
const (
	Negation      Code = "negation"      // Text denies
	Condition     Code = "condition"     // Text binds it to a condition
	Hedge         Code = "hedge"         // Text wavers, or asks somebody else
	Future        Code = "future"        // Text puts it off
	Hold          Code = "hold"          // Text stops it
	Undo          Code = "undo"          // Text takes it back
	Alter         Code = "alter"         // Text changes what was asked for
	Limit         Code = "limit"         // Text leaves only a part
	Obstacle      Code = "obstacle"      // Text is in the way
	Decision      Code = "decision"      // Text says that somebody else decides
	Handover      Code = "handover"      // Text gives it to somebody else
	Wonder        Code = "doubt"         // Text doubts
	Contradiction Code = "contradiction" // Text says the contrary, or orders something else
	Jest          Code = "jest"          // Text says that it was not meant
	Misdirect     Code = "misdirect"     // Text says that it was meant for something else
	Report        Code = "report"        // Text is somebody else's word
	Question      Code = "question"      // the sentence asks
	Object        Code = "object"        // Text is not what the request asks for
	Position      Code = "position"      // Text, the word itself, is printed or spoken of, not said
	Unknown       Code = "unknown"       // Text is not understood
	NoResult      Code = "no-result"     // a report that doesn't say how it went
	Sign          Code = "sign"          // Text is a sign that such an answer has no need of
	Courtesy      Code = "courtesy"      // Text is politeness: "siap pak"
	Subject       Code = "subject"       // Text, in the mail's subject, says otherwise
	Quotation     Code = "quotation"     // the word stands in quotation marks
	Length        Code = "length"        // too much is said for a plain order
	Script        Code = "script"        // letters that look like others, or marks that turn the reading order
	File          Code = "attachment"    // the text is that of a file shown inline
	Automatic     Code = "automatic"     // the mail reads like a program's
	Deleted       Code = "deleted"       // words were struck out
	Hidden        Code = "hidden"        // readers may see less or more than is written
	// text and page, or text and subject, say different things; Text is the other number
	Difference Code = "difference"
)

// Codes are all classes.
var Codes = []Code{
	Negation, Condition, Hedge, Future, Hold, Undo, Alter, Limit, Obstacle, Decision, Handover, Wonder, Contradiction,
	Jest, Misdirect, Report, Question, Object, Position, Unknown, NoResult, Sign, Courtesy, Subject, Quotation, Length,
	Script, File, Automatic, Deleted, Hidden, Difference,
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
