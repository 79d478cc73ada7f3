package mailparse_test

import (
	"testing"

	"batan.go.id/layanan/mailparse"
)

func TestWhy(t *testing.T) {
	const from = "From: Ani <ani@batan.go.id>\nTo: layanan@batan.go.id\n"
	for _, tt := range []struct {
		name, raw string
		kind      mailparse.Kind
		why       string
	}{
		{"RFC 3834", "Subject: Cuti\n" + from + "Auto-Submitted: auto-replied\nX-Mailer: x\n\nSaya cuti.\n",
			mailparse.KindAutoReply, `auto-submitted: "auto-replied"`},
		{"a subject", from + "Subject: =?utf-8?q?Balasan_otomatis:_cuti?=\nX-Mailer: x\n\nSaya cuti.\n",
			mailparse.KindAutoReply, `subject: "Balasan otomatis: cuti"`},
		{"the first of two", from + "Auto-Submitted: auto-replied\nSubject: Out of office\n\nx\n", mailparse.KindAutoReply,
			`auto-submitted: "auto-replied"`},
		{"a list", from + "List-Id: <semua.batan.go.id>\nSubject: Undangan\n\nx\n", mailparse.KindBulk,
			`list-id: "<semua.batan.go.id>"`},
		{"the sender", "From: noreply@batan.go.id\nSubject: x\n\nx\n", mailparse.KindBulk, `from: "noreply@batan.go.id"`},
		{"a person", from + "Subject: Undangan\n\nSelamat pagi.\n", mailparse.KindUnrelated, ""},
	} {
		if m := mailparse.Parse([]byte(tt.raw), testGrammar()); m.Kind != tt.kind || m.Why != tt.why {
			t.Errorf("%s: %s because of %s", tt.name, m.Kind, m.Why)
		}
	}
}
