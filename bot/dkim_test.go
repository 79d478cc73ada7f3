package bot_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"
)

// TestOwnDKIM: where the server says nothing, the bot verifies the signature
// of the sender's domain, and only what that covers counts. No test asks the
// DNS: keys are its records.
func TestOwnDKIM(t *testing.T) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	record := "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)
	keys := map[string]string{
		"k._domainkey.batan.go.id": record, "k._domainkey.mail.batan.go.id": record, "k._domainkey.example.org": record,
		"test._domainkey.batan.go.id": record + "; t=s:y", "gone._domainkey.batan.go.id": "v=DKIM1; p=",
	}
	const head, from = "Subject: Re: [VC-2026-0001] Persetujuan\r\nMessage-ID: <it@mail>\r\nIn-Reply-To: <lost@mail>\r\n", "From: Kepala <ka@batan.go.id>\r\n"
	const mail = from + head + "\r\nSetuju\r\n"
	all := []string{"From", "Subject", "Message-ID", "In-Reply-To", "References"}
	sign := func(mail, domain, selector string, fields ...string) string {
		var out bytes.Buffer
		if len(fields) == 0 {
			fields = all
		}
		opts := &dkim.SignOptions{Domain: domain, Selector: selector, Signer: private, HeaderKeys: fields, HeaderCanonicalization: "relaxed", BodyCanonicalization: "relaxed"}
		if err := dkim.Sign(&out, strings.NewReader(mail), opts); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	good := sign(mail, "batan.go.id", "k")
	for _, c := range []struct{ name, mail, proof string }{
		{"signed", good, "dkim=pass d=batan.go.id (own check)"},
		{"by the mail server's domain", sign(mail, "mail.batan.go.id", "k"), "dkim=pass d=mail.batan.go.id (own check)"},
		{"by another, too", sign(good, "example.org", "k"), "dkim=pass d=batan.go.id (own check)"},
		{"on its way through relays", "Received: from a by b\r\nX-Spam: no\r\n" + good, "dkim=pass d=batan.go.id (own check)"},

		{"not signed", mail, ""},
		{"by another alone", sign(mail, "example.org", "k"), ""},
		{"altered", strings.Replace(sign(strings.Replace(mail, "Setuju", "Tolak saja", 1), "batan.go.id", "k"), "Tolak saja", "Setuju", 1), ""},
		{"another Subject over it", "Subject: [VC-2026-0001]\r\n" + good, ""},
		{"the Subject not signed", sign(mail, "batan.go.id", "k", "From", "Message-ID", "In-Reply-To"), ""},
		{"References put in", "References: <vc-2026-0001.1@batan.go.id>\r\n" + sign(mail, "batan.go.id", "k", "From", "Subject", "In-Reply-To"), ""},
		{"with a key in test", sign(mail, "batan.go.id", "test"), ""},
		{"with a key that was called back", sign(mail, "batan.go.id", "gone"), ""},
		{"with a key that is nowhere", sign(mail, "batan.go.id", "nowhere"), ""},
		{"the header too long", "X-A: " + strings.Repeat("a", 1<<16) + "\r\n" + good, ""},
		{"the server says otherwise", "Authentication-Results: mx.batan.go.id; dkim=none\r\n" + good, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStory(t, "\r\n")
			o := testOffice(t)
			var asked []string
			o.Signatures.LookupTXT = func(ctx context.Context, name string) ([]string, error) {
				if _, bounded := ctx.Deadline(); !bounded {
					t.Error("a question to the DNS without a timeout")
				}
				asked = append(asked, name)
				if key := keys[name]; key != "" {
					return []string{key}, nil
				}
				return nil, errors.New("no such host")
			}
			s.bot.Use(o)
			s.mail("ani", vc("Rapat anggaran"))
			s.out()
			s.hand(c.mail)
			if moved := s.step("VC-2026-0001") == "disposisi"; moved != (c.proof != "") || s.proofs("VC-2026-0001") != c.proof {
				t.Errorf("the request stands at %s by %q, want %q; %s", s.step("VC-2026-0001"), s.proofs("VC-2026-0001"), c.proof, s.out())
			}
			if c.proof == "" && !strings.HasPrefix(string(s.out()), "confirm        ka") {
				t.Error("the holder is not asked to confirm")
			}
			for _, name := range asked {
				if strings.HasSuffix(name, ".example.org") {
					t.Errorf("asked for the key of a stranger, %s", name)
				}
			}
		})
	}
}
