package bot

import (
	"context"
	"time"
)

// seal puts the record under the key in force. When it takes into it what had
// been written without a key, the operators are told: after an upgrade they
// expect it, and at any other time somebody has made the database look old.
func (b *Bot) seal(ctx context.Context) error {
	done, err := b.opts.Store.Seal(ctx, b.now())
	if err != nil {
		b.renewal = b.now()
		return err
	}
	b.renewal = done.Next
	if n := len(done.Refused); n > 0 {
		b.log.Error("the record does not hold; layanan audit verify tells more", "places", n, "first", done.Refused[0])
	}
	if done.Renewed > 0 {
		b.log.Info("the record was sealed anew", "seals", done.Renewed)
	}
	if done.Adopted > 0 {
		b.log.Warn("took requests into the record that were written without the key, as an older version does", "requests",
			done.Adopted)
	}
	if done.TookOver.IsZero() || b.now().Sub(done.TookOver) > tookOverWindow {
		return nil
	}
	return b.inTurn(ctx, func(t *turn) error { // whoever did it: a command may have been first
		return t.tellOperatorsOnce("record adopted "+done.TookOver.UTC().Format(time.RFC3339), 2*tookOverWindow,
			"Riwayat permohonan disegel",
			"Mohon pastikan bahwa versi baru layanan memang baru saja dipasang, karena riwayat permohonan yang ditulis versi "+
				"sebelumnya telah disegel dengan kunci layanan sebagaimana adanya. "+
				"Jika tidak ada versi baru yang dipasang, mohon periksa riwayat itu dengan perintah “layanan audit verify "+
				"--anchor BERKAS”, dengan surat sidik riwayat terakhir sebagai berkasnya.")
	})
}

// tookOverWindow is how long after it the operators may yet be told.
const tookOverWindow = 30 * 24 * time.Hour
