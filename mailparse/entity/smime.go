package entity

import (
	"bytes"
	"strings"
)

// Signed is what an S/MIME signature covers by the mail's own words: all that is read of the mail but its header.
// Whether it holds is for package smime to say.
type Signed struct {
	Content   []byte // line ends are CRLF (RFC 8551, 3.1.1)
	Signature []byte // SignedData (RFC 5652), as it came
}

// maxSignature is how many bytes a detached signature may have.
const maxSignature = 1 << 20

// Signed is the mail's signature, where it covers the whole; a signed part among others could be anybody's.
func (p *Part) Signed() *Signed {
	switch {
	case p.Sealed() && len(p.Children) == 1:
		data, cut := p.Data(MaxMail)
		if content := signedContent(data); !cut && content != nil {
			return &Signed{Content: content, Signature: data}
		}
	case p.Type == "multipart/signed" && len(p.Children) == 2:
		last := p.Children[1]
		if last.Type != "application/pkcs7-signature" && last.Type != "application/x-pkcs7-signature" {
			return nil // OpenPGP
		}
		if data, cut := last.Data(maxSignature); !cut {
			return &Signed{Content: bytes.ReplaceAll(p.Children[0].Chunk, []byte("\n"), []byte("\r\n")), Signature: data}
		}
	}
	return nil
}

// Sealed reports whether the part is in an envelope of S/MIME, signed or encrypted.
func (p *Part) Sealed() bool {
	return p.Type == "application/pkcs7-mime" || p.Type == "application/x-pkcs7-mime" ||
		p.Type == "application/octet-stream" && strings.HasSuffix(strings.ToLower(p.Name), ".p7m") // relabelled
}

// The DER of two object identifiers: 1.2.840.113549.1.7.2 and 1.2.840.113549.1.7.1 (RFC 5652, 4 and 5.1).
var (
	signedData = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}
	plainData  = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01}
)

// Tags of the encoding (X.690).
const (
	octets       = 0x04
	octetsPieces = 0x24
	explicit0    = 0xa0
)

// opaque reads a mail that S/MIME put into its signature (RFC 8551, 3.5.2): the text is in there, in the clear. What
// is encrypted cannot be read.
func (w *Walker) opaque(p *Part, depth int) {
	data, _ := p.Data(MaxMail)
	inner := signedContent(data)
	if inner == nil {
		w.Warn("The mail is encrypted; its text cannot be read.")
		return
	}
	w.work += len(inner)
	h, body := w.header(UnixLines(inner), "signed part")
	p.Children = []*Part{w.entity(h, body, "text/plain", depth+1)}
}

// signedContent takes the content out of a SignedData, also where it comes in pieces, as Outlook writes it.
func signedContent(b []byte) []byte {
	i := bytes.Index(b[:min(len(b), 512)], plainData)
	if i < 0 || !bytes.Contains(b[:min(len(b), 64)], signedData) {
		return nil
	}
	tag, b, _ := cutElement(b[i+len(plainData):])
	if tag != explicit0 {
		return nil
	}
	tag, b, _ = cutElement(b)
	if tag != octetsPieces {
		if tag != octets {
			return nil
		}
		return b
	}
	var content []byte
	for {
		tag, piece, rest := cutElement(b)
		if tag != octets {
			return content
		}
		content, b = append(content, piece...), rest
	}
}

// cutElement splits off the first element: its tag, 0 at the end, and its content. Where the length is left open, the
// content lasts to the end.
func cutElement(b []byte) (tag byte, content, rest []byte) {
	if len(b) < 2 {
		return 0, nil, nil
	}
	tag, b = b[0], b[1:]
	n := int(b[0])
	b = b[1:]
	if n == 0x80 {
		return tag, b, nil
	}
	if n > 0x80 {
		size := n - 0x80
		if size > 4 || size > len(b) {
			return 0, nil, nil
		}
		n = 0
		for _, c := range b[:size] {
			n = n<<8 | int(c)
		}
		b = b[size:]
	}
	n = min(n, len(b))
	return tag, b[:n], b[n:]
}
