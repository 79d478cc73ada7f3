package entity

import (
	"bytes"
	"encoding/base64"
	"mime"
	"mime/quotedprintable"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestBothReadHeaders: of a header as it should be, go-message and the repairs read the same.
func TestBothReadHeaders(t *testing.T) {
	name := rapid.StringMatching(`[A-Z][a-z]{0,6}(-[A-Z][a-z]{1,6})?`)
	value := rapid.StringMatching(`[!-~]{1,12}( [!-~]{1,12}){0,4}`)
	rapid.Check(t, func(t *rapid.T) {
		var block strings.Builder
		for range rapid.IntRange(1, 6).Draw(t, "fields") {
			block.WriteString(name.Draw(t, "name") + ": " + value.Draw(t, "value") + "\n")
			if rapid.Bool().Draw(t, "fold") {
				block.WriteString("\t" + value.Draw(t, "folded") + "\n")
			}
		}
		raw := []byte(block.String() + "\nSetuju\n")
		std, ok := readBlock([]byte(block.String() + "\n"))
		own, body, repairs := repairHeader(raw)
		if !ok || !slices.Equal(std, own) || string(body) != "Setuju\n" || repairs != nil {
			t.Errorf("go-message reads %q (%v), the repairs %q, body %q, %q", std, ok, own, body, repairs)
		}
	})
}

// TestBothDecode: of a body as it should be, go-message and the repairs decode the same.
func TestBothDecode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOf(rapid.Byte()).Draw(t, "data")
		encoded := []byte(base64.StdEncoding.EncodeToString(data))
		for i := 76; i < len(encoded); i += 77 {
			encoded = slices.Insert(encoded, i, '\n')
		}
		own, damaged := decodeBase64(encoded, MaxText)
		if std, ok := readBody(encoded, Base64, MaxText); !ok || damaged || !bytes.Equal(std, own) ||
			!bytes.Equal(own, data) {
			t.Errorf("base64 %q: %q (%v), %q (%v)", data, std, ok, own, damaged)
		}
		var qp bytes.Buffer
		w := quotedprintable.NewWriter(&qp)
		w.Binary = true
		if _, err := w.Write(data); err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		lines := UnixLines(qp.Bytes())
		own, damaged = decodeQP(lines, MaxText)
		if std, ok := readBody(lines, QuotedPrintable, MaxText); !ok || damaged || !bytes.Equal(std, own) ||
			!bytes.Equal(own, data) {
			t.Errorf("quoted-printable %q: %q (%v), %q (%v)", data, std, ok, own, damaged)
		}
	})
}

// TestBothReadWords: of encoded words as they should be, go-message and the repairs read the same.
func TestBothReadWords(t *testing.T) {
	words := rapid.StringMatching(`[a-zé–ñ]{1,8}( [a-zA-Z0-9é]{1,8}){0,5}`)
	rapid.Check(t, func(t *rapid.T) {
		text := words.Draw(t, "text")
		encoded := rapid.SampledFrom([]mime.WordEncoder{mime.QEncoding, mime.BEncoding}).Draw(t, "encoding").Encode("utf-8",
			text)
		std, ok := readEncodedWords(encoded)
		if own, repair := repairWords(encoded); !ok || std != text || own != text || repair != "" {
			t.Errorf("%q: %q (%v), %q %s", encoded, std, ok, own, repair)
		}
	})
}
