package bot

import (
	"context"

	"golang.org/x/sync/errgroup"

	"batan.go.id/layanan/mailbox"
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

// SendMails sends what is in the outbox, as the daemon does, until ctx ends.
func (b *Bot) SendMails(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	for i := range queues {
		g.Go(func() error { return b.sendMails(ctx, i) })
	}
	return g.Wait()
}
