package rtf

import (
	"encoding/binary"

	"batan.go.id/layanan/internal/document/page"
)

// rtfDictionary is what the packed form of RTF begins with as if it had been written before (MS-OXRTFCP, 2.1.2.1).
const rtfDictionary = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` +
	"\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

// Unpack undoes the packing of RTF in Outlook's containers; damaged data gives what comes before the damage.
func Unpack(data []byte) []byte {
	const header = 16
	if len(data) < header {
		return nil
	}
	packing := string(data[8:12])
	size := min(int(binary.LittleEndian.Uint32(data[4:])), page.MaxUnpacked)
	data = data[header:]
	switch packing {
	case "MELA":
		return data[:min(size, len(data))]
	case "LZFu":
	default:
		return nil
	}
	var window [4096]byte
	at := copy(window[:], rtfDictionary)
	var out []byte
	put := func(c byte) {
		window[at] = c
		at = (at + 1) % len(window)
		out = append(out, c)
	}
	for len(data) > 0 && len(out) < size {
		control := data[0]
		data = data[1:]
		for bit := 0; bit < 8 && len(data) > 0 && len(out) < size; bit++ {
			if control>>bit&1 == 0 {
				put(data[0])
				data = data[1:]
				continue
			}
			if len(data) < 2 {
				return out
			}
			ref := int(binary.BigEndian.Uint16(data))
			data = data[2:]
			from, n := ref>>4, ref&15+2
			if from == at {
				return out // the end
			}
			for range n {
				put(window[from])
				from = (from + 1) % len(window)
			}
		}
	}
	return out
}
