package smime_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"

	"batan.go.id/layanan/internal/smime"
)

var noon = time.Now().Truncate(time.Second) // the library signs at this time

// holder is a certificate with its key.
type holder struct {
	cert *x509.Certificate
	key  crypto.Signer
}

// authority is a certificate that signs others.
func authority(t testing.TB, name string) *holder {
	return issue(t, nil, func(c *x509.Certificate) {
		c.Subject.CommonName, c.IsCA, c.BasicConstraintsValid = name, true, true
		c.KeyUsage, c.ExtKeyUsage, c.EmailAddresses = x509.KeyUsageCertSign, nil, nil
	})
}

// issue makes a certificate for ka@batan.go.id, but for what edit changes.
func issue(t testing.TB, by *holder, edit func(*x509.Certificate)) *holder {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(0x1a2b),
		Subject:   pkix.Name{CommonName: "Kepala PPIKSN", Organization: []string{"BATAN"}},
		NotBefore: noon.Add(-time.Hour), NotAfter: noon.Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection}, EmailAddresses: []string{"Ka@batan.go.id"}}
	if edit != nil {
		edit(c)
	}
	h := &holder{c, key}
	if by == nil {
		by = h
	}
	der, err := x509.CreateCertificate(rand.Reader, c, by.cert, key.Public(), by.key)
	if err != nil {
		t.Fatal(err)
	}
	if h.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return h
}

// sign makes a SignedData of content, but for what edit changes.
func sign(t testing.TB, content string, h *holder, edit func(*pkcs7.SignedData)) []byte {
	t.Helper()
	sd, err := pkcs7.NewSignedData([]byte(content))
	if err != nil {
		t.Fatal(err)
	}
	sd.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	if err := sd.AddSigner(h.cert, h.key, pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	if edit != nil {
		edit(sd)
	}
	der, err := sd.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func pool(of ...*holder) *x509.CertPool {
	p := x509.NewCertPool()
	for _, h := range of {
		p.AddCert(h.cert)
	}
	return p
}

const text = "Content-Type: text/plain\r\n\r\nSetuju\r\n"

func TestVerify(t *testing.T) {
	root, other := authority(t, "BSrE"), authority(t, "BSrE")
	middle := issue(t, root, func(c *x509.Certificate) {
		c.IsCA, c.BasicConstraintsValid, c.KeyUsage, c.ExtKeyUsage = true, true, x509.KeyUsageCertSign, nil
	})
	ka := issue(t, root, nil)
	detach := (*pkcs7.SignedData).Detach
	sha1 := asn1.ObjectIdentifier(pkcs7.OIDDigestAlgorithmSHA1)
	for _, c := range []struct {
		name      string
		signature []byte
		content   string
		roots     *x509.CertPool
		now       time.Time
		fault     string
	}{
		{"detached", sign(t, text, ka, detach), text, pool(root), noon, ""},
		{"enclosed", sign(t, text, ka, nil), text, pool(root), noon, ""},
		{"of several authorities", sign(t, text, ka, detach), text, pool(other, root), noon, ""},
		{"by a subordinate authority", sign(t, text, issue(t, middle, nil),
			func(sd *pkcs7.SignedData) { sd.AddCertificate(middle.cert) }), text, pool(root), noon, ""},
		{"for any use", sign(t, text, issue(t, root, func(c *x509.Certificate) { c.ExtKeyUsage, c.KeyUsage = nil, 0 }),
			detach), text, pool(root), noon, ""},

		{"altered", sign(t, text, ka, detach), strings.Replace(text, "Setuju", "Tolak!", 1), pool(root), noon,
			"does not fit the mail"},
		{"line ends altered", sign(t, text, ka, detach), strings.ReplaceAll(text, "\r\n", "\n"), pool(root), noon,
			"does not fit the mail"},
		{"enclosed, another text shown", sign(t, text, ka, nil), "Content-Type: text/plain\r\n\r\nTolak\r\n", pool(root),
			noon, "contains another text"},
		{"of another authority of that name", sign(t, text, issue(t, other, nil), detach), text, pool(root), noon,
			"not trusted"},
		{"by itself", sign(t, text, issue(t, nil, nil), detach), text, pool(root), noon, "not trusted"},
		{"by a holder who is no authority", sign(t, text, issue(t, ka, nil),
			func(sd *pkcs7.SignedData) { sd.AddCertificate(ka.cert) }), text, pool(root), noon, "not trusted"},
		{"expired", sign(t, text, ka, detach), text, pool(root), noon.Add(2 * time.Hour), "not trusted"},
		{"not yet valid", sign(t, text, ka, detach), text, pool(root), noon.Add(-2 * time.Hour), "not trusted"},
		{"signed outside of its time", sign(t, text,
			issue(t, root, func(c *x509.Certificate) { c.NotBefore = noon.Add(time.Minute) }), detach), text, pool(root),
			noon.Add(2 * time.Minute), "does not fit the mail"},
		{"for servers", sign(t, text, issue(t, root,
			func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth} }), detach), text,
			pool(root), noon, "not trusted"},
		{"for encryption", sign(t, text, issue(t, root,
			func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageKeyAgreement }), detach), text, pool(root), noon,
			"not for signing"},
		{"two signers", sign(t, text, ka, func(sd *pkcs7.SignedData) {
			if err := sd.AddSigner(ka.cert, ka.key, pkcs7.SignerInfoConfig{}); err != nil {
				t.Error(err)
			}
		}), text, pool(root), noon, "not signed by one person"},
		{"nobody", sign(t, text, ka, func(sd *pkcs7.SignedData) { sd.GetSignedData().SignerInfos = nil }), text, pool(root),
			noon, "not signed by one person"},
		{"without attributes", bare(t, text, ka), text, pool(root), noon, "does not say what it signs"},
		{"weak digest", sign(t, text, ka, func(sd *pkcs7.SignedData) {
			sd.GetSignedData().SignerInfos = nil
			sd.SetDigestAlgorithm(sha1)
			if err := sd.AddSigner(ka.cert, ka.key, pkcs7.SignerInfoConfig{}); err != nil {
				t.Error(err)
			}
		}), text, pool(root), noon, "too weak"},
		{"with a huge key", sign(t, text, ka, func(sd *pkcs7.SignedData) { sd.AddCertificate(huge(t, root)) }), text,
			pool(root), noon, "too large"},
		{"no authorities", sign(t, text, ka, detach), text, nil, noon, "no certificate authority"},
		{"empty list of authorities", sign(t, text, ka, detach), text, pool(), noon, "not trusted"},
		{"nothing", nil, text, pool(root), noon, "cut off or nested too deeply"},
		{"large", make([]byte, 2<<20), text, pool(root), noon, "too large"},
		{"deep", []byte(strings.Repeat("\x30\x80", 1<<19)), text, pool(root), noon, "cut off or nested too deeply"},
		{"cut off", sign(t, text, ka, detach)[:500], text, pool(root), noon, "cut off or nested too deeply"},
		{"deep behind an end", []byte("\x30\x80\x00\x00" + strings.Repeat("\x30\x80\x00\x00", 1<<18)), text, pool(root),
			noon, "cut off or nested too deeply"},
		{"deep by sizes", []byte(strings.Repeat("\x30\x84\x00\x0f\xff\xff", 1<<17)), text, pool(root), noon,
			"cut off or nested too deeply"},
	} {
		s, err := smime.Verify(c.signature, []byte(c.content), c.roots, c.now)
		switch {
		case c.fault != "":
			if err == nil || !strings.Contains(err.Error(), c.fault) || s != nil {
				t.Errorf("%s: signed by %v, error %v, want …%s…", c.name, s, err, c.fault)
			}
		case err != nil:
			t.Errorf("%s: %v", c.name, err)
		case s.String() != "CN=Kepala PPIKSN,O=BATAN serial=1A2B" || !s.Is("ka@batan.go.id"):
			t.Errorf("%s: signed by %v for %q", c.name, s, s.Addresses)
		}
	}
}

// huge is a certificate whose key would keep us busy for minutes.
func huge(t *testing.T, by *holder) *x509.Certificate {
	n := new(big.Int).Lsh(big.NewInt(1), 1<<20)
	key := &rsa.PublicKey{N: n.SetBit(n, 0, 1), E: 65537}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(1)}, by.cert, key, by.key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// bare signs the content itself, without attributes.
func bare(t *testing.T, content string, h *holder) []byte {
	sd, err := pkcs7.NewSignedData([]byte(content))
	if err != nil {
		t.Fatal(err)
	}
	sd.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	if err := sd.SignWithoutAttr(h.cert, h.key, pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	der, err := sd.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// TestAddress: the addresses are the alternative names; the subject's only
// where there are none.
func TestAddress(t *testing.T) {
	root := authority(t, "BSrE")
	subject := func(address string) func(*x509.Certificate) {
		return func(c *x509.Certificate) {
			c.Subject.ExtraNames = []pkix.AttributeTypeAndValue{{Type: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 1},
				Value: address}}
		}
	}
	for _, c := range []struct {
		name string
		edit func(*x509.Certificate)
		want []string
	}{
		{"alternative name", nil, []string{"Ka@batan.go.id"}},
		{"two", func(c *x509.Certificate) { c.EmailAddresses = []string{"a@batan.go.id", "b@batan.go.id"} },
			[]string{"a@batan.go.id", "b@batan.go.id"}},
		{"subject", func(c *x509.Certificate) { c.EmailAddresses = nil; subject("ka@batan.go.id")(c) },
			[]string{"ka@batan.go.id"}},
		{"both", subject("evil@example.org"), []string{"Ka@batan.go.id"}},
		{"none", func(c *x509.Certificate) { c.EmailAddresses = nil; c.Subject.CommonName = "ka@batan.go.id" }, nil},
	} {
		s, err := smime.Verify(sign(t, text, issue(t, root, c.edit), nil), []byte(text), pool(root), noon)
		if err != nil || !slices.Equal(s.Addresses, c.want) {
			t.Errorf("%s: %+v, %v", c.name, s, err)
		}
	}
	s := smime.Signer{Addresses: []string{"ka@batan.go.id"}}
	for address, want := range map[string]bool{"KA@BATAN.go.id": true, "\u212Aa@batan.go.id": false,
		"ka@batan.go.id.example.org": false, "wakil@batan.go.id": false, "": false} {
		if s.Is(address) != want {
			t.Errorf("a certificate for %s is one for %q", s.Addresses, address)
		}
	}
}

// FuzzVerify: no bytes make it panic, and none that were not signed pass.
func FuzzVerify(f *testing.F) {
	root := authority(f, "BSrE")
	roots := pool(root)
	good := sign(f, text, issue(f, root, nil), nil)
	f.Add(good, text)
	f.Add([]byte("\x30\x80\x06\x00\x00\x00"), text)
	f.Fuzz(func(t *testing.T, signature []byte, content string) {
		if s, err := smime.Verify(signature, []byte(content), roots, noon); err == nil && content != text {
			t.Errorf("%q is signed by %s", content, s)
		}
	})
}
