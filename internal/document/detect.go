package document

import (
	"bytes"
	"path"
	"strings"
)

// Format is what kind of file it is.
type Format int

// The formats. Text, pages and calendars are told apart here and read by others.
const (
	Unknown Format = iota
	Text
	HTML
	Calendar  // iCalendar (RFC 5545)
	Zipped    // Word, OpenDocument, Excel, or any other zip file
	PDF       // ISO 32000
	RTF       // Rich Text Format
	OldOffice // .doc, .xls, .ppt, .msg, and encrypted files of newer Office
	TNEF      // winmail.dat
	Picture
	Broken // says it is a document, and does not look like one
)

// HeadSize is how many bytes of a file Detect looks at.
const HeadSize = 2048

// Detect tells a file's format by its first bytes, and only where these say nothing by its name and media type: forms
// come as "application/octet-stream", and as ".doc" whatever they are.
func Detect(name, mediaType string, head []byte) Format {
	head = head[:min(len(head), HeadSize)]
	if f := byMagic(head); f != Unknown {
		return f
	}
	ext := strings.ToLower(path.Ext(name))
	switch {
	case mediaType == "text/calendar", mediaType == "application/ics", ext == ".ics":
		return Calendar
	case mediaType == "text/html", mediaType == "application/xhtml+xml", ext == ".html", ext == ".htm",
		looksLikeHTML(head):
		return HTML
	case strings.HasPrefix(mediaType, "image/"):
		return Picture
	case mediaType == "text/plain", ext == ".txt":
		return Text
	case mediaType == "application/pdf", documentNames[ext], strings.Contains(mediaType, "officedocument"),
		strings.Contains(mediaType, "opendocument"):
		return Broken
	case pictureNames[ext]:
		return Picture
	}
	return Unknown
}

var (
	documentNames = map[string]bool{".doc": true, ".docx": true, ".docm": true, ".odt": true, ".ods": true, ".pdf": true,
		".rtf": true, ".xls": true, ".xlsx": true}
	pictureNames = map[string]bool{".jpg": true, ".jpeg": true, ".png": true, ".gif": true, ".bmp": true, ".tif": true,
		".tiff": true, ".heic": true, ".webp": true}
)

// magics are how files begin.
var magics = []struct {
	text   string
	format Format
}{
	{"PK\x03\x04", Zipped}, {"PK\x05\x06", Zipped}, {"{\\rtf", RTF}, {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", OldOffice},
	{"\x78\x9F\x3E\x22", TNEF},
	{"\xFF\xD8\xFF", Picture}, {"\x89PNG\r\n", Picture}, {"GIF8", Picture}, {"II*\x00", Picture}, {"MM\x00*", Picture},
	{"BEGIN:VCALENDAR", Calendar}, {"%!PS", Unknown},
}

func byMagic(head []byte) Format {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")
	for _, m := range magics {
		if bytes.HasPrefix(text, []byte(m.text)) {
			return m.format
		}
	}
	switch {
	case len(head) > 12 && string(head[4:8]) == "ftyp" && (string(head[8:10]) == "he" || string(head[8:11]) == "mif"):
		// HEIC, HEIF
		return Picture
	case len(head) > 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return Picture
	case len(head) > 26 && string(head[:2]) == "BM" && head[14] == 40 && head[15] == 0: // BMP with its common header
		return Picture
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")): // ISO 32000-1, annex H: within 1,024 bytes
		return PDF
	}
	return Unknown
}

// looksLikeHTML knows a page, for "Word files" that programs make are often one.
func looksLikeHTML(head []byte) bool {
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n"))
	return bytes.HasPrefix(text, []byte("<!doctype html")) || bytes.HasPrefix(text, []byte("<html"))
}
