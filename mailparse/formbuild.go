package mailparse

import (
	"strings"

	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/when"
)

// formBuilder turns the values as written into the typed form.
type formBuilder struct {
	g        *Grammar
	values   map[string]string
	rival    string // a second date
	beside   string // what stands beside the date in its field
	named    string // text of other fields that may name the weekday
	calendar when.Calendar
	warnings []string
	reasons  map[string]when.Reason // of fields whose value cannot be used
}

func (b *formBuilder) warn(list ...string) { b.warnings = append(b.warnings, list...) }

// blame says why a field cannot be used.
func (b *formBuilder) blame(id string, why *when.Reason) {
	b.reasons[id] = *why
	b.warn(sentence(why))
}

func (b *formBuilder) build() (f *Form, missing []string) {
	b.reasons = map[string]when.Reason{}
	b.splitCombined()
	f = &Form{Tanggal: b.date()}
	for id, v := range b.values {
		b.place(f, id, v)
	}
	b.venue(f)
	for _, fd := range b.g.Fields {
		if _, bad := b.reasons[fd.ID]; fd.Required && (bad || b.values[fd.ID] == "") {
			missing = append(missing, fd.ID)
		}
	}
	return f, missing
}

// place puts one value where it belongs.
func (b *formBuilder) place(f *Form, id, v string) {
	fd := b.g.field(id)
	if fd == nil {
		return
	}
	switch fd.Type {
	case "nip":
		nip, mark, fault := readNIP(v)
		if v = nip; fault != nil {
			b.blame(id, fault)
		} else if mark != "" {
			b.warn(mark)
		}
	case "email":
		if addr := entity.FirstAddress(strings.ReplaceAll(v, " at ", "@")); addr != "" {
			v = addr
		} else {
			b.blame(id, &when.Reason{Code: ReasonAddress, Text: v})
		}
	}
	switch id {
	case "nama":
		f.Nama = v
	case "email":
		f.Email = v
	case "nip":
		f.NIP = v
	case "unit_kerja":
		f.UnitKerja = v
	case "kegiatan":
		f.Kegiatan = v
	case "tanggal": // done
	case "pelaksanaan":
		f.Pelaksanaan = v
	case "media":
		f.Media = v
	default:
		if f.Extra == nil {
			f.Extra = map[string]string{}
		}
		f.Extra[id] = v
	}
}

// venue fills Pelaksanaan from the fields "Waktu" and "Tempat" that some write instead.
func (b *formBuilder) venue(f *Form) {
	if f.Pelaksanaan != "" {
		return
	}
	var parts []string
	for _, id := range []string{idTime, idPlace} {
		if v := b.values[id]; v != "" {
			parts = append(parts, v)
		}
	}
	f.Pelaksanaan = strings.Join(parts, ", ")
}
