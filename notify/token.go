package notify

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"

	"batan.go.id/layanan/workflow"
)

// Keys sign reply tokens: the first signs, all are tried when one is checked,
// so that a key can be replaced without voiding the mails on their way.
type Keys [][]byte

// tokenTail is the length of a token's signature: 100 bits.
const tokenTail = 20

var tokenEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Token names a request, a step, a visit and a recipient; it is written with
// the request's number, so that it needs no table: vc-2026-0001-k3j5….
func (k Keys) Token(number, step string, visit int, recipient string) string {
	return sign(k[0], number, step, visit, recipient)
}

func sign(key []byte, number, step string, visit int, recipient string) string {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s\x00%s\x00%d\x00%s", number, step, visit, strings.ToLower(recipient))
	return strings.ToLower(number) + "-" + tokenEncoding.EncodeToString(mac.Sum(nil))[:tokenTail]
}

// Confirmation is the token of a mail that asks whether a reading is the
// recipient's own (confirm); n is the reading's number. No step has its name.
func (k Keys) Confirmation(number string, n int, recipient string) string {
	return sign(k[0], number, confirmation, n, recipient)
}

const confirmation = "?confirm"

// Confirms is the number of the reading that the sender's tokens confirm, 0
// when they confirm none.
func (k Keys) Confirms(tokens []string, r *workflow.Request, sender string) int {
	for _, token := range tokens {
		for _, rd := range r.Readings {
			if k.made(token, r.Number, confirmation, rd.N, sender) {
				return rd.N
			}
		}
	}
	return 0
}

// FormConfirmation is the token of a mail that asks whether a form is the
// recipient's own; said is the digest of what was kept of it under a number (see
// [FormNumber]), so that it confirms nothing else.
func (k Keys) FormConfirmation(number, said, recipient string) string {
	return sign(k[0], number, confirmation+said, 0, recipient)
}

// ConfirmsForm reports whether a token is one of [Keys.FormConfirmation].
func (k Keys) ConfirmsForm(token, number, said, sender string) bool {
	return k.made(token, number, confirmation+said, 0, sender)
}

// FormNumber is what a form that waits to be confirmed goes by: like a
// request's number, but of no year, since it has none yet.
func FormNumber(prefix string, random uint64) string {
	return fmt.Sprintf("%s-%s-%012d", prefix, noYear, random%1e12)
}

// IsFormNumber reports whether a number is one of [FormNumber].
func IsFormNumber(number string) bool {
	_, rest, ok := strings.Cut(number, "-")
	return ok && strings.HasPrefix(rest, noYear+"-")
}

const noYear = "0000"

// For is the token of a mail about a request to a person in a role. The
// requester's stays good as long as the request; an office's dies with the visit.
func (k Keys) For(r *workflow.Request, role, recipient string) string {
	if role == workflow.Requester {
		return k.Token(r.Number, workflow.Requester, 0, recipient)
	}
	return k.Token(r.Number, r.Step, r.Visit(), recipient)
}

// State says what a mail's tokens are worth for a request and the mail's
// sender. Tokens that were made for somebody else are worth nothing.
func (k Keys) State(tokens []string, r *workflow.Request, sender string) workflow.TokenState {
	state := workflow.NoToken
	for _, token := range tokens {
		if r.Requester.Is(sender) && k.made(token, r.Number, workflow.Requester, 0, sender) {
			return workflow.LiveToken
		}
		for i, step := range r.Visits {
			if !k.made(token, r.Number, step, i+1, sender) {
				continue
			}
			if i+1 == r.Visit() {
				return workflow.LiveToken
			}
			state = workflow.PastToken
		}
	}
	return state
}

// made reports, in constant time, whether the token was made for exactly this.
func (k Keys) made(token, number, step string, visit int, recipient string) bool {
	for _, key := range k {
		if hmac.Equal([]byte(strings.ToLower(token)), []byte(sign(key, number, step, visit, recipient))) {
			return true
		}
	}
	return false
}
