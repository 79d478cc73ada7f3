package mailparse_test

import (
	"testing"

	"batan.go.id/layanan/mailparse"
)

// TestPagesThatApproveNothing: in a page, what its bytes say is not always what its reader sees, or what its writer
// wrote.
func TestPagesThatApproveNothing(t *testing.T) {
	head := "From: ka@batan.go.id\nSubject: Re: [VC-2026-0001] Permohonan\n"
	page := func(s string) string { return head + "Content-Type: text/html; charset=utf-8\n\n" + s }
	both := func(text, s string) string {
		return head + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n" + text +
			"\n--b\nContent-Type: text/html\n\n" + s + "\n--b--\n"
	}
	for _, s := range []string{
		"<p><s>Setuju</s></p>",
		"<style>p{text-decoration:line-through}</style><p>Setuju</p>",
		"<style>p { display: none }</style><p>Setuju</p>",
		`<p>Setuju <img alt="👎"></p>`,
		`<p>Noted</p><div class="gmail_signature">Setuju</div>`,
		`<div id="Signature">Setuju</div>`,
		"<label><input type=checkbox>Setuju</label>",
		"<label><input type=radio checked>Setuju</label>",
		"<button>Setuju</button>", "<datalist><option>Setuju</datalist>", "<dialog>Setuju</dialog>",
		"<iframe>Setuju</iframe>", "<select><option>Setuju</select>",
		"<p hidden>Setuju</p>",
		`<p style="color: #fff">Setuju</p>`, "<font color=white>Setuju</font>", "<font size=0>Setuju</font>",
		`<div style="height:0;overflow:hidden">Setuju</div>`, `<div style="position:absolute;left:-9999px">Setuju</div>`,
		`<div style="text-indent:-9999px">Setuju</div>`,
		"<bdo dir=rtl>Setuju</bdo>",
		`<span style="display:none">tidak </span>setuju`,
		`<span style="color:white">tidak </span>setuju`,
		"<h1>SETUJU</h1><p>adalah kata untuk menyetujui</p>",
		`<hr><div style="border-top:1px solid"><p>Setuju</p></div>`,
	} {
		if c := mailparse.Parse([]byte(page(s)), testGrammar()).Command; c.Taken() != "" {
			t.Errorf("%s: FALSE COMMAND %s", s, c.Word)
		}
	}
	for _, tt := range [][2]string{
		{"Setuju", "<p><s>Setuju</s></p>"},
		{"Setuju", "<style>p{text-decoration:line-through}</style><p>Setuju</p>"},
		{"Setuju asal lengkap", "<p>Setuju</p>"},
		{"Setuju", "<p>Tidak setuju</p>"},
	} {
		if c := mailparse.Parse([]byte(both(tt[0], tt[1])), testGrammar()).Command; c != nil && c.Taken() == "SETUJU" {
			t.Errorf("%q: FALSE COMMAND", tt)
		}
	}
	for _, s := range []string{"<p>Setuju</p>", "<p>Setuju 😊</p>", `<p>Setuju <img alt="👍"></p>`,
		`<div dir="ltr">Setuju</div><br><div class="gmail_quote">x</div>`, `<p style="color:#1f497d">Setuju</p>`,
		`<style>p.MsoNormal {margin:0cm} @media print {p{display:none}}</style><p class=MsoNormal>Setuju</p>`} {
		if c := mailparse.Parse([]byte(page(s)), testGrammar()).Command; c == nil || c.Taken() != "SETUJU" {
			t.Errorf("%s: %+v", s, c)
		}
	}
}

// TestSubjectsAgainstApprovals: a subject may contradict the body.
func TestSubjectsAgainstApprovals(t *testing.T) {
	for subject, approves := range map[string]bool{
		"Re: [VC-2026-0001] Mohon persetujuan: Rapat":       true,
		"Bls: [VC-2026-0001] Rapat pembatalan kontrak":      true,
		"[VC-2026-0001] SETUJU":                             true,
		"BATAL [VC-2026-0001]":                              false,
		"Re: [VC-2026-0001] TOLAK":                          false,
		"Re: [VC-2026-0001] jangan diproses":                false,
		"Recall: [VC-2026-0001] Mohon persetujuan":          false,
		"Re: [VC-2026-0001] tidak setuju":                   false,
		"[VC-2026-0001] vs [VC-2026-0002]":                  false,
		"Re: [VC-2026-0001] Mohon persetujuan VC-2026-0001": true,
	} {
		m := mailparse.Parse([]byte("From: ka@batan.go.id\nSubject: "+subject+"\nContent-Type: text/plain\n\nSetuju\n"),
			testGrammar())
		if got := m.Command != nil && m.Command.Taken() == "SETUJU"; got != approves {
			t.Errorf("%s: %+v", subject, m.Command)
		}
	}
}

// TestFilesAreNoAnswers: a file that programs show inline may hold anybody's words.
func TestFilesAreNoAnswers(t *testing.T) {
	for typ, approves := range map[string]bool{
		"text/plain": true, "text/html": true, "text/csv": false, "text/x-vcard": false, "text/rtf": false,
		"text/plain; name=a.txt\nContent-Disposition: inline; filename=a.txt": false,
	} {
		m := mailparse.Parse([]byte("From: ka@batan.go.id\nSubject: Re: [VC-2026-0001] x\nContent-Type: "+typ+
			"\n\nSetuju\n"), testGrammar())
		if got := m.Command != nil && m.Command.Taken() == "SETUJU"; got != approves {
			t.Errorf("%s: %+v", typ, m.Command)
		}
	}
}
