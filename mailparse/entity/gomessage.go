package entity

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/textproto"
)

// What is written as the standards say is read by go-message; the files beside this one repair what it refuses, and
// say for which mails. Its walk over the parts is not used: it ends where a multipart has no last boundary, as 58
// mails of the collection that this package is measured on have none (chatwoot's mail_with_references.eml), or an
// empty one (cpython's msg_33.eml), and it keeps no raw bytes of a part, which an S/MIME signature covers (RFC 8551,
// 3.1.1). Nor are its charsets: it asks the same indexes of x/text, but takes iso-8859-1 at its word, whose bytes are
// windows-1252 in practice, knows neither unicode-1-1-utf-7 (flufl's dsn_13.eml) nor "charset=us-ascii" (enmime's
// mail_html-mime-bad-charset-inline.eml), and gives a reader, where a guess needs to know what kind of charset it is.

// readBlock reads a header block, up to and with the empty line that ends it. ok is false where a line is no field,
// as in mime4j's double-bound mail, in mboxes (sisimai's lhost-postfix-33.eml) and behind blanks (flanker's
// enclosed.eml), and where a limit is met.
func readBlock(block []byte) (h Header, ok bool) {
	read, err := textproto.ReadHeader(bufio.NewReaderSize(bytes.NewReader(block), min(len(block)+16, 4096)))
	if err != nil || read.Len() == 0 || read.Len() > maxHeaderFields {
		return nil, false
	}
	h = make(Header, 0, read.Len())
	for f := read.Fields(); f.Next(); {
		value := f.Value()
		if len(value) > maxHeaderValue {
			return nil, false
		}
		h = append(h, Field{strings.ToLower(f.Key()), value})
	}
	return h, true
}

// readBody undoes a transfer encoding, of at most limit+1 decoded bytes. ok is false where the body is damaged, as in
// chatwoot's mail_with_plain_text_and_inline_image.eml, or the encoding is none of MIME's (mikel's x_uuencode).
func readBody(body []byte, encoding string, limit int) (out []byte, ok bool) {
	var h message.Header
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Transfer-Encoding", encoding)
	e, err := message.New(h, bytes.NewReader(body))
	if err != nil {
		return nil, false
	}
	buf := bytes.NewBuffer(make([]byte, 0, min(len(body), limit)+bytes.MinRead))
	_, err = buf.ReadFrom(io.LimitReader(e.Body, int64(limit)+1))
	return buf.Bytes(), err == nil
}

// readEncodedWords decodes the encoded words of a header value (RFC 2047). ok is false where something is left over,
// or a word is cut within a character.
func readEncodedWords(s string) (text string, ok bool) {
	var h message.Header
	h.Set("Subject", s)
	text, err := h.Text("Subject")
	return text, err == nil && !strings.Contains(text, "=?") && utf8.ValidString(text) && !strings.ContainsRune(text,
		utf8.RuneError)
}

// readParams reads a value with parameters (RFC 2045, 5.1). ok is false where quotes or names are missing, where
// bytes are not ASCII, and where charsets are given (RFC 2231), of which go-message knows one only.
func readParams(s string) (value string, params map[string]string, ok bool) {
	if !IsPlainASCII(s) || strings.ContainsAny(s, "*(\\") || strings.Contains(s, "=?") {
		return "", nil, false
	}
	var h message.Header
	h.Set("Content-Type", s)
	value, params, err := h.ContentType()
	return value, params, err == nil && strings.IndexByte(value, ' ') < 0
}
