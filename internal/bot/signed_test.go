package bot_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"

	"batan.go.id/layanan/workflow"
)

// signer is somebody with a certificate for mail.
type signer struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// certify makes a certificate for an address; without by, an authority's.
func certify(t *testing.T, by *signer, email string) *signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now() // the library signs at this time; the story's is in its span too
	c := &x509.Certificate{SerialNumber: big.NewInt(0xbeef), Subject: pkix.Name{CommonName: email},
		NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(3, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, EmailAddresses: []string{email}}
	if h := (&signer{c, key}); by == nil {
		c.IsCA, c.BasicConstraintsValid, c.KeyUsage, by = true, true, x509.KeyUsageCertSign, h
	}
	der, err := x509.CreateCertificate(rand.Reader, c, by.cert, key.Public(), by.key)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return &signer{c, key}
}

// sign makes the SignedData of a part, apart from it or around it.
func (g *signer) sign(t *testing.T, part string, apart bool) string {
	t.Helper()
	sd, err := pkcs7.NewSignedData([]byte(strings.ReplaceAll(part, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	sd.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	if err := sd.AddSigner(g.cert, g.key, pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	if apart {
		sd.Detach()
	}
	der, err := sd.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(der)
}

// detached is the header's end and the body of a mail with its signature apart.
func (g *signer) detached(t *testing.T, part string) string {
	return "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; " +
		"micalg=sha-256; boundary=b\n\n--b\n" + part +
		"\n--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\n\n" +
		g.sign(t, part, true) + "\n--b--\n"
}

// around is the same with the text within the signature.
func (g *signer) around(t *testing.T, part string) string {
	return "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: " +
		"base64\n\n" + g.sign(t, part, false) + "\n"
}

// TestSignedApproval: where the SOP asks for it, an office's answer counts only
// in a mail that is signed, by its sender, under the token of the task.
func TestSignedApproval(t *testing.T) {
	root, stranger := certify(t, nil, "BSrE"), certify(t, nil, "BSrE")
	ka, wakil := certify(t, root, "Ka@batan.go.id"), certify(t, root, "wakil@batan.go.id")
	const refused, moved = "unrecognised ka", "task kabid, receipt ka, progress ani"
	const proof = "token (plus address), smime CN=Ka@batan.go.id serial=BEEF"
	said := func(word, quoted string) string {
		return "Content-Type: text/plain; charset=utf-8\n\n" + word +
			"\n\nPada Sen, 23 Nov 2026 pukul 09.00 Layanan BATANnet menulis:\n> Mohon persetujuan\n> Kode: " + quoted + "\n"
	}
	for _, c := range []struct {
		name string
		mail func(t *testing.T, live, past string) string
		out  string
	}{
		{"signed", func(t *testing.T, live, _ string) string { return ka.detached(t, said("Setuju", live)) }, moved},
		{"signed, all in one", func(t *testing.T, live, _ string) string { return ka.around(t, said("Setuju", live)) },
			moved},
		{"not signed", func(_ *testing.T, live, _ string) string { return said("Setuju", live) }, refused},
		{"not signed, a refusal", func(_ *testing.T, live, _ string) string { return said("Tolak karena penuh", live) },
			refused},
		{"not signed, a question of the state", func(_ *testing.T, live, _ string) string { return said("Status", live) },
			"status ka"},
		{"without the token", func(t *testing.T, _, _ string) string { return ka.detached(t, said("Setuju", "-")) },
			refused},
		{"for an earlier task", func(t *testing.T, _, past string) string { return ka.detached(t, said("Setuju", past)) },
			refused},
		{"by the deputy's certificate", func(t *testing.T, live,
			_ string) string {
			return wakil.detached(t, said("Setuju", live))
		}, refused},
		{"by an authority that is not trusted", func(t *testing.T, live, _ string) string {
			return certify(t, stranger, "ka@batan.go.id").detached(t, said("Setuju", live))
		}, refused},
		{"altered", func(t *testing.T, live, _ string) string {
			return strings.Replace(ka.detached(t, said("Tanya berapa pesertanya?", live)), "Tanya berapa pesertanya?", "Setuju",
				1)
		}, refused},
		{"with another text before the signed one", func(t *testing.T, live, _ string) string {
			return "Content-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: text/plain\n\nSetuju\n--c\n" +
				ka.detached(t, said("Tolak karena penuh", live)) + "--c--\n"
		}, refused},
		{"with a third part", func(t *testing.T, live, _ string) string {
			return strings.Replace(ka.detached(t, said("Setuju", live)), "--b\n",
				"--b\nContent-Type: text/plain\n\nSetuju\n--b\n", 1)
		}, refused},
		{"the signature of OpenPGP", func(t *testing.T, live, _ string) string {
			return strings.ReplaceAll(ka.detached(t, said("Setuju", live)), "application/pkcs7-signature",
				"application/pgp-signature")
		}, refused},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newStory(t, "\r\n")
			s.signedStep("persetujuan", root)
			s.mail("ani", vc("Rapat anggaran"))
			past := token(s.token("ka", "task"))
			s.reply("ani", "", "UBAH\nPelaksanaan: Ruang Rapat Besar\n")
			to := s.token("ka", "task")
			s.out()
			s.hand("Authentication-Results: mx.batan.go.id; dmarc=pass\nFrom: ka@batan.go.id\nTo: " + to +
				"\nMessage-ID: <it@mail>\n" + c.mail(t, token(to), past))
			var out []string
			for line := range strings.Lines(string(s.out())) {
				out = append(out, strings.Join(strings.Fields(line)[:2], " "))
			}
			want := ""
			if c.out == moved {
				want = "token (plus address), dmarc=pass mx.batan.go.id, smime CN=Ka@batan.go.id serial=BEEF"
			}
			if got := strings.Join(out, ", "); got != c.out || s.proofs("VC-2026-0001") != want {
				t.Errorf("got %q by %q, want %q by %q", got, s.proofs("VC-2026-0001"), c.out, want)
			}
		})
	}
	t.Run("elsewhere a signature adds to the record", func(t *testing.T) {
		s := newStory(t, "\n")
		s.signedStep("", root)
		s.mail("ani", vc("Rapat anggaran"))
		to := s.token("ka", "task")
		s.hand("From: ka@batan.go.id\nTo: " + to + "\nMessage-ID: <it@mail>\n" + ka.detached(t, said("Setuju", token(to))))
		if got := s.proofs("VC-2026-0001"); got != proof {
			t.Errorf("proven by %q, want %q", got, proof)
		}
	})
	t.Run("no signature stands for the token", func(t *testing.T) {
		s := newStory(t, "\n")
		s.signedStep("", root)
		s.mail("ani", vc("Rapat anggaran"))
		s.hand("From: ka@batan.go.id\nSubject: [VC-2026-0001]\nMessage-ID: <it@mail>\n" +
			ka.detached(t, said("Setuju", "VC-2026-0001")))
		if s.step("VC-2026-0001") != "persetujuan" {
			t.Error("an approval that was signed for something else counts")
		}
	})
}

// token is what a plus address carries.
func token(address string) string {
	_, rest, _ := strings.Cut(address, "+")
	token, _, _ := strings.Cut(rest, "@")
	return token
}

// signedStep makes the office trust an authority, and the SOP ask for its
// signature at a step.
func (s *story) signedStep(step string, root *signer) {
	o := testOffice(s.t)
	if step != "" {
		source := strings.Replace(string(workflow.BuiltInSOP().Source), "  - id: "+step+"\n", "  - id: "+step+
			"\n    trust: {require: signature}\n", 1)
		sop, err := workflow.ParseSOP("sop.yaml", []byte(source))
		if err != nil {
			s.t.Fatal(err)
		}
		*o.Procedure.SOP = *sop
	}
	o.Signatures.Authorities = x509.NewCertPool()
	o.Signatures.Authorities.AddCert(root.cert)
	s.bot.Use(o)
}
