package workflow

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"batan.go.id/layanan/internal/strictyaml"
)

// BuiltIn is the name by which a configuration asks for the embedded SOP.
const BuiltIn = "video-konferensi"

//go:embed video-konferensi.yaml
var builtIn []byte

// Steps and words that the procedure ends in or begins with. A step of the
// SOP can't have one of the three ends as its id.
const (
	Requester = "pengguna"  // the role of the person who asks
	Operators = "operators" // the ladder's last rung: who runs the service

	Finished  = "selesai"
	Rejected  = "ditolak"
	Cancelled = "dibatalkan"
)

// SOP is a written procedure: who does what, in which order, in what time and
// by which word. It is made by ParseSOP and never changed afterwards.
type SOP struct {
	ID               string     `yaml:"id,required"`
	Prefix           string     `yaml:"prefix,required"` // of request numbers
	Title            string     `yaml:"title,required"`
	Number           string     `yaml:"number,required"`
	Form             string     `yaml:"form,required"`
	LeadTime         Duration   `yaml:"lead_time"`
	LeadTimePolicy   string     `yaml:"lead_time_policy"` // flag or reject
	Hold             Hold       `yaml:"hold"`             // how long an answer waits that is not understood in all
	ClosedTo         []string   `yaml:"closed_to"`        // roles told at the end
	Absence          string     `yaml:"absence"`          // of who should act: escalate or wait
	WaitingReminders []Duration `yaml:"waiting_reminders"`
	Roles            []Role     `yaml:"roles,required"`
	Fields           []Field    `yaml:"fields,required"`
	Words            []Word     `yaml:"words,required"`
	Lexicon          Lexicon    `yaml:"lexicon"` // words of the site's answers beside the built-in ones
	Actions          []Action   `yaml:"actions"` // possible at every step
	Steps            []Step     `yaml:"steps,required"`

	Pos    strictyaml.Pos `yaml:"-"`
	Source []byte         `yaml:"-"` // the file as it was read
}

// Lexicon are words that a site's answers hold, by what notes say with them, as the reader of mails classes them:
// unit: [PTLR, PSTA], thing: [mimbar*], …; "*" stands for every form of a root.
type Lexicon struct {
	Task   []string `yaml:"task"`  // work to do
	Thing  []string `yaml:"thing"` // equipment, papers
	Place  []string `yaml:"place"`
	Person []string `yaml:"person"` // offices and people
	Unit   []string `yaml:"unit"`   // abbreviations
	Event  []string `yaml:"event"`
	Good   []string `yaml:"good"` // all is well
	Mark   []string `yaml:"mark"` // what raises a doubt here
}

// Role is an office of the procedure. People are not named here but in the
// configuration.
type Role struct {
	ID    string `yaml:"id,required"`
	Title string `yaml:"title,required"`
	Above string `yaml:"above"` // role told when this one is late; Operators for the last
	Team  bool   `yaml:"team"`  // everyone named holds it; otherwise the first, the rest are deputies

	Pos strictyaml.Pos `yaml:"-"`
}

// Field is one entry of a form.
type Field struct {
	ID       string   `yaml:"id,required"`
	Label    string   `yaml:"label,required"`
	Aliases  []string `yaml:"aliases"`
	Required bool     `yaml:"required"`
	Type     string   `yaml:"type,required"` // text, email, nip, date, choice
	Choices  []string `yaml:"choices"`
	Example  string   `yaml:"example"`
	Default  string   `yaml:"default"` // of a report: note (the text after the word) or sender
	Means    Meaning  `yaml:"means"`   // what the product must know of it; "" for most
	Decides  bool     `yaml:"decides"` // what is approved: who has approved does so again when it changes

	Pos strictyaml.Pos `yaml:"-"`
}

// Meaning is what a field of a form says, where the product needs to know; each at most once in a form.
type Meaning string

// The meanings.
const (
	MeansEvent Meaning = "event" // what is asked for
	MeansDate  Meaning = "date"  // when it is
	MeansPlace Meaning = "place" // where, and how
	MeansName  Meaning = "name"  // who asks, or in a report who reports
	MeansEmail Meaning = "email" // the address of who asks: the requester, when somebody else files
	MeansMedia Meaning = "media" // how the request came; what comes by mail came by its first choice
)

// meanings are all of them, with the types that their fields may have.
var meanings = map[Meaning][]string{
	MeansEvent: {"text", "choice"}, MeansDate: {"date"}, MeansPlace: {"text", "choice"}, MeansName: {"text"},
	MeansEmail: {"email"},
	MeansMedia: {"text", "choice"},
}

// Meaning is the id of the form's field that means something; "" when none does.
func (s *SOP) Meaning(m Meaning) string {
	for i := range s.Fields {
		if s.Fields[i].Means == m {
			return s.Fields[i].ID
		}
	}
	return ""
}

// Said is the text of the field that means something; "" when it was not filled in, or there is none.
func (s *SOP) Said(f Form, m Meaning) string { return f.Text(s.Meaning(m)) }

// Word is a command and the forms in which people write it.
type Word struct {
	ID    string   `yaml:"id,required"`
	Forms []string `yaml:"forms,required"`

	Pos strictyaml.Pos `yaml:"-"`
}

// Kind is what an action does; the words that trigger it are the SOP's.
type Kind string

// The kinds of action.
const (
	Submit   Kind = "submit"   // the form arrived: on to the first office
	Advance  Kind = "advance"  // the step is done: on to the next
	Reject   Kind = "reject"   // ends as Rejected; needs a reason
	Return   Kind = "return"   // back to an earlier office
	Ask      Kind = "ask"      // a question to the requester; the SLA pauses
	Trouble  Kind = "trouble"  // the office above is told; nothing moves
	Delegate Kind = "delegate" // somebody else holds the office for a time
	Status   Kind = "status"   // answers with the state
	Help     Kind = "help"     // answers with the words
	Cancel   Kind = "cancel"   // ends as Cancelled
	Change   Kind = "change"   // changes fields of the form
	SignOff  Kind = "sign-off" // the requester accepts the report
	Withdraw Kind = "withdraw" // takes the last answer back
	Confirm  Kind = "confirm"  // says that a mail in one's name is one's own
	Answered Kind = "answer"   // the requester's answer to a question; has no word
	Vacant   Kind = "vacant"   // nobody may decide; has no word
	Away     Kind = "away"     // who should decide is away; has no word
	Expire   Kind = "expire"   // a delegation ended; has no word
)

// Action is a word that may be said at a step, and what it does.
type Action struct {
	Word   string   `yaml:"word"`
	Also   []string `yaml:"also"` // other words that do the same here
	Kind   Kind     `yaml:"kind,required"`
	To     string   `yaml:"to"`     // the step it leads to, or Finished
	By     string   `yaml:"by"`     // actor (default), requester, anyone, last: see sayers
	Notice string   `yaml:"notice"` // what the requester gets instead of progress
	Help   string   `yaml:"help"`   // completes "untuk …", Indonesian
	Hint   string   `yaml:"hint"`   // what to write after the word, Indonesian

	Pos strictyaml.Pos `yaml:"-"`
}

// Step is one row of the SOP's table.
type Step struct {
	ID          string     `yaml:"id,required"`
	Title       string     `yaml:"title,required"`
	Actor       string     `yaml:"actor,required"`
	SLA         Duration   `yaml:"sla,required"`
	Output      string     `yaml:"output,required"`
	Task        string     `yaml:"task"`   // completes "mohon …", Indonesian
	Fields      []Field    `yaml:"fields"` // of the report that its word brings
	Actions     []Action   `yaml:"actions,required"`
	Reminders   []Percent  `yaml:"reminders"` // to the holder, in parts of the SLA
	Escalations Escalation `yaml:"escalations"`
	Absence     string     `yaml:"absence"` // as the SOP's, for this step
	Trust       StepTrust  `yaml:"trust"`

	Pos strictyaml.Pos `yaml:"-"`
}

// Escalation says who is told when a step stays undone.
type Escalation struct {
	After  Percent   `yaml:"after"`  // part of the SLA; 0: never
	To     []string  `yaml:"to"`     // deputies, above
	Repeat *Duration `yaml:"repeat"` // until someone acts; nil: once

	Pos strictyaml.Pos `yaml:"-"`
}

// StepTrust says what an office's answer needs besides the usual proof of who
// sent it.
type StepTrust struct {
	Require string `yaml:"require"` // RequireToken, …

	Pos strictyaml.Pos `yaml:"-"`
}

// Percent is a part of an SLA, written 150%.
type Percent int

// UnmarshalText reads "150%"; it refuses parts under 1 % and over 10,000 %.
func (p *Percent) UnmarshalText(text []byte) error {
	digits, ok := strings.CutSuffix(strings.TrimSpace(string(text)), "%")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 1 || n > 10_000 {
		return fmt.Errorf("want a part of the SLA such as 150%%, have %q", text)
	}
	*p = Percent(n)
	return nil
}

// Hold is a time of the clock, not of the office; none asks back instead of holding.
type Hold struct{ Clock time.Duration }

// defaultHold is that of a SOP that names none.
const defaultHold = 10 * time.Minute

// UnmarshalText reads "10m", or "0" for none.
func (h *Hold) UnmarshalText(text []byte) error {
	if string(text) == "0" {
		h.Clock = 0
		return nil
	}
	clock, ok := parseClock(string(text))
	if !ok || clock == 0 || clock > maxHold {
		return fmt.Errorf("want a time of the clock of at most 24h such as 10m, or 0, have %q", text)
	}
	h.Clock = clock
	return nil
}

// ParseSOP reads and checks a SOP file; name is for its errors, which carry
// line and column (strictyaml.Errors).
func ParseSOP(name string, data []byte) (*SOP, error) {
	s := &SOP{LeadTimePolicy: "flag", Absence: "wait", Hold: Hold{Clock: defaultHold}}
	if err := strictyaml.Decode(name, data, s); err != nil {
		return nil, err
	}
	s.Source = slices.Clone(data)
	if err := s.check(); err != nil {
		return nil, err
	}
	return s, nil
}

// BuiltInSOP is SOP 236.002/IF 03 01/ISN.2.1 as embedded in the binary.
func BuiltInSOP() *SOP {
	s, err := ParseSOP(BuiltIn+".yaml", builtIn)
	if err != nil {
		panic(err) // the tests parse it
	}
	return s
}

// First is the step in which a request is made.
func (s *SOP) First() *Step { return &s.Steps[0] }

// Step finds a step by its id; nil when there is none.
func (s *SOP) Step(id string) *Step {
	for i := range s.Steps {
		if s.Steps[i].ID == id {
			return &s.Steps[i]
		}
	}
	return nil
}

// Role finds a role by its id; nil when there is none.
func (s *SOP) Role(id string) *Role {
	for i := range s.Roles {
		if s.Roles[i].ID == id {
			return &s.Roles[i]
		}
	}
	return nil
}

// Offices are the roles that the configuration must name people for: all that
// act at a step, in the SOP's order, but for the requester.
func (s *SOP) Offices() []Role {
	var out []Role
	for _, r := range s.Roles {
		acts := slices.ContainsFunc(s.Steps, func(st Step) bool { return st.Actor == r.ID })
		told := slices.Contains(s.ClosedTo, r.ID) ||
			slices.ContainsFunc(s.Roles, func(o Role) bool { return o.Above == r.ID })
		if r.ID != Requester && (acts || told) {
			out = append(out, r)
		}
	}
	return out
}

// Field finds a field of the request's form; nil when there is none.
func (s *SOP) Field(id string) *Field {
	for i := range s.Fields {
		if s.Fields[i].ID == id {
			return &s.Fields[i]
		}
	}
	return nil
}

// rejects reports whether a request may end at the step by its office's word.
func (s *Step) rejects() bool {
	return slices.ContainsFunc(s.Actions, func(a Action) bool { return a.Kind == Reject })
}

// is reports whether the word triggers the action.
func (a *Action) is(word string) bool {
	return a.Word != "" && (a.Word == word || slices.Contains(a.Also, word))
}

// action finds what a word does at a step: the step's own actions first, then
// those of every step. nil when the word means nothing there.
func (s *SOP) action(step *Step, word string) *Action {
	if step != nil {
		for i := range step.Actions {
			if step.Actions[i].is(word) {
				return &step.Actions[i]
			}
		}
	}
	for i := range s.Actions {
		if s.Actions[i].is(word) {
			return &s.Actions[i]
		}
	}
	return nil
}
