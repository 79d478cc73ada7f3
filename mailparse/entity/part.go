package entity

import (
	"bytes"
)

// Data is the decoded body.
func (p *Part) Data(limit int) (b []byte, cut bool) {
	b, cut, _ = decodeTransfer(p.Body, p.Encoding, limit)
	return b, cut
}

// Size is the decoded size in bytes.
func (p *Part) Size() int {
	switch p.Encoding {
	case "":
		return len(p.Body)
	case Base64:
		return base64Size(p.Body)
	}
	b, _ := p.Data(MaxMail)
	return len(b)
}

// Text is the decoded body as UTF-8.
func (p *Part) Text(w *Walker) string {
	b, cut, repair := decodeTransfer(p.Body, p.Encoding, MaxText)
	w.Warn(repair)
	if cut {
		w.Warn("The text is too long; only its first part was read.")
	}
	charset := p.Params["charset"]
	if charset == "" && p.Type == "text/html" {
		charset = metaCharset(b)
	}
	s, repair := DecodeCharset(b, charset)
	w.Warn(repair)
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
