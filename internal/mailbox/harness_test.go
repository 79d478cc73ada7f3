package mailbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"batan.go.id/layanan/internal/mailbox"
)

const (
	user     = "layanan@batan.go.id"
	password = "rahasia sekali"
	patience = 10 * time.Second
)

// server is where the mailbox of a test is.
type server struct{ addr string }

func (s server) config() mailbox.Config {
	return mailbox.Hasty(mailbox.Config{
		Address: s.addr, TLS: mailbox.TLSNone, Username: user, Password: password,
		Inbox: "INBOX", Processed: "Diproses", Failed: "Gagal", Poll: time.Minute,
	})
}

// peer is another mail program of the same user.
type peer struct {
	*imapclient.Client
	t testing.TB
}

func (s server) peer(t testing.TB) peer {
	t.Helper()
	c, err := imapclient.DialInsecure(s.addr, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	p := peer{c, t}
	p.must(c.Login(user, password).Wait())
	return p
}

func (p peer) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// put appends messages and returns the UIDs.
func (p peer) put(mailbox string, raws ...[]byte) []uint32 {
	p.t.Helper()
	var uids []uint32
	for _, raw := range raws {
		cmd := p.Append(mailbox, int64(len(raw)), nil)
		_, err := cmd.Write(raw)
		p.must(err)
		p.must(cmd.Close())
		data, err := cmd.Wait()
		p.must(err)
		uids = append(uids, uint32(data.UID))
	}
	return uids
}

// open selects a mailbox anew, so that its state is the present one.
func (p peer) open(mailbox string) *imap.SelectData {
	p.t.Helper()
	data, err := p.Select(mailbox, nil).Wait()
	p.must(err)
	return data
}

// content returns the messages of a mailbox, none if it does not exist.
func (p peer) content(mailbox string) [][]byte {
	p.t.Helper()
	data, err := p.Select(mailbox, &imap.SelectOptions{ReadOnly: true}).Wait()
	var answer *imap.Error
	if errors.As(err, &answer) {
		return nil
	}
	p.must(err)
	if data.NumMessages == 0 {
		return nil
	}
	section := &imap.FetchItemBodySection{Peek: true}
	found, err := p.Fetch(imap.SeqSet{{Start: 1}},
		&imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{section}}).Collect()
	p.must(err)
	var all [][]byte
	for _, m := range found {
		all = append(all, m.FindBodySection(section))
	}
	return all
}

// await waits until a mailbox holds n messages.
func (p peer) await(mailbox string, n int) [][]byte {
	p.t.Helper()
	var all [][]byte
	eventually(p.t, func() string {
		all = p.content(mailbox)
		if len(all) == n {
			return ""
		}
		return fmt.Sprintf("%s holds %d messages, want %d", mailbox, len(all), n)
	})
	return all
}

// eventually waits until the condition has nothing to complain about.
func eventually(t testing.TB, complaint func() string) {
	t.Helper()
	deadline := time.After(patience)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		last := complaint()
		if last == "" {
			return
		}
		select {
		case <-deadline:
			t.Fatal(last)
		case <-tick.C:
		}
	}
}

// letter returns a message of about size bytes.
func letter(n, size int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: ani@batan.go.id\r\nTo: %s\r\nSubject: surat %d\r\nMessage-ID: <%d@batan.go.id>\r\n\r\n", user,
		n, n)
	for b.Len() < size {
		b.WriteString("Dengan hormat, kami mengajukan permohonan video konferensi.\r\n")
	}
	return b.Bytes()
}

func letters(first, n, size int) [][]byte {
	var all [][]byte
	for i := range n {
		all = append(all, letter(first+i, size))
	}
	return all
}

// office is a Handler that notes what it is given.
type office struct {
	judge func(context.Context, mailbox.Message) (mailbox.Verdict, error) // nil: Processed
	from  func(mailbox.Status) uint32                                     // nil: 1

	mu     sync.Mutex
	starts []mailbox.Status
	seen   []mailbox.Message
	next   []uint32 // to be called
	asked  int      // for those
}

func (o *office) Next(context.Context) ([]uint32, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	uids := o.next
	o.next = nil
	o.asked++
	return uids, nil
}

// call has messages offered again that were to wait.
func (o *office) call(uids ...uint32) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.next = append(o.next, uids...)
}

// polled waits until the mailbox was looked at some times more.
func (o *office) polled(t testing.TB) {
	t.Helper()
	count := func() int {
		o.mu.Lock()
		defer o.mu.Unlock()
		return o.asked
	}
	end := count() + 4
	eventually(t, func() string {
		if n := count(); n < end {
			return fmt.Sprintf("asked %d times for who is next, want %d", n, end)
		}
		return ""
	})
}

func (o *office) Start(_ context.Context, s mailbox.Status) (uint32, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.starts = append(o.starts, s)
	if o.from != nil {
		return o.from(s), nil
	}
	return 1, nil
}

func (o *office) Handle(ctx context.Context, batch []mailbox.Message) ([]mailbox.Verdict, error) {
	verdicts := make([]mailbox.Verdict, len(batch))
	for i, m := range batch {
		verdicts[i] = mailbox.Processed
		if o.judge != nil {
			v, err := o.judge(ctx, m)
			if err != nil {
				return nil, err
			}
			verdicts[i] = v
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.seen = append(o.seen, batch...)
	return verdicts, nil
}

func (o *office) started() []mailbox.Status {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.starts)
}

func (o *office) messages() []mailbox.Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.seen)
}

// await waits until n messages were handled.
func (o *office) await(t testing.TB, n int) []mailbox.Message {
	t.Helper()
	eventually(t, func() string {
		if got := len(o.messages()); got < n {
			return fmt.Sprintf("%d messages were handled, want %d", got, n)
		}
		return ""
	})
	return o.messages()
}

// watching is a Watch that runs.
type watching struct {
	stop func() // ends it and waits
	log  *syncBuffer
}

// watch runs Watch until the test ends.
func watch(t testing.TB, cfg mailbox.Config, h mailbox.Handler) watching {
	t.Helper()
	log := &syncBuffer{}
	cfg.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- mailbox.Watch(ctx, cfg, h) }()
	stop := sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-done:
			if !errors.Is(err, context.Canceled) {
				t.Errorf("Watch: %v", err)
			}
		case <-time.After(patience):
			t.Error("Watch does not end")
		}
	})
	t.Cleanup(func() {
		stop()
		if t.Failed() {
			t.Log(log.String())
		}
		if bytes.Contains([]byte(log.String()), []byte(password)) {
			t.Error("the password is in the log")
		}
	})
	return watching{stop, log}
}

// syncBuffer is a bytes.Buffer for two goroutines.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
