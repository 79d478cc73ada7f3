package bot

import (
	"errors"
	"slices"
	"strings"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/mailparse/authres"
	"batan.go.id/layanan/workflow"
)

// named finds the request that a mail belongs to: the one of the first carrier
// whose tokens that were made for this sender are all of one request; the
// number in the subject; a mail of ours that went to this sender and is
// answered. What only looks like a token names nothing. The error is
// store.ErrNotFound when nothing names a request.
func (t *turn) named(p *Plan) (workflow.Request, error) {
	if p.assigned {
		return t.tx.Request(p.Number)
	}
	for _, way := range authres.Ways {
		number := ""
		for _, token := range t.office.counting(p) {
			if token.Way != way {
				continue
			}
			r, err := t.tx.Request(authres.NumberOf(token.Text))
			switch {
			case errors.Is(err, store.ErrNotFound):
				continue
			case err != nil:
				return r, err
			case !t.office.madeFor(token.Text, &r, p.Event.By.Email):
				continue
			case number != "" && number != r.Number:
				number = several
			case number == "":
				number = r.Number
			}
		}
		if number != "" && number != several {
			return t.tx.Request(number)
		}
	}
	if p.Message.Numbered != "" {
		if r, err := t.tx.Request(p.Message.Numbered); !errors.Is(err, store.ErrNotFound) {
			return r, err
		}
	}
	number, err := t.tx.SentTo(p.Event.By.Email, p.answered()...)
	if err != nil {
		return workflow.Request{}, err
	}
	return t.tx.Request(number)
}

// several stands for the numbers of several requests.
const several = "several"

// answered are the Message-IDs that a mail answers, the nearest first.
func (p *Plan) answered() []string {
	ids := slices.Clone(p.Message.InReplyTo)
	for _, id := range slices.Backward(p.Message.References) {
		ids = append(ids, id)
	}
	for i := range ids {
		ids[i] = valid(ids[i])
	}
	return ids
}

// candidates are the numbers that a mail may belong to, for one question to
// the database.
func (p *Plan) candidates() []string {
	if p.Message == nil {
		return nil
	}
	numbers := []string{p.Number, p.Message.Numbered}
	for _, token := range p.Message.Tokens {
		numbers = append(numbers, authres.NumberOf(token.Text))
	}
	slices.Sort(numbers)
	return slices.DeleteFunc(slices.Compact(numbers), func(n string) bool { return n == "" })
}

// madeFor reports whether a token was made for a sender, about a request.
func (o *Office) madeFor(token string, r *workflow.Request, sender string) bool {
	keys, tokens := o.Identity.Keys, []string{token}
	return keys.State(tokens, r, sender) != workflow.NoToken || keys.Confirms(tokens, r, sender) > 0
}

// nearest are the tokens of the first carrier that has one made for the sender
// about the request: of the mail that is answered. What stands further down is
// of another.
func (o *Office) nearest(tokens []authres.Token, r *workflow.Request, sender string) []authres.Token {
	for _, token := range tokens { // in the order of the carriers
		if o.madeFor(token.Text, r, sender) {
			return slices.DeleteFunc(slices.Clone(tokens), func(other authres.Token) bool { return other.Way != token.Way })
		}
	}
	return nil
}

func tokenTexts(tokens []authres.Token) (out []string) {
	for _, token := range tokens {
		out = append(out, token.Text)
	}
	return out
}

// counting are the tokens of a mail that may count. Where the sender was
// authenticated by a signature, what it does not cover could have been added
// by anybody who sends the mail again: then a signed subject goes first, and
// where authentication is what an answer needs, only what is signed counts. Of
// what our server authenticated we know no more than that the body is the
// sender's.
func (o *Office) counting(p *Plan) []authres.Token {
	strict := o.Procedure.Require == workflow.RequireAuthenticated && p.Event.Proof != ""
	if !strict && (p.vouched == nil || p.Message.Numbered == "") {
		return p.Message.Tokens
	}
	return slices.DeleteFunc(slices.Clone(p.Message.Tokens), func(token authres.Token) bool {
		return token.Field != "" && !slices.Contains(p.vouched, token.Field)
	})
}

// carriers are the ways of a token as the history names them.
var carriers = map[authres.Way]string{authres.ByAddress: "plus address", authres.ByInReplyTo: "Message-ID",
	authres.ByReferences: "References", authres.ByBody: "body"}

// carrier is by which way the token came that says whose mail it is; "" when none does.
func (o *Office) carrier(tokens []authres.Token, r *workflow.Request, ev *workflow.Event) string {
	for _, token := range tokens {
		if ev.Token != workflow.NoToken && o.Identity.Keys.State([]string{token.Text}, r, ev.By.Email) == ev.Token {
			return carriers[token.Way]
		}
	}
	return ""
}

// about says of an event what the mail shows of its sender and of the request
// that it belongs to.
func (t *turn) about(l *letter, r *workflow.Request) workflow.Event {
	ev, m, keys := l.plan.Event, l.plan.Message, t.office.Identity.Keys
	counting := t.office.counting(&l.plan)
	ev.Token, ev.Confirms = keys.State(tokenTexts(counting), r, ev.By.Email),
		keys.Confirms(tokenTexts(t.office.nearest(counting, r, ev.By.Email)), r, ev.By.Email)
	ev.Carrier = t.office.carrier(counting, r, &ev)
	if ev.Token == workflow.NoToken && keys.State(tokenTexts(m.Tokens), r, ev.By.Email) == workflow.PastToken {
		ev.Token = workflow.PastToken // it proves nothing, but says what was answered
	}
	if l.plan.signer != nil && keys.State(m.Signed.Tokens, r, ev.By.Email) == workflow.LiveToken {
		// a signature without the task's token may have been given for another
		ev.Signature = "smime " + l.plan.signer.String()
	}
	ev.Numbered = strings.EqualFold(m.Numbered, r.Number)
	if m.Date != nil {
		ev.Date = *m.Date
	}
	if ev.Arrived = l.Received; ev.Arrived.IsZero() {
		ev.Arrived = t.now
	}
	return ev
}
