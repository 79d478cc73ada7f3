package mailparse

import "strings"

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
var quoteClasses = set(
	"gmail_attr", "yahoo_quoted", "moz-cite-prefix", "moz-forward-container", "moz-email-headers-table",
	"protonmail_quote", "tutanota_quote", "zmail_extra", "zmail_extra_hr", "freebirdforwardcontent", "mail_android_quote", "outlookmessageheader",
	"gmx_quote", "ms-outlook-mobile-reference-message", "lotusquote", "reply-quote", "hcsig-quote", "sparrow_quote", "elided-text", "cloudhq__gmail_quote",
	"iosymail_quote", "yahoo-quoted", "quoted-text", "quotedmessage", "quoted_message", "originalmessage", "forwarded-message", "aolmail_quote", "aolreplacedbody", "fm-quote",
	"front-blockquote", "missive_quote", "hey-quote", "skiff_quote", "mailspring-quote", "edo-quote", "mailbird-quote", "spark_quote", "rc-quote", "isforwardcontent", "replyforwardcontent",
	"mcntgmail_quote", "mcntmail_quote", "zimbra_quote", "ymail_android_quote", "yqt", "wordsection_quoted", "wisestamp_quote", "bloop_original_html", "name_quote", "newton_quote", "mail-quote",
)

// endIDs begin the quote that lasts to the end: the separators of Outlook, Zimbra, Apple, mobile Outlook.
var endIDs = set(
	"divrplyfwdmsg", "appendonsend", "olk_src_body_section", "zwchr", "mail-editor-reference-message-container",
	"ms-outlook-mobile-body-separator-line", "replysplit", "stopspelling", "hotmail_quote", "isforwardcontent", "isreplycontent",
	"olkmessageheader", "mailcontainer-quote", "qt-original", "composer_quoted", "mobileoutlookquote",
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
		case quoteClasses[c] || strings.HasSuffix(c, "yahoo_quoted"):
			return quotesElement, c
		}
	}
	for id := range strings.FieldsSeq(t.id) {
		switch id = strings.TrimPrefix(id, "x_"); {
		case endIDs[id]:
			return quotesToEnd, id
		case strings.HasSuffix(id, "yahoo_quoted") || id == "quote":
			return quotesElement, id
		}
	}
	switch t.marker {
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
	indented := strings.Contains(t.style, "border:none") || strings.Contains(t.style, "border:0") || t.class == "webkit-indent-blockquote" || strings.Contains(t.style, "margin:0040px")
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
			return quotesElement, "line beside it"
		}
	}
	if !e.only(edgeTop) {
		return quotesNothing, ""
	}
	switch {
	case t.name != "div":
		return drawsRule, ""
	case strings.Contains(t.style, "padding:3") || strings.Contains(t.style, "#b5c4df") || strings.Contains(t.style, "#e1e1e1") || strings.Contains(t.style, "rgb(181,196,223)") || strings.Contains(t.style, "rgb(225,225,225)"):
		return quotesToEnd, "Outlook's line"
	}
	return drawsRule, ""
}
