package bot_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/internal/bot"
)

// Who gets no answer, since it would go to whomever the mail names: an outsider
// who is no party and proves nothing, where honest mail can be proven.
func TestOutsidersWhoProveNothing(t *testing.T) {
	t.Parallel()
	const pass, about = "Authentication-Results: mx.batan.go.id; dmarc=pass\n", "Subject: [VC-2026-0001]\n"
	form := func(who string) string { return request(who, 1) }
	for _, c := range []struct{ name, from, head, text, deaf, trusting string }{ // trusting: no server's word counts
		{"an outsider's form", "orang@example.org", "Subject: a\n", form("orang"), "", "not-authorised"},
		{"a proven outsider's form", "orang@example.org", "Subject: a\n" + pass, form("orang"), "not-authorised",
			"not-authorised"},
		{"another server's word", "orang@example.org", "Subject: a\n" + strings.Replace(pass, "mx.batan", "mx.evil", 1),
			form("orang"), "", "not-authorised"},
		{"the server found nothing", "orang@example.org", "Subject: a\n" + strings.Replace(pass, "pass", "none", 1),
			form("orang"), "", "not-authorised"},
		{"a look-alike domain", "orang@batan.go.id.example.org", "Subject: a\n", form("orang"), "", "not-authorised"},
		{"a domain below ours", "orang@sub.batan.go.id", "Subject: a\n", form("orang"), "", "not-authorised"},
		{"a word", "orang@example.org", about, "Setuju", "", "not-authorised"},
		{"a question", "orang@example.org", about, "STATUS", "", "not-authorised"},
		{"a token-shaped text", "orang@example.org", about + "References: <vc-2026-0001.00000000000000000000@batan.go.id>\n",
			"Setuju", "", "not-authorised"},
		{"no word", "orang@example.org", about, "Apa kabar?", "", "not-authorised"},
		{"a proven outsider's word", "orang@example.org", about + pass, "Setuju", "not-authorised", "not-authorised"},
		{"somebody's of the domain", "orang@batan.go.id", about, "Setuju", "not-authorised", "not-authorised"},
		{"an office's", "kabid@batan.go.id", about, "Setuju", "not-authorised", "not-authorised"},
		{"the requester's", "ani@batan.go.id", about, "STATUS", "status", "status"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, authserv := range []string{"mx.batan.go.id", ""} {
				s := newStory(t, "\n")
				o := testOffice(t)
				o, err := bot.NewOffice(o.Procedure, o.Identity, authserv)
				if err != nil {
					t.Fatal(err)
				}
				s.bot.Use(o)
				s.pour(s.plain("ani", "Permohonan", request("ani", 1)))
				who, _, _ := strings.Cut(c.from, "@")
				before := len(s.last[who])
				s.mail(c.from, c.head+"\n"+c.text)
				want := c.deaf
				if authserv == "" {
					want = c.trusting
				}
				var got []string
				for _, m := range s.last[who][before:] {
					got = append(got, m.Kind)
				}
				if strings.HasPrefix(c.text, "Nama:") { // a person may know better
					s.expectDead(map[string]int{"unknown-sender": 1})
				}
				if strings.Join(got, " ") != want {
					t.Errorf("with %q: %q answers, want %q", authserv, got, want)
				}
			}
		})
	}
}
