package bot

import (
	"context"

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

// Seal puts the record under the key in force.
func (b *Bot) Seal(ctx context.Context) error { return b.seal(ctx) }
