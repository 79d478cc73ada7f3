package store_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"batan.go.id/layanan/internal/store"
)

func enqueue(t testing.TB, s *store.Store, mails ...store.Mail) {
	t.Helper()
	do(t, s, func(tx *store.Tx) error {
		for _, m := range mails {
			tx.Enqueue(m)
		}
		return nil
	})
}

// claim takes what is due some minutes after noon, for five minutes.
func claim(t testing.TB, s *store.Store, claimant string, minutes, limit int) []store.Mail {
	t.Helper()
	now := noon.Add(time.Duration(minutes) * time.Minute)
	return must(s.Claim(t.Context(), store.MainLane, claimant, now, now.Add(5*time.Minute), limit))(t)
}

func finish(t testing.TB, s *store.Store, claimant string, ends ...store.Finish) {
	t.Helper()
	do(t, s, func(tx *store.Tx) error { return tx.Finish(claimant, noon.Add(time.Hour), ends) })
}

// names are the Message-IDs without their brackets.
func names(mails []store.Mail) string {
	var out []string
	for _, m := range mails {
		out = append(out, strings.Trim(m.MessageID, "<>"))
	}
	return strings.Join(out, " ")
}

func expect(t testing.TB, what string, mails []store.Mail, want string) {
	t.Helper()
	if got := names(mails); got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestMailComesOutAsItWentIn(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		m := mail("VC-2026-0001", "Ka@Batan.go.id", 3)
		m.Raw = bytes.Repeat([]byte{0, 0xff, '\r', '\n', 'a'}, 10_000)
		enqueue(t, s, m, store.Mail{MessageID: "<empty>", Created: noon})
		got := claim(t, s, "a", 0, 9)
		if len(got) != 2 || got[0].ID == "" || !bytes.Equal(got[0].Raw, m.Raw) || len(got[1].Raw) != 0 {
			t.Fatalf("%d mails", len(got))
		}
		want := m
		want.ID, want.State, want.Attempts, want.Due, want.Recipient = got[0].ID, "sending", 1, noon, "ka@batan.go.id"
		if diff := cmp.Diff(want, got[0]); diff != "" {
			t.Error(diff)
		}
		finish(t, s, "a", store.Finish{ID: got[0].ID, State: "sent"})
		want.State, want.Sent, want.Raw = "sent", noon.Add(time.Hour), nil
		if diff := cmp.Diff([]store.Mail{want}, must(s.Mails(t.Context(), m.Number))(t)); diff != "" {
			t.Error(diff)
		}
		if err := s.InTx(t.Context(), func(tx *store.Tx) error { tx.Enqueue(m); return nil }); !errors.Is(err,
			store.ErrConflict) {
			t.Errorf("the same Message-ID again: %v", err)
		}
	})
}

func TestClaimKeepsOrderPerRequestAndRecipient(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		later := mail("A", "z", 1)
		later.Due = noon.Add(10 * time.Minute)
		enqueue(t, s, mail("A", "y", 2), mail("A", "x", 1), mail("A", "x", 2), mail("B", "x", 5), mail("A", "x", 3), later,
			mail("", "x", 0), store.Mail{MessageID: "<free>", Recipient: "x", Created: noon})
		expect(t, "limit", claim(t, s, "a", 0, 2), "A.y.2 A.x.1")
		expect(t, "other recipients and requests go on", claim(t, s, "a", 0, 9), "B.x.5 .x.0 free")
		expect(t, "the thread waits for its first", claim(t, s, "b", 0, 9), "")
		a1 := must(s.Mails(t.Context(), "A"))(t)[0]
		if a1.Recipient != "x" || a1.N != 1 || a1.State != "sending" {
			t.Fatalf("%+v", a1)
		}

		retry := noon.Add(20 * time.Minute)
		finish(t, s, "a", store.Finish{ID: a1.ID, State: "queued", Due: retry, Error: "450 nanti"})
		expect(t, "the thread waits for the retry", claim(t, s, "b", 9, 9), "")
		if next := must(s.NextDue(t.Context(), store.MainLane))(t); !next.Equal(later.Due) {
			t.Errorf("next due %v: what waits for another mail is not due", next)
		}
		expect(t, "its time has come", claim(t, s, "b", 10, 9), "A.z.1")
		expect(t, "the retry", claim(t, s, "b", 20, 9), "A.x.1")
		again := must(s.Mails(t.Context(), "A"))(t)[0]
		if again.Attempts != 2 || again.Error != "450 nanti" {
			t.Errorf("%+v", again)
		}
		finish(t, s, "b", store.Finish{ID: a1.ID, State: "failed", Due: retry, Error: "550 tidak ada"})
		two := claim(t, s, "b", 20, 9)
		expect(t, "a failure for good frees the thread", two, "A.x.2")
		finish(t, s, "b", store.Finish{ID: two[0].ID, State: "sent"})
		expect(t, "and so does success", claim(t, s, "b", 20, 9), "A.x.3")
		if next := must(s.NextDue(t.Context(), store.MainLane))(t); !next.IsZero() {
			t.Errorf("nothing is queued, next due %v", next)
		}
	})
}

// Answers are in nobody's way, and go behind what was there before them; neither
// is a mail in the way that was made to leave later, until it is tried.
func TestLanes(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		answers := func(what, want string) {
			t.Helper()
			got := must(s.Claim(t.Context(), store.AnswerLane, "b", noon.Add(time.Minute), noon.Add(time.Hour), 9))(t)
			expect(t, what, got, want)
			for _, m := range got {
				finish(t, s, "b", store.Finish{ID: m.ID, State: "sent"})
			}
		}
		answer := func(number, recipient string, n int) store.Mail {
			m := mail(number, recipient, n)
			m.Answer = true
			return m
		}
		slow := mail("B", "x", 1)
		slow.Due = noon.Add(30 * time.Minute)
		enqueue(t, s, answer("A", "x", 1), mail("A", "x", 2), answer("A", "x", 3), answer("", "y", 0), mail("A", "x", 4),
			slow, mail("B", "x", 2))
		if next := must(s.NextDue(t.Context(), store.AnswerLane))(t); !next.Equal(noon) {
			t.Errorf("the next answer is due at %v", next)
		}
		main := claim(t, s, "a", 0, 9)
		expect(t, "an answer is in no mail's way", main, "A.x.2 B.x.2")
		answers("an answer waits for what was before it", "A.x.1 .y.0")
		finish(t, s, "a", store.Finish{ID: main[0].ID, State: "queued", Due: noon.Add(20 * time.Minute)},
			store.Finish{ID: main[1].ID, State: "sent"})
		expect(t, "what is tried again is in the way", claim(t, s, "a", 1, 9), "")
		answers("of answers, too", "")
		if next := must(s.NextDue(t.Context(), store.AnswerLane))(t); !next.IsZero() {
			t.Errorf("the next answer is due at %v: it waits for another mail", next)
		}
		main = claim(t, s, "a", 20, 9)
		expect(t, "the retry", main, "A.x.2")
		finish(t, s, "a", store.Finish{ID: main[0].ID, State: "sent"})
		answers("the answer behind it", "A.x.3")
		main = claim(t, s, "a", 30, 9)
		expect(t, "its time has come", main, "A.x.4 B.x.1")
		finish(t, s, "a", store.Finish{ID: main[1].ID, State: "queued", Due: noon.Add(50 * time.Minute)})
		enqueue(t, s, mail("B", "x", 3))
		expect(t, "now it is in the way", claim(t, s, "a", 31, 9), "")
		expect(t, "until it is sent", claim(t, s, "a", 50, 9), "B.x.1")
	})
}

func TestClaimsAreExtendedAndRescued(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		rescue := func(minutes int, all bool) {
			t.Helper()
			if err := s.Rescue(t.Context(), noon.Add(time.Duration(minutes)*time.Minute), all); err != nil {
				t.Fatal(err)
			}
		}
		enqueue(t, s, mail("A", "x", 1), mail("B", "x", 1))
		one, two := claim(t, s, "a", 0, 1), claim(t, s, "b", 0, 1)
		if err := s.Extend(t.Context(), "b", noon.Add(15*time.Minute)); err != nil {
			t.Fatal(err)
		}
		rescue(5, false) // at its very end a claim still holds
		expect(t, "before the end", claim(t, s, "c", 5, 9), "")
		rescue(6, false)
		lost := claim(t, s, "c", 6, 9)
		expect(t, "only what ran out", lost, names(one))
		if lost[0].Attempts != 2 {
			t.Errorf("try %d", lost[0].Attempts)
		}

		// The first claimant comes back from the dead: no longer its business.
		for _, state := range []string{"sent", "failed", "queued"} {
			finish(t, s, "a", store.Finish{ID: one[0].ID, State: state, Due: noon, Error: "late"})
			if m := must(s.Mails(t.Context(), one[0].Number))(t)[0]; m.State != "sending" || m.Error != "" {
				t.Errorf("late %s: %+v", state, m)
			}
		}
		rescue(0, true)
		expect(t, "all", claim(t, s, "d", 6, 9), names(append(slices.Clone(one), two...)))
		finish(t, s, "d", store.Finish{ID: one[0].ID, State: "sent"})
		finish(t, s, "d", store.Finish{ID: one[0].ID, State: "queued", Due: noon}) // sent is sent
		rescue(600, true)
		expect(t, "what was sent stays so", claim(t, s, "e", 600, 9), names(two))
	})
}

func TestHeld(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		enqueue(t, s, mail("A", "x", 1), mail("B", "x", 1), mail("C", "x", 1), mail("D", "x", 1))
		a, other := claim(t, s, "a", 0, 3), claim(t, s, "b", 0, 9)
		finish(t, s, "a", store.Finish{ID: a[0].ID, State: "sent"})
		do(t, s, func(tx *store.Tx) error {
			held, err := tx.Held("a", []string{a[0].ID, a[1].ID, other[0].ID, "none"}) // a[2] is not asked for
			if !slices.Equal(held, []string{a[1].ID}) {
				t.Errorf("%q", held)
			}
			if held, err := tx.Held("a", nil); len(held) != 0 || err != nil {
				t.Errorf("of none: %q, %v", held, err)
			}
			return err
		})
	})
}

// What is written into a mail after it was put into the outbox is sent.
func TestEnqueuedMailCanBeFinishedLater(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		do(t, s, func(tx *store.Tx) error {
			m := tx.Enqueue(store.Mail{Number: "A", Recipient: "x", Created: noon})
			m.MessageID, m.Raw = "<later>", []byte("isi")
			return nil
		})
		got := claim(t, s, "a", 0, 9)
		if expect(t, "outbox", got, "later"); string(got[0].Raw) != "isi" {
			t.Errorf("%q", got[0].Raw)
		}
	})
}

func TestAnswersAreCounted(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		answer := mail("A", "Ani@X", 1)
		answer.Answer = true
		count := func(tx *store.Tx, recipient string, since time.Time, want int) {
			t.Helper()
			if n := must(tx.Answers(recipient, false, since))(t); n != want {
				t.Errorf("%d answers to %s since %v, want %d", n, recipient, since.Sub(noon), want)
			}
		}
		do(t, s, func(tx *store.Tx) error {
			tx.Enqueue(answer)
			tx.Enqueue(mail("A", "ani@x", 2)) // not rationed
			count(tx, "aNI@x", noon.Add(-time.Hour), 1)
			return nil
		})
		do(t, s, func(tx *store.Tx) error {
			count(tx, "ani@x", noon.Add(-time.Hour), 1)
			answer.N, answer.MessageID = 3, "<3>"
			tx.Enqueue(answer)
			count(tx, "ANI@x", noon.Add(-time.Hour), 2)
			count(tx, "budi@x", noon.Add(-time.Hour), 0)
			return nil
		})
		do(t, s, func(tx *store.Tx) error {
			count(tx, "ani@x", noon.Add(-time.Microsecond), 2)
			count(tx, "ani@x", noon, 0)
			return nil
		})
	})
}

func TestTopicsAreToldOnce(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		told := func(tx *store.Tx, topic string, since time.Time, want int) {
			t.Helper()
			if got := must(tx.Told(topic, since))(t); got != want {
				t.Errorf("told %q since %v: %v", topic, since.Sub(noon), got)
			}
		}
		do(t, s, func(tx *store.Tx) error {
			told(tx, "help ani@x", noon.Add(-time.Hour), 0)
			m := mail("", "ani@x", 0)
			m.Topic = "help ani@x"
			tx.Enqueue(m)
			tx.Enqueue(mail("", "budi@x", 0)) // without a topic
			told(tx, "help ani@x", noon.Add(-time.Hour), 1)
			told(tx, "help budi@x", noon.Add(-time.Hour), 0)
			told(tx, "", noon.Add(-time.Hour), 0)
			return nil
		})
		do(t, s, func(tx *store.Tx) error {
			told(tx, "help ani@x", noon.Add(-time.Hour), 1)
			told(tx, "help ani@x", noon, 0)
			told(tx, "", noon.Add(-time.Hour), 0)
			return nil
		})
	})
}
