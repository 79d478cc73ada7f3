package mailparse

import "strings"

// quotingKind is what an element says about the text in it.
type quotingKind int

const (
	quotesNothing quotingKind = iota
	quotesElement             // its content is quoted
	quotesToEnd               // what follows is quoted, up to the end of the mail
)

// quoteClasses mark an element that holds a quote, by mail program.
var quoteClasses = map[string]bool{
	"gmail_quote": true, "gmail_attr": true, "gmail_quote_container": true, // Gmail
	"yahoo_quoted": true, "moz-cite-prefix": true, "moz-forward-container": true,
	"protonmail_quote": true, "tutanota_quote": true, "zmail_extra": true,
	"freebirdforwardcontent": true, "mail_android_quote": true, "outlookmessageheader": true,
	"gmx_quote": true, "ms-outlook-mobile-reference-message": true, "lotusquote": true, "reply-quote": true,
	"hcsig-quote": true, "sparrow_quote": true, "elided-text": true, "cloudhq__gmail_quote": true,
}

// endIDs begin the quote that lasts to the end: the separators of Outlook, Zimbra, Apple, mobile Outlook.
var endIDs = []string{
	"divrplyfwdmsg", "appendonsend", "olk_src_body_section", "zwchr", "mail-editor-reference-message-container",
	"ms-outlook-mobile-body-separator-line", "replysplit", "stopspelling", "hotmail_quote", "isforwardcontent", "isreplycontent",
}

// quoting judges one start tag.
func quoting(t tag) quotingKind {
	if t.name == "blockquote" {
		// Indentation buttons make quotes without a mark; a quote has a class, a cite or a visible edge.
		if strings.Contains(t.style, "border:none") || strings.Contains(t.style, "border:0") ||
			t.class == "webkit-indent-blockquote" || strings.Contains(t.style, "margin:0040px") && !strings.Contains(t.style, "border-left") {
			return quotesNothing
		}
		return quotesElement
	}
	for c := range strings.FieldsSeq(t.class) {
		if quoteClasses[strings.TrimPrefix(c, "x_")] || strings.HasSuffix(c, "yahoo_quoted") {
			return quotesElement
		}
	}
	for id := range strings.FieldsSeq(t.id) {
		id = strings.TrimPrefix(id, "x_")
		for _, e := range endIDs {
			if id == e {
				return quotesToEnd
			}
		}
		if strings.HasSuffix(id, "yahoo_quoted") || id == "quote" {
			return quotesElement
		}
	}
	switch {
	case t.marker == "__divider__", t.marker == "__quoted_text__", t.marker == "__headers__":
		return quotesToEnd
	case t.name == "div" && outlookDivider(t.style):
		return quotesToEnd
	case t.name == "div" && strings.Contains(t.style, "border-left:") && !strings.Contains(t.style, "border-left:none") && !nought(t.style, "border-left"):
		return quotesElement // the line that programs draw beside a quote
	}
	return quotesNothing
}

// outlookDivider recognises the rule that Outlook draws above the quoted mail's header.
func outlookDivider(style string) bool {
	return strings.HasPrefix(style, "border:none;border-top:solid#") && strings.Contains(style, "1.0pt;padding:3.0pt0") ||
		strings.Contains(style, "border-top:solid#b5c4df1.0pt") || strings.Contains(style, "border-top:solid#e1e1e11.0pt") ||
		strings.Contains(style, "border-top:1pxsolidrgb(181,196,223)") || strings.Contains(style, "border-top-color:rgb(181,196,223)")
}
