package lexicon

// Class is what kinds of word a word is: a set of the constants below. 0 is a word that no list has.
type Class uint64

// Marks: what such a word may do to an order that it stands beside.
const (
	Negation      Class = 1 << iota // denies: tidak
	Condition                       // binds: jika, asal
	Hedge                           // wavers: mungkin
	Future                          // puts off: nanti
	Hold                            // stops: tunda, tunggu
	Undo                            // takes back: batal, ralat
	Alter                           // changes what was asked for: geser
	Limit                           // leaves only a part: hanya
	Obstacle                        // is in the way: rusak, bentrok
	Decision                        // says who decides: keputusan
	Handover                        // gives it to somebody else: titip
	Wonder                          // doubts: heran
	Contradiction                   // says the contrary: tapi, tolak
	Jest                            // was not meant: bercanda
	Misdirect                       // was not meant for this: salah
	Report                          // is somebody else's word: katanya
	Question                        // asks: apakah
	Unsure                          // speaks against nothing, and is not understood
)

// Plain words, by what a note says with them.
const (
	Task     Class = 1 << (iota + 20) // work to do: pasang
	Proceed                           // the procedure goes on: proses
	Thing                             // equipment, papers: kamera
	Place                             // ruang, Serpong
	Person                            // offices and people: petugas
	Title                             // before a name: Pak
	Event                             // rapat
	Request                           // permohonan
	Time                              // jam, Senin
	Good                              // all is well: lancar
	Done                              // sudah
	Passive                           // a verb whose subject is acted on: dipasang; beside its class
	Active                            // a verb whose subject acts: memasang; beside its class
	Courtesy                          // salam, terima kasih
	Ask                               // mohon, tolong
	Function                          // dan, untuk
	Number                            // digits
	Unit                              // an abbreviation of an office, or of anything: PTLR
	Name                              // of a person
	Everyday                          // a common word of no other class
	Rare                              // a word of the dictionary
)

// Marked are all marks; Domain are the classes of words that notes about meetings are made of; Understood are those
// that a note with work in it may hold.
const (
	Marked = Unsure<<1 - 1
	Domain = Task | Proceed | Thing | Place | Person | Title | Event | Request | Time | Good | Done | Courtesy | Ask |
		Function | Number | Unit | Name
	Understood = Domain | Everyday
)

// names are the classes as the data files and patterns call them; the marks come first, in the order of their bits.
var names = []struct {
	name  string
	class Class
}{
	{"negation", Negation}, {"condition", Condition}, {"hedge", Hedge}, {"future", Future}, {"hold", Hold},
	{"undo", Undo}, {"alter", Alter}, {"limit", Limit}, {"obstacle", Obstacle}, {"decision", Decision},
	{"handover", Handover}, {"doubt", Wonder}, {"contradiction", Contradiction}, {"jest", Jest},
	{"misdirect", Misdirect}, {"report", Report}, {"question", Question}, {"unsure", Unsure},
	{"task", Task}, {"proceed", Proceed}, {"thing", Thing}, {"place", Place}, {"person", Person}, {"title", Title},
	{"event", Event}, {"request", Request}, {"time", Time}, {"good", Good}, {"done", Done}, {"passive", Passive},
	{"active", Active},
	{"courtesy", Courtesy}, {"ask", Ask}, {"function", Function}, {"number", Number}, {"unit", Unit}, {"name", Name},
	{"everyday", Everyday}, {"rare", Rare}, {"marked", Marked}, {"domain", Domain}, {"understood", Understood},
}

// ClassOf is the class of a name, 0 when there is none.
func ClassOf(name string) Class {
	for _, n := range names {
		if n.name == name {
			return n.class
		}
	}
	return 0
}

// Mark is the name of the first mark in c, "" when there is none.
func (c Class) Mark() string {
	for _, n := range names {
		if n.class&Marked != 0 && c&n.class != 0 {
			return n.name
		}
	}
	return ""
}
