package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// anchorMargin is how long after midnight a day is anchored: every transaction
// that began before has then ended, however two daemons' clocks differ.
const anchorMargin = 10 * time.Minute

// anchorDay is the office's midnight up to which the histories can be anchored.
func (b *Bot) anchorDay() time.Time {
	loc := b.office.Load().Procedure.Calendar.Location()
	y, m, d := b.now().Add(-anchorMargin).In(loc).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, loc)
}

// anchor mails the operators what all histories were at midnight, so that
// somebody outside of the database holds it. A day that added nothing is passed
// over.
func (b *Bot) anchor(ctx context.Context, day time.Time) error {
	err := b.inTurn(ctx, func(t *turn) error {
		last, err := t.tx.LastAnchor()
		if err != nil || !last.Before.Before(day) {
			return err
		}
		a, err := t.tx.Weigh(day)
		if err != nil || a.Entries == 0 || a.Digest == last.Digest {
			return err
		}
		if err := t.tx.KeepAnchor(a); err != nil {
			return err
		}
		for _, o := range t.procedure.Operators {
			n := workflow.Notice{Kind: workflow.NoticeDeadLetter, To: o, Role: workflow.Operators}
			if err := t.enqueue(workflow.Request{}, n, notify.Context{Topic: "Sidik riwayat permohonan", Detail: anchorText(a)},
				""); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, store.ErrConflict) {
		return nil // another daemon did it
	}
	return err
}

func anchorText(a store.Anchor) string {
	return fmt.Sprintf("Mohon simpan surat ini di luar server layanan. Surat ini memuat sidik (SHA-256) %d catatan "+
		"riwayat dari %d permohonan sampai tadi malam. "+
		"Bila kelak ada riwayat yang diubah atau dipotong, perintah “layanan audit verify --anchor BERKAS”, dengan surat "+
		"ini sebagai berkasnya, akan menunjukkannya. Sidiknya: %s", a.Entries, a.Requests, a)
}
