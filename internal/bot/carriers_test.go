package bot_test

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// carriers are the places where a code travels, by their rank: the address, the
// mail that is answered, those before it, the text.
var carriers = []struct {
	name, form string
	rank       int
}{
	{"To", "To: layanan_batannet+%s@batan.go.id\n", 0},
	{"Delivered-To", "Delivered-To: layanan_batannet+%s@batan.go.id\n", 0},
	{"In-Reply-To", "In-Reply-To: <%s.5@batan.go.id>\n", 1},
	{"References", "References: <a@b> <%s.5@batan.go.id>\n", 2},
	{"the text", "> Kode: %s (mohon jangan dihapus)\n", 3},
}

// worth is what a code is good for: whose it is, about which request, and
// whether it lives. What is not here names nothing.
var worth = map[string]struct{ owner, number, state string }{
	"ka's of a changed request": {"ka", "VC-2026-0001", "dead"},
	"ka's":                      {"ka", "VC-2026-0001", "live"},
	"ka's of another":           {"ka", "VC-2026-0002", "live"},
	"ka's of what went on":      {"ka", "VC-2026-0003", "dead"},
	"the requester's":           {"ani", "VC-2026-0001", "none"}, // who decides nothing
	"ka's confirm":              {"ka", "VC-2026-0001", "confirm"},
	"kabid's confirm":           {"kabid", "VC-2026-0003", "confirm"},
}

// carried is a mail to be judged.
type carried struct {
	from, auth, subject string
	codes               []string // names
	in                  []int    // of carriers
}

// moves is the number of the request that the mail approves, by the contract's
// words alone; "" for none.
func (c carried) moves() string {
	person, _, _ := strings.Cut(c.from, "@")
	named, states := "", map[string]bool{}
	for rank := range 4 {
		numbers := map[string]bool{}
		for i, code := range c.codes {
			if w := worth[code]; w.owner == person && carriers[c.in[i]].rank == rank {
				numbers[w.number] = true
			}
		}
		if len(numbers) == 1 && named == "" {
			for n := range numbers {
				named = n
			}
		}
	}
	named = cmp.Or(named, c.subject)
	nearest := len(carriers)
	for i, code := range c.codes {
		if w := worth[code]; w.owner == person && w.number == named {
			nearest = min(nearest, carriers[c.in[i]].rank)
		}
	}
	for i, code := range c.codes { // a confirm counts where its mail is the one that is answered
		if w := worth[code]; w.owner == person && w.number == named &&
			(w.state != "confirm" || carriers[c.in[i]].rank == nearest) {
			states[w.state] = true
		}
	}
	office := map[string]string{"VC-2026-0001": "ka", "VC-2026-0002": "ka", "VC-2026-0003": "kabid"}[named]
	dies := states["dead"] && !states["live"]
	switch {
	case named == "" || office != person || dies:
		return ""
	case states["confirm"], c.auth != "fail" && states["live"], c.auth == "pass" && c.subject == named:
		return named
	}
	return ""
}

// offices are three requests: 1 changed by its requester, 2 new, 3 approved;
// with the codes of all that was sent about them.
func offices(t *testing.T) (*story, map[string]string) {
	o := testOffice(t)
	o.Procedure.Also = map[string]string{"ka@gmail.example": "ka@batan.go.id"}
	s := storyOn(t, "\r\n", openStore(t, "sqlite", filepath.Join(t.TempDir(), "carriers.db")), o)
	codes := map[string]string{"invented": "vc-2026-0001-" + strings.Repeat("a", 20)}
	keep := func(name, who, kind string) {
		_, code, _ := strings.Cut(s.token(who, kind), "+")
		codes[name], _, _ = strings.Cut(code, "@")
	}
	s.mail("ani", vc("Rapat anggaran"))
	keep("ka's of a changed request", "ka", "task")
	keep("the requester's", "ani", "registered")
	s.now = s.now.Add(10 * time.Minute)
	s.reply("ani", "", "UBAH\nMedia: SMS")
	keep("ka's", "ka", "task")
	s.mail("ani", vc("Seminar nasional"))
	keep("ka's of another", "ka", "task")
	s.mail("ani", vc("Kuliah umum"))
	keep("ka's of what went on", "ka", "task")
	s.reply("ka", "task", "Setuju")
	s.mail("ka", "Subject: [VC-2026-0001]\n\nSetuju.")
	keep("ka's confirm", "ka", "confirm")
	s.mail("kabid", "Subject: [VC-2026-0003]\n\nSetuju.")
	keep("kabid's confirm", "kabid", "confirm")
	s.mail("kasubbid", strings.Replace(vc("Rapat palsu"), "NIP:", "Email: korban@batan.go.id\nNIP:", 1))
	keep("a form's confirm", "kasubbid", "confirm")
	last := codes["ka's"][len(codes["ka's"])-1:]
	codes["altered"] = strings.TrimSuffix(codes["ka's"], last) + map[bool]string{true: "b", false: "a"}[last == "a"]
	s.now = s.now.Add(time.Minute)
	s.out()
	return s, codes
}

// TestEveryCarrier: whoever writes, whatever codes stand wherever, with the
// number or without, a mail approves the request that the contract says, or
// none. All are tried with -full, some of them without.
func TestEveryCarrier(t *testing.T) {
	t.Parallel()
	codes := []string{"", "ka's of a changed request", "ka's", "ka's of another", "ka's of what went on",
		"the requester's", "ka's confirm", "kabid's confirm", "a form's confirm", "invented", "altered"}
	var all []carried
	for _, from := range []string{"ka@batan.go.id", "ka@gmail.example", "wakil@batan.go.id", "ani@batan.go.id",
		"kabid@batan.go.id", "operator@batan.go.id", "budi@batan.go.id", "eve@example.org"} {
		for _, auth := range []string{"none", "pass", "fail"} {
			for _, subject := range []string{"", "VC-2026-0001", "VC-2026-0002"} {
				for in := range carriers {
					for i, one := range codes {
						all = append(all, carried{from, auth, subject, []string{one}, []int{in}})
						for j := 1; from == "ka@batan.go.id" && j < len(codes); j++ {
							// a field that stands twice proves nothing
							if other := (in + i + j) % len(carriers); other != in || carriers[in].rank%3 == 0 {
								all = append(all, carried{from, auth, subject, []string{one, codes[j]}, []int{in, other}})
							}
						}
					}
				}
			}
		}
	}
	step := 149
	if *full {
		step = 1
	}
	var s *story
	var code map[string]string
	tried, used := 0, 0
	for n := 0; n < len(all); n += step {
		c := all[n]
		if s == nil || used == 10 { // readings are kept for twenty
			s, code = offices(t)
			used = 0
		}
		used, tried = used+1, tried+1
		var before []string
		for _, number := range []string{"VC-2026-0001", "VC-2026-0002", "VC-2026-0003"} {
			before = append(before, s.step(number))
		}
		head, text := "", "Setuju.\n"
		for i, name := range c.codes {
			switch line := fmt.Sprintf(carriers[c.in[i]].form, code[name]); {
			case name == "":
			case carriers[c.in[i]].rank == 3:
				text += line
			default:
				head += line
			}
		}
		_, domain, _ := strings.Cut(c.from, "@")
		auth := map[string]string{"pass": "Authentication-Results: mx.batan.go.id; dmarc=pass header.from=" + domain + "\n",
			"fail": "Authentication-Results: mx.batan.go.id; dmarc=fail\n"}[c.auth]
		s.hand(fmt.Sprintf("%sFrom: %s\n%sSubject: Re: [%s]\nDate: %s\nMessage-ID: <c%d@mail>\n\n%s", auth, c.from, head,
			c.subject, s.now.Format(time.RFC1123Z), n, text))
		got := ""
		for i, number := range []string{"VC-2026-0001", "VC-2026-0002", "VC-2026-0003"} {
			if s.step(number) != before[i] {
				got += number
			}
		}
		if want := c.moves(); got != want {
			t.Errorf("%+v approves %q, want %q; told %s", c, got, want, s.out())
		}
		if got != "" {
			s = nil
		}
	}
	t.Logf("%d of %d mails", tried, len(all))
}
