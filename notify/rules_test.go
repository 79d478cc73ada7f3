package notify_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// identities are the ways in which a site may run: with the token in the
// address, or without.
func identities() map[string]notify.Identity {
	plain := identity
	plain.PlusAddressing = false
	return map[string]notify.Identity{"plus": identity, "plain": plain}
}

// eachLetter runs a check on every notice in every form, on both kinds of site.
func eachLetter(t *testing.T, check func(t *testing.T, id notify.Identity, l letter)) {
	for way, id := range identities() {
		for name, l := range rendered(t, id) {
			t.Run(way+"/"+name, func(t *testing.T) { check(t, id, l) })
		}
	}
}

func TestHeaders(t *testing.T) {
	eachLetter(t, func(t *testing.T, id notify.Identity, l letter) {
		belongs := l.req.Number != ""
		want := map[string]string{
			"Auto-Submitted": "auto-generated",
			"X-Auto-Response-Suppress": map[bool]string{true: "DR, RN, NRN, AutoReply",
				false: "All"}[l.notice.Kind == workflow.NoticeTask],
			"X-Layanan-Notice":  string(l.notice.Kind),
			"X-Layanan-Request": l.req.Number,
			"X-Layanan-Step":    l.notice.Step,
			"Message-Id":        "<" + l.mail.MessageID + ">",
			"From":              `"Layanan BATANnet" <layanan_batannet@batan.go.id>`,
			"Mime-Version":      "1.0",
		}
		if l.head.Get("In-Reply-To") != "" {
			want["Auto-Submitted"] = "auto-replied"
		}
		for name, value := range want {
			if got := l.head.Get(name); got != value {
				t.Errorf("%s: %q, want %q", name, got, value)
			}
			if n := len(l.head[name]); n > 1 {
				t.Errorf("%s stands %d times", name, n)
			}
		}
		prefix := "[Layanan BATANnet] "
		if belongs {
			prefix = "[VC-2026-0001] "
		}
		if rest, ok := strings.CutPrefix(l.subject, prefix); !ok || utf8.RuneCountInString(rest) > 50+60 {
			t.Errorf("subject %q", l.subject)
		}
		token := token(id, l)
		address := "layanan_batannet@batan.go.id"
		if token != "" {
			if !strings.HasPrefix(l.mail.MessageID, token+".") {
				t.Errorf("Message-ID %s lacks the token %s", l.mail.MessageID, token)
			}
			if id.PlusAddressing {
				address = "layanan_batannet+" + token + "@batan.go.id"
			}
		}
		reply, err := l.head.AddressList("Reply-To")
		if err != nil || len(reply) != 1 || reply[0].Address != address {
			t.Errorf("Reply-To %v (%v), want %s", reply, err, address)
		}
		if to, err := l.head.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != l.notice.To.Email {
			t.Errorf("To %v (%v)", to, err)
		}
	})
}

// token is what the recipient answers with; a stranger has none.
func token(id notify.Identity, l letter) string {
	if l.req.Number == "" || l.notice.Kind == workflow.NoticeNotAuthorised {
		return ""
	}
	if l.notice.Kind == workflow.NoticeConfirm || l.notice.Asks {
		return id.Keys.Confirmation(l.req.Number, l.notice.N, l.notice.To.Email)
	}
	return id.Keys.For(&l.req, l.notice.Role, l.notice.To.Email)
}

// TestThreads: all mails of one request to one recipient share the root of
// their References, and no two recipients do.
func TestThreads(t *testing.T) {
	roots := map[string]string{}
	for name, l := range rendered(t, identity) {
		refs := strings.Fields(l.head.Get("References"))
		if l.req.Number == "" {
			if len(refs) > 0 && refs[len(refs)-1] != l.head.Get("In-Reply-To") {
				t.Errorf("%s: References %v", name, refs)
			}
			continue
		}
		if len(refs) == 0 {
			t.Fatalf("%s has no References", name)
		}
		if l.notice.Role == workflow.Requester && l.req.Origin == "form@batan.go.id" && refs[0] != "<form@batan.go.id>" {
			t.Errorf("%s: the requester's thread begins with %s, not with the form", name, refs[0])
		}
		if in := l.head.Get("In-Reply-To"); in != "" && refs[len(refs)-1] != in {
			t.Errorf("%s answers %s, but refers to %v", name, in, refs)
		}
		if l.req.Origin != "form@batan.go.id" {
			continue // another request of the cases
		}
		if root, seen := roots[l.notice.To.Email]; seen && root != refs[0] {
			t.Errorf("%s: %s has threads %s and %s", name, l.notice.To.Email, root, refs[0])
		}
		roots[l.notice.To.Email] = refs[0]
	}
	owner := map[string]string{}
	for to, root := range roots {
		if other, taken := owner[root]; taken {
			t.Errorf("%s and %s share the thread %s", to, other, root)
		}
		owner[root] = to
	}
}

// TestWire: 7-bit, CRLF, no line longer than RFC 5322 and RFC 2045 allow.
func TestWire(t *testing.T) {
	eachLetter(t, func(t *testing.T, _ notify.Identity, l letter) { checkWire(t, l.mail.Raw) })
}

func checkWire(t failer, raw []byte) {
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		if len(line) > 998 {
			t.Errorf("a line of %d bytes", len(line))
		}
		if bytes.ContainsAny(line, "\r\n\x00") {
			t.Errorf("a stray control character in %q", line)
		}
		if bytes.ContainsFunc(line, func(r rune) bool { return r >= 0x80 }) {
			t.Errorf("8-bit text in %q", line)
		}
	}
}

var link = regexp.MustCompile(`(?i)https?:|www\.`)

// TestNoCommandAlone: mail programs mangle quotes, so no line of ours may look
// like an answer (a guard for when a quote slips through), nor begin with a word that is one.
func TestNoCommandAlone(t *testing.T) {
	forms := map[string]bool{}
	for _, w := range workflow.BuiltInSOP().Words {
		forms[strings.ToLower(w.ID)] = true
		for _, f := range w.Forms {
			forms[f] = true
		}
	}
	eachLetter(t, func(t *testing.T, _ notify.Identity, l letter) {
		for _, text := range []string{l.text, pageText(t, l.html)} {
			if link.MatchString(text) {
				t.Errorf("a link that scanners open: %q", link.FindString(text))
			}
			for line := range strings.SplitSeq(text, "\n") {
				line = strings.ToLower(strings.TrimSpace(line))
				if bare := strings.Trim(line, " \t•»“”\"'.,:;-–—()[]"); forms[bare] {
					t.Errorf("a command word alone: %q", line)
				}
				words := strings.FieldsFunc(line, func(r rune) bool { return !unicode.IsLetter(r) })
				if len(words) == 0 {
					continue
				}
				if strings.HasPrefix(line, "laporan pelaksanaan video konferensi") {
					continue // the field's label on the form, which brings its word along
				}
				for n := range min(len(words), 3) {
					if forms[strings.Join(words[:n+1], " ")] {
						t.Errorf("a line that begins as a command does: %q", line)
					}
				}
			}
		}
	})
}

// pageText is a page as a program without style shows it, a line a block.
func pageText(tb testing.TB, page string) string {
	tb.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		tb.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "title" && n.Parent.Data != "style" {
			b.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && (slices.Contains([]string{"p", "br", "tr", "li"}, n.Data)) {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// void are the elements of our layout that have no end tag.
var void = map[string]bool{"meta": true, "br": true}

// TestPage: the HTML is well formed, needs nothing from elsewhere and says
// what the text says.
func TestPage(t *testing.T) {
	eachLetter(t, func(t *testing.T, _ notify.Identity, l letter) {
		checkPage(t, l.html)
		shown := strings.Join(strings.Fields(pageText(t, l.html)), " ")
		for para := range strings.SplitSeq(l.text, "\n\n") {
			if first := strings.Join(strings.Fields(strings.TrimPrefix(para, "  •")), " "); !strings.Contains(para, "\n") &&
				!strings.Contains(shown, first) {
				t.Errorf("the page lacks %q", first)
			}
		}
	})
}

func checkPage(t failer, page string) {
	var open []string
	z := html.NewTokenizer(strings.NewReader(page))
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		switch tok.Type {
		case html.StartTagToken:
			if !void[tok.Data] {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Errorf("</%s> closes %v", tok.Data, open)
				return
			}
			open = open[:len(open)-1]
		}
		for _, a := range tok.Attr {
			switch a.Key {
			case "href":
				if !strings.HasPrefix(a.Val, "mailto:layanan_batannet") {
					t.Errorf("a link to %q", a.Val)
				}
			case "src", "background", "action", "srcset", "onclick", "onload", "onerror":
				t.Errorf("%s=%q", a.Key, a.Val)
			case "style":
				if strings.Contains(a.Val, "url(") {
					t.Errorf("style=%q", a.Val)
				}
			}
		}
		switch tok.Data {
		case "script", "img", "link", "iframe", "form", "object", "style":
			t.Errorf("an element %s", tok.Data)
		}
	}
	if len(open) > 0 {
		t.Errorf("%v are left open", open)
	}
}
