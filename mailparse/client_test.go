package mailparse_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
)

// The words of the older mail would be an approval, those of the answer are none.
const (
	newWords = "Baik, saya pelajari dulu."
	oldWords = "SETUJU permohonan ini."
)

// textClients write an answer above an older mail, in a language's words.
var textClients = map[string]func(l language) string{
	"Gmail": func(l language) string {
		return newWords + "\n\n" + wrapped(l.gmail, 74) + "\n\n> " + oldWords + "\n>\n"
	},
	"Gmail, marks lost": func(l language) string {
		return newWords + "\n\n" + wrapped(l.gmail, 74) + "\n\n" +
			oldWords + "\n"
	},
	"Apple Mail": func(l language) string {
		return newWords + "\n\n> " + l.apple + "\n>\n> " + oldWords +
			"\n"
	},
	"Apple Mail, marks lost": func(l language) string { return newWords + "\n\n" + l.apple + "\n\n" + oldWords + "\n" },
	"iPhone": func(l language) string {
		return newWords + "\n\n" + l.phone + "\n\n> " + wrapped(l.apple, 72) + "\n> \n> " + oldWords + "\n"
	},
	"Thunderbird": func(l language) string {
		return newWords + "\n\n" + l.thunderbird + "\n> " + oldWords +
			"\n"
	},
	"Thunderbird, marks lost": func(l language) string {
		return newWords + "\n\n" + l.thunderbird + "\n" + oldWords +
			"\n"
	},
	"Outlook": func(l language) string {
		return newWords + "\n\n" + printedHeader(l, "", " <ani@batan.go.id>") + "\n" + oldWords + "\n"
	},
	"Outlook, one office": func(l language) string {
		return newWords + "\n\n" + printedHeader(l, "", "") + "\n" +
			oldWords + "\n"
	},
	"Outlook, bold as stars": func(l language) string {
		return newWords + "\n\n" + printedHeader(l, "*", "") + "\n" +
			oldWords + "\n"
	},
	"Outlook 2003": func(l language) string {
		return newWords + "\n\n-----" + l.original + "-----\n" + printedHeader(l, "", " [mailto:ani@batan.go.id]") + "\n" +
			oldWords + "\n"
	},
	"Outlook on a telephone": func(l language) string {
		return newWords + "\n\n" + l.mail + "\n________________________________\n" +
			printedHeader(l, "", " <ani@batan.go.id>") + "\n" + oldWords + "\n"
	},
	"Samsung": func(l language) string {
		return newWords + "\n\n-------- " + l.original + " --------\n" + l.from + ": Ani Wijaya <ani@batan.go.id> \n\n" +
			oldWords + "\n"
	},
	"forwarded": func(l language) string {
		return newWords + "\n\n---------- " + l.forwarded + " ---------\n" + printedHeader(l, "", " <ani@batan.go.id>") +
			"\n" + oldWords + "\n"
	},
	"answer below": func(l language) string {
		return wrapped(l.gmail, 74) + "\n\n> " + oldWords + "\n>\n\n" + newWords + "\n"
	},
	"answer between": func(l language) string {
		return l.thunderbird + "\n> " + oldWords + "\n\n" + newWords + "\n\n> " + oldWords + "\n"
	},
}

func printedHeader(l language, bold, address string) string {
	var b strings.Builder
	for _, f := range [][2]string{{l.from, "Ani Wijaya" + address}, {l.sent, l.date}, {l.to, "Budi Santoso" + address},
		{l.subject, "RE: [VC-2026-0001] Permohonan"}} {
		b.WriteString(bold + f[0] + ":" + bold + " " + f[1] + "\n")
	}
	return b.String()
}

// wrapped breaks a line at the blanks before width, as programs do that write plain text.
func wrapped(s string, width int) string {
	var b strings.Builder
	n := 0
	for i, w := range strings.Fields(s) {
		switch {
		case i > 0 && n+1+len(w) > width:
			b.WriteByte('\n')
			n = 0
		case i > 0:
			b.WriteByte(' ')
			n++
		}
		b.WriteString(w)
		n += len(w)
	}
	return b.String()
}

// TestTextClients: whatever the program and its language, the answer is what its writer wrote.
func TestTextClients(t *testing.T) {
	for client, write := range textClients {
		t.Run(client, func(t *testing.T) {
			for _, l := range languages {
				answered(t, l.name, "plain", write(l), newWords)
				answered(t, l.name+", no answer", "plain", strings.Replace(write(l), newWords, "", 1), "")
			}
		})
	}
}

// answered checks the reply of a mail, and that its quote ordered nothing.
func answered(t *testing.T, name, typ, body, want string) {
	t.Helper()
	raw := "From: ka@batan.go.id\nSubject: Re: [VC-2026-0001] Permohonan\nContent-Type: text/" + typ +
		"; charset=utf-8\n\n" + body
	m := mailparse.Parse([]byte(raw), testGrammar())
	if m.Reply != want || m.Command != nil && m.Command.Taken() != "" {
		t.Errorf("%s: reply %q, want %q, command %+v\n%s", name, m.Reply, want, m.Command, body)
	}
}
