package mailparse_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
	"github.com/google/go-cmp/cmp"
)

// file is an attachment: its name, media type and bytes.
type file struct{ name, mediaType, data string }

// mailWith is a mail with some text and attachments; subject may name a request.
func mailWith(subject, text string, files ...file) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "From: ani@batan.go.id\nDate: Mon, 23 Nov 2026 09:00:00 +0700\nSubject: %s\nContent-Type: "+
		"multipart/mixed; boundary=b\n\n--b\n\n%s\n", subject, text)
	for _, f := range files {
		fmt.Fprintf(&out, "--b\nContent-Type: %s\nContent-Disposition: attachment; "+
			"filename=\"%s\"\nContent-Transfer-Encoding: base64\n\n%s\n", f.mediaType, f.name,
			base64.StdEncoding.EncodeToString([]byte(f.data)))
	}
	out.WriteString("--b--\n")
	return out.Bytes()
}

// zipFile is a container of one part.
func zipFile(t *testing.T, name, content string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte(content))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// formRows is a filled form as its labels and values.
var formRows = [][2]string{
	{"Nama", "Budi Santoso"}, {"NIP", "198001012005011002"}, {"Unit Kerja", "PPIKSN"},
	{"Kegiatan/Tanggal", "Rapat Koordinasi / 15 Desember 2026 pukul 09.00 WIB"}, {"Media", "☐ Email ☒ SMS"},
}

func wordForm(t *testing.T) string {
	t.Helper()
	cell := func(s string) string { return "<w:tc><w:p><w:r><w:t>" + s + "</w:t></w:r></w:p></w:tc>" }
	body := "<w:tbl>"
	for i, r := range formRows {
		body += "<w:tr>" + cell(fmt.Sprint(i+1, ".")) + cell(r[0]) + cell(":") + cell(r[1]) + "</w:tr>"
	}
	return zipFile(t, "word/document.xml", body+"</w:tbl>")
}

func odtForm(t *testing.T) string {
	t.Helper()
	body := ""
	for _, r := range formRows {
		body += "<text:p>" + r[0] + "<text:tab/>: " + r[1] + "</text:p>"
	}
	return zipFile(t, "content.xml", body)
}

// pdfForm shows the values as a form's fields beside their labels.
func pdfForm(filled bool) string {
	content, annots, objects := "", "", ""
	for i, r := range formRows[:4] {
		content += fmt.Sprintf("BT /F 10 Tf 50 %d Td (%s) Tj 120 0 Td (:) Tj ET ", 700-20*i, r[0])
		annots += fmt.Sprintf("%d 0 R ", 10+i)
		if filled {
			objects += fmt.Sprintf("%d 0 obj << /Subtype /Widget /FT /Tx /T (f%d) /V (%s) /Rect [180 %d 400 %d] >> endobj\n",
				10+i, i, r[1], 697-20*i, 711-20*i)
		}
	}
	return "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Kids [3 0 R] >> endobj 3 0 obj << " +
		"/Type /Page /Contents 4 0 R /Annots [" + annots + "] >> endobj 4 0 obj << >>\nstream\n" + content +
		"\nendstream endobj\n" + objects
}

// winmail packs a text and a file as Outlook does.
func winmail(text, name, data string) string {
	attribute := func(level byte, id uint32, data string) string {
		out := binary.LittleEndian.AppendUint32([]byte{level}, id)
		return string(binary.LittleEndian.AppendUint32(out, uint32(len(data)))) + data + "\x00\x00"
	}
	return "\x78\x9F\x3E\x22\x01\x00" + attribute(1, 0x2800C, text) + attribute(2, 0x69002, "x") +
		attribute(2, 0x18010, name) + attribute(2, 0x6800F, data)
}

func TestAttachedForm(t *testing.T) {
	const octets = "application/octet-stream"
	rtf := `{\rtf1 `
	for _, r := range formRows[:4] {
		rtf += `\trowd\intbl ` + r[0] + `\cell : ` + r[1] + `\cell\row `
	}
	rtf += `\pard}`
	word := wordForm(t)
	for name, files := range map[string][]file{
		"Word":                       {{"Formulir.docx", octets, word}},
		"Word, named as the old one": {{"Formulir.doc", "application/msword", word}},
		"OpenDocument":               {{"Formulir.odt", "application/vnd.oasis.opendocument.text", odtForm(t)}},
		"PDF":                        {{"Formulir.pdf", "application/pdf", pdfForm(true)}},
		"RTF":                        {{"Formulir.doc", "application/msword", rtf + "}"}},
		"Outlook's container":        {{"winmail.dat", "application/ms-tnef", winmail("terlampir", "Formulir.docx", word)}},
		"a mail in such a container": {{"winmail.dat", "application/ms-tnef",
			winmail("terlampir", "surat", winmail("", "Formulir.docx", word))}},
		"an attached mail": {{"surat.eml", "message/rfc822",
			string(mailWith("Permohonan", "terlampir", file{"Formulir.docx", octets, word}))}},
		"behind pictures and a scan": {{"logo.png", "image/png", "\x89PNG\r\n"},
			{"scan.jpg", "image/jpeg", "\xFF\xD8\xFF" + strings.Repeat("x", 30<<10)}, {"Formulir.docx", octets, word}},
		"beside an untouched one":     {{"contoh.pdf", "application/pdf", pdfForm(false)}, {"Formulir.docx", octets, word}},
		"beside a damaged attachment": {{"rusak.pdf", "application/pdf", "%PDF-1.4"}, {"Formulir.docx", octets, word}},
	} {
		t.Run(name, func(t *testing.T) {
			m := mailparse.Parse(mailWith("Permohonan", "Terlampir formulir kami.", files...), testGrammar())
			if m.Kind != mailparse.KindRequest || len(m.Missing) > 0 || len(m.Warnings) > 0 {
				t.Fatalf("kind %s, missing %q, warnings %q", m.Kind, m.Missing, m.Warnings)
			}
			f := m.Form
			got := []string{f.Text("nama"), f.Text("nip"), f.Text("unit_kerja"), f.Text("kegiatan"),
				f["tanggal"].Date.Start.Format("2006-01-02 15:04")}
			if d := cmp.Diff([]string{"Budi Santoso", "198001012005011002", "PPIKSN", "Rapat Koordinasi", "2026-12-15 09:00"},
				got); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestInvitationLetter: a document with an event and a date is not the form.
func TestInvitationLetter(t *testing.T) {
	letter := file{"undangan.txt", "text/plain",
		"Dengan hormat, kami mengundang Bapak/Ibu pada:\nHari/Tanggal : Senin, 7 Desember 2026\nWaktu : 09.00 WIB\nTempat " +
			": Serpong\nAcara : Rapat Koordinasi\n"}
	if m := mailparse.Parse(mailWith("Undangan", "Mohon kehadirannya.", letter),
		testGrammar()); m.Kind != mailparse.KindUnrelated {
		t.Errorf("kind %s, form %+v", m.Kind, m.Form)
	}
}

// TestUnticked: boxes of which none is ticked say nothing.
func TestUnticked(t *testing.T) {
	for boxes, want := range map[string]string{"☐ Email ☐ SMS": "", "☐ Email ☑ SMS": "SMS"} {
		m := mailparse.Parse(mailWith("Permohonan", "Nama: Budi\nNIP: 198001012005011002\nKegiatan: Rapat\nMedia: "+boxes),
			testGrammar())
		if m.Form == nil || m.Form.Text("media") != want {
			t.Errorf("%s: form %+v", boxes, m.Form)
		}
	}
}

// TestContainerAttachments: what a container holds is listed behind it.
func TestContainerAttachments(t *testing.T) {
	m := mailparse.Parse(mailWith("x", "", file{"winmail.dat", "application/ms-tnef",
		winmail("Isi surat.", "a.doc", "isi")}), testGrammar())
	var names []string
	for _, a := range m.Attachments {
		names = append(names, fmt.Sprint(a.Name, " ", a.Type, " ", a.Size))
	}
	if d := cmp.Diff([]string{"winmail.dat application/ms-tnef 69", "a.doc application/octet-stream 3"}, names); d != "" {
		t.Error(d)
	}
	if m.Text != "Isi surat." {
		t.Errorf("text %q", m.Text)
	}
}

func TestUnreadableAttachment(t *testing.T) {
	photo := "\xFF\xD8\xFF" + strings.Repeat("x", 30<<10)
	for _, tt := range []struct {
		name string
		file file
		want []string
	}{
		{"a photo", file{"formulir.jpg", "image/jpeg", photo},
			[]string{`The attachment "formulir.jpg" is a picture; its text cannot be read.`}},
		{"a small picture", file{"logo.jpg", "image/jpeg", photo[:1000]},
			[]string{`The attachment "logo.jpg" is a picture; its text cannot be read.`}},
		{"a scan", file{"formulir.pdf", "application/pdf", strings.Replace(pdfForm(false), "Tj", "", -1)},
			[]string{`The attachment "formulir.pdf" holds no text; it may be a scan.`}},
		{"a damaged file", file{"formulir.pdf", "application/pdf", "?"},
			[]string{`The attachment "formulir.pdf" is damaged.`}},
		{"half a file", file{"formulir.rtf", "application/rtf", `{\rtf1 Nama`},
			[]string{`The attachment "formulir.rtf" is damaged; only a part of it was read.`}},
		{"no document", file{"rekaman.mp4", "video/mp4", "?"}, []string{}},
		{"an untouched form", file{"formulir.pdf", "application/pdf", pdfForm(false)}, []string{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := mailparse.Parse(mailWith("Permohonan", "Terlampir formulir kami.", tt.file), testGrammar())
			if m.Kind != mailparse.KindUnrelated || len(m.Attachments) != 1 {
				t.Errorf("kind %s, attachments %v", m.Kind, m.Attachments)
			}
			if d := cmp.Diff(tt.want, m.Warnings); d != "" {
				t.Error(d)
			}
			m = mailparse.Parse(mailWith("Re: [VC-2026-0001]", "Setuju.", tt.file), testGrammar())
			if m.Command == nil || m.Command.Taken() != "SETUJU" || len(m.Warnings) > 0 {
				t.Errorf("an answer beside it: %+v, %q", m.Command, m.Warnings)
			}
		})
	}
}

// TestReplyWithForm: a reply may bring its values in a document that is a form; a letter that names a date is none.
func TestReplyWithForm(t *testing.T) {
	form := file{"Formulir.docx", "application/octet-stream", wordForm(t)}
	letter := file{"undangan.txt", "text/plain", "Hari/Tanggal: Senin, 7 Desember 2026\nTempat: Serpong\n"}
	for _, tt := range []struct {
		name, text string
		file       file
		nip        string
	}{
		{"a form", "Terlampir, terima kasih.", form, "198001012005011002"},
		{"what is written counts", "NIP : 198502022010122003", form, "198502022010122003"},
		{"an answer", "Setuju", form, ""},
		{"a letter", "Mohon maaf terlambat.", letter, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := mailparse.Parse(mailWith("Re: [VC-2026-0001]", tt.text, tt.file), testGrammar())
			nip := ""
			if m.Form != nil {
				nip = m.Form.Text("nip")
			}
			if m.Kind != mailparse.KindReply || nip != tt.nip {
				t.Errorf("kind %s, NIP %q, want %q", m.Kind, nip, tt.nip)
			}
		})
	}
}

func TestInvitation(t *testing.T) {
	calendar := func(lines string) string {
		return "BEGIN:VCALENDAR\nMETHOD:REQUEST\n" + lines + "END:VCALENDAR\n"
	}
	event := func(lines string) string {
		return "BEGIN:VEVENT\nSUMMARY:Rapat\\, koordinasi\n" + lines + "END:VEVENT\n"
	}
	zone := func(id string, offsets ...string) string {
		out := "BEGIN:VTIMEZONE\nTZID:" + id + "\n"
		for _, o := range offsets {
			out += "BEGIN:STANDARD\nTZOFFSETTO:" + o + "\nEND:STANDARD\n"
		}
		return out + "END:VTIMEZONE\n"
	}
	const text = "Nama: Budi\nNIP: 198001012005011002\nUnit Kerja: PPIKSN\nPelaksanaan: Ruang 71\n"
	for _, tt := range []struct{ name, text, ics, start, end, activity string }{
		{"in UTC", text, calendar(event("DTSTART:20261215T020000Z\nDTEND:20261215T040000Z\n")), "2026-12-15T09:00:00+07:00",
			"2026-12-15T11:00:00+07:00", "Rapat, koordinasi"},
		{"in the office's zone", text, calendar(event("DTSTART;TZID=Asia/Jakarta:20261215T090000\n")),
			"2026-12-15T09:00:00+07:00", "-", "Rapat, koordinasi"},
		{"in a zone of its own", text, calendar(zone("Kantor", "+0900") + event("DTSTART;TZID=Kantor:20261215T090000\n")),
			"2026-12-15T07:00:00+07:00", "-", "Rapat, koordinasi"},
		{"two days", text, calendar(event("DTSTART;VALUE=DATE:20261215\nDTEND;VALUE=DATE:20261217\n")),
			"2026-12-15T00:00:00+07:00", "2026-12-16T23:59:59+07:00", "Rapat, koordinasi"},
		{"the form's own date counts", text + "Tanggal: 1 Desember 2026 pukul 10.00\n",
			calendar(event("DTSTART:20261215T020000Z\n")), "2026-12-01T10:00:00+07:00", "-", ""},
		{"the form's own activity counts", text + "Kegiatan: Sosialisasi\n", calendar(event("DTSTART:20261215T020000Z\n")),
			"2026-12-15T09:00:00+07:00", "-", "Sosialisasi"},
		{"an unknown zone", text, calendar(event("DTSTART;TZID=Kantor:20261215T090000\n")), "", "", ""},
		{"a zone with summer time", text, calendar(zone("Kantor", "+0900", "+1000") +
			event("DTSTART;TZID=Kantor:20261215T090000\n")), "", "", ""},
		{"two events", text, calendar(event("DTSTART:20261215T020000Z\n") + event("DTSTART:20261216T020000Z\n")), "", "",
			""},
		{"every week", text, calendar(event("DTSTART:20261215T020000Z\nRRULE:FREQ=WEEKLY\n")), "", "", ""},
		{"cancelled", text, strings.Replace(calendar(event("DTSTART:20261215T020000Z\n")), "REQUEST", "CANCEL", 1), "", "",
			""},
		{"cut off", text, calendar(event("DTSTART:20261215T020000Z\n"))[:60], "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := mailparse.Parse(mailWith("Permohonan", tt.text, file{"undangan.ics", "application/ics", tt.ics}),
				testGrammar())
			if m.Kind != mailparse.KindRequest {
				t.Fatalf("kind %s", m.Kind)
			}
			var start, end string
			if d := m.Form["tanggal"].Date; d != nil {
				start, end = show(d.Start), show(d.End)
			}
			if start != tt.start || end != tt.end || m.Form.Text("kegiatan") != tt.activity {
				t.Errorf("%s – %s %q, want %s – %s %q (%q)", start, end, m.Form.Text("kegiatan"), tt.start, tt.end, tt.activity,
					m.Warnings)
			}
		})
	}
	t.Run("alone", func(t *testing.T) {
		ics := file{"undangan.ics", "text/calendar", calendar(event("DTSTART:20261215T020000Z\n"))}
		if m := mailparse.Parse(mailWith("Undangan", "Mohon hadir.", ics),
			testGrammar()); m.Kind != mailparse.KindUnrelated {
			t.Errorf("kind %s", m.Kind)
		}
		m := mailparse.Parse(mailWith("Re: [VC-2026-0001]", "Jadwal terlampir.", ics), testGrammar())
		if m.Kind != mailparse.KindReply || m.Form == nil || m.Form["tanggal"].Date == nil || m.Form.Text("kegiatan") != "" {
			t.Errorf("kind %s, form %+v", m.Kind, m.Form)
		}
	})
}
