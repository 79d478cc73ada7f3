package bot

import (
	"errors"

	"batan.go.id/layanan/internal/store"
)

// away hands the request that it names a program's word that somebody is away.
func (t *turn) away(l *letter) error {
	r, err := t.named(&l.plan)
	if errors.Is(err, store.ErrNotFound) {
		return t.ignoreAs(l, "auto-reply")
	}
	if err != nil {
		return err
	}
	l.outcome.Number = r.Number
	return t.decide(r, t.about(l, &r))
}
