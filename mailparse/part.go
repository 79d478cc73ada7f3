package mailparse

import (
	"bytes"
)

// data is the decoded body.
func (p *part) data(limit int) (b []byte, cut bool) {
	b, cut, _ = decodeTransfer(p.body, p.encoding, limit)
	return b, cut
}

// size is the decoded size in bytes.
func (p *part) size() int {
	switch p.encoding {
	case "":
		return len(p.body)
	case encBase64:
		return base64Size(p.body)
	}
	b, _ := p.data(maxMail)
	return len(b)
}

// text is the decoded body as UTF-8.
func (p *part) text(w *walker) string {
	b, cut, repair := decodeTransfer(p.body, p.encoding, maxText)
	w.warn(repair)
	if cut {
		w.warn("The text is too long; only its first part was read.")
	}
	charset := p.params["charset"]
	if charset == "" && p.typ == "text/html" {
		charset = metaCharset(b)
	}
	s, repair := decodeCharset(b, charset)
	w.warn(repair)
	return s
}

// metaCharset finds charset= in the first kilobyte of a page.
func metaCharset(b []byte) string {
	b = bytes.ToLower(b[:min(len(b), 1024)])
	i := bytes.Index(b, []byte("charset="))
	if i < 0 {
		return ""
	}
	b = bytes.TrimLeft(b[i+len("charset="):], "\"' ")
	if n := bytes.IndexAny(b, "\"' />;"); n >= 0 {
		return string(b[:n])
	}
	return ""
}
