package main

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"
	"unicode"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

// hostileDesk has a request that is made of formulas.
func hostileDesk(t *testing.T) (d *desk, number string) {
	d = newDesk(t)
	d.must("dead-letters", "retry", d.bury("flood", "=cmd|'/Ccalc'!A0@batan.go.id",
		"Nama: @SUM(1+1)\r\nNIP: 19850217 201012 2 003\r\nUnit Kerja: +1\r\nKegiatan: -2+3\r\nTanggal: 14 Desember 2099 "+
			"pukul 09.00\r\n"))
	return d, "VC-" + year() + "-0001"
}

// TestListsCantPlayWithTheTerminal: what an operator is shown moves no cursor,
// hides nothing and turns nothing around.
func TestListsCantPlayWithTheTerminal(t *testing.T) {
	t.Parallel()
	d, number := hostileDesk(t)
	const text = "\r\x1b[2J\x1b]0;palsu\x07\u202ediputar\u2066\u200b\u0085\u2028."
	if err := d.store.InTx(t.Context(), func(tx *store.Tx) error {
		tx.Bury(store.DeadLetter{At: time.Now(), Reason: "no-form", Detail: text, Sender: text, Subject: text,
			MessageID: text, Raw: []byte("Subject: " + text + "\r\n\r\n" + text)})
		r, err := tx.Request(number)
		if err != nil {
			return err
		}
		r.Requester.Name, r.Requester.Email = text, text+r.Requester.Email
		event := r.Form["kegiatan"]
		event.Text += text
		r.Form["kegiatan"] = event
		return tx.Save(r, []workflow.Entry{{At: time.Now(), Event: "asked", By: text, Note: text, Step: r.Step}})
	}); err != nil {
		t.Fatal(err)
	}
	var mail strings.Builder
	if err := writeMail(&mail, []byte("Subject: "+text+"\r\n\r\n\x9b2J"), true); err != nil {
		t.Fatal(err)
	}
	shown := map[string]string{"a mail on a terminal": mail.String()}
	for _, command := range []string{"requests list", "requests show " + number, "dead-letters list"} {
		shown[command] = d.must(strings.Fields(command)...)
	}
	for command, out := range shown {
		if i := strings.IndexFunc(out, func(r rune) bool {
			return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf,
				unicode.Zl, unicode.Zp)
		}); i >= 0 {
			t.Errorf("%s prints %q", command, out[max(0, i-20):min(len(out), i+20)])
		}
		if !strings.Contains(out, "diputar") {
			t.Errorf("%s does not tell of it:\n%s", command, out)
		}
	}
	if out := d.must("dead-letters", "show", d.waiting()[0]); out != "Subject: "+text+"\r\n\r\n"+text {
		t.Errorf("a mail that is handed on was changed: %q", out)
	}
}

// TestExportHoldsNoFormulas: a spreadsheet takes a cell that begins so for one.
func TestExportHoldsNoFormulas(t *testing.T) {
	t.Parallel()
	d, _ := hostileDesk(t)
	rows, err := csv.NewReader(strings.NewReader(d.must("requests", "export"))).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	escaped := 0
	for i, cell := range rows[1] {
		if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") {
			t.Errorf("%s is %q", rows[0][i], cell)
		}
		if strings.HasPrefix(cell, "'") {
			escaped++
		}
	}
	if escaped != 5 { // requester, nama, email, unit kerja, kegiatan
		t.Errorf("%d cells are marked as text: %q", escaped, rows[1])
	}
}
