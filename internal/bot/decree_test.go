package bot_test

import (
	"testing"
)

// TestDecree: the number of the order that appoints somebody may stand with the
// delegation; anything else beside it makes the whole a doubt.
func TestDecree(t *testing.T) {
	o := testOffice(t)
	for text, want := range map[string]string{
		"Delegasi plh@batan.go.id":                                                                  "",
		"Delegasi plh@batan.go.id SK 12/KP/2026":                                                    "12/KP/2026",
		"Delegasi kepada Bapak plh@batan.go.id, SK Nomor 12/KP.05/XI/2026.":                         "12/KP.05/XI/2026",
		"Delegasi plh@batan.go.id 24 s.d. 27 November 2026 berdasarkan SK No. KP.05-7 Tahun 2026":   "KP.05-7 Tahun 2026",
		"Delegasi plh@batan.go.id sesuai Surat Perintah Nomor: 231/ISN/2026 mulai 24 November 2026": "231/ISN/2026",
		"Delegasi plh@batan.go.id (SK: 5)":                                                          "5",
		"Delegasi plh@batan.go.id SK menyusul":                                                      "none",
		"Delegasi plh@batan.go.id SK Nomor":                                                         "none",
		"Delegasi plh@batan.go.id SK 5 dan SK 6":                                                    "none",
		"Delegasi plh@batan.go.id setelah SK 5 terbit":                                              "none",
		"Delegasikan kepada plh@batan.go.id selama 24 November 2026 s.d. 27 November 2026":          "",
		"Delegasi ke Ibu plh@batan.go.id.\n\nTerima kasih":                                          "",
		"Delegasi ke plh@batan.go.id?":                                                              "none",
		"Tidak didelegasikan kepada plh@batan.go.id":                                                "none",
		"Saya tidak mendelegasikan kepada plh@batan.go.id":                                          "none",
		"Jangan delegasikan ke plh@batan.go.id":                                                     "none",
		"Belum didelegasikan ke plh@batan.go.id":                                                    "none",
		"Delegasi ke plh@batan.go.id jika saya cuti":                                                "none",
		"Jika saya cuti, delegasikan ke plh@batan.go.id":                                            "none",
		"Delegasi ke plh@batan.go.id. Eh, jangan dulu":                                              "none",
		"Delegasi kepada plh@batan.go.id batal":                                                     "none",
		"Delegasi bukan ke plh@batan.go.id":                                                         "none",
		"Delegasi kepada siapa, plh@batan.go.id":                                                    "none",
		"Delegasi plh@batan.go.id nomor 5":                                                          "none",
		"Delegasi plh@batan.go.id 24 November 2026 SK 27 November 2026":                             "none",
	} {
		ev := o.Interpret([]byte("From: ka@batan.go.id\nDate: Mon, 23 Nov 2026 09:00:00 +0700\nSubject: " +
			"[VC-2026-0001]\nContent-Type: text/plain; charset=utf-8\n\n" + text + "\n")).Event
		switch d := ev.Delegate; {
		case ev.Word == "" && want == "none":
		case d == nil && want != "none":
			t.Errorf("%q delegates nothing (%q, doubt %q)", text, ev.Word, ev.Doubt)
		case d != nil && d.Decree != want:
			t.Errorf("%q has the decree %q, want %q", text, d.Decree, want)
		}
	}
}
