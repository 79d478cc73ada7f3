package outlook_test

import (
	"encoding/binary"
	"testing"
	"unicode/utf8"

	"batan.go.id/layanan/internal/document/outlook"
	"github.com/google/go-cmp/cmp"
)

// attribute is one of a container's; level 1 is the mail's, 2 an attachment's.
func attribute(level byte, id uint32, data string) string {
	out := binary.LittleEndian.AppendUint32([]byte{level}, id)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
	return string(out) + data + "\x00\x00"
}

// property has one value of a kind that comes with its length.
func property(kind, id uint16, data string) string {
	out := binary.LittleEndian.AppendUint16(nil, kind)
	out = binary.LittleEndian.AppendUint16(out, id)
	out = binary.LittleEndian.AppendUint32(out, 1)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
	return string(out) + data + "\x00\x00\x00"[:(4-len(data)%4)%4]
}

func number(id uint16, v uint32) string {
	out := binary.LittleEndian.AppendUint16([]byte{3, 0}, id)
	return string(binary.LittleEndian.AppendUint32(out, v))
}

func properties(list ...string) string {
	out := string(binary.LittleEndian.AppendUint32(nil, uint32(len(list))))
	for _, p := range list {
		out += p
	}
	return out
}

func wide(s string) string {
	var out []byte
	for _, r := range s {
		out = binary.LittleEndian.AppendUint16(out, uint16(r))
	}
	return string(out) + "\x00\x00"
}

func tnef(attributes ...string) []byte {
	out := "\x78\x9F\x3E\x22\x01\x00"
	for _, a := range attributes {
		out += a
	}
	return []byte(out)
}

// packedRTF packs without references, as MS-OXRTFCP allows.
func packedRTF(s string) string {
	packed := ""
	for i := 0; i < len(s); i += 8 {
		packed += "\x00" + s[i:min(len(s), i+8)]
	}
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(packed)+12))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(s)))
	return string(out) + "LZFu\x00\x00\x00\x00" + packed
}

func TestTNEF(t *testing.T) {
	const (
		body, title, fileData = 0x2800C, 0x18010, 0x6800F
		props, newFile        = 0x69003, 0x69002
		fileProps             = 0x69005
	)
	named := "\x1F\x00\x00\x80" + "0123456789abcdef" + "\x01\x00\x00\x00\x04\x00\x00\x00n\x00\x00\x00" +
		"\x01\x00\x00\x00\x04\x00\x00\x00x\x00\x00\x00"
	page := `{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf \par\htmlrtf0 Nama \'e9 <b>{\*\htmltag72 <s>}SMS{\*\htmltag80 </s>}\par}`
	for _, tt := range []struct {
		name       string
		attributes []string
		want       outlook.Container
	}{
		{"a text", []string{attribute(1, 0x69007, "\x00\x00\x00\x00"), attribute(1, body, "Nama\x00")},
			outlook.Container{Body: &outlook.File{Type: "text/plain", Data: []byte("Nama")}}},
		{"a text among the properties",
			[]string{attribute(1, props, properties(number(0x0E07, 1), named, property(0x1F, 0x1000, wide("Nama é"))))},
			outlook.Container{Body: &outlook.File{Type: "text/plain", Charset: "utf-8", Data: []byte("Nama é")}}},
		{"a page", []string{attribute(1, props, properties(number(0x3FDE, 28591), property(0x102, 0x1013, "<p>é</p>"),
			property(0x1E, 0x1000, "é\x00")))},
			outlook.Container{Body: &outlook.File{Type: "text/html", Charset: "iso-8859-1", Data: []byte("<p>é</p>")}}},
		{"RTF", []string{attribute(1, props, properties(property(0x102, 0x1009, packedRTF(`{\rtf1 Nama\par NIP}`))))},
			outlook.Container{Body: &outlook.File{Type: "text/plain", Charset: "utf-8", Data: []byte("Nama\nNIP\n")}}},
		{"a page within RTF", []string{attribute(1, props, properties(property(0x102, 0x1009, packedRTF(page))))},
			outlook.Container{Body: &outlook.File{Type: "text/html", Charset: "utf-8",
				Data: []byte("<p>Nama é &lt;b&gt;<s>SMS</s>\n")}}},
		{"files", []string{
			attribute(2, newFile, "x"), attribute(2, title, "A~1.DOC\x00"), attribute(2, fileData, "isi"),
			attribute(2, fileProps, properties(property(0x1F, 0x3707, wide("Formulir.docx")),
				property(0x1E, 0x370E, "a/b\x00"))),
			attribute(2, newFile, "x"), attribute(2, title, "b.txt\x00"),
			attribute(2, fileProps, properties(property(0x0D, 0x3701, "0123456789abcdefisi"))),
		}, outlook.Container{Files: []outlook.File{{Name: "Formulir.docx", Type: "a/b", Data: []byte("isi")},
			{Name: "b.txt", Data: []byte("isi")}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := outlook.ReadTNEF(tnef(tt.attributes...))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, *got); d != "" {
				t.Error(d)
			}
		})
	}
	if c, err := outlook.ReadTNEF(tnef(attribute(1, body, "Nama"))[:18]); err == nil || c.Body == nil ||
		string(c.Body.Data) != "Nam" {
		t.Errorf("cut off: %+v, %v", c, err)
	}
}

// TestRTFReferences unpacks the two examples of MS-OXRTFCP, 3.1: with references to what every packed RTF begins
// with, and to what they are writing.
func TestRTFReferences(t *testing.T) {
	for packed, want := range map[string]string{
		"\x2d\x00\x00\x00\x2b\x00\x00\x00LZFu\xf1\xc5\xc7\xa7\x03\x00\x0a\x00rcpg125\x42\x32\x0a\xf3 hel\x09\x00 " +
			"bw\x05\xb0ld}\x0a\x80\x0f\xa0": "hello world\n",
		"\x1a\x00\x00\x00\x1c\x00\x00\x00LZFu\xe2\xd4KQA\x00\x04 WXYZ\x0dn}\x01\x0e\xb0": "WXYZWXYZWXYZWXYZWXYZ\n",
	} {
		got, err := outlook.ReadTNEF(tnef(attribute(1, 0x69003, properties(property(0x102, 0x1009, packed)))))
		if err != nil || got.Body == nil || string(got.Body.Data) != want {
			t.Errorf("%+v, %v, want %q", got.Body, err, want)
		}
	}
}

func FuzzTNEF(f *testing.F) {
	f.Add(tnef(attribute(1, 0x69003, properties(number(0x3FDE, 65001), property(0x102, 0x1009, packedRTF(`{\rtf1 a}`)),
		property(0x1F, 0x1000, wide("a"))))))
	f.Add(tnef(attribute(2, 0x69002, "x"), attribute(2, 0x18010, "a.doc"), attribute(2, 0x6800F, "isi"),
		attribute(2, 0x69005, properties(property(0x0D, 0x3701, "0123456789abcdefisi")))))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := outlook.ReadTNEF(data)
		if c == nil && err == nil {
			t.Fatal("neither a container nor a reason")
		}
		if c != nil && c.Body != nil && c.Body.Charset == "utf-8" && c.Body.Type == "text/plain" &&
			!utf8.Valid(c.Body.Data) {
			t.Fatalf("not UTF-8: %q", c.Body.Data)
		}
	})
}
