package text

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// Marks of lines, besides the classes and names by which mail programs mark a quote.
const (
	MarkElement = "signature element" // a mail program marks it as the signature
	MarkEdge    = "line beside it"    // a line is drawn at its left or right
)

// quotingKind is what an element says about the text in it.
type quotingKind int

const (
	quotesNothing quotingKind = iota
	quotesElement             // its content is quoted
	quotesAround              // so it is, but for what follows the quote inside of it
	quotesToEnd               // what follows is quoted, up to the end of the mail
	drawsRule                 // a line is drawn above what follows
)

// quoteClasses mark an element that holds a quote, by mail program. Outlook puts "x_" before those of others.
var quoteClasses = fold.Set(
	"gmail_attr", "yahoo_quoted", "moz-cite-prefix", "moz-forward-container", "moz-email-headers-table",
	"protonmail_quote", "tutanota_quote", "zmail_extra", "zmail_extra_hr", "freebirdforwardcontent", "mail_android_quote",
	"outlookmessageheader",
	"gmx_quote", "ms-outlook-mobile-reference-message", "lotusquote", "reply-quote", "hcsig-quote", "sparrow_quote",
	"elided-text", "cloudhq__gmail_quote",
	"aolreplacedbody", "front-blockquote", "missive_quote", "mailbird-quote", "quoted-text", "forwarded-message",
)

// signClasses mark an element that holds the signature, as class or id.
var signClasses = fold.Set(
	"gmail_signature", "gmail_signature_prefix", "moz-signature", "protonmail_signature_block",
	"ms-outlook-mobile-signature", "applemailsignature", "ymail_android_signature", "yahoo_signature", "_rc_sig",
	"signature", "zm_signature", "mailbird-signature", "bloop_sign", "tutanota_signature",
)

// endIDs begin the quote that lasts to the end: the separators of Outlook, Zimbra, Apple, mobile Outlook.
var endIDs = fold.Set(
	"divrplyfwdmsg", "appendonsend", "olk_src_body_section", "zwchr", "mail-editor-reference-message-container",
	"ms-outlook-mobile-body-separator-line", "replysplit", "stopspelling", "hotmail_quote", "isforwardcontent",
	"isreplycontent",
)

// quoting judges one start tag, and names what says so.
func quoting(t tag) (quotingKind, string) {
	if t.name == "hr" && t.id == "" && t.marker == "" {
		return drawsRule, ""
	}
	for c := range strings.FieldsSeq(t.class) {
		switch c = strings.TrimPrefix(c, "x_"); {
		case c == "gmail_quote" || c == "gmail_quote_container":
			if t.name == "div" {
				return quotesAround, c
			}
			return quotesElement, c
		case signClasses[c]:
			return quotesElement, MarkElement
		case quoteClasses[c] || strings.HasSuffix(c, "yahoo_quoted"):
			return quotesElement, c
		}
	}
	for id := range strings.FieldsSeq(t.id) {
		switch id = strings.TrimPrefix(id, "x_"); {
		case signClasses[id]:
			return quotesElement, MarkElement
		case endIDs[id]:
			return quotesToEnd, id
		case strings.HasSuffix(id, "yahoo_quoted") || id == "quote":
			return quotesElement, id
		}
	}
	switch t.marker {
	case "__sig_pre__", "__sig_post__":
		return quotesElement, MarkElement
	case "__divider__", "__quoted_text__", "__headers__":
		return quotesToEnd, t.marker
	}
	if t.name == "blockquote" {
		return blockquote(t)
	}
	if strings.Contains(t.css, "border") {
		return bordered(t)
	}
	return quotesNothing, ""
}

// blockquote tells a quote from the indentation that a button of the editor makes: a quote has a class, a cite or a
// visible edge.
func blockquote(t tag) (quotingKind, string) {
	indented := strings.Contains(t.style, "border:none") || strings.Contains(t.style, "border:0") ||
		t.class == "webkit-indent-blockquote" || strings.Contains(t.style, "margin:0040px")
	if indented && t.marker != "cite" && !drawnEdges(t.css)[edgeLeft] {
		return quotesNothing, ""
	}
	return quotesElement, "blockquote"
}

// bordered recognises the line that programs draw beside a quote, and the one that Outlook draws above the quoted
// mail's header.
func bordered(t tag) (quotingKind, string) {
	e := drawnEdges(t.css)
	switch t.name {
	case "div", "td", "table", "p", "ul", "dl", "section", "article":
		if e.only(edgeLeft) || e.only(edgeRight) {
			return quotesElement, MarkEdge
		}
	}
	if !e.only(edgeTop) {
		return quotesNothing, ""
	}
	switch {
	case t.name != "div":
		return drawsRule, ""
	case strings.Contains(t.style, "padding:3") || strings.Contains(t.style, "#b5c4df") ||
		strings.Contains(t.style, "#e1e1e1") || strings.Contains(t.style, "rgb(181,196,223)") ||
		strings.Contains(t.style, "rgb(225,225,225)"):
		return quotesToEnd, "Outlook's line"
	}
	return drawsRule, ""
}

// element is an open element: its name, and how many of that name are open inside of it.
type element struct {
	name  string
	depth int
	rule  string
	holds holding
}

// holding is what was seen in an element that has a quote in it.
type holding int

const (
	holdsQuote    holding = iota // it is a quote
	holdsNoneYet                 // nothing but the line above a quote
	holdsPastText                // the quote is behind: what follows is new
)

// mark is the rule by which text is quoted here.
func (r *renderer) mark(text string) string {
	n := len(r.quotes)
	if r.toEnd != "" || n == 0 {
		return r.toEnd
	}
	e := &r.quotes[n-1]
	if n == 1 && e.holds == holdsPastText {
		return ""
	}
	// A container whose first words are no attribution holds a forwarded mail: what follows its quotes is that mail's.
	outer := e
	if n == 2 && e.rule == "gmail_attr" {
		outer = &r.quotes[0]
	}
	if outer.holds == holdsNoneYet && text != "" && (r.introduces == nil || !r.introduces(text)) {
		outer.holds = holdsQuote
	}
	return e.rule
}

// track keeps the stack of quoting elements.
func (r *renderer) track(t tag, selfClosed bool) {
	if n := len(r.quotes); n > 0 && r.quotes[n-1].name == t.name && !selfClosed {
		r.quotes[n-1].depth++
	}
	kind, rule := quoting(t)
	switch kind {
	case quotesToEnd:
		r.flush(false)
		if r.toEnd == "" {
			r.toEnd = rule
		}
	case quotesElement, quotesAround:
		if nested := rule == MarkElement && len(r.quotes) > 0; !selfClosed && !nested && len(r.quotes) < maxHTMLDepth {
			r.flush(false)
			e := element{name: t.name, depth: 1, rule: rule}
			if kind == quotesAround {
				e.holds = holdsNoneYet
			}
			r.quotes = append(r.quotes, e)
		}
	case drawsRule:
		r.flush(false)
		r.next.Rule = true
	}
}
