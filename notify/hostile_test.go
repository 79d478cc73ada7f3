package notify_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// hostile draws what somebody might write to break out of a mail of ours.
func hostile() *rapid.Generator[string] {
	bad := rapid.SampledFrom([]string{"\r\nBcc: x@example.org", "\r\n\r\n<h1>", "\n.\n", "</td><script>alert(1)</script>",
		`"><a href="https://example.org">`, "' onclick='x", "<!--",
		"{{.Code}}", "{{template \"where\" .}}", "\u202egnp.exe", "\u2066\u2069\u200f\u061c", "\u200b\ufeff\u00ad",
		"\x00\x1b[2J\x7f", "\xff\xfe\xc3", "\u2028\u2029\u0085",
		"SETUJU", "\nSETUJU\n", "--=_boundary--", "=?utf-8?q?=0D=0AX:_y?=", `a\" <b@c>`, "%0d%0aBcc:", "&body=SETUJU", "]]>",
		strings.Repeat("x", 10_000), strings.Repeat("é ", 5_000), strings.Repeat("\n", 3_000)})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(bad, rapid.String()), 1, 4).Draw(t, "pieces"),
			rapid.SampledFrom([]string{"", " ", "\n"}).Draw(t, "glue"))
	})
}

// maxMail bounds a mail whatever its notice quotes.
const maxMail = 200 << 10

// TestHostile: whatever people write, a mail stays one mail with our headers,
// our links and our page, of bounded size.
func TestHostile(t *testing.T) {
	p := procedure(t)
	renderers := map[bool]*notify.Renderer{}
	for way, id := range identities() {
		renderers[way == "plus"] = renderer(t, id, p)
	}
	usual := rendered(t, identity)
	kinds := []string{"task", "task-changed", "incomplete", "incomplete-photo", "escalation-stuck", "question", "answer",
		"reminder-question", "receipt", "confirm", "unrecognised-doubtful", "rejected", "progress-trouble",
		"cancelled-office", "closed", "escalation-trouble", "status", "not-authorised", "undeliverable", "help-guide",
		"dead-letter", "task-delegated", "ready"}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(what string) string { return hostile().Draw(t, what) }
		l := usual[rapid.SampledFrom(kinds).Draw(t, "kind")]
		req, n := l.req, l.notice
		req.Form = workflow.Form{}
		for _, id := range slices.Sorted(maps.Keys(l.req.Form)) {
			v := l.req.Form[id]
			v.Text = draw(id)
			req.Form[id] = v
		}
		if req.Report != nil {
			req.Report = &workflow.Report{Officer: workflow.Person{Name: draw("officer"), Email: admin.Email},
				At:   req.Report.At,
				Form: workflow.Form{"laporan": {Text: draw("laporan")}, "hasil": {Text: draw("hasil")}}}
		}
		if req.Question != nil {
			req.Question = &workflow.Question{By: workflow.Person{Name: draw("asker"), Email: kepala.Email},
				Text: draw("question")}
		}
		req.Problems = slices.Clone(req.Problems)
		for i := range req.Problems {
			req.Problems[i].Text, req.Problems[i].Part = draw("problem"), draw("part")
			req.Problems[i].Reason = rapid.SampledFrom([]string{"weekday", "contradiction", "nip-birthdate",
				workflow.Unreadable, draw("reason")}).Draw(t, "code")
		}
		for i := range n.Changes {
			n.Changes = slices.Clone(n.Changes)
			n.Changes[i].Old = draw("old")
		}
		req.Requester.Name, req.Origin = draw("requester"), draw("origin")
		n.To.Name, n.By.Name, n.Note, n.Unread, n.Doubt.Code, n.Doubt.Text = draw("to"), draw("by"), draw("note"),
			draw("unread"), "condition", draw("doubt")
		if n.Bounce != nil {
			n.Bounce = &workflow.Bounce{Recipient: draw("recipient"), Status: draw("status"), Kind: workflow.NoticeTask}
		}
		ctx := notify.Context{Now: began, ID: "0190", InReplyTo: draw("in-reply-to"), Topic: draw("topic"),
			Detail: "Mohon periksa surat dari " + draw("detail") + "."}
		mails, err := renderers[rapid.Bool().Draw(t, "plus")].Render(req, n, ctx)
		if err != nil {
			t.Fatal(err)
		}
		checkHostile(t, open(t, mails[0]), l)
	})
}

// checkHostile compares a mail full of hostile text with the same one without.
func checkHostile(t *rapid.T, got, usual letter) {
	if len(got.mail.Raw) > maxMail {
		t.Errorf("a mail of %d bytes", len(got.mail.Raw))
	}
	checkWire(t, got.mail.Raw)
	checkPage(t, got.html)
	for name, values := range got.head {
		if _, ours := usual.head[name]; !ours && name != "In-Reply-To" && name != "References" || len(values) != 1 {
			t.Errorf("header %s: %q", name, values)
		}
	}
	if to, err := got.head.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != usual.notice.To.Email {
		t.Errorf("To %v (%v)", to, err)
	}
	for what, s := range map[string]string{"subject": got.subject, "text": got.text, "page": got.html} {
		if i := strings.IndexFunc(s, func(r rune) bool {
			return r != '\n' && unicode.Is(unicode.C, r) || r == '\u2028' ||
				r == '\u2029'
		}); i >= 0 {
			t.Errorf("%s holds %q", what, s[i:min(len(s), i+8)])
		}
	}
	for _, u := range links(t, got.html) {
		if q := u.Query(); len(q) != 2 || len(q["subject"]) != 1 || len(q["body"]) != 1 {
			t.Errorf("link %s", u)
		}
	}
	for line := range strings.SplitSeq(got.text, "\n") {
		if strings.Trim(line, " \t•»“”\"'.,:;-–—") == "SETUJU" && !strings.Contains(line, "»") {
			t.Errorf("a line that is a command: %q", line)
		}
	}
}

// TestTokenStaysPrivate: a token that somebody quoted is not passed on.
func TestTokenStaysPrivate(t *testing.T) {
	s := newStory(t).upTo("persetujuan")
	secret := identity.Keys.For(&s.last.Request, "ka_ppiksn", kepala.Email)
	s.say(kepala, "TANYA", "berapa pesertanya?\r\n\r\nKode: "+strings.ToUpper(secret[:12])+secret[12:]+"\r\n")
	n := s.notice(t, workflow.NoticeQuestion, ani)
	l := post(t, renderer(t, identity, s.p), s.last.Request, n, s.context(n))
	if strings.Contains(strings.ToLower(string(l.mail.Raw)+l.text+l.html), secret) ||
		!strings.Contains(l.text, "» berapa pesertanya?\n\n") {
		t.Errorf("the question to the requester:\n%s", l.text)
	}
}
