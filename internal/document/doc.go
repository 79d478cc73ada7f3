// Package document reads the text of files that people attach: Word, OpenDocument, Excel, PDF and RTF. [Detect]
// tells what kind of file it is, [Read] hands it to its family: office, pdf, rtf or outlook, each a package of its own
// on the ground page. What Outlook packs into winmail.dat holds files itself, and is opened by outlook.ReadTNEF.
//
// The package is pure: bytes in, lines out, no I/O. A table's row is one line, its cells between tabs; what a writer
// struck out, hid or deleted is left out, for it is not meant; a tick box is ☒ or ☐. Filled fields of a form stand
// where a reader of the page sees them.
//
// Any bytes may come. Memory and time are bounded by the size of the file and the limits of page, never by what it
// claims to hold; damage is an error beside what could be read.
package document

import (
	"batan.go.id/layanan/internal/document/office"
	"batan.go.id/layanan/internal/document/outlook"
	"batan.go.id/layanan/internal/document/page"
	"batan.go.id/layanan/internal/document/pdf"
	"batan.go.id/layanan/internal/document/rtf"
)

// Read gives the lines of a file that [Detect] takes for a document. Only page.ErrUnknown means that nobody would
// expect text in it.
func Read(f Format, data []byte) ([]string, error) {
	switch f {
	case Zipped:
		return office.Read(data)
	case PDF:
		return pdf.Read(data)
	case RTF:
		return rtf.Read(data)
	case Picture:
		return nil, page.ErrPicture
	case OldOffice:
		return outlook.ReadWord97(data)
	case Broken:
		return nil, page.ErrDamaged
	}
	return nil, page.ErrUnknown
}
