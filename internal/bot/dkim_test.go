package bot_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"

	"batan.go.id/layanan/internal/bot"
)

// domains sign mails and have their keys in the DNS.
type domains struct {
	private ed25519.PrivateKey
	keys    map[string][]string
	office  *bot.Office // that asks them

	mu    sync.Mutex
	asked []string
}

func newDomains(t *testing.T) *domains {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	record := "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)
	d := &domains{private: private, keys: map[string][]string{
		"k._domainkey.mail.batan.go.id": {record}, "k._domainkey.example.org": {record},
		"k._domainkey.batan.go.id.example.org": {record}, "k._domainkey.go.id": {record},
		"gone._domainkey.batan.go.id": {"v=DKIM1; p="}, "two._domainkey.batan.go.id": {record, record},
		"twice._domainkey.batan.go.id": {record, record + "; t=y"},
		"rsa._domainkey.batan.go.id":   {strings.Replace(record, "ed25519", "rsa", 1)},
	}}
	for selector, tags := range map[string]string{"k": "", "test": "; t=s:y", "tried": ";t = y : s", "strict": "; t=s",
		"other": "; t=x:sy", "web": "; s=web", "mail": "; s=web:email", "any": "; s=*", "sha1": "; h=sha1",
		"sha": "; h=sha1:sha256", "double": "; t=x; t=y"} {
		d.keys[selector+"._domainkey.batan.go.id"] = []string{record + tags}
	}
	d.office = testOffice(t)
	d.office.Signatures.LookupTXT = d.lookup
	return d
}

func (d *domains) lookup(ctx context.Context, name string) ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, bounded := ctx.Deadline(); !bounded {
		return nil, errors.New("a question without a timeout")
	}
	d.asked = append(d.asked, name)
	if keys := d.keys[name]; keys != nil {
		return keys, nil
	}
	return nil, errors.New("no such host")
}

// sign signs with the options, whose defaults are batan.go.id, its key "k" and
// what Gmail signs.
func (d *domains) sign(t *testing.T, mail string, opts dkim.SignOptions) string {
	t.Helper()
	opts.Signer, opts.Domain, opts.Selector = d.private, cmp.Or(opts.Domain, "batan.go.id"), cmp.Or(opts.Selector, "k")
	opts.HeaderCanonicalization, opts.BodyCanonicalization = cmp.Or(opts.HeaderCanonicalization, "relaxed"),
		cmp.Or(opts.BodyCanonicalization, "relaxed")
	if opts.HeaderKeys == nil {
		opts.HeaderKeys = strings.Fields("MIME-Version From Date Message-ID Subject To In-Reply-To References")
	}
	var out bytes.Buffer
	if err := dkim.Sign(&out, strings.NewReader(strings.ReplaceAll(mail, "\n", "\r\n")), &opts); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestOwnDKIM: where the server says nothing, the bot verifies the signature
// of the sender's domain, and only what that covers counts. No test asks the
// DNS: keys are its records.
func TestOwnDKIM(t *testing.T) {
	d := newDomains(t)
	const head, from = "Subject: Re: [VC-2026-0001] Persetujuan\nMessage-ID: <it@mail>\nIn-Reply-To: " +
		"<lost@mail>\nDate: Mon, 23 Nov 2026 09:00:00 +0700\n", "From: Kepala <ka@batan.go.id>\n"
	const mail = from + head + "\nSetuju\n"
	sign := func(mail, domain, selector string, fields ...string) string {
		return d.sign(t, strings.ReplaceAll(mail, "\r", ""),
			dkim.SignOptions{Domain: domain, Selector: selector, HeaderKeys: fields})
	}
	good := sign(mail, "batan.go.id", "k")
	for _, c := range []struct{ name, mail, proof string }{
		{"signed", good, "dkim=pass d=batan.go.id (own check)"},
		{"by the mail server's domain", sign(mail, "mail.batan.go.id", "k"), "dkim=pass d=mail.batan.go.id (own check)"},
		{"by another, too", sign(good, "example.org", "k"), "dkim=pass d=batan.go.id (own check)"},
		{"on its way through relays", "Received: from a by b\r\nX-Spam: no\r\n" + good,
			"dkim=pass d=batan.go.id (own check)"},

		{"not signed", mail, ""},
		{"by another alone", sign(mail, "example.org", "k"), ""},
		{"altered", strings.Replace(sign(strings.Replace(mail, "Setuju", "Tolak saja", 1), "batan.go.id", "k"), "Tolak saja",
			"Setuju", 1), ""},
		{"another Subject over it", "Subject: [VC-2026-0001]\r\n" + good, ""},
		{"the Subject not signed", sign(mail, "batan.go.id", "k", "From", "Date", "Message-ID", "In-Reply-To"), ""},
		{"the Date not signed", sign(mail, "batan.go.id", "k", "From", "Subject", "Message-ID"), ""},
		{"a type over a signed refusal", "Content-Type: multipart/mixed; boundary=b\r\n" +
			sign(from+head+"\nTidak setuju. Bapak menulis:\n> --b\n\n--b\n\nSetuju\n--b--\n", "batan.go.id", "k", "From",
				"Subject", "Date"), ""},
		{"with a key in test", sign(mail, "batan.go.id", "test"), ""},
		{"with a key that was called back", sign(mail, "batan.go.id", "gone"), ""},
		{"with a key that is nowhere", sign(mail, "batan.go.id", "nowhere"), ""},
		{"the header too long", "X-A: " + strings.Repeat("a", 1<<16) + "\r\n" + good, ""},
		{"the server says otherwise", "Authentication-Results: mx.batan.go.id; dkim=none\r\n" + good, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStory(t, "\r\n")
			o := testOffice(t)
			o.Signatures.LookupTXT = d.lookup
			s.bot.Use(o)
			s.mail("ani", vc("Rapat anggaran"))
			s.out()
			s.hand(c.mail)
			if moved := s.step("VC-2026-0001") == "disposisi"; moved != (c.proof != "") || s.proofs("VC-2026-0001") != c.proof {
				t.Errorf("the request stands at %s by %q, want %q; %s", s.step("VC-2026-0001"), s.proofs("VC-2026-0001"), c.proof,
					s.out())
			}
			if c.proof == "" && !strings.HasPrefix(string(s.out()), "confirm        ka") {
				t.Error("the holder is not asked to confirm")
			}
		})
	}
	if slices.ContainsFunc(d.asked, func(name string) bool { return strings.HasSuffix(name, ".example.org") }) {
		t.Errorf("asked for the key of a stranger: %q", d.asked)
	}
}

// TestKeys: a key counts as its record says.
func TestKeys(t *testing.T) {
	d := newDomains(t)
	past, ahead := time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	for _, c := range []struct {
		name string
		opts dkim.SignOptions
		want bool
	}{
		{"plain", dkim.SignOptions{}, true},
		{"simple canonicalization", dkim.SignOptions{HeaderCanonicalization: "simple", BodyCanonicalization: "simple"},
			true},
		{"not yet expired", dkim.SignOptions{Expiration: ahead}, true},
		{"expired", dkim.SignOptions{Expiration: past}, false},
		{"for a part of the body", dkim.SignOptions{QueryMethods: []dkim.QueryMethod{"dns/txt; l=8"}}, false},
		{"for all of the body, by its length", dkim.SignOptions{QueryMethods: []dkim.QueryMethod{"dns/txt; l=10000"}},
			false},
		{"for nothing of the body", dkim.SignOptions{QueryMethods: []dkim.QueryMethod{"dns/txt; l=0"}}, false},
		{"by another method than the DNS", dkim.SignOptions{QueryMethods: []dkim.QueryMethod{"http"}}, false},
		{"by a person", dkim.SignOptions{Identifier: "ka@batan.go.id"}, true},
		{"by a person of a subdomain", dkim.SignOptions{Identifier: "ka@mail.batan.go.id"}, true},
		{"by a domain below", dkim.SignOptions{Domain: "mail.batan.go.id"}, true},
		{"by a public suffix", dkim.SignOptions{Domain: "go.id"}, false},
		{"by a longer domain", dkim.SignOptions{Domain: "batan.go.id.example.org"}, false},
		{"by a strict key", dkim.SignOptions{Selector: "strict"}, true},
		{"by a strict key, of a person", dkim.SignOptions{Selector: "strict", Identifier: "ka@batan.go.id"}, true},
		{"by a strict key, of a subdomain", dkim.SignOptions{Selector: "strict", Identifier: "@mail.batan.go.id"}, false},
		{"by a strict key, of a person below", dkim.SignOptions{Selector: "strict", Identifier: "ka@mail.batan.go.id"},
			false},
		{"by a key in test", dkim.SignOptions{Selector: "test"}, false},
		{"by a key in test, with blanks", dkim.SignOptions{Selector: "tried"}, false},
		{"by a key with flags of no meaning", dkim.SignOptions{Selector: "other", Identifier: "@mail.batan.go.id"}, true},
		{"by a key with a tag twice", dkim.SignOptions{Selector: "double"}, false},
		{"by a key that was called back", dkim.SignOptions{Selector: "gone"}, false},
		{"by one of two keys", dkim.SignOptions{Selector: "two"}, false},
		{"by one of two keys, one in test", dkim.SignOptions{Selector: "twice"}, false},
		{"by a key of another kind", dkim.SignOptions{Selector: "rsa"}, false},
		{"by a key for something else", dkim.SignOptions{Selector: "web"}, false},
		{"by a key for mail, too", dkim.SignOptions{Selector: "mail"}, true},
		{"by a key for anything", dkim.SignOptions{Selector: "any"}, true},
		{"by a key for another hash", dkim.SignOptions{Selector: "sha1"}, false},
		{"by a key for this hash, too", dkim.SignOptions{Selector: "sha"}, true},
	} {
		if got, _, _ := d.prove(t, d.sign(t, "From: ka@batan.go.id\n"+answerHead+"\nTolak saja\n", c.opts)); got != c.want {
			t.Errorf("%s: counts %v", c.name, got)
		}
	}
}

const answerHead = "Date: Mon, 23 Nov 2026 09:00:00 +0700\nSubject: Re: [VC-2026-0001] Persetujuan\n"

// prove tells whether a mail's own signatures count, which fields they cover, and
// what word the mail gives.
func (d *domains) prove(t *testing.T, raw string) (counts bool, covered []string, word string) {
	t.Helper()
	p := d.office.Interpret([]byte(raw))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	d.office.Prove(ctx, &p, []byte(raw), time.Now())
	return p.Event.Proof != "", p.Vouched(), p.Event.Word
}

// holds tells whether one of a mail's signatures is genuine, whatever it covers.
func (d *domains) holds(t *testing.T, raw string) bool {
	t.Helper()
	checks, err := dkim.VerifyWithOptions(strings.NewReader(raw),
		&dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) { return d.keys[name], nil }})
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(checks, func(c *dkim.Verification) bool { return c.Err == nil })
}
