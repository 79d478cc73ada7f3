package bot

import (
	"fmt"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/workflow"
)

// bouncedBack finds the mail of ours by the token in the address that a report
// was sent to, made for the recipient that it names.
func (t *turn) bouncedBack(p *Plan) (store.Mail, error) {
	b := p.Event.Bounce
	for _, token := range p.Message.Tokens {
		if token.Way != authres.ByAddress || b.Recipient == "" {
			continue
		}
		r, err := t.tx.Request(authres.NumberOf(token.Text))
		if err == nil && t.office.Identity.Keys.State([]string{token.Text}, &r, b.Recipient) != workflow.NoToken {
			return t.tx.BouncedTo(r.Number, b.Recipient, b.Status)
		}
	}
	return store.Mail{}, store.ErrNotFound
}

// unmatched tells the operators of a report that may be about a mail of ours,
// but does not show which.
func (t *turn) unmatched(p *Plan) error {
	if p.Number == "" || p.Event.Bounce.Recipient == "" {
		return nil
	}
	return t.tellOperatorsOnce("unmatched", limitWindow, "Laporan surat gagal yang tidak dapat dicocokkan",
		fmt.Sprintf("Mohon periksa apakah %s masih menerima surat tentang permohonan %s. Ada laporan bahwa surat kepada "+
			"alamat itu tidak sampai, tetapi laporannya tidak memuat surat kami, sehingga tidak kami catat dalam riwayat.",
			p.Event.Bounce.Recipient, p.Number))
}
