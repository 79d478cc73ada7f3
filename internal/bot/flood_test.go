package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/store"
)

// One sender files without end, others file in between and are served in the
// batch that their mail comes in.
func TestFloodOfRequests(t *testing.T) {
	onBoth(t, func(t *testing.T, s *story) {
		size, limit, honest := sized(50_000, 600), s.office.Limits.MailsPerSender, 0
		const every = 100
		began := time.Now()
		for first := 0; first < size; first += every {
			var mails []string
			for i := range every {
				mails = append(mails, s.plain("ani", "Permohonan", request("ani", first+i)))
			}
			honest++
			mails[every/2] = s.plain(fmt.Sprint("budi", honest), "Permohonan", request("budi", honest))
			s.pour(mails...)
			s.expectSent(map[string]string{fmt.Sprint("budi", honest): "1 registered"})
			if task := s.last["ka"]; len(task) != min(first+every, limit+honest) {
				t.Fatalf("%d tasks after %d mails", len(task), first+every)
			}
		}
		t.Logf("%d mails took %v", size, time.Since(began))
		s.expectSent(map[string]string{"ani": fmt.Sprintf("%d registered, 1 status", limit), "operator": "1 dead-letter",
			"ka": fmt.Sprintf("%d task", limit+honest)})
		s.expectDead(map[string]int{"flood": size - honest - limit})

		s.now = s.now.Add(time.Hour + time.Second) // the flood is over
		s.pour(s.plain("ani", "Permohonan", request("ani", -1)))
		if got := s.find("ani", "registered"); !strings.HasSuffix(got.Number, fmt.Sprintf("%04d", limit+honest+1)) {
			t.Errorf("the honest request after the flood is %s", got.Number)
		}
	})
}

// A flood in somebody's name does not hold up what is proven to be that
// person's.
func TestFloodInAnothersName(t *testing.T) {
	onBoth(t, func(t *testing.T, s *story) {
		var forged []string
		for i := range s.office.Limits.MailsPerSender + 5 {
			forged = append(forged, s.plain("ani", "Permohonan", request("ani", i)))
		}
		s.pour(forged...)
		s.expectDead(map[string]int{"flood": 5})
		s.pour(s.plain("ani", "Permohonan", "Authentication-Results: mx.batan.go.id; dmarc=pass\n\n"+request("ani", 1000)))
		s.expectDead(map[string]int{"flood": 5})
		s.answered["ka"] = len(s.last["ka"]) - 1
		s.answers("ka", func(store.Mail) string { return "Setuju" })
		if got := s.sent("kabid"); got != "1 task" {
			t.Errorf("kabid got %q", got)
		}
	})
}

// Many addresses, each within its limits, would have us answer without end.
func TestFuse(t *testing.T) {
	onBoth(t, func(t *testing.T, s *story) {
		n := 0
		crowd := func(size int) {
			var mails []string
			for range size {
				n++
				mails = append(mails, s.plain(fmt.Sprint("orang", n), "Halo", "Selamat pagi, apa kabar?"))
			}
			s.pour(mails...)
		}
		helped := func() (total int) {
			for _, m := range s.last[""] {
				if m.Kind == "help" {
					total++
				}
			}
			return total
		}
		state := func() bot.Fuse {
			f, err := bot.ReadFuse(t.Context(), s.store, s.office, s.now)
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		limit := s.office.Limits.AnswersPerHour
		crowd(limit)
		if f := state(); f.Blown || f.Answers != limit || f.Limit != limit {
			t.Errorf("%+v after %d answers", f, limit)
		}
		crowd(100)
		if f := state(); !f.Blown || !f.Until.Equal(s.now.Add(time.Hour)) {
			t.Errorf("%+v", f)
		}
		s.pour(s.plain("ani", "Permohonan", request("ani", 1))) // work goes on
		s.expectSent(map[string]string{"ani": "1 registered", "ka": "1 task", "operator": "1 dead-letter"})
		s.expectDead(map[string]int{"no-form": 100}) // nothing is lost
		if helped() != limit {
			t.Errorf("%d answers, want %d", helped(), limit)
		}

		s.now = s.now.Add(time.Hour + time.Second)
		crowd(10)
		if f := state(); f.Blown || f.Answers != 10 || helped() != limit+10 {
			t.Errorf("%+v and %d answers after an hour", f, helped())
		}
		crowd(limit)
		if f := state(); !f.Blown || helped() != 2*limit {
			t.Errorf("%+v and %d answers", f, helped())
		}
		if err := bot.ResetFuse(t.Context(), s.store, s.now); err != nil {
			t.Fatal(err)
		}
		s.now = s.now.Add(time.Second)
		crowd(5)
		if f := state(); f.Blown || helped() != 2*limit+5 {
			t.Errorf("%+v and %d answers after the reset", f, helped())
		}
	})
}
