package bot

import (
	"context"
	"crypto/x509"
	"time"

	"batan.go.id/layanan/internal/smime"
)

// Signatures says which signatures in a mail count besides what the server says
// of its sender. With the zero value none does.
type Signatures struct {
	// Authorities are those whose certificates count (S/MIME); nil: nobody's.
	Authorities *x509.CertPool

	// Sealers are the domains of the relays whose word on a mail's sender
	// counts, where the server found their seals good (ARC), in lower case.
	Sealers []string

	// LookupTXT asks the DNS for the keys of domains (DKIM); nil: such
	// signatures are the server's to verify.
	LookupTXT func(ctx context.Context, name string) ([]string, error)
}

// proveTimeout bounds how long the DNS may keep a mail, and those that came with
// it, waiting; what could not be proven by then needs its token.
const proveTimeout = 4 * time.Second

// Prove adds to the plan of a mail that could act what its signatures prove of
// its sender. raw is the mail; now is when it came.
func (o *Office) Prove(ctx context.Context, p *Plan, raw []byte, now time.Time) {
	if p.Purpose != Follow && p.Purpose != File && p.Purpose != Note {
		return
	}
	m, s := p.Message, o.Signatures
	if m.Signed != nil && s.Authorities != nil {
		signer, err := smime.Verify(m.Signed.Signature, m.Signed.Content, s.Authorities, now)
		switch {
		case err != nil:
			m.Warnings = append(m.Warnings, "The signature is worth nothing: "+valid(err.Error())+".")
		case !signer.Is(m.From) && !signer.Is(p.Event.By.Email):
			m.Warnings = append(m.Warnings, "The signature is that of somebody else: "+signer.String()+".")
		default:
			p.signer = signer
		}
	}
	if m.Auth == nil && s.LookupTXT != nil { // the server says nothing of its own
		if domain, covered := s.signedBy(ctx, raw, m); domain != "" {
			p.Event.Proof, p.vouched = "dkim=pass d="+domain+" (own check)", covered
		}
	}
}
