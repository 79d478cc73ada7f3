package mailparse_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/form"
	"batan.go.id/layanan/mailparse/when"
	"pgregory.net/rapid"
)

// TestRelativeWhereQuoted: "besok" in a mail that somebody forwards is not the forwarder's tomorrow.
func TestRelativeWhereQuoted(t *testing.T) {
	const form = "Nama: Ani Wijaya\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan: Rapat\nTanggal: "
	forwarded := "Mohon bantuannya.\n\n---------- Forwarded message ---------\nFrom: Ani <ani@batan.go.id>\nDate: Mon, " +
		"2 Jul 2018 10:00:00 +0700\nSubject: Rapat\nTo: sekretaris@batan.go.id\n\n"
	if m := mailparse.Parse(mailOf("Subject: Fwd: Rapat\n", forwarded+form+"besok jam 9\n"),
		testGrammar()); m.Kind != mailparse.KindRequest || m.Reasons["tanggal"].Code != when.ReasonNoMailDate {
		t.Errorf("%s, reasons %v", brief(m), m.Reasons)
	}
	if m := mailparse.Parse(mailOf("Subject: Fwd: Rapat\n", forwarded+form+"besok, 3 Agustus 2018 jam 9\n"),
		testGrammar()); brief(m) != "request: Ani Wijaya, 198001012005012001, Biro Umum, Rapat, 2018-08-03 09.00" {
		t.Errorf("%s, reasons %v", brief(m), m.Reasons)
	}
	undated := "From: ani@batan.go.id\n\n" + form
	if m := mailparse.Parse([]byte(undated+"besok jam 9\n"),
		testGrammar()); m.Reasons["tanggal"].Code != when.ReasonNoMailDate {
		t.Errorf("without a date: %s, reasons %v", brief(m), m.Reasons)
	}
	if m := mailparse.Parse([]byte(undated+"12 Juli jam 9\n"),
		testGrammar()); m.Reasons["tanggal"].Code != when.ReasonNoYear {
		t.Errorf("without a date: %s, reasons %v", brief(m), m.Reasons)
	}
}

// TestProse: a person's mail without a form has none.
func TestProse(t *testing.T) {
	for _, body := range []string{
		"Selamat pagi, nama saya Ani dan NIP saya 198503122010121002.\nApakah ruang rapat tersedia besok jam 9?\n",
		"Rapat akan dilaksanakan pada tanggal 12 Juli 2018 pukul 09.00 di Biro Umum.\nUnit kerja PPIKSN diundang.\n",
		"Salam,\nAni Wijaya\nNIP 198503122010121002\nBiro Umum\nEmail: ani@batan.go.id\n",
		"Hasil rapat: baik\nKegiatan kami lancar.\n",
	} {
		if m := mailparse.Parse(mailOf("Subject: Tanya\n", body), testGrammar()); m.Kind == mailparse.KindRequest {
			t.Errorf("%q: %s", body, brief(m))
		}
	}
}

// TestLabelSlips misspells each label once: it is read as that label or as none, never as another.
func TestLabelSlips(t *testing.T) {
	fields := map[string]string{"Nama": "nama", "NIP": "nip", "Email": "email", "Unit Kerja": "unit_kerja",
		"Kegiatan": "kegiatan", "Tanggal": "tanggal", "Pelaksanaan Video Konferensi": "pelaksanaan", "Media": "media"}
	labels := slices.Sorted(maps.Keys(fields))
	rapid.Check(t, func(r *rapid.T) {
		label := rapid.SampledFrom(labels).Draw(r, "label")
		i := rapid.IntRange(0, len(label)-1).Draw(r, "at")
		letter := string(rune('a' + rapid.IntRange(0, 25).Draw(r, "letter")))
		wrong := []string{label[:i] + label[i+1:], label[:i] + letter + label[i+1:], label[:i] + letter +
			label[i:]}[rapid.IntRange(0, 2).Draw(r, "slip")]
		m := mailparse.Parse(mailOf("Subject: Re: [VC-2026-0005] Mohon lengkapi\n", wrong+": Ani\n"), testGrammar())
		for id := range m.Fields {
			if id != fields[label] && !strings.EqualFold(wrong, "tgl") {
				r.Fatalf("%q was read as %s", wrong, id)
			}
		}
	})
}

// FuzzForm reads a form of any text: its values come from that text, and what is wrong is both missing and explained.
func FuzzForm(f *testing.F) {
	f.Add("Nama: Ani\nNIP: 198001012005012001\nUnit Kerja: Biro Umum\nKegiatan/Tanggal: Rapat / besok jam 9\nMedia: " +
		"[x] Email [ ] SMS\n")
	f.Add("Nama\tNIP\tTanggal\nAni\t-\t12/7\n")
	f.Add("NIP saya 1985, tanggalnya 31 Juni\nUBAH tanggal menjadi 5 atau 6 Juli")
	f.Fuzz(func(t *testing.T, body string) {
		for _, subject := range []string{"Subject: Permohonan\n", "Subject: Re: [VC-2026-0005]\n"} {
			m := mailparse.Parse(mailOf(subject, body), testGrammar())
			for id, why := range m.Reasons {
				if why.Code == "" || id != "email" && !slices.Contains(m.Missing, id) {
					t.Fatalf("%q: %s has the reason %+v, missing %v", body, id, why, m.Missing)
				}
			}
			if m.Form == nil {
				continue
			}
			if d := m.Form["tanggal"].Date; d != nil && (d.Start == nil) == (m.Reasons["tanggal"].Code == "") {
				t.Fatalf("%q: date %+v, reasons %v", body, d, m.Reasons)
			}
			for id, v := range m.Fields {
				if v == "" || !utf8.ValidString(v) {
					t.Fatalf("%q: %s is %q", body, id, v)
				}
			}
		}
	})
}

// TestReportSigned: where the officer's name shares its field with the requester's, a report is signed by the officer.
func TestReportSigned(t *testing.T) {
	g := *testGrammar()
	g.Fields = slices.DeleteFunc(slices.Clone(g.Fields), func(f form.Field) bool { return f.ID == "petugas" })
	shared := mailparse.NewGrammar(g)
	const upper = "PERMINTAAN PENGGUNA\nNama : Ani Wijaya\nNIP : 198001012005012001\nUnit Kerja : Biro " +
		"Umum\nKegiatan/Tanggal : Rapat / 12 Juli 2018\n"
	const officer = "PETUGAS LAYANAN\n"
	for body, name := range map[string]string{
		officer + "Nama : Joko\nLaporan Pelaksanaan Video Konferensi : terlaksana\nHasil : baik\n":         "Joko",
		upper + officer + "Nama : Joko\nLaporan Pelaksanaan Video Konferensi : terlaksana\nHasil : baik\n": "Joko",
		upper + officer + "Nama :\nLaporan Pelaksanaan Video Konferensi :\nHasil :\n":                      "Ani Wijaya",
	} {
		m := mailparse.Parse(mailOf("Subject: Re: [VC-2026-0005] Laporan\n", body), shared)
		if m.Form == nil || m.Form.Text("nama") != name {
			t.Errorf("%q: %s, want %s", body, brief(m), name)
		}
	}
}
