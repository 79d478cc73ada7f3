package bot

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/authres"
	"github.com/emersion/go-msgauth/dkim"
)

// Bounds of our own check of DKIM signatures: how many of a mail's are looked
// at, and bytes of its header (the library joins folded lines one by one).
const (
	maxDKIM       = 5
	maxDKIMHeader = 64 << 10
)

// signedBy is the domain, aligned with the sender's, that signed the mail (RFC
// 6376), and the header fields that its signature covers; "" where none did, or
// what it leaves out could make another mail of it. Keys of other domains are
// not looked up.
func (s Signatures) signedBy(ctx context.Context, raw []byte, m *mailparse.Message) (domain string, covered []string) {
	head := bytes.Index(raw, []byte("\n\r\n"))
	if m.Ambiguous || head < 0 || head > maxDKIMHeader {
		return "", nil
	}
	_, from, _ := strings.Cut(m.From, "@")
	var mu sync.Mutex
	var strict []string // names of keys that speak for no subdomain
	checks, err := dkim.VerifyWithOptions(bytes.NewReader(raw),
		&dkim.VerifyOptions{MaxVerifications: maxDKIM, LookupTXT: func(name string) ([]string, error) {
			name = strings.ToLower(name)
			if _, domain, _ := strings.Cut(name, "._domainkey."); !authres.Aligned(domain, from) {
				return nil, errors.New("another's domain")
			}
			keys, err := s.LookupTXT(ctx, name)
			for _, key := range keys {
				if hasFlag(key, "y") { // being tried out: what it signs counts as not signed
					return nil, errors.New("a key in test")
				}
				if hasFlag(key, "s") {
					mu.Lock()
					strict = append(strict, name)
					mu.Unlock()
				}
			}
			return keys, err
		}})
	if err != nil && !errors.Is(err, dkim.ErrTooManySignatures) {
		return "", nil
	}
	for _, c := range checks {
		domain := strings.ToLower(c.Domain)
		ofKey := func(name string) bool { return strings.HasSuffix(name, "._domainkey."+domain) }
		if c.Err != nil || !authres.Aligned(domain, from) || !strings.HasSuffix(c.Identifier, "@"+c.Domain) &&
			slices.ContainsFunc(strict, ofKey) {
			continue
		}
		if covered := authres.Covered(raw, c.HeaderKeys); covered != nil {
			return domain, covered
		}
	}
	return "", nil
}

// hasFlag reports whether a key's record has a flag (RFC 6376, 3.6.1).
func hasFlag(key, flag string) bool {
	for tag := range strings.SplitSeq(key, ";") {
		name, value, _ := strings.Cut(tag, "=")
		if strings.TrimSpace(name) == "t" && slices.ContainsFunc(strings.Split(value, ":"),
			func(f string) bool { return strings.TrimSpace(f) == flag }) {
			return true
		}
	}
	return false
}
