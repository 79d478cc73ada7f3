package bot

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/emersion/go-msgauth/dkim"

	"batan.go.id/layanan/mailparse"
)

// Bounds of our own check of DKIM signatures: how many of a mail's are looked
// at, and bytes of its header (the library joins folded lines one by one).
const (
	maxDKIM       = 5
	maxDKIMHeader = 64 << 10
)

// deciding are the fields that say which request a mail answers. A signature
// that leaves one of them out would let anybody send an old answer again, as
// the answer to another request.
var deciding = []string{"From", "Subject", "In-Reply-To", "References"}

// signedBy is the domain, aligned with the sender's, that signed the mail's
// body and what decides in its header (RFC 6376); "" when none did. Keys of
// other domains are not looked up.
func (s Signatures) signedBy(ctx context.Context, raw []byte, m *mailparse.Message) string {
	head := bytes.Index(raw, []byte("\n\r\n"))
	if m.Ambiguous || head < 0 || head > maxDKIMHeader {
		return ""
	}
	_, from, _ := strings.Cut(m.From, "@")
	checks, err := dkim.VerifyWithOptions(bytes.NewReader(raw), &dkim.VerifyOptions{MaxVerifications: maxDKIM, LookupTXT: func(name string) ([]string, error) {
		_, domain, _ := strings.Cut(strings.ToLower(name), "._domainkey.")
		if !mailparse.Aligned(domain, from) {
			return nil, errors.New("another's domain")
		}
		keys, err := s.LookupTXT(ctx, name)
		return slices.DeleteFunc(slices.Clone(keys), inTest), err
	}})
	if err != nil && !errors.Is(err, dkim.ErrTooManySignatures) {
		return ""
	}
	for _, c := range checks {
		if domain := strings.ToLower(c.Domain); c.Err == nil && mailparse.Aligned(domain, from) && covers(c.HeaderKeys, raw[:head+1]) {
			return domain
		}
	}
	return ""
}

// covers reports whether the deciding fields that a header has are signed.
func covers(signed []string, head []byte) bool {
	for _, name := range deciding {
		is := func(s string) bool { return strings.EqualFold(s, name) }
		for line := range bytes.Lines(head) {
			if field, _, _ := strings.Cut(string(line), ":"); is(strings.TrimRight(field, " \t")) && !slices.ContainsFunc(signed, is) {
				return false
			}
		}
	}
	return true
}

// inTest reports whether a key is only being tried out: what it signs counts as
// not signed (RFC 6376, 3.6.1).
func inTest(key string) bool {
	for tag := range strings.SplitSeq(key, ";") {
		name, value, _ := strings.Cut(tag, "=")
		if strings.TrimSpace(name) == "t" && slices.ContainsFunc(strings.Split(value, ":"), func(flag string) bool { return strings.TrimSpace(flag) == "y" }) {
			return true
		}
	}
	return false
}
