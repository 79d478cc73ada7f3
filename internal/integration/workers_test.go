package integration

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/internal/mailhost"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

func event(i int) string { return fmt.Sprintf("Rapat nomor %03d", i) }

var eventPattern = regexp.MustCompile(`Rapat nomor (\d{3})`)

// workers are the offices behind a mail host in this process: whatever they get
// they answer once, as soon as it comes.
type workers struct {
	t       *testing.T
	dovecot *lab.DovecotServer
	host    *mailhost.Host
	says    func(*letter) string // the answer; "" none

	inward sync.Mutex // one mail at a time
	lmtp   *smtp.Client

	mu   sync.Mutex
	seen map[string][]*letter // what was delivered, by Message-ID
}

func newWorkers(t *testing.T, d *lab.DovecotServer, says func(*letter) string) *workers {
	t.Helper()
	host, err := mailhost.Start(users(), mailhost.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	w := &workers{t: t, dovecot: d, host: host, says: says, seen: map[string][]*letter{}}
	host.Subscribe(w.receive)
	return w
}

// file mails the forms of the requests from one to another.
func (w *workers) file(from, to int) {
	for i := from; i < to; i++ {
		raw, _ := note{from: pemohon, to: layanan, subject: "Permohonan", body: form(event(i))}.raw()
		w.deliver(raw)
	}
}

// deliver puts a mail into the service's mailbox, as a mail server does: it goes
// on trying. (What is put straight into the Maildir Dovecot may be slow to tell.)
func (w *workers) deliver(raw []byte) {
	w.inward.Lock()
	defer w.inward.Unlock()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for deadline := time.Now().Add(patience); ; <-again.C {
		err := w.tryDeliver(raw)
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			w.t.Error("lmtp:", err)
			return
		}
	}
}

func (w *workers) tryDeliver(raw []byte) error {
	if w.lmtp == nil {
		conn, err := net.Dial("tcp", w.dovecot.LMTPAddr)
		if err != nil {
			return err
		}
		w.lmtp = smtp.NewClientLMTP(conn)
	}
	err := w.lmtp.SendMail(pemohon, []string{layanan}, bytes.NewReader(raw))
	if err != nil {
		_ = w.lmtp.Close() // it is lost
		w.lmtp = nil
	}
	return err
}

// fate is how a request is to end, by its event: most are finished, some are
// rejected by the second office, some cancelled by their requester meanwhile.
func fate(i int) string {
	switch i % 10 {
	case 4:
		return "ditolak"
	case 7:
		return "dibatalkan"
	}
	return "selesai"
}

func (w *workers) receive(m mailhost.Delivery) {
	l, err := readLetter(m.To, m.Raw)
	if err != nil {
		w.t.Errorf("a mail to %s can't be read: %v", m.To, err)
		return
	}
	w.mu.Lock()
	w.seen[l.id] = append(w.seen[l.id], l)
	again := len(w.seen[l.id]) > 1
	w.mu.Unlock()
	if says := w.says(l); says != "" && !again {
		raw, _ := answer(l, says).raw()
		w.deliver(raw)
	}
}

// procedure is what the offices answer.
func procedure(l *letter) string {
	found := eventPattern.FindStringSubmatch(l.subject)
	if found == nil {
		return ""
	}
	i, _ := strconv.Atoi(found[1]) // digits, by the pattern
	end := fate(i)
	switch l.notice + " " + l.step {
	case "task persetujuan":
		return "Setuju, silakan."
	case "progress persetujuan":
		if end == "dibatalkan" {
			return "BATAL karena rapat ditunda"
		}
	case "task disposisi":
		switch end {
		case "ditolak":
			return "TOLAK karena ruangan sudah terpakai"
		case "selesai":
			return "Disposisi"
		}
	case "task instruksi":
		return "Instruksikan"
	case "task persiapan":
		return "SIAP"
	case "task laporan":
		return "LAPORAN\r\n\r\nLaporan Pelaksanaan Video Konferensi: lancar\r\nHasil: Baik"
	}
	return ""
}

// What each fate leaves behind.
var (
	fateHistory = map[string]string{
		"selesai":    "registered advanced advanced advanced advanced advanced closed",
		"ditolak":    "registered advanced rejected",
		"dibatalkan": "registered advanced cancelled",
	}
	fateNotices = map[string]string{
		"selesai": "closed closed closed progress progress progress ready receipt receipt receipt receipt receipt " +
			"registered task task task task task",
		"ditolak":    "progress receipt receipt registered rejected task task",
		"dibatalkan": "cancelled cancelled progress receipt registered task task",
	}
)

// judge compares what the database says with what was delivered.
func (w *workers) judge(t *testing.T, s *site, n int) {
	t.Helper()
	s.audit(t)
	st := s.store(t)
	requests, err := st.Requests(t.Context(), store.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	numbers, events, made := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range requests {
		numbers[r.Number], events[r.Form.Text("kegiatan")] = true, true
		var i int
		if _, err := fmt.Sscanf(r.Form.Text("kegiatan"), "Rapat nomor %03d", &i); err != nil {
			t.Fatal(err)
		}
		expect(t, r.Number, string(r.State), fate(i))
		w.judgeOne(t, st, r.Number, fate(i), made)
	}
	year := time.Now().In(time.FixedZone("WIB", 7*60*60)).Year()
	for i := range n {
		if number := fmt.Sprintf("VC-%d-%04d", year, i+1); !numbers[number] || !events[event(i)] {
			t.Errorf("there is no %s, or nothing came of %s", number, event(i))
		}
	}
	expect(t, "requests", len(requests), n)
	for id := range w.seen {
		if !made[id] {
			t.Errorf("%s was delivered, and the outbox does not know it", id)
		}
	}
	expect(t, "dead letters", len(w.dovecot.Messages(t, layanan, "Gagal")), 0)
}

// judgeOne looks at one request's history and mails.
func (w *workers) judgeOne(t *testing.T, st *store.Store, number, end string, made map[string]bool) {
	t.Helper()
	history, err := st.History(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	var did []string
	for _, h := range history {
		did = append(did, h.Event)
	}
	expect(t, number+" history", strings.Join(did, " "), fateHistory[end])
	mails, err := st.Mails(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	var notices []string
	for _, m := range mails {
		id := "<" + m.MessageID + ">"
		made[id] = true
		notices = append(notices, m.Kind)
		expect(t, number+" "+m.Kind+" to "+m.Recipient, m.State, "sent")
		got := w.seen[id]
		if len(got) == 0 {
			t.Errorf("%s: %s to %s is said to be sent, and did not arrive", number, m.Kind, m.Recipient)
		}
		for _, l := range got {
			if string(l.raw) != string(got[0].raw) {
				t.Errorf("%s: %s to %s came twice, and differs", number, m.Kind, m.Recipient)
			}
		}
	}
	slices.Sort(notices)
	expect(t, number+" notices", strings.Join(notices, " "), fateNotices[end])
}

// finish waits until n requests have ended and everybody has been told.
func (w *workers) finish(t *testing.T, s *site, n int) {
	t.Helper()
	st := s.store(t)
	t.Cleanup(func() {
		if t.Failed() {
			w.unfinished(t, st)
		}
	})
	var all []workflow.Request
	w.until(t, "every request to end", func() bool {
		var err error
		all, err = st.Requests(t.Context(), store.Filter{})
		return err == nil && len(all) == n && !slices.ContainsFunc(all, func(r workflow.Request) bool { return r.Open() })
	})
	for _, r := range all {
		until(t, "every notice of "+r.Number+" to be sent", func() bool {
			mails, err := st.Mails(t.Context(), r.Number)
			return err == nil && !slices.ContainsFunc(mails,
				func(m store.Mail) bool { return m.State == "queued" || m.State == "sending" })
		})
	}
	until(t, "the inbox to be empty", func() bool { return len(w.dovecot.Messages(t, layanan, "INBOX")) == 0 })
}

// until is the package's until, as long as notices go on arriving.
func (w *workers) until(t *testing.T, what string, true func() bool) {
	t.Helper()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	came, since := w.arrived(), time.Now()
	for ; !true(); <-again.C {
		if now := w.arrived(); now > came {
			came, since = now, time.Now()
		}
		if time.Since(since) > patience {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// unfinished tells where requests got stuck.
func (w *workers) unfinished(t *testing.T, st *store.Store) {
	open, err := st.Requests(context.Background(), store.Filter{Open: true})
	if err != nil {
		t.Log(err)
	}
	for _, r := range open[:min(len(open), 5)] {
		t.Logf("%s stands at %s", r.Number, r.Step)
		mails, err := st.Mails(context.Background(), r.Number)
		if err != nil {
			t.Log(err)
		}
		for _, m := range mails {
			t.Logf("  %s to %s: %s, seen %d times", m.Kind, m.Recipient, m.State, len(w.seen["<"+m.MessageID+">"]))
		}
	}
}

// arrived counts the notices that came, each once.
func (w *workers) arrived() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.seen)
}

// doubles counts the notices that came more than once.
func (w *workers) doubles() (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, got := range w.seen {
		n += min(len(got)-1, 1)
	}
	return n
}
