package bot

import (
	"context"
	"fmt"
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
	if done.Adopted == 0 {
		return nil
	}
	b.log.Warn("took requests into the record that were written without the key, as an older version does", "requests", done.Adopted)
	return b.inTurn(ctx, func(t *turn) error {
		return t.tellOperatorsOnce("record adopted", guideWindow, "Riwayat permohonan disegel",
			fmt.Sprintf("Riwayat %d permohonan yang ditulis versi sebelumnya telah disegel dengan kunci layanan sebagaimana adanya. Hal ini wajar sesaat setelah versi baru dipasang. "+
				"Jika tidak ada versi baru yang dipasang, mohon periksa dengan perintah “layanan audit verify --anchor BERKAS”, dengan surat sidik riwayat terakhir sebagai berkasnya.", done.Adopted))
	})
}
