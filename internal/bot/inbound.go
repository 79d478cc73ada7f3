package bot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/internal/mailbox"
	"batan.go.id/layanan/internal/store"
)

// maxTries is how often a message may fail alone before it is moved aside.
const maxTries = 3

// watch reads the mailbox while this daemon holds its lease.
func (b *Bot) watch(ctx context.Context) error {
	in := &inbound{b: b, tries: map[mailbox.ID]int{}}
	if !b.opts.Store.Shared() {
		return mailbox.Watch(ctx, b.opts.IMAP, in)
	}
	in.lease = "mailbox " + b.opts.IMAP.Username + " " + b.opts.IMAP.Address + " " + b.opts.IMAP.Inbox
	for {
		epoch, held, err := b.opts.Store.Acquire(ctx, in.lease, b.name, b.steady(), leaseTTL)
		if err != nil {
			return err
		}
		if !held {
			if err := wait(ctx, leasePoll); err != nil {
				return err
			}
			continue
		}
		in.epoch, in.waiting = epoch, waiting{} // another may have read meanwhile
		b.log.Info("reading the mailbox", "lease", in.lease, "epoch", epoch)
		if err := b.watchLeased(ctx, in); err != nil {
			return err
		}
	}
}

// watchLeased reads the mailbox until the lease is lost or ctx ends.
func (b *Bot) watchLeased(ctx context.Context, in *inbound) error {
	g, gctx := errgroup.WithContext(ctx)
	errLost := errors.New("the lease was lost")
	g.Go(func() error { return mailbox.Watch(gctx, b.opts.IMAP, in) })
	g.Go(func() error {
		for {
			if err := wait(gctx, leaseTTL/3); err != nil {
				return err
			}
			switch _, held, err := b.opts.Store.Acquire(gctx, in.lease, b.name, b.steady(), leaseTTL); {
			case err != nil:
				return err
			case !held:
				return errLost
			}
		}
	})
	err := g.Wait()
	if ctx.Err() != nil { // stopping: the next daemon need not wait
		rctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = b.opts.Store.Release(rctx, in.lease, b.name) // it runs out by itself
		return ctx.Err()
	}
	if errors.Is(err, errLost) {
		b.log.Warn("the mailbox is read by another daemon now", "lease", in.lease)
		return nil
	}
	return err
}

// inbound is the bot as the mailbox sees it.
type inbound struct {
	b     *Bot
	lease string // "" when nobody else can read the mailbox
	epoch int64
	since time.Time
	tries map[mailbox.ID]int // failures of single messages

	waiting waiting
}

// Start implements mailbox.Handler.
func (in *inbound) Start(ctx context.Context, st mailbox.Status) (uint32, error) {
	proposed := store.Start{FirstUID: 1}
	if !in.b.opts.ProcessBacklog {
		proposed = store.Start{FirstUID: max(1, st.UIDNext), Since: in.b.now().Truncate(time.Second)}
	}
	name := in.b.opts.IMAP.Username + " " + st.Mailbox
	start, err := in.b.opts.Store.MailboxStart(ctx, name, st.UIDValidity, proposed)
	in.since = start.Since
	in.waiting.of(st.UIDValidity)
	return start.FirstUID, err
}

// letter is a message on its way through Handle.
type letter struct {
	mailbox.Message
	plan    Plan
	skip    bool // came before the mailbox was ours
	retried bool // a person wants it handled
	waits   bool // for its reading to end
	free    bool // need not wait for others that prove as little
	verdict mailbox.Verdict
	outcome store.LedgerEntry
}

// result is what was made of a letter, with the request that it belongs to.
func (l *letter) result() string {
	return strings.TrimSpace(l.outcome.Outcome + " " + l.outcome.Number)
}

// Handle implements mailbox.Handler: a whole batch in one transaction; when
// that fails, its messages one by one, so that none stops the next.
func (in *inbound) Handle(ctx context.Context, msgs []mailbox.Message) ([]mailbox.Verdict, error) {
	letters := in.read(ctx, msgs)
	err := in.commit(ctx, letters)
	if err != nil && len(letters) == 1 {
		return in.failed(ctx, letters[0], err)
	}
	if err != nil {
		in.b.log.Warn("a batch failed, its messages go one by one", "messages", len(msgs), "error", err)
		verdicts := make([]mailbox.Verdict, 0, len(msgs))
		for _, m := range msgs {
			v, err := in.Handle(ctx, []mailbox.Message{m})
			if err != nil {
				return nil, err
			}
			verdicts = append(verdicts, v[0])
		}
		return verdicts, nil
	}
	verdicts := make([]mailbox.Verdict, len(letters))
	for i, l := range letters {
		verdicts[i] = l.verdict
	}
	return verdicts, nil
}

// failed decides what becomes of a single message that could not be stored.
func (in *inbound) failed(ctx context.Context, l *letter, cause error) ([]mailbox.Verdict, error) {
	if err := in.b.opts.Store.Check(ctx); err != nil || ctx.Err() != nil || errors.Is(cause, store.ErrConflict) {
		return nil, cause // our world is at fault, not the message
	}
	in.tries[l.ID]++
	in.b.log.Error("a message could not be handled", "uid", l.ID.UID, "message_id", l.plan.messageID(), "try",
		in.tries[l.ID], "error", cause)
	if in.tries[l.ID] < maxTries {
		return []mailbox.Verdict{mailbox.Retry}, nil
	}
	delete(in.tries, l.ID)
	l.plan = l.plan.bury("failed")
	if err := in.commit(ctx, []*letter{l}); err != nil {
		return nil, err
	}
	return []mailbox.Verdict{l.verdict}, nil
}

// read reads the messages, each for so long that it holds up no other.
func (in *inbound) read(ctx context.Context, msgs []mailbox.Message) []*letter {
	letters := make([]*letter, len(msgs))
	var all sync.WaitGroup
	for i, m := range msgs {
		all.Go(func() {
			l := &letter{Message: m, skip: !in.since.IsZero() && m.Received.Before(in.since), free: in.waiting.free(m.ID.UID)}
			letters[i] = l
			plan, read := in.b.mails.finish(ctx, m)
			if l.plan, l.waits = plan, !read; l.waits {
				in.b.log.Warn("a message takes long to read, the others go on", "uid", m.ID.UID, "size", m.Size)
			}
			if m.TooLarge && l.plan.Purpose != Ignore {
				l.plan = l.plan.bury("too-large")
			}
			if m.Err != nil {
				l.plan = Plan{}.bury("unreadable")
			}
			l.outcome = in.entry(l)
		})
	}
	all.Wait()
	return letters
}

// interpret says what a message means and what proves its sender; a panic in a parser is that message's trouble. Once
// the parser is done, parsed is called: what follows mostly waits for the DNS.
func (b *Bot) interpret(ctx context.Context, m mailbox.Message, parsed func()) (p Plan) {
	office := b.office.Load()
	err := guard(func() error {
		p = office.Interpret(m.Raw)
		parsed()
		ctx, cancel := context.WithTimeout(ctx, proveTimeout)
		defer cancel()
		office.Prove(ctx, &p, m.Raw, b.now())
		return nil
	})
	if err != nil {
		b.log.Error("a message could not be read", "uid", m.ID.UID, "error", err)
		return Plan{}.bury("unreadable")
	}
	return p
}

// entry is what the ledger remembers of a message.
func (in *inbound) entry(l *letter) store.LedgerEntry {
	e := store.LedgerEntry{Mailbox: in.b.opts.IMAP.Username + " " + l.ID.Mailbox, UIDValidity: l.ID.UIDValidity,
		UID:       l.ID.UID,
		MessageID: l.plan.messageID(), Digest: digest(l.Raw), BodyDigest: digest(bodyOf(l.Raw))}
	if len(l.Raw) == 0 { // nothing to compare by but its place
		e.Digest = fmt.Sprintf("none %s %d %d", l.ID.Mailbox, l.ID.UIDValidity, l.ID.UID)
	}
	return e
}

// digest is the hex SHA-256 that ledger and history know a mail by.
func digest(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// bodyOf is what follows the header, which another route would have changed.
func bodyOf(raw []byte) []byte {
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(raw, []byte(end)); i >= 0 {
			return raw[i+len(end):]
		}
	}
	return nil
}

// prepare asks for all that the letters may be about with few questions, and
// reports which of them were handled before.
func (t *turn) prepare(letters []*letter) (known []bool, err error) {
	var entries []store.LedgerEntry
	var numbers, senders []string
	for _, l := range letters {
		entries = append(entries, l.outcome)
		senders = append(senders, l.plan.senders()...)
		numbers = append(numbers, l.plan.candidates()...)
	}
	if known, err = t.tx.Known(entries); err != nil {
		return nil, err
	}
	return known, errors.Join(t.tx.Load(numbers...), t.tx.LoadHandled(t.now.Add(-limitWindow), senders...))
}

// commit handles the letters in one transaction.
func (in *inbound) commit(ctx context.Context, letters []*letter) error {
	var lines []func()
	err := in.b.inTurn(ctx, func(t *turn) error {
		tx := t.tx
		lines = nil
		if in.lease != "" {
			if err := tx.Fenced(in.lease, in.epoch); err != nil {
				return err
			}
		}
		known, err := t.prepare(letters)
		if err != nil {
			return err
		}
		for i, l := range letters {
			if l.skip {
				l.verdict = mailbox.Leave
				continue
			}
			if l.verdict = mailbox.Processed; known[i] {
				lines = append(lines, func() {
					in.b.log.Info("mail", "outcome", "known", "message_id", l.plan.messageID(), "uid", l.ID.UID)
				})
				continue
			}
			if l.waits {
				l.verdict = mailbox.Retry
				continue
			}
			if err := t.handle(l); err != nil {
				return err
			}
			if l.verdict != mailbox.Wait {
				tx.Record(l.outcome)
			}
			lines = append(lines, func() {
				in.b.log.Info("mail", "outcome", l.outcome.Outcome, "request", l.outcome.Number, "message_id", l.outcome.MessageID,
					"uid", l.ID.UID)
			})
		}
		return nil
	})
	if err == nil {
		for _, line := range lines {
			line()
		}
		in.held(letters)
		for _, l := range letters {
			delete(in.tries, l.ID)
		}
	}
	return err
}

// guard turns a panic into an error: any bytes may arrive by mail.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return f()
}

func (p Plan) messageID() string {
	if p.Message == nil {
		return ""
	}
	return valid(p.Message.MessageID)
}
