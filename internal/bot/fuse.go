package bot

import (
	"context"
	"time"

	"batan.go.id/layanan/internal/store"
)

// Fuse is the state of the limit over all answers.
type Fuse struct {
	Blown   bool
	Until   time.Time // when it is whole again by itself; zero while it is whole
	Answers int       // in the past hour, since it was whole
	Limit   int
}

// ReadFuse tells how the fuse stands.
func ReadFuse(ctx context.Context, st *store.Store, o *Office, now time.Time) (Fuse, error) {
	f := Fuse{Limit: o.Limits.AnswersPerHour}
	lifted, err := st.Marked(ctx, fuseMark)
	if err != nil {
		return f, err
	}
	if f.Blown = lifted.After(now); f.Blown {
		f.Until, lifted = lifted, time.Time{}
	}
	f.Answers, err = st.AllAnswers(ctx, later(lifted, now.Add(-limitWindow)))
	return f, err
}

// ResetFuse makes the fuse whole at once: answers are given again, and counted
// anew.
func ResetFuse(ctx context.Context, st *store.Store, now time.Time) error {
	return st.InTx(ctx, func(tx *store.Tx) error {
		_, err := tx.Mark(fuseMark, now, now.Add(2*limitWindow))
		return err
	})
}
