package bot_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"

	"batan.go.id/layanan/internal/mailbox"
	"batan.go.id/layanan/internal/store"
)

const proven = "Authentication-Results: mx.batan.go.id; dmarc=pass\n\n"

// filed are those whose form made a request, in the order of its number.
func (s *story) filed() (names []string) {
	s.t.Helper()
	all, err := s.store.Requests(s.t.Context(), store.Filter{})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range all {
		name, _, _ := strings.Cut(r.Requester.Email, "@")
		names = append(names, name)
	}
	return names
}

// Forms of invented senders come without end. What is proven is registered in
// the batch that it comes in, the others as room comes; none is lost, none is
// taken twice, a new daemon knows how much room there is, and the operators hear
// once.
func TestForgeries(t *testing.T) {
	onBoth(t, func(t *testing.T, s *story) {
		size, limit := sized(10_000, 600), sized(60, 12)
		s.office.Limits.UnprovenPerHour = limit
		for first, honest := 0, 0; first < size; first += 100 {
			var mails []string
			for i := range 100 {
				mails = append(mails, s.plain(fmt.Sprint("karangan", first+i), "Permohonan", request("karangan", first+i)))
			}
			honest++
			who := fmt.Sprint("jujur", honest)
			s.pour(slices.Insert(mails, 50, s.plain(who, "Permohonan", proven+request(who, honest)))...)
			s.expectSent(map[string]string{who: "1 registered"})
			s.now = s.now.Add(time.Second)
		}
		honest := size / 100
		if n := len(s.filed()); n != limit+honest || len(s.waits) != size-limit {
			t.Fatalf("%d requests, %d mails wait", n, len(s.waits))
		}
		s.expectSent(map[string]string{"operator": "1 dead-letter", "karangan0": "1 registered",
			fmt.Sprint("karangan", size-1): ""})
		s.expectDead(map[string]int{})

		s.now = s.now.Add(50 * time.Minute)
		s.restart() // it must know what was made within the hour
		if n := len(s.filed()); n != limit+honest {
			t.Fatalf("%d requests after a restart, want %d", n, limit+honest)
		}
		var hours []int // requests of each ten minutes
		for len(s.waits) > 0 && len(hours) < 6*2*size/limit {
			n := len(s.waits)
			s.now = s.now.Add(10 * time.Minute)
			s.poll()
			hours = append(hours, n-len(s.waits))
			if last := hours[max(0, len(hours)-6):]; total(last) > limit {
				t.Fatalf("%d requests within an hour", total(last))
			}
		}
		got := s.filed()
		if slices.Sort(got); len(slices.Compact(got)) != size+honest {
			t.Errorf("%d requests of different senders, want %d", len(slices.Compact(got)), size+honest)
		}
		if took := len(hours) / 6; took > size/limit+1 {
			t.Errorf("they took %d hours", took)
		}
	})
}

func total(all []int) (n int) {
	for _, i := range all {
		n += i
	}
	return n
}

// A mail that waits is known by its number and its sender, and by nothing else.
func TestWaitingTakesLittleMemory(t *testing.T) {
	s := newStory(t, "\n") // alone: no other test runs beside it
	s.office.Limits.UnprovenPerHour = 1
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	size, before := sized(20_000, 2000), int64(0)
	for n := 0; n < size; n += 100 {
		if n == 200 { // what is made once is there
			before = heap()
		}
		var batch []mailbox.Message
		for i := range 100 {
			batch = append(batch, s.message(s.plain(fmt.Sprint("karangan", n+i), "Permohonan", request("karangan", n+i)+
				strings.Repeat("Terlampir. ", 1000))))
		}
		if _, err := s.in.Handle(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	if each := (heap() - before) / int64(size-200); each > 500 {
		t.Errorf("%d bytes for each mail that waits", each)
	}
	runtime.KeepAlive(s.in)
}

// Whoever sends one form is next, however many another sends; the forms of each
// are taken in the order in which they came.
func TestSendersTakeTurns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, come, want string }{
		{"as they come", "a b c", "a b c"},
		{"one floods", "a a a a a a b", "a a b a a a a"},
		{"all have several", "a a a b b c", "a a b c a b"},
		{"case makes no other sender", "a A a A b", "a a b a a"},
		{"who comes later", "a a a b | b c", "a a b a c b"},
		{"who comes later finds others waiting", "a a a a | | b", "a a a a b"},
		{"who comes just when there is room", "a a a / b", "a a b a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStory(t, "\n")
			s.office.Limits.UnprovenPerHour = 1
			n := 0
			for who := range strings.FieldsSeq(c.come) { // an hour passes at "|", and at "/" before the mailbox was looked at
				if who == "|" || who == "/" {
					s.now = s.now.Add(time.Hour + time.Second)
					if who == "|" {
						s.poll()
					}
					continue
				}
				n++
				s.pour(s.plain(who, "Permohonan", request(strings.ToLower(who), n)))
			}
			for range n {
				s.now = s.now.Add(time.Hour + time.Second)
				s.poll()
			}
			if got := strings.Join(s.filed(), " "); got != c.want {
				t.Errorf("registered %s, want %s", got, c.want)
			}
			last := map[string]int{}
			for i := range n {
				r, err := s.store.Request(t.Context(), fmt.Sprintf("VC-2026-%04d", i+1))
				if err != nil {
					t.Fatal(err)
				}
				var who string
				var came int
				if _, err := fmt.Sscanf(r.Form.Text("kegiatan"), "Rapat %s %d", &who, &came); err != nil || came <= last[who] {
					t.Errorf("%s's form %d came after %d (%v)", who, came, last[who], err)
				}
				last[who] = came
			}
		})
	}
}

// What counts against the hour's room, and what waits for it.
func TestWhatWaits(t *testing.T) {
	t.Parallel()
	form := func(who string) string { return request(who, 1) }
	for _, c := range []struct {
		name string
		mail func(*story) string
		want string // what comes of it once there is no room
	}{
		{"nothing shows whose it is", func(s *story) string { return s.plain("budi", "Permohonan", form("budi")) }, "waits"},
		{"the server says nothing of it", func(s *story) string {
			return s.plain("budi", "Permohonan", "Authentication-Results: mx.batan.go.id; dmarc=none\n\n"+form("budi"))
		}, "waits"},
		{"another server vouches", func(s *story) string {
			return s.plain("budi", "Permohonan", "Authentication-Results: mx.example.org; dmarc=pass\n\n"+form("budi"))
		}, "waits"},
		{"an office's, forged or not", func(s *story) string { return s.plain("kabid", "Permohonan", form("kabid")) },
			"waits"},
		{"in an old thread", func(s *story) string { return s.plain("budi", "Re: [VC-2026-0999] lagi", form("budi")) },
			"waits"},
		{"proven", func(s *story) string { return s.plain("budi", "Permohonan", proven+form("budi")) }, "1 registered"},
		{"the rest of a form that waits for it", func(s *story) string {
			return s.plain("candra", "Permohonan", request("candra", 1))
		}, "1 confirm, 1 incomplete"},
		{"without a form", func(s *story) string { return s.plain("budi", "Halo", "Selamat pagi, apa kabar?") }, "1 help"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStory(t, "\n")
			s.office.Limits.UnprovenPerHour = 2
			s.pour(s.plain("candra", "Permohonan", strings.Replace(request("candra", 1), "NIP: 19850217 201012 2 003\n", "",
				1)))
			s.pour(s.plain("ani", "Permohonan", request("ani", 1)), s.plain("dewi", "Permohonan", proven+request("dewi", 1)))
			s.expectSent(map[string]string{"candra": "1 incomplete", "ani": "1 registered", "dewi": "1 registered"})
			s.pour(c.mail(s))
			if waits := len(s.waits) == 1; waits != (c.want == "waits") {
				t.Errorf("%d mails wait", len(s.waits))
			}
			sent := s.sent("budi") + s.sent("candra") + s.sent("kabid")
			if want := strings.Replace(c.want, "waits", "", 1); !strings.Contains(sent, want) ||
				c.want == "waits" && sent != "1 incomplete" {
				t.Errorf("sent %q, want %q", sent, c.want)
			}
			s.now = s.now.Add(time.Hour + time.Second)
			s.poll()
			if len(s.waits) != 0 {
				t.Error("it waits though there is room")
			}
			s.expectDead(map[string]int{})
		})
	}
}

// Where the bot verifies signatures itself, a signed form is proven: it never
// waits.
func TestSignedFormsDoNotWait(t *testing.T) {
	t.Parallel()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s := newStory(t, "\r\n")
	s.office.Limits.UnprovenPerHour = 1
	s.office.Signatures.LookupTXT = func(_ context.Context, name string) ([]string, error) {
		if name != "k._domainkey.batan.go.id" {
			return nil, errors.New("no such host")
		}
		return []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)}, nil
	}
	sign := func(mail, selector string) string {
		var out bytes.Buffer
		err := dkim.Sign(&out, strings.NewReader(strings.ReplaceAll(mail, "\n", "\r\n")),
			&dkim.SignOptions{Domain: "batan.go.id", Selector: selector, Signer: private,
				HeaderKeys: []string{"From", "To", "Subject", "Date", "Message-ID"}, HeaderCanonicalization: "relaxed",
				BodyCanonicalization: "relaxed"})
		if err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	for i := range 3 {
		s.pour(s.plain("karangan", "Permohonan", request("karangan", i)),
			sign(s.plain("ani", "Permohonan", request("ani", i)), "k"),
			sign(s.plain("budi", "Permohonan", request("budi", i)), "forged"))
	}
	if got := s.filed(); !slices.Equal(got, []string{"karangan", "ani", "ani", "ani"}) || len(s.waits) != 5 {
		t.Errorf("registered %v, %d mails wait", got, len(s.waits))
	}
}
