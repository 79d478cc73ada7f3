package mailparse_test

import (
	"encoding/base64"
	"strings"
	"sync"
	"testing"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/text"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func TestCharset(t *testing.T) {
	latin, err := charmap.Windows1252.NewEncoder().String("Café “rapat”")
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("Setuju – Café")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, typ, encoding, body, want, warning string }{
		{"utf-8", "text/plain; charset=utf-8", "8bit", "Setuju – Café", "Setuju – Café", ""},
		{"quoted name", "text/plain; charset='UTF8'", "8bit", "Café", "Café", ""},
		{"windows-1252 by name", "text/plain; charset=windows-1252", "8bit", latin, "Café “rapat”", ""},
		{"windows-1252 without name", "text/plain", "8bit", latin, "Café “rapat”", "windows-1252"},
		{"windows-1252 as us-ascii", "text/plain; charset=us-ascii", "8bit", latin, "Café “rapat”", "windows-1252"},
		{"utf-8 as latin-1", "text/plain; charset=iso-8859-1", "8bit", "Café", "Café", "is UTF-8"},
		{"utf-16", "text/plain; charset=utf-16", "base64", base64.StdEncoding.EncodeToString([]byte(utf16)), "Setuju – Café",
			""},
		{"utf-7", "text/plain; charset=utf-7", "7bit", "Caf+AOk- 1 +- 1", "Café 1 + 1", ""},
		{"unknown", "text/plain; charset=x-aneh", "8bit", "Setuju", "Setuju", "charset"},
		{"quoted-printable", "text/plain; charset=utf-8", "quoted-printable", "Caf=C3=A9 =\nsusu = kopi=3D=\n",
			"Café susu = kopi=", "quoted-printable encoding is damaged"},
		{"broken base64", "text/plain; charset=utf-8", "base64", "U2V0\n!!dWp1", "Setuju", "base64 encoding is damaged"},
		{"base64 in two pieces", "text/plain; charset=utf-8", "base64", "U2V0dQ==\nanU=", "Setuju", ""},
		{"unknown encoding", "text/plain; charset=utf-8", "x-lain", "Setuju", "Setuju", "transfer encoding"},
		{"invisible characters", "text/plain; charset=utf-8", "8bit", "\ufeffSe\u200btu\u00adju\U000e0041", "Setuju", ""},
		{"turned order", "text/plain; charset=utf-8", "8bit", "Se\u202etu\u202cju", "Setuju", "reading order"},
		{"uuencode", "text/plain", "x-uuencode", "begin 644 a\n&4V5T=6IU\n`\nend\n", "Setuju", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			raw := "From: a@batan.go.id\nContent-Type: " + tt.typ + "\nContent-Transfer-Encoding: " + tt.encoding + "\n\n" +
				tt.body
			m := mailparse.Parse([]byte(raw), testGrammar())
			if strings.TrimSpace(m.Text) != tt.want || (len(m.Warnings) > 0) != (tt.warning != "") ||
				!strings.Contains(strings.Join(m.Warnings, ""), tt.warning) {
				t.Errorf("got %q, warnings %v", m.Text, m.Warnings)
			}
		})
	}
}

func TestSubject(t *testing.T) {
	for header, want := range map[string]string{
		"Permohonan biasa":                               "Permohonan biasa",
		"=?utf-8?B?UmFwYXQg4oCT?= =?utf-8?Q?_satu?=":     "Rapat – satu",
		"=?utf-8?B?Q2Fmww==?= =?utf-8?B?qQ==?=":          "Café",
		"Re: =?iso-8859-1?q?Caf=E9?=, lalu":              "Re: Café, lalu",
		"=?utf-8?q?dengan spasi di dalam?=":              "dengan spasi di dalam",
		"=?utf-8?q?tak_ditutup":                          "tak ditutup",
		"=?x?y?z?=":                                      "=?x?y?z?=",
		"Caf\xc3\xa9 mentah":                             "Café mentah",
		"Caf\xe9 mentah":                                 "Café mentah",
		"dilipat\n\tke baris\n  berikut":                 "dilipat ke baris berikut",
		"=?utf-8*id?q?bahasa?=":                          "bahasa",
		"=?utf-8?q?a=0Ab?=":                              "a b",
		"[VC-2026-0001] =?UTF-8?Q?Persetujuan?= layanan": "[VC-2026-0001] Persetujuan layanan",
	} {
		if m := mailparse.Parse([]byte("From: a@b.id\nSubject: "+header+"\n\nx"), testGrammar()); m.Subject != want {
			t.Errorf("%q: got %q, want %q", header, m.Subject, want)
		}
	}
}

func TestStructure(t *testing.T) {
	tests := []struct {
		name, mail, text string
		attachments      []text.Attachment
	}{
		{"empty", "", "", nil},
		{"no header", "\nhalo", "halo", nil},
		{"no empty line", "From: a@b.id\nhalo dunia\napa kabar", "halo dunia\napa kabar", nil},
		{"text in two parts",
			"Content-Type: multipart/mixed; boundary=\"a b\"\n\n--a b\n\nsatu\n--a b\nContent-Type: image/png; " +
				"name=x.png\n\n1234\n--a b\n\ndua\n--a b--\n",
			"satu\ndua", []text.Attachment{{Name: "x.png", Type: "image/png", Size: 4}}},
		{"unclosed", "Content-Type: multipart/mixed; boundary=b\n\npreamble\n--b\n\nsatu", "satu", nil},
		{"boundary not named", "Content-Type: multipart/mixed\n\n--batas\nContent-Type: text/plain\n\nsatu\n--batas--",
			"satu", nil},
		{"one boundary the beginning of another",
			"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; " +
				"boundary=bb\n\n--bb\n\nsatu\n--bb--\n--b\n\ndua\n--b--", "satu\ndua", nil},
		{"html only", "Content-Type: text/html\n\n<p>satu<br>dua</p><p>tiga&nbsp;&amp;</p><script>x</script><div " +
			"style='display:none'>y</div>", "satu\ndua\n\ntiga &", nil},
		{"empty plain part",
			"Content-Type: multipart/alternative; boundary=b\n\n--b\n\n \n--b\nContent-Type: text/html\n\n<b>halo</b>\n--b--",
			"halo", nil},
		{"attached mail", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhalo\n--b\nContent-Type: " +
			"message/rfc822\n\nSubject: x\n\nisi\n--b--", "halo",
			[]text.Attachment{{Type: "message/rfc822", Size: 15}}},
		{"only an attached mail", "Content-Type: message/rfc822\n\nSubject: x\n\nisi", "isi",
			[]text.Attachment{{Type: "message/rfc822", Size: 15}}},
		{"names", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pdf; " +
			"name=\"=?utf-8?q?caf=C3=A9.pdf?=\"\nContent-Transfer-Encoding: base64\n\nQUJD\n--b\n" +
			"Content-Type: application/pdf\nContent-Disposition: attachment; filename*0*=utf-8''caf%C3%A9%20; " +
			"filename*1=\"dua.pdf\"\n\nx\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; " +
			"filename=\"C:\\\\a\\\\..\\\\b.txt\"\n\nx\n--b--", "x",
			[]text.Attachment{{Name: "café.pdf", Type: "application/pdf", Size: 3},
				{Name: "café dua.pdf", Type: "application/pdf", Size: 1}, {Name: "b.txt", Type: "text/plain", Size: 1}}},
		{"flowed", "Content-Type: text/plain; format=flowed\n\nsatu \ndua\n\n> tiga \n> empat\n-- \nBudi",
			"satu dua\n\n> tiga empat\n--\nBudi", nil},
		{"table", "Content-Type: text/html\n\n<table><tr><td>Nama</td><td>:</td><td><p>Ani</p></td></tr></table>",
			"Nama\t:\tAni", nil},
		{"layout table", "Content-Type: text/html\n\n<table><tr><td><p>satu</p><p>dua</p></td></tr></table>", "satu\n\ndua",
			nil},
		{"enriched", "Content-Type: text/enriched\n\n<bold>halo</bold> <<dunia", "halo <dunia", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := mailparse.Parse([]byte(tt.mail), testGrammar())
			if tt.attachments == nil {
				tt.attachments = []text.Attachment{}
			}
			if strings.TrimSpace(m.Text) != tt.text {
				t.Errorf("text %q, want %q", m.Text, tt.text)
			}
			if d := cmp.Diff(tt.attachments, m.Attachments); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestReply holds answers with all that mail programs put below, above and around them.
func TestReply(t *testing.T) {
	tests := []struct{ name, typ, body, want string }{
		{"nothing quoted", "plain", "Baik.\n\nTerima kasih.", "Baik.\n\nTerima kasih."},
		{"Gmail", "plain", "Baik.\n\nPada tanggal Sen, 5 Jan 2026 pukul 08.00 Layanan <\na@b.id> menulis:\n\n> satu\n",
			"Baik."},
		{"Yahoo", "plain", "Baik.\n\n    Pada Senin, 5 Januari 2026 08.00.00 WIB, Layanan <a@b.id> menulis:\n\n satu",
			"Baik."},
		{"Apple", "plain", "Baik.\n\nDikirim dari iPhone saya\n\n> Pada 5 Jan 2026, pukul 08.00, Layanan <a@b.id> " +
			"menulis:\n> \n> satu", "Baik."},
		{"Outlook", "plain",
			"Baik.\n\nFrom: Layanan BATANnet <a@b.id>\nSent: Monday, January 5, 2026 9:55 AM\nTo: Ka\nSubject: x\n\nsatu",
			"Baik."},
		{"Outlook without addresses", "plain",
			"Baik.\n\nDari: Layanan BATANnet\nDikirim: Senin, 05 Januari 2026 09:55\nKepada: Ka PPIKSN\nPerihal: x\n\nsatu",
			"Baik."},
		{"mobile Outlook", "plain",
			"Baik.\n\nDapatkan Outlook untuk Android<https://aka.ms/x>\n________________________________\nDari: " +
				"Layanan\nDikirim: Senin\nKepada: Ka\nPerihal: x\n\nsatu", "Baik."},
		{"Samsung", "plain",
			"Baik.\n\nDikirim dari Galaxy saya\n\n-------- Pesan asli --------\nDari: a@b.id\nTanggal: 05/01/26 08.00 " +
				"(GMT+07:00)\nKe: c@d.id\nSubjek: x\n\nsatu", "Baik."},
		{"Zimbra", "plain", "Baik.\n\n----- Pesan Asli -----\nDari: \"L\" <a@b.id>\n\nsatu", "Baik."},
		{"Roundcube", "plain", "Pada 2026-01-05 08:00, Layanan menulis:\n> satu\n> dua\n\nBaik.", "Baik."},
		{"between the quotes", "plain", "> Berapa orang?\nSepuluh.\n> Di mana?\nRuang 71.", "Sepuluh.\nRuang 71."},
		{"signature", "plain", "Baik.\n-- \nBudi\nKepala", "Baik."},
		{"disclaimer", "plain", "Baik.\n\nDISCLAIMER: Email ini dan lampirannya bersifat rahasia.\nJangan disebarkan.",
			"Baik."},
		{"office memo", "plain", "Kepada : Kepala PPIKSN\nDari : Kepala Biro Umum\nPerihal : Permohonan\n\nMohon bantuan.",
			"Kepada : Kepala PPIKSN\nDari : Kepala Biro Umum\nPerihal : Permohonan\n\nMohon bantuan."},
		{"a person writes about writing", "plain", "Dia menulis: baik.\nSaya juga.", "Dia menulis: baik.\nSaya juga."},
		{"Gmail page", "html",
			`<div dir="ltr">Baik.</div><br><div class="gmail_quote"><div class="gmail_attr">Pada Sen, 5 Jan 2026, L menulis:<br></div><blockquote class="gmail_quote">satu</blockquote></div>`, "Baik."},
		{"Gmail page, answer below", "html",
			`<div class="gmail_quote"><blockquote class="gmail_quote">satu<div>dua</div></blockquote></div><div>Baik.</div>`,
			"Baik."},
		{"Outlook page", "html",
			`<p class="MsoNormal">Baik.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>Von:</b> L</p></div><p>satu</p>`, "Baik."},
		{"mobile Outlook page", "html",
			`<div>Baik.</div><div id="ms-outlook-mobile-signature">Dapatkan <a href="https://aka.ms/x">Outlook untuk iOS</a></div><hr><div id="divRplyFwdMsg">Dari: L</div><div>satu</div>`, "Baik."},
		{"Yahoo page", "html",
			`<div>Baik.</div><div id="ydp1yahoo_quoted" class="yahoo_quoted"><div>Pada Senin L menulis:</div>satu</div>`,
			"Baik."},
		{"Zimbra page", "html", `<div>Baik.</div><hr id="zwchr" data-marker="__DIVIDER__"><div>Dari: L</div><div>satu</div>`,
			"Baik."},
		{"Apple page", "html",
			`<body>Baik.<br><blockquote type="cite"><div>Pada 5 Jan 2026, L menulis:</div>satu</blockquote></body>`, "Baik."},
		{"indented, not quoted", "html",
			`<div>Baik.</div><blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>menjorok</div></blockquote>`,
			"Baik.\nmenjorok"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			raw := "From: a@batan.go.id\nContent-Type: text/" + tt.typ + "; charset=utf-8\n\n" + tt.body
			if m := mailparse.Parse([]byte(raw), testGrammar()); m.Reply != tt.want {
				t.Errorf("got %q, want %q", m.Reply, tt.want)
			}
		})
	}
}

// TestPageQuotesMore: what the page quotes and the text does not tell apart is quoted, although the texts differ.
func TestPageQuotesMore(t *testing.T) {
	m := mailparse.Parse([]byte("From: ka@batan.go.id\nSubject: Re: [VC-2026-0001]\nContent-Type: "+
		"multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nBaik, saya pelajari [cid:1].\n\nSetuju "+
		"saja.\n--b\n"+
		"Content-Type: text/html\n\n<div>Baik, saya pelajari <img src='cid:1'>.</div><div class=gmail_quote>Setuju "+
		"saja.</div>\n--b--"), testGrammar())
	if m.Reply != "Baik, saya pelajari ." || len(m.Cuts) != 1 || m.Cuts[0].Rule != "gmail_quote" || m.Cuts[0].Line != 0 {
		t.Errorf("got %q, %v", m.Reply, m.Cuts)
	}
}

// TestPageOverrulesText: the page's own marks show the end of what is new where the text's rules do not.
func TestPageOverrulesText(t *testing.T) {
	m := mailparse.Parse([]byte("From: ka@batan.go.id\nSubject: Re: [VC-2026-0001]\nContent-Type: "+
		"multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nBaik, saya pelajari.\n\nLayanan BATANnet - "+
		"Senin\nTolak\n--b\n"+
		"Content-Type: text/html\n\n<div>Baik, saya pelajari.</div><blockquote type=cite>Layanan BATANnet - "+
		"Senin<br>Tolak</blockquote>\n--b--"), testGrammar())
	if m.Reply != "Baik, saya pelajari." {
		t.Errorf("got %q", m.Reply)
	}
}

// TestConcurrent shares one grammar between goroutines, for the race detector.
func TestConcurrent(t *testing.T) {
	g, raw := testGrammar(), []byte(benchMails()["alternative"])
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				if m := mailparse.Parse(raw, g); m.Form == nil || m.Form.Text("nama") != "Ani Wijaya" {
					t.Errorf("form %+v", m.Form)
				}
			}
		})
	}
	wg.Wait()
}

func TestWithoutGrammar(t *testing.T) {
	for _, g := range []*mailparse.Grammar{nil, {}, {Words: testWords, Prefixes: []string{"VC"}}} {
		m := mailparse.Parse(replyWith("Setuju"), g)
		if want := g != nil && len(g.Words) > 0; (m.Command != nil && m.Command.Taken() == "SETUJU") != want {
			t.Errorf("grammar %+v: %+v", g, m.Command)
		}
	}
}
