// Package document reads the text of files that people attach: Word, OpenDocument, Excel, PDF, RTF, and what Outlook
// packs into winmail.dat.
//
// The package is pure: bytes in, lines out, no I/O. A table's row is one line, its cells between tabs; what a writer
// struck out, hid or deleted is left out, for it is not meant; a tick box is ☒ or ☐. Filled fields of a form stand where
// a reader of the page sees them.
//
// Any bytes may come. Memory and time are bounded by the size of the file and the limits below, never by what it claims
// to hold; damage is an error beside what could be read.
//
//	detect     what kind of file it is
//	page       lines and table rows
//	zip, xml   the container and the markup of office files
//	docx       Word (ISO 29500)
//	odf        OpenDocument text and sheets (ISO 26300)
//	xlsx, xlsxstyle   Excel (ISO 29500)
//	cfb, word97*      Word of 1997 to 2003 (MS-DOC) in its container (MS-CFB)
//	rtf, rtffont, rtfpack   Rich Text Format, and its packed form (MS-OXRTFCP)
//	tnef, tnefprop    winmail.dat (MS-OXTNEF), and the properties in it
//	pdf*       PDF (ISO 32000): objects, filters, fonts, the text of a page and where it stands, forms
package document

import "errors"

// Limits of one file.
const (
	maxUnpacked = 4 << 20 // bytes unpacked of one part of an office file
	maxTokens   = 400_000 // marks of one such part
	maxEntries  = 4000    // files in a zip container
	maxText     = 1 << 20 // bytes of text taken out
	maxNesting  = 100     // of tables, objects, groups
)

// What keeps a file from being read; each completes "the attachment …". Lines that come with an error are its readable
// beginning.
var (
	ErrTooLarge  = errors.New("is too large to be read")
	ErrDamaged   = errors.New("is damaged")
	ErrEncrypted = errors.New("is encrypted")
	ErrNoText    = errors.New("holds no text; it may be a scan")
	ErrPicture   = errors.New("is a picture; its text cannot be read")
	ErrOld       = errors.New("is of an old Office program and cannot be read")
	ErrUnknown   = errors.New("is no document")
)

// Read gives the lines of a file that [Detect] takes for a document. Only ErrUnknown means that nobody would expect text
// in it.
func Read(f Format, data []byte) ([]string, error) {
	switch f {
	case Zipped:
		return readZipped(data)
	case PDF:
		return readPDF(data)
	case RTF:
		return readRTF(data)
	case Picture:
		return nil, ErrPicture
	case OldOffice:
		return readOld(data)
	case Broken:
		return nil, ErrDamaged
	}
	return nil, ErrUnknown
}
