package bot_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"log/slog"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/mailbox"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

var update = flag.Bool("update", false, "write what happens into the stories")

// TestStories plays testdata/*.txtar: mail comes in, time passes, mail goes
// out. The sections of a story, in order:
//
//	-- mail FROM --          a mail: headers of its own first, where it needs any
//	-- reply WHO [KIND] --   an answer to WHO's last mail (of that kind; task#1 is
//	                         the first), as a phone writes it; {WHO KIND} in a
//	                         text stands for a mail's Message-ID
//	-- wait DURATION --      office time does not matter here: the clock is set on
//	-- out --                the mails that went out since the last out, one a line
//	-- request --            where the request stands
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, ending := range []string{"\n", "\r\n"} { // a mail may come with either
				a := txtar.Parse(data)
				s := newStory(t, ending)
				for i := range a.Files {
					a.Files[i].Data = s.play(a.Files[i].Name, a.Files[i].Data)
				}
				told := txtar.Format(a)
				if *update {
					if err := os.WriteFile(file, told, 0o644); err != nil {
						t.Fatal(err)
					}
				} else if !bytes.Equal(told, data) {
					t.Errorf("the story goes (line ends %q):\n%s", ending, told)
				}
			}
		})
	}
}

// story is a bot without a network: mails are handed to it, and what it would
// send is read from its outbox.
type story struct {
	t      *testing.T
	ending string
	now    time.Time
	office *bot.Office
	bot    *bot.Bot
	in     mailbox.Handler
	store  *store.Store
	uid    uint32
	seen   map[string]bool
	last   map[string][]store.Mail // by recipient's name, newest last

	answered map[string]int             // mails that a robot has answered, see answers
	waits    map[uint32]mailbox.Message // are left in the mailbox, see offer
}

func newStory(t *testing.T, ending string) *story {
	return storyOn(t, ending, openStore(t, "sqlite", filepath.Join(t.TempDir(), "story.db")), testOffice(t))
}

func newStoryOn(t *testing.T, ending, driver, dsn string) *story {
	return storyOn(t, ending, openStore(t, driver, dsn), testOffice(t))
}

func openStore(t *testing.T, driver, dsn string) *store.Store {
	st, err := store.Open(t.Context(), driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	if _, _, err := st.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return st
}

func storyOn(t *testing.T, ending string, st *store.Store, o *bot.Office) *story {
	s := &story{t: t, ending: ending, store: st, office: o, seen: map[string]bool{}, last: map[string][]store.Mail{},
		answered: map[string]int{}, waits: map[uint32]mailbox.Message{}}
	s.now = time.Date(2026, 11, 23, 9, 0, 0, 0, jakarta) // a Monday
	s.bot = s.daemon(st, o)
	s.in = s.bot.Inbox()
	return s
}

// daemon is a bot that sees the story's clock.
func (s *story) daemon(st *store.Store, o *bot.Office) *bot.Bot {
	return bot.New(bot.Options{Store: st, Office: o, Now: func() time.Time { return s.now }, ProcessBacklog: true,
		Log:  discard,
		IMAP: mailbox.Config{Username: service}})
}

var discard = slog.New(slog.DiscardHandler)

const service = "layanan_batannet@batan.go.id"

var jakarta = time.FixedZone("WIB", 7*60*60)

// testOffice is the built-in SOP with people whose names say their office.
func testOffice(t testing.TB) *bot.Office {
	hours, err := workflow.ParseHours(map[string]string{"mon-thu": "07:30-16:00", "fri": "07:30-16:30"})
	if err != nil {
		t.Fatal(err)
	}
	cal, err := workflow.NewCalendar(jakarta, hours, nil)
	if err != nil {
		t.Fatal(err)
	}
	who := func(names ...string) (people []workflow.Person) {
		for _, n := range names {
			people = append(people, workflow.Person{Name: strings.ToUpper(n[:1]) + n[1:], Email: n + "@batan.go.id"})
		}
		return people
	}
	p := &workflow.Procedure{SOP: workflow.BuiltInSOP(), Calendar: cal, Operators: who("operator"),
		Longest: 90 * 24 * time.Hour,
		People: map[string][]workflow.Person{"ka_ppiksn": who("ka", "wakil"), "kabid_pjkkd": who("kabid"),
			"kasubbid_pj": who("kasubbid"), "administrator": who("admin", "admin2")}}
	o, err := bot.NewOffice(p, notify.Identity{Name: "Layanan BATANnet", Address: service, PlusAddressing: true,
		Domains: []string{"batan.go.id"},
		Keys:    notify.Keys{[]byte("a key for tests, 32 bytes long..")}}, "mx.batan.go.id")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// play acts out one section and returns what it says.
func (s *story) play(name string, data []byte) []byte {
	verb, rest, _ := strings.Cut(name, " ")
	switch verb {
	case "mail":
		s.mail(rest, string(data))
	case "reply":
		who, kind, _ := strings.Cut(rest, " ")
		s.reply(who, kind, string(data))
	case "wait":
		d, err := time.ParseDuration(rest)
		if err != nil {
			s.t.Fatal(err)
		}
		s.now = s.now.Add(d)
		for n := 1; n > 0; {
			if n, err = s.bot.Ring(s.t.Context()); err != nil {
				s.t.Fatal(err)
			}
		}
	case "out":
		return s.out()
	case "request":
		return s.request()
	default:
		s.t.Fatalf("a story knows no %q", name)
	}
	return data
}

// mail hands a mail to the bot; a text that begins with a header keeps it.
func (s *story) mail(from, text string) {
	head := fmt.Sprintf("From: %s@batan.go.id\nTo: %s\nDate: %s\nMessage-ID: <%d.%d@mail>\n", from, service,
		s.now.Format(time.RFC1123Z), s.now.Unix(), s.uid)
	if strings.Contains(from, "@") {
		head = strings.Replace(head, from+"@batan.go.id", from, 1)
	}
	if name, _, _ := strings.Cut(text, ":"); !slices.Contains([]string{"Subject", "Authentication-Results"}, name) {
		head += "Content-Type: text/plain; charset=utf-8\n\n"
	}
	s.hand(head + placeholder.ReplaceAllStringFunc(text, func(p string) string {
		who, kind, _ := strings.Cut(strings.Trim(p, "{}"), " ")
		return s.find(who, kind).MessageID
	}))
}

var placeholder = regexp.MustCompile(`\{\w+ [\w#-]+\}`)

func (s *story) hand(text string) {
	if _, err := s.in.Handle(s.t.Context(), []mailbox.Message{s.message(text)}); err != nil {
		s.t.Fatal(err)
	}
	s.collect()
}

// message is a mail as the mailbox has it.
func (s *story) message(text string) mailbox.Message {
	s.uid++
	raw := []byte(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", s.ending))
	return mailbox.Message{ID: mailbox.ID{Mailbox: "INBOX", UIDValidity: 1, UID: s.uid}, Raw: raw, Size: int64(len(raw)),
		Received: s.now}
}

// reply answers as a phone does: to Reply-To, with the quote below.
func (s *story) reply(who, kind, text string) { s.hand(s.answer(who, kind, text)) }

func (s *story) answer(who, kind, text string) string {
	m, err := mail.ReadMessage(bytes.NewReader(s.find(who, kind).Raw))
	if err != nil {
		s.t.Fatal(err)
	}
	return fmt.Sprintf("From: %s@batan.go.id\nTo: %s\nSubject: Re: %s\nDate: %s\nMessage-ID: "+
		"<%d.%d@mail>\nIn-Reply-To: %s\nContent-Type: text/plain; charset=utf-8\n\n%s\nPada Sen, 23 Nov 2026 pukul 09.00 "+
		"Layanan BATANnet <%s> menulis:\n> Yth. Bapak/Ibu,\n> SETUJU\n",
		who, m.Header.Get("Reply-To"), m.Header.Get("Subject"), s.now.Format(time.RFC1123Z), s.now.Unix(), s.uid,
		m.Header.Get("Message-Id"), text, service)
}

// find picks a mail that somebody got.
func (s *story) find(who, kind string) store.Mail {
	s.collect()
	kind, first := strings.CutSuffix(kind, "#1")
	var found []store.Mail
	for _, m := range s.last[who] {
		if kind == "" || m.Kind == kind {
			found = append(found, m)
		}
	}
	if len(found) == 0 {
		s.t.Fatalf("%s has no mail %s", who, kind)
	}
	if first {
		return found[0]
	}
	return found[len(found)-1]
}

// collect takes what is new in the outbox, as if it had been sent.
func (s *story) collect() []store.Mail {
	var claimed []store.Mail
	for _, lane := range []store.Lane{store.MainLane, store.AnswerLane} {
		mails, err := s.store.Claim(s.t.Context(), lane, "story", s.now, s.now.AddDate(1, 0, 0), 1000)
		if err != nil {
			s.t.Fatal(err)
		}
		claimed = append(claimed, mails...)
	}
	if len(claimed) == 0 {
		return nil
	}
	var ends []store.Finish
	for _, m := range claimed {
		ends = append(ends, store.Finish{ID: m.ID, State: "sent"})
	}
	if err := s.store.InTx(s.t.Context(),
		func(tx *store.Tx) error { return tx.Finish("story", s.now, ends) }); err != nil {
		s.t.Fatal(err)
	}
	claimed = append(claimed, s.collect()...) // those that waited for an earlier one
	slices.SortStableFunc(claimed, func(a, b store.Mail) int { return a.N - b.N })
	for _, m := range claimed {
		who, _, _ := strings.Cut(m.Recipient, "@")
		if !s.seen[m.ID] {
			s.seen[m.ID] = true
			s.last[who] = append(s.last[who], m)
			s.last[""] = append(s.last[""], m)
		}
	}
	return claimed
}

var blanks = regexp.MustCompile(` +\n`)

// out lists the mails since the last out.
func (s *story) out() []byte {
	s.collect()
	slices.SortStableFunc(s.last[""], func(a, b store.Mail) int {
		return cmp.Or(strings.Compare(a.Number, b.Number),
			cmp.Compare(a.N, b.N))
	})
	var b strings.Builder
	for _, m := range s.last[""] {
		who, _, _ := strings.Cut(m.Recipient, "@")
		fmt.Fprintf(&b, "%-14s %-10s %s\n", m.Kind, who, m.Step)
	}
	s.last[""] = nil
	return []byte(blanks.ReplaceAllString(b.String(), "\n"))
}

// request says where every request stands.
func (s *story) request() []byte {
	all, err := s.store.Requests(s.t.Context(), store.Filter{})
	if err != nil {
		s.t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range all {
		if _, err := s.store.Verify(s.t.Context(), r.Number); err != nil {
			s.t.Error(err)
		}
		due := "-"
		if !r.Due.IsZero() {
			due = r.Due.In(jakarta).Format("Mon 15:04")
		}
		fmt.Fprintf(&b, "%s %s %s due %s\n", r.Number, r.State, r.Step, due)
		history, err := s.store.History(s.t.Context(), r.Number)
		if err != nil {
			s.t.Fatal(err)
		}
		for _, h := range history {
			who, _, _ := strings.Cut(h.By, "@")
			fmt.Fprintln(&b, strings.TrimRight(fmt.Sprintf("  %-12s %-10s %-11s %s", h.Event, who, h.Step, h.Word), " "))
		}
	}
	return []byte(b.String())
}
