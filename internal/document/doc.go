// Package document reads the text of files that people attach: Word, OpenDocument, Excel, PDF, RTF, and what Outlook
// packs into winmail.dat.
//
// The package is pure: bytes in, lines out, no I/O. A table's row is one line, its cells between tabs; what a writer
// struck out, hid or deleted is left out, for it is not meant; a tick box is ☒ or ☐. Filled fields of a form stand
// where a reader of the page sees them.
//
// Any bytes may come. Memory and time are bounded by the size of the file and the limits below, never by what it
// claims to hold; damage is an error beside what could be read.
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

import (
	"batan.go.id/layanan/internal/document/office"
	"batan.go.id/layanan/internal/document/outlook"
	"batan.go.id/layanan/internal/document/page"
	"batan.go.id/layanan/internal/document/pdf"
	"batan.go.id/layanan/internal/document/rtf"
)

// Read gives the lines of a file that [Detect] takes for a document. Only ErrUnknown means that nobody would expect
// text in it.
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
