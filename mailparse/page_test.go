package mailparse_test

import (
	"html"
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
)

// pageClients write an answer in HTML alone above an older mail. The older mail's header names no address: only the
// page's structure, or the names of its fields, tell it apart.
var pageClients = map[string]func(l language) string{
	"Gmail": func(l language) string {
		return `<div dir="ltr">` + newWords +
			`</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">` +
			html.EscapeString(l.gmail) +
			`<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div>` + oldWords + `</div></blockquote></div>`
	},
	"Gmail, answer below": func(l language) string {
		return `<div dir="ltr"><div class="gmail_quote"><div dir="ltr" class="gmail_attr">` + html.EscapeString(l.gmail) +
			`<br></div><blockquote class="gmail_quote"><div>` + oldWords + `</div></blockquote><div><br></div><div>` +
			newWords + `</div></div></div>`
	},
	"Gmail of old": func(l language) string {
		return newWords + `<br><div class="gmail_quote">` + html.EscapeString(l.gmail) +
			`<br><blockquote class="gmail_quote">` + oldWords + `</blockquote></div>`
	},
	"Outlook": func(l language) string {
		return `<div class="WordSection1"><p class="MsoNormal">` + newWords +
			`<o:p></o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">` + boldHeader(l) + `</p></div></div><p class="MsoNormal">` + oldWords + `</p></div>`
	},
	"Outlook, other words for its line": func(l language) string {
		return `<div>` + newWords +
			`</div><div><div style="padding: 3pt 0in 0in; border-width: 1pt medium medium; border-style: solid none none; border-color: rgb(200, 200, 200) currentcolor currentcolor;"><p>` + boldHeader(l) + `</p></div></div><p>` + oldWords + `</p>`
	},
	"Outlook on the web": func(l language) string {
		return `<div style="font-size:12pt">` + newWords +
			`</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font>` + boldHeader(l) + `</font><div>&nbsp;</div></div><div>` + oldWords + `</div>`
	},
	"Outlook on a telephone": func(l language) string {
		return `<div>` + newWords + `</div><div id="ms-outlook-mobile-signature">` + html.EscapeString(l.mail) +
			`</div><div id="mail-editor-reference-message-container"><div class="ms-outlook-mobile-reference-message skipProofing"><div>` + boldHeader(l) + `</div><div>` + oldWords + `</div></div></div>`
	},
	"Outlook quotes Gmail": func(l language) string {
		return `<p>` + newWords +
			`</p><div class="x_gmail_quote"><div class="x_gmail_attr">x</div><blockquote class="x_gmail_quote">` + oldWords +
			`</blockquote></div>`
	},
	"a drawn line and a header": func(l language) string {
		return `<p>` + newWords + `</p><hr>` + boldHeader(l) + `<br><br>` + oldWords
	},
	"Apple Mail": func(l language) string {
		return `<body>` + newWords + `<br><div><br><blockquote type="cite"><div>` + html.EscapeString(l.apple) +
			`</div><br><div>` + oldWords + `</div></blockquote></div></body>`
	},
	"iPhone": func(l language) string {
		return `<body dir="auto">` + newWords + `<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">` +
			html.EscapeString(l.phone) + `</div><div dir="ltr"><br><blockquote type="cite">` + html.EscapeString(l.apple) +
			`<br><br></blockquote></div><blockquote type="cite"><div>` + oldWords + `</div></blockquote></body>`
	},
	"Thunderbird": func(l language) string {
		return `<p>` + newWords + `</p><div class="moz-cite-prefix">` + l.thunderbird +
			`<br></div><blockquote type="cite" cite="mid:a@b"><p>` + oldWords + `</p></blockquote>`
	},
	"Yahoo": func(l language) string {
		return `<div class="ydp1 yahoo-style-wrap"><div>` + newWords +
			`</div></div><div id="ydp2yahoo_quoted_1" class="ydp2yahoo_quoted"><div>` + html.EscapeString(l.gmail) +
			`</div><div>` + oldWords + `</div></div>`
	},
	"Zimbra": func(l language) string {
		return `<div style="font-family:arial"><div>` + newWords +
			`</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">` + boldHeader(l) +
			`</div><div data-marker="__QUOTED_TEXT__">` + oldWords + `</div></div>`
	},
	"Proton": func(l language) string {
		return `<div>` + newWords + `</div><div class="protonmail_quote">` + html.EscapeString(l.gmail) +
			`<br><blockquote class="protonmail_quote" type="cite">` + oldWords + `</blockquote></div>`
	},
	"a line beside it": func(l language) string {
		return `<p>` + newWords +
			`</p><div style="padding-left:4pt;border:none;border-left-style:solid;border-left-width:1.5pt">` + oldWords +
			`</div>`
	},
	"a cell with a line beside it": func(l language) string {
		return `<p>` + newWords + `</p><table><tr><td style="border-left: 2px solid #1010FF; padding-left: 5px">` +
			oldWords + `</td></tr></table>`
	},
	"answer between": func(l language) string {
		return `<blockquote type="cite">` + oldWords + `</blockquote><p>` + newWords + `</p><blockquote type="cite">` +
			oldWords + `</blockquote>`
	},
}

func boldHeader(l language) string {
	var b strings.Builder
	for _, f := range [][2]string{{l.from, "Ani Wijaya"}, {l.sent, l.date}, {l.to, "Budi Santoso"},
		{l.subject, "RE: [VC-2026-0001] Permohonan"}} {
		b.WriteString("<b>" + f[0] + ":</b> " + f[1] + "<br>\n")
	}
	return b.String()
}

func TestPageClients(t *testing.T) {
	for client, write := range pageClients {
		t.Run(client, func(t *testing.T) {
			for _, l := range languages {
				answered(t, l.name, "html", write(l), newWords)
				answered(t, l.name+", no answer", "html", strings.Replace(write(l), newWords, "", 1), "")
			}
		})
	}
}

// TestNothingNew: an empty answer, and the older mail below a mark of any kind. None of its words is new.
func TestNothingNew(t *testing.T) {
	pages := map[string]string{
		"a drawn line":              `<div><br></div><hr><div>SETUJU</div>`,
		"a drawn line by a border":  `<p>&nbsp;</p><div style="border-top: thin solid black"><p>SETUJU</p></div>`,
		"a line beside it":          `<table><tr><td style="border-left:solid blue 1.5pt">SETUJU</td></tr></table>`,
		"a line at its right":       `<div dir="rtl" style="border-right:solid blue 1.5pt">SETUJU</div>`,
		"a header in no language":   `<hr><b>Zum:</b> Ani<br><b>Wum:</b> 12/7/2018 09:15<br><b>Bum:</b> Budi<br><br>SETUJU`,
		"hidden":                    `<div style="display:none">SETUJU</div>`,
		"hidden by size":            `<span style="font-size:0px">SETUJU</span>`,
		"hidden by Word":            `<span style="mso-hide:all">SETUJU</span>`,
		"a comment":                 `<!-- SETUJU -->`,
		"a title":                   `<title>SETUJU</title>`,
		"a picture's words":         `<img alt="SETUJU" src="cid:a">`,
		"struck out":                `<s>SETUJU</s>`,
		"struck out in part":        `<p><s>tidak</s> setuju</p>`,
		"struck out line above":     `<p><del>tidak</del></p><p>setuju</p>`,
		"struck out by style":       `<p><span style="text-decoration: line-through">tidak</span> setuju</p>`,
		"turned":                    `<p>&#x202e;setuju</p>`,
		"a header in one line":      `<hr><b>From: ani@batan.go.id</b> <b>Date: 12 Juli 2018</b><div>SETUJU</div>`,
		"a signature in a quote":    `<blockquote type="cite">satu<div class="moz-signature">SETUJU</div></blockquote>`,
		"an attribution and no box": `<p>Pada Kam, 12 Jul 2018 pukul 09.15 Ani &lt;ani@batan.go.id&gt; menulis:</p><p>SETUJU</p>`,
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			if m := mailparse.Parse(replyPage(page), testGrammar()); m.Command != nil && m.Command.Taken() != "" {
				t.Errorf("reply %q, command %+v", m.Reply, m.Command)
			}
		})
	}
}

// TestPageSignatures: what a mail program marks as the signature is none of the reply, unless somebody wrote in it.
func TestPageSignatures(t *testing.T) {
	for page, want := range map[string]string{
		`<div>Baik.</div><div class="gmail_signature" data-smartmail="gmail_signature">Budi<br>Kepala</div>`:                                      "Baik.",
		`<div>Baik.</div><div id="x_Signature">Budi</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">x</div>`:                        "Baik.",
		`<div>Baik.</div><div data-marker="__SIG_PRE__">Budi</div>`:                                                                               "Baik.",
		`<div>Baik.</div><div class="moz-signature">Budi</div>`:                                                                                   "Baik.",
		`<div>Baik.</div><div class="gmail_signature">Budi</div><div class="gmail_quote"><blockquote class="gmail_quote">satu</blockquote></div>`: "Baik.",
		`<div class="gmail_signature">Budi</div><div>Baik.</div>`:                                                                                 "Baik.",
		`<div id="Signature">Baik.<br>Budi</div>`:                                                                                                 "Baik.\nBudi",
		`<div>Baik.</div><div id="Signature">Tetapi tidak hari ini.<br>Budi</div>`:                                                                "Baik.\nTetapi tidak hari ini.\nBudi",
	} {
		answered(t, "", "html", page, want)
	}
}

// TestForwardedPage: what follows the quotes in a forwarded mail is not its forwarder's.
func TestForwardedPage(t *testing.T) {
	answered(t, "", "html",
		`<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>Dari: Ani<br></div><br><blockquote class="gmail_quote">satu</blockquote>Setuju</div>`, "")
	answered(t, "", "html",
		`<div class="gmail_quote">---------- Forwarded message ---------<br>Dari: Ani<br><blockquote class="gmail_quote">satu</blockquote>Setuju</div>`, "")
}

func replyPage(page string) []byte {
	return []byte("From: ka@batan.go.id\nSubject: Re: [VC-2026-0001] Permohonan\nContent-Type: text/html; " +
		"charset=utf-8\n\n" + page)
}
