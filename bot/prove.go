package bot

import (
	"context"
	"crypto/x509"
	"time"

	"batan.go.id/layanan/smime"
)

// Signatures says which signatures in a mail the office verifies itself. The
// zero value verifies none.
type Signatures struct {
	Authorities *x509.CertPool // whose certificates count (S/MIME)
}

// Prove adds to a plan what the mail itself proves of its sender. It is not
// asked of mails that nothing will be done with.
func (o *Office) Prove(_ context.Context, p *Plan, now time.Time) {
	if p.Purpose != Follow {
		return
	}
	if s := p.Message.Signed; s != nil && o.Signatures.Authorities != nil {
		signer, err := smime.Verify(s.Signature, s.Content, o.Signatures.Authorities, now)
		switch {
		case err != nil:
			p.warn("The signature is worth nothing: " + clean(err.Error()) + ".")
		case !signer.Is(p.Message.From):
			p.warn("The signature is that of somebody else: " + signer.String() + ".")
		default:
			p.signer = signer
		}
	}
}

func (p *Plan) warn(sentence string) { p.Message.Warnings = append(p.Message.Warnings, sentence) }
