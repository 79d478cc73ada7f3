package outlook

import (
	"bytes"
	"encoding/binary"
	"strconv"

	"batan.go.id/layanan/internal/document/page"
	"batan.go.id/layanan/internal/document/rtf"
)

// Limits of a container.
const (
	maxPacked     = 100 // files in it
	maxProperties = 2000
)

// File is a file within a container, or its text.
type File struct {
	Name, Type string
	Charset    string // of a text, "" when not known
	Data       []byte
}

// Container is what Outlook packs into winmail.dat.
type Container struct {
	Class string // of the message: IPM.Note, IPM.Schedule.Meeting.Resp.Pos, Report.IPM.Note.IPNRN (MS-OXCMAIL)
	Body  *File  // the mail's text or page; nil without any
	Files []File
}

// The attributes of a container and the properties in it that matter here (MS-OXTNEF 2.1.3, MS-OXPROPS).
const (
	tnefSignature   = 0x223E9F78
	attBody         = 0x0002800C
	attClass        = 0x00078008
	attCodePage     = 0x00069007
	attProps        = 0x00069003
	attNewFile      = 0x00069002
	attFileTitle    = 0x00018010
	attFileData     = 0x0006800F
	attFileProps    = 0x00069005
	propBody        = 0x1000
	propRTF         = 0x1009
	propHTML        = 0x1013
	propFileData    = 0x3701
	propFileName    = 0x3704
	propLongName    = 0x3707
	propMediaType   = 0x370E
	propCodePage    = 0x3FDE
	attHeaderLength = 9
)

// tnefReader reads a container.
type tnefReader struct {
	Container
	codePage   int // of 8-bit texts
	htmlPage   int // of the page
	text, html []byte
	textSet    string
	rtf        []byte
}

// ReadTNEF unpacks winmail.dat (MS-OXTNEF); a damaged one gives what comes before the damage.
func ReadTNEF(data []byte) (*Container, error) {
	if len(data) < 6 || binary.LittleEndian.Uint32(data) != tnefSignature {
		return nil, page.ErrDamaged
	}
	r := &tnefReader{codePage: 1252}
	var err error
	for data = data[6:]; len(data) > 0; {
		if len(data) < attHeaderLength {
			err = page.ErrDamaged
			break
		}
		id, size := binary.LittleEndian.Uint32(data[1:]), int(binary.LittleEndian.Uint32(data[5:]))
		data = data[attHeaderLength:]
		if size > len(data) {
			err = page.ErrDamaged
			size = len(data)
		}
		r.attribute(id, data[:size])
		data = data[min(size+2, len(data)):] // a checksum follows
	}
	r.Body = r.body()
	return &r.Container, err
}

// file is the attachment being read.
func (r *tnefReader) file() *File {
	if len(r.Files) == 0 {
		r.Files = append(r.Files, File{})
	}
	return &r.Files[len(r.Files)-1]
}

func (r *tnefReader) attribute(id uint32, data []byte) {
	switch id {
	case attClass:
		r.Class = r.string8(data)
	case attCodePage:
		if len(data) >= 4 {
			r.codePage = int(binary.LittleEndian.Uint32(data))
		}
	case attBody:
		if r.text == nil {
			r.text, r.textSet = bytes.TrimRight(data, "\x00"), charsetOf(r.codePage)
		}
	case attProps:
		r.properties(data, r.messageProperty)
	case attNewFile:
		if len(r.Files) < maxPacked {
			r.Files = append(r.Files, File{})
		}
	case attFileTitle:
		if f := r.file(); f.Name == "" {
			f.Name = r.string8(data)
		}
	case attFileData:
		r.file().Data = data
	case attFileProps:
		r.properties(data, r.fileProperty)
	}
}

// string8 is an 8-bit string as UTF-8.
func (r *tnefReader) string8(data []byte) string {
	data = bytes.TrimRight(data, "\x00")
	out, err := rtf.CodePage(r.codePage).NewDecoder().Bytes(data)
	if err != nil {
		return string(data)
	}
	return string(out)
}

func (r *tnefReader) messageProperty(id, kind uint16, data []byte) {
	switch id {
	case propCodePage:
		if len(data) >= 4 {
			r.htmlPage = int(binary.LittleEndian.Uint32(data))
		}
	case propBody:
		r.text, r.textSet = bytes.TrimRight(data, "\x00"), charsetOf(r.codePage)
		if kind == unicodeKind {
			r.text, r.textSet = wideText(data), "utf-8"
		}
	case propHTML:
		r.html = data
	case propRTF:
		r.rtf = data
	}
}

func (r *tnefReader) fileProperty(id, kind uint16, data []byte) {
	f := r.file()
	text := func() string {
		if kind == unicodeKind {
			return string(wideText(data))
		}
		return r.string8(data)
	}
	switch id {
	case propLongName:
		f.Name = text()
	case propFileName:
		if f.Name == "" {
			f.Name = text()
		}
	case propMediaType:
		f.Type = text()
	case propFileData:
		if kind == objectKind && len(data) > 16 { // the identity of its kind comes first
			data = data[16:]
		}
		f.Data = data
	}
}

// body is the best form of the text.
func (r *tnefReader) body() *File {
	if len(r.html) > 0 {
		return &File{Type: "text/html", Charset: charsetOf(r.htmlPage), Data: r.html}
	}
	if packed := rtf.Unpack(r.rtf); len(packed) > 0 {
		lines, page := rtf.ReadMailBody(packed)
		if page != "" {
			return &File{Type: "text/html", Charset: "utf-8", Data: []byte(page)}
		}
		if len(r.text) == 0 {
			var out bytes.Buffer
			for _, l := range lines {
				out.WriteString(l + "\n")
			}
			return &File{Type: "text/plain", Charset: "utf-8", Data: out.Bytes()}
		}
	}
	if len(r.text) > 0 {
		return &File{Type: "text/plain", Charset: r.textSet, Data: r.text}
	}
	return nil
}

// charsetOf names a Windows code page as mails do.
func charsetOf(page int) string {
	switch {
	case page == 65001:
		return "utf-8"
	case page == 20127, page == 0:
		return ""
	case page >= 28591 && page <= 28605:
		return "iso-8859-" + strconv.Itoa(page-28590)
	case page == 932:
		return "shift_jis"
	case page == 936:
		return "gbk"
	case page == 949:
		return "euc-kr"
	case page == 950:
		return "big5"
	case page == 20866:
		return "koi8-r"
	}
	return "windows-" + strconv.Itoa(page)
}
