package bot

import (
	"errors"

	"batan.go.id/layanan/store"
)

// away hands the request that it names a program's word that somebody is away.
func (t *turn) away(l *letter) error {
	r, err := t.tx.Request(l.plan.Number)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	l.outcome.Number = r.Number
	ev := l.plan.Event
	ev.Token = t.office.Identity.Keys.State(l.plan.Message.Tokens, &r, ev.By.Email)
	return t.decide(r, ev)
}
