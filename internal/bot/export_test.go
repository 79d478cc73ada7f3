package bot

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/internal/mailbox"
)

// Inbox gives a test the bot's side of the mailbox.
func (b *Bot) Inbox() mailbox.Handler { return &inbound{b: b, tries: map[mailbox.ID]int{}} }

// Anchor anchors the histories of the days that have passed.
func (b *Bot) Anchor(ctx context.Context) error { return b.anchor(ctx, b.anchorDay()) }

// Ring handles the alarms that have come.
func (b *Bot) Ring(ctx context.Context) (int, error) {
	if err := b.inTurn(ctx, (*turn).remind); err != nil {
		return 0, err
	}
	return b.ringOnce(ctx)
}

// Vouched tells a test which header fields a mail's own signature covers.
func (p Plan) Vouched() []string { return p.vouched }

// Slowed is the same for a bot whose parser first does something else with a mail, and that waits a little while only.
func (b *Bot) Slowed(first func(raw []byte)) mailbox.Handler {
	b.mails = newReadings(func(ctx context.Context, m mailbox.Message, parsed func()) Plan {
		first(m.Raw)
		return b.interpret(ctx, m, parsed)
	})
	b.mails.patience, b.mails.limit = 100*time.Millisecond, 500*time.Millisecond
	return b.Inbox()
}

// SendMails sends what is in the outbox, as the daemon does, until ctx ends.
func (b *Bot) SendMails(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	for i := range queues {
		g.Go(func() error { return b.sendMails(ctx, i) })
	}
	return g.Wait()
}

// Seal puts the record under the key in force.
func (b *Bot) Seal(ctx context.Context) error { return b.seal(ctx) }
