package bot_test

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/limits"
	"batan.go.id/layanan/internal/mailbox"
	"batan.go.id/layanan/internal/store"
)

// Simulations of what others can make us send: the mail that goes out is
// counted.

func TestMain(m *testing.M) { lab.Main(m) }

var full = flag.Bool("full", false,
	"simulate in the size of the promise, not a tenth of it or less, and with the limits of a real office")

// sized is a number in a simulation: as promised, or small enough for every day.
func sized(promised, everyday int) int {
	if *full {
		return promised
	}
	return everyday
}

// onBoth plays a simulation on either database.
func onBoth(t *testing.T, play func(*testing.T, *story)) {
	t.Parallel()
	limited := func(t *testing.T, s *story) {
		t.Parallel()
		if !*full {
			s.office.Limits = limits.Limits{MailsPerSender: 40, AnswersPerHour: 40}
		}
		s.office.Limits.UnprovenPerHour = 1_000_000 // which but few are about
		play(t, s)
	}
	t.Run("sqlite", func(t *testing.T) { limited(t, newStory(t, "\n")) })
	t.Run("postgres", func(t *testing.T) {
		limited(t, newStoryOn(t, "\n", "postgres", lab.PostgreSQL(t).Database(t)))
	})
}

// pour hands mails to the bot as the mailbox does, a batch at a time.
func (s *story) pour(mails ...string) {
	s.t.Helper()
	for len(mails) > 0 {
		n := min(len(mails), 100)
		var batch []mailbox.Message
		for _, m := range mails[:n] {
			s.uid++
			raw := []byte(m)
			batch = append(batch, mailbox.Message{ID: mailbox.ID{Mailbox: "INBOX", UIDValidity: 1, UID: s.uid}, Raw: raw,
				Size: int64(len(raw)), Received: s.now})
		}
		s.offer(batch)
		mails = mails[n:]
	}
}

// leave is pour, but what goes out stays in the outbox.
func (s *story) leave(mails ...string) {
	s.t.Helper()
	var batch []mailbox.Message
	for _, m := range mails {
		batch = append(batch, s.message(m))
	}
	if _, err := s.in.Handle(s.t.Context(), batch); err != nil {
		s.t.Fatal(err)
	}
}

// offer hands messages to the bot, and keeps those that are to wait.
func (s *story) offer(batch []mailbox.Message) {
	s.t.Helper()
	verdicts, err := s.in.Handle(s.t.Context(), batch)
	if err != nil {
		s.t.Fatal(err)
	}
	for i, m := range batch {
		if delete(s.waits, m.ID.UID); verdicts[i] == mailbox.Wait {
			s.waits[m.ID.UID] = m
		}
	}
	s.collect()
}

// poll offers those that wait and are called, as the mailbox does each minute.
func (s *story) poll() {
	s.t.Helper()
	for {
		uids, err := s.in.Next(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		if len(uids) == 0 {
			return
		}
		slices.Sort(uids)
		var batch []mailbox.Message
		for _, uid := range uids {
			if m, there := s.waits[uid]; there {
				batch = append(batch, m)
			}
		}
		s.offer(batch)
	}
}

// restart is a new daemon, which is offered all that waits.
func (s *story) restart() {
	s.in = s.daemon(s.store, s.office).Inbox()
	for batch := range slices.Chunk(slices.Sorted(maps.Keys(s.waits)), 100) {
		var messages []mailbox.Message
		for _, uid := range batch {
			messages = append(messages, s.waits[uid])
		}
		s.offer(messages)
	}
}

// plain is a mail with nothing special about it; its subject and text are the
// rest, with more headers in between where there are any.
func (s *story) plain(from, subject, rest string) string {
	s.uid++
	if !strings.Contains(from, "@") {
		from += "@batan.go.id"
	}
	if name, _, _ := strings.Cut(rest, ":"); !slices.Contains([]string{"In-Reply-To", "List-Id", "Content-Type",
		"Authentication-Results"}, name) {
		rest = "\n" + rest
	}
	return fmt.Sprintf("From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%d.s@mail>\n%s", from, service, subject,
		s.now.Format(time.RFC1123Z), s.uid, rest)
}

func request(who string, n int) string {
	return fmt.Sprintf("Nama: %s\nNIP: 19850217 201012 2 003\nUnit Kerja: PSTNT\nKegiatan: Rapat %s %d\nTanggal: "+
		"Senin, 14 Desember 2026 pukul 09.00 WIB\n", strings.ToUpper(who[:1])+who[1:], who, n)
}

// sent counts the mails to somebody by their kind: "12 task, 3 registered".
func (s *story) sent(who string) string {
	s.collect()
	n := map[string]int{}
	var kinds []string
	for _, m := range s.last[who] {
		if n[m.Kind]++; n[m.Kind] == 1 {
			kinds = append(kinds, m.Kind)
		}
	}
	slices.Sort(kinds)
	for i, k := range kinds {
		kinds[i] = fmt.Sprint(n[k], " ", k)
	}
	return strings.Join(kinds, ", ")
}

func (s *story) expectSent(want map[string]string) {
	s.t.Helper()
	for who, mails := range want {
		if got := s.sent(who); got != mails {
			s.t.Errorf("%s got %q, want %q", who, got, mails)
		}
	}
}

// pass lets time go by, an hour at a time; somebody may act in each.
func (s *story) pass(hours int, act func()) {
	for range hours {
		s.play("wait 1h", nil)
		act()
	}
}

// answers lets somebody answer every mail that came since the last call, with
// what says.
func (s *story) answers(who string, says func(store.Mail) string) {
	s.t.Helper()
	for rounds := 0; ; rounds++ {
		s.collect()
		fresh := s.last[who][s.answered[who]:]
		if len(fresh) == 0 {
			return
		}
		if rounds > 100 {
			s.t.Fatalf("%s and the service answer each other without end", who)
		}
		s.answered[who] = len(s.last[who])
		for _, m := range fresh {
			o := opened(s.t, m.Raw)
			s.pour(strings.Replace(s.plain(who, "Re: "+o.subject,
				fmt.Sprintf("In-Reply-To: <%s>\n\n%s\n", m.MessageID, says(m))), "To: "+service, "To: "+o.reply, 1))
		}
	}
}

func (s *story) expectDead(want map[string]int) {
	s.t.Helper()
	all, err := s.store.DeadLetters(s.t.Context(), store.DeadFilter{})
	if err != nil {
		s.t.Fatal(err)
	}
	got := map[string]int{}
	for _, d := range all {
		got[d.Reason]++
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		s.t.Errorf("dead letters: %v, want %v", got, want)
	}
}
