package mailparse

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
)

// maxDocument bounds what is unpacked of one attached document.
const maxDocument = 4 << 20

// documentLines renders an attached document that may hold the form: text, a page, or a Word file. nil for others.
func documentLines(p *part, w *walker) []line {
	ext := ""
	if i := strings.LastIndexByte(p.name, '.'); i >= 0 {
		ext = strings.ToLower(p.name[i:])
	}
	switch {
	case ext == ".docx", strings.HasSuffix(p.typ, "wordprocessingml.document"):
		data, cut := p.data(2 * maxDocument)
		if cut {
			w.warn("The attachment " + quoteShort(p.name) + " is too large to be read.")
			return nil
		}
		return docxLines(data)
	case p.typ == "text/html", ext == ".html", ext == ".htm":
		return htmlLines(p.text(w))
	case p.typ == "text/plain", ext == ".txt":
		return textLines(p.text(w), p.params)
	}
	return nil
}

// docxLines renders the main text of a Word file (ISO 29500); damaged files give what could be read.
func docxLines(data []byte) []line {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil
	}
	for _, f := range z.File {
		if f.Name != "word/document.xml" {
			continue
		}
		rc, err := f.Open()
		if err != nil {
			return nil
		}
		defer rc.Close()
		return wordLines(io.LimitReader(rc, maxDocument))
	}
	return nil
}

// wordLines renders WordprocessingML as the renderer does a page: paragraphs are lines, a table's row is one line.
func wordLines(in io.Reader) []line {
	d := xml.NewDecoder(in)
	d.Strict = false
	r := &renderer{pre: 1} // blanks count
	text, gone := false, 0 // inside of w:t; inside of text that was moved or deleted
	for range maxHTMLTokens {
		tok, err := d.RawToken()
		if err != nil {
			break
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				text = true
			case "del", "moveFrom":
				gone++
			case "tab":
				r.cur.WriteByte('\t')
			case "br", "cr":
				r.flush(true)
			case "tr":
				r.openRow()
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				text = false
			case "del", "moveFrom":
				gone--
			case "p":
				r.flush(len(r.rows) == 0)
			case "tc":
				r.cell()
			case "tr":
				r.closeRow()
			}
		case xml.CharData:
			if text && gone <= 0 {
				r.write(string(t))
			}
		}
	}
	return r.finish()
}
