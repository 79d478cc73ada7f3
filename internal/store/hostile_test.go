package store_test

import (
	"errors"
	"testing"
	"time"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// What a stranger may write into a mail is text to the database and nothing else.
func TestHostileTextsAreOnlyText(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		register(t, s, 2)
		for i, text := range []string{
			`'; DROP TABLE history; --`, `' OR '1'='1`, `"; DELETE FROM requests; --`,
			`x'); INSERT INTO anchors VALUES (1,2,3,4); --`,
			`\'; SELECT pg_sleep(10); --`, `$1 $$ ? :number @p1 %s %%`, "a\nb\rc\td\x1b\u202e", `{"number": "VC-2026-0002"}`,
			`E'\x41'`, "\\", "'",
		} {
			e := workflow.Entry{At: noon, Event: text, By: text, Step: text, Word: text, Note: text, MessageID: text,
				Mail: text, Proof: text, Rule: text}
			do(t, s, func(tx *store.Tx) error {
				r, err := tx.Request(tampered)
				if err != nil {
					return err
				}
				r.Requester = workflow.Person{Name: text, Email: text}
				tx.Keep(store.Original{Digest: text, Number: tampered, At: noon, Sender: text, Raw: []byte(text)})
				tx.Bury(store.DeadLetter{At: noon, Reason: text, Sender: text, Subject: text, Raw: []byte(text)})
				m := tx.Enqueue(mail(tampered, text, i))
				m.MessageID, m.Topic = text, text
				tx.Record(handled(uint32(i), text, text, text))
				if _, err := tx.Told(text, noon); err != nil {
					return err
				}
				if _, err := tx.Waiting(text); err != nil {
					return err
				}
				if err := asked(tx, text); err != nil {
					return err
				}
				return tx.Save(r, []workflow.Entry{e})
			})
			h := must(s.History(t.Context(), tampered))(t)
			if last := h[len(h)-1]; last.Entry != e {
				t.Errorf("%q came back as %+v", text, last.Entry)
			}
			if r := must(s.Request(t.Context(), tampered))(t); r.Requester.Name != text {
				t.Errorf("%q came back as %q", text, r.Requester.Name)
			}
			must(s.Requests(t.Context(), store.Filter{State: workflow.State(text), Step: text}))(t)
			must(s.Held(t.Context(), text))(t)
			if found := must(s.DeadLetters(t.Context(), store.DeadFilter{Reason: text, Sender: text}))(t); len(found) != 1 {
				t.Errorf("%q: %d dead letters", text, len(found))
			}
			if d, err := s.DeadLetter(t.Context(), text); err == nil && d.ID != text {
				t.Errorf("%q finds the dead letter %s", text, d.ID)
			}
			if _, held, err := s.Acquire(t.Context(), text, text, noon, time.Minute); !held || err != nil {
				t.Errorf("%q: %v, %v", text, held, err)
			}
			if n, err := s.Verify(t.Context(), tampered); n != i+2 || err != nil {
				t.Fatalf("%q: %d, %v", text, n, err)
			}
		}
		if n := must(s.Numbers(t.Context()))(t); len(n) != 2 {
			t.Errorf("%v", n)
		}
	})
}

// asked puts a text wherever a transaction takes one.
func asked(tx *store.Tx, text string) error {
	_, bounced := tx.Bounced(text, text)
	_, bouncedTo := tx.BouncedTo(text, text, text)
	_, answers := tx.Answers(text, false, noon)
	_, marked := tx.Mark(text, noon, noon)
	_, open := tx.OpenAt(text, text)
	_, delegated := tx.Delegate(workflow.Delegation{Role: text, By: workflow.Person{Email: text},
		To: workflow.Person{Email: text}, From: noon, Until: noon.Add(time.Hour), Decree: text})
	if errors.Is(bounced, store.ErrNotFound) {
		bounced = nil
	}
	if errors.Is(bouncedTo, store.ErrNotFound) {
		bouncedTo = nil
	}
	return errors.Join(bounced, bouncedTo, answers, marked, open, delegated, tx.LoadHandled(noon, text))
}
