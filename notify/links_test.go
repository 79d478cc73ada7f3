package notify_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// links are the mailto: links of a page.
func links(tb failer, page string) []*url.URL {
	tb.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		tb.Fatal(err)
	}
	var out []*url.URL
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key != "href" {
				continue
			}
			u, err := url.Parse(a.Val)
			if err != nil {
				tb.Fatalf("link %q: %v", a.Val, err)
			}
			out = append(out, u)
		}
	}
	return out
}

// TestLinks: every word is a link that writes the whole answer.
func TestLinks(t *testing.T) {
	eachLetter(t, func(t *testing.T, id notify.Identity, l letter) {
		token := token(id, l)
		address := "layanan_batannet@batan.go.id"
		if token != "" && id.PlusAddressing {
			address = "layanan_batannet+" + token + "@batan.go.id"
		}
		var first []string
		for _, u := range links(t, l.html) {
			q := u.Query()
			if u.Scheme != "mailto" || u.Opaque != address || strings.Contains(u.RawQuery, "+") {
				t.Errorf("link %s", u)
			}
			if q.Get("subject") != "Re: "+l.subject {
				t.Errorf("link's subject %q", q.Get("subject"))
			}
			if !id.PlusAddressing && token != "" && !strings.Contains(strings.ToLower(q.Get("body")), "\r\n\r\n-- \r\nkode: "+
				token) {
				t.Errorf("the link's body lacks the token: %q", q.Get("body"))
			}
			if len(u.String()) > 2000 {
				t.Errorf("a link of %d bytes", len(u.String()))
			}
			word, _, _ := strings.Cut(strings.TrimSpace(q.Get("body")), " ")
			first = append(first, strings.Fields(word)[0])
		}
		for _, o := range l.notice.Words {
			if strings.Contains(l.text, "• Balas “"+o.Word) != slices.Contains(first, o.Word) {
				t.Errorf("%s is offered in the text or as a link, but not both: %v", o.Word, first)
			}
		}
	})
}

// TestWhole: whoever must act sees the whole request, the deadline and all the
// words.
func TestWhole(t *testing.T) {
	eachLetter(t, func(t *testing.T, _ notify.Identity, l letter) {
		switch l.notice.Kind {
		case workflow.NoticeTask, workflow.NoticeReminder, workflow.NoticeEscalation:
		default:
			return
		}
		for _, text := range []string{l.text, pageText(t, l.html)} {
			for _, f := range workflow.BuiltInSOP().Fields {
				if !strings.Contains(text, f.Label) {
					t.Errorf("no field %s", f.Label)
				}
			}
			if !l.req.Due.IsZero() && !strings.Contains(text, l.req.Due.In(wib).Format("15.04 MST")) {
				t.Errorf("no deadline")
			}
			if l.notice.Role == workflow.Requester {
				continue
			}
			for _, o := range l.notice.Words {
				if !strings.Contains(text, "Balas “"+o.Word) && !strings.Contains(text, "Balas "+o.Word) {
					t.Errorf("no word %s", o.Word)
				}
			}
		}
	})
}

// TestStranger: who is no party learns nothing but what he or she wrote.
func TestStranger(t *testing.T) {
	l := rendered(t, identity)["not-authorised"]
	all := l.subject + l.text + l.html + string(l.mail.Raw)
	for _, v := range l.req.Form {
		if v.Text != "" && strings.Contains(all, v.Text) {
			t.Errorf("it shows %q", v.Text)
		}
	}
	for _, secret := range []string{"Persetujuan", "Kepala PPIKSN", kepala.Name, kepala.Email, ani.Name, ani.Email,
		"Rapat", "Kode:", "mailto:",
		identity.Keys.For(&l.req, workflow.Requester, ani.Email), identity.Keys.For(&l.req, "", stranger.Email)} {
		if strings.Contains(all, secret) {
			t.Errorf("it shows %q", secret)
		}
	}
}

// TestShadow: on trial, everything goes to the operators, marked.
func TestShadow(t *testing.T) {
	id := identity
	id.Shadow = []workflow.Person{operator, {Name: "Dua", Email: "dua@batan.go.id"}}
	s := newStory(t).file(filled(nil))
	n := s.notice(t, workflow.NoticeTask, kepala)
	mails, err := renderer(t, id, s.p).Render(s.last.Request, n, s.context(n))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for i, want := range id.Shadow {
		l := open(t, mails[i])
		if mails[i].To != want.Email || l.head.Get("To") == "" || strings.Contains(l.head.Get("To"), kepala.Email) {
			t.Errorf("mail %d goes to %s (%s)", i, mails[i].To, l.head.Get("To"))
		}
		if l.subject != "[VC-2026-0001] [untuk yusi@batan.go.id] Mohon persetujuan: Rapat koordinasi anggaran" ||
			!strings.Contains(l.text, kepala.Email) {
			t.Errorf("mail %d does not say whom it was for: %s", i, l.subject)
		}
		ids[mails[i].MessageID] = true
	}
	if len(mails) != 2 || len(ids) != 2 {
		t.Errorf("%d mails with %d Message-IDs", len(mails), len(ids))
	}
}
