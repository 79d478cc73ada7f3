package command

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/when"
)

// Delegation is what a note to a word that hands an office over says: "plh@batan.go.id 24 s.d. 27 November 2026
// berdasarkan SK No. 7".
type Delegation struct {
	To          string    // a bare address, lower-case
	From, Until time.Time // zero where the note leaves it open
	Decree      string    // the number of the letter that orders it; "" when none is named
}

// ReadDelegation reads a note; ok is false where anything else is said, since a delegation half understood is none.
// loc is the zone of its dates, ref the mail's own date.
func ReadDelegation(note string, loc *time.Location, ref *time.Time) (d Delegation, ok bool) {
	found := addressPattern.FindAllString(note, 2)
	if len(found) != 1 || strings.Contains(note, "?") {
		return d, false
	}
	d.To = strings.ToLower(strings.TrimRight(found[0], "."))
	rest := strings.Replace(note, found[0], " ", 1)
	if at := decreePattern.FindStringSubmatchIndex(rest); at != nil {
		d.Decree = strings.TrimRight(strings.Join(strings.Fields(rest[at[2]:at[3]]), " "), ".,;")
		rest = rest[:at[0]] + " " + rest[at[1]:]
	}
	if span := when.Read(rest, loc, ref); span != nil {
		before, after, within := strings.Cut(rest, span.Text)
		if span.Start == nil || !within {
			return d, false
		}
		d.From, d.Until = *span.Start, span.Start.AddDate(0, 0, 1)
		if span.End != nil {
			d.Until = *span.End
		}
		if upTo := untilPattern.FindString(before); upTo != "" && span.End == nil { // until a day, from now on
			d.From, before = time.Time{}, strings.Replace(before, upTo, " ", 1)
		}
		rest = before + " " + after
	}
	for w := range strings.FieldsFuncSeq(strings.ToLower(rest),
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !besideDelegate[w] {
			return d, false
		}
	}
	return d, true
}

var (
	addressPattern = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`)
	untilPattern   = regexp.MustCompile(`(?i)\b(sampai|hingga|s\.?d\.?|s/d)(\s+dengan)?\s*$`)
)

// decreePattern finds the number of the letter that orders a delegation: "SK Nomor 12/KP.05/2026", "Surat Perintah
// No. 7 Tahun 2026". A number has a digit.
var decreePattern = regexp.MustCompile(`(?i)\b(?:SK|sprin|surat\s+(?:keputusan|perintah|tugas))\.?:?\s*(?:(?:nomor|no)\b[.:]?\s*)?([A-Za-z.\-]{0,20}/?[0-9][A-Za-z0-9./\-]{0,60}(?:\s+tahun\s+[0-9]{4})?)`)

// besideDelegate are the words that may stand around the address and the dates.
var besideDelegate = fold.List(`kepada ke pada bapak ibu pak bu sdr sdri saudara untuk dari mulai tanggal tgl selama mohon terima
	kasih terimakasih sementara sebagai plh plt wewenang saya hari ini permohonan berdasarkan sesuai dengan dasar`)
