// Package smime verifies the signature of a mail: who signed its content
// (S/MIME, RFC 8551), according to the certificate authorities that the
// office trusts. It is pure, and takes any bytes.
//
// Revocation is not looked up: a certificate is good until it expires or its
// authority's file is taken out of the configuration.
package smime

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/smallstep/pkcs7"
)

// maxOverhead is how many bytes a signature may have besides the content: a
// few certificates.
const maxOverhead = 1 << 20

// Signer is whoever signed a mail, as the certificate says.
type Signer struct {
	Subject   string   // the distinguished name (RFC 2253)
	Serial    string   // hexadecimal
	Addresses []string // mail addresses that the certificate is for
}

// String names the signer for a record: CN=…,O=… serial=….
func (s *Signer) String() string { return s.Subject + " serial=" + s.Serial }

// Is reports whether the certificate is for a mail address. Case does not
// matter in ASCII letters; other characters that fold to those are longer.
func (s *Signer) Is(address string) bool {
	for _, a := range s.Addresses {
		if len(a) == len(address) && strings.EqualFold(a, address) {
			return true
		}
	}
	return false
}

// Verify says who signed content, which has the line ends CRLF; signature is
// the SignedData (RFC 5652) that came with the mail or, when the mail is all
// within it, contains content. The signer's certificate must lead to one of
// the roots and be good for mail at the instant now. The error says in a few
// words what is wrong.
func Verify(signature, content []byte, roots *x509.CertPool, now time.Time) (s *Signer, err error) {
	defer func() {
		if r := recover(); r != nil { // the library has met bytes that nobody thought of
			s, err = nil, fmt.Errorf("the signature can't be read: %v", r)
		}
	}()
	switch {
	case roots == nil:
		return nil, errors.New("no certificate authority is trusted")
	case len(signature) > len(content)+len(content)/64+maxOverhead:
		return nil, errors.New("the signature is too large")
	case !shallow(signature):
		return nil, errors.New("the signature is cut off or nested too deeply")
	}
	p, err := pkcs7.Parse(signature)
	if err != nil {
		return nil, fmt.Errorf("the signature can't be read: %w", err)
	}
	cert := p.GetOnlySigner()
	if cert == nil {
		return nil, errors.New("the mail is not signed by one person with a certificate")
	}
	if slices.ContainsFunc(p.Certificates, laborious) {
		return nil, errors.New("a key is too large")
	}
	if err := sound(p, content); err != nil {
		return nil, err
	}
	p.Content = content
	if err := p.Verify(); err != nil {
		return nil, fmt.Errorf("the signature does not fit the mail: %w", err)
	}
	if err := trusted(cert, p.Certificates, roots, now); err != nil {
		return nil, err
	}
	return signer(cert), nil
}

// maxRSA is how many bits a key may have; the work grows with their square, and
// it is done before anybody is trusted.
const maxRSA = 8192

func laborious(c *x509.Certificate) bool {
	key, ok := c.PublicKey.(*rsa.PublicKey)
	return ok && key.N.BitLen() > maxRSA
}

// digests are those that nobody can make collide.
var digests = []asn1.ObjectIdentifier{pkcs7.OIDDigestAlgorithmSHA256, pkcs7.OIDDigestAlgorithmSHA384,
	pkcs7.OIDDigestAlgorithmSHA512}

// sound checks what the library does not: that the content is the mail's, that
// what is signed are attributes with its digest (RFC 8551, 2.5: without them
// one signed text could be passed off as another), and that the digest is a
// strong one.
func sound(p *pkcs7.PKCS7, content []byte) error {
	if len(p.Content) > 0 && !bytes.Equal(p.Content, content) {
		return errors.New("the signature contains another text")
	}
	var kind asn1.ObjectIdentifier
	if err := p.UnmarshalSignedAttribute(pkcs7.OIDAttributeContentType, &kind); err != nil || !kind.Equal(pkcs7.OIDData) {
		return errors.New("the signature does not say what it signs")
	}
	for _, strong := range digests {
		if p.Signers[0].DigestAlgorithm.Algorithm.Equal(strong) {
			return nil
		}
	}
	return errors.New("the signature's digest is too weak")
}

// trusted checks the way from a certificate to the roots, and that it is for
// signing mail (RFC 8550, 4.4).
func trusted(cert *x509.Certificate, others []*x509.Certificate, roots *x509.CertPool, now time.Time) error {
	between := x509.NewCertPool()
	for _, c := range others {
		between.AddCert(c)
	}
	opts := x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: now,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection}}
	if _, err := cert.Verify(opts); err != nil {
		return fmt.Errorf("the certificate is not trusted: %w", err)
	}
	if cert.KeyUsage != 0 && cert.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return errors.New("the certificate is not for signing")
	}
	return nil
}

// emailAddress is the attribute of a name in which old certificates have the
// mail address (RFC 8550, 3).
var emailAddress = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 1}

// signer reads a certificate; where it has alternative names, these count.
func signer(cert *x509.Certificate) *Signer {
	s := &Signer{Serial: fmt.Sprintf("%X", cert.SerialNumber), Addresses: cert.EmailAddresses}
	s.Subject = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(cert.Subject.String(), "\uFFFD"))
	for _, n := range cert.Subject.Names {
		if a, ok := n.Value.(string); ok && len(cert.EmailAddresses) == 0 && n.Type.Equal(emailAddress) {
			s.Addresses = append(s.Addresses, a)
		}
	}
	return s
}
