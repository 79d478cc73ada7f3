package form

import (
	"strings"
	"time"

	"batan.go.id/layanan/internal/document"
	"batan.go.id/layanan/internal/icalendar"
	"batan.go.id/layanan/mailparse/entity"
	"batan.go.id/layanan/mailparse/text"
)

// maxCalendar bounds an attached calendar, in bytes.
const maxCalendar = 256 << 10

// invitation reads the event of an attached calendar (RFC 5545) as a form would name it: what it is, and when. Both
// are "" when there is no event, more than one, or a time that cannot be told for sure.
func invitation(b *text.Body, loc *time.Location) (activity, when string) {
	parts := b.Documents
	if b.Calendar != nil {
		parts = append([]*entity.Part{b.Calendar}, parts...)
	}
	for _, p := range parts {
		head, _ := p.Data(document.HeadSize)
		if document.Detect(p.Name, p.Type, head) != document.Calendar {
			continue
		}
		data, _ := p.Data(maxCalendar)
		text, _ := entity.ToUTF8(data, p.Params["charset"])
		if activity, when = readEvent(text, loc); when != "" {
			return activity, when
		}
	}
	return "", ""
}

func readEvent(text string, loc *time.Location) (activity, when string) {
	components, err := icalendar.Read(text)
	if err != nil {
		return "", ""
	}
	var event *icalendar.Component
	for _, c := range components {
		method := c.Value("METHOD")
		switch {
		case method != "" && !strings.EqualFold(method, "REQUEST") && !strings.EqualFold(method, "PUBLISH"):
			return "", "" // an answer, or a cancellation
		case c.Name != "VEVENT":
		case event != nil, strings.EqualFold(c.Value("STATUS"), "CANCELLED"), c.Value("RRULE") != "":
			return "", ""
		default:
			event = c
		}
	}
	if event == nil {
		return "", ""
	}
	zones := offsets(components)
	start, day, ok := eventTime(event, "DTSTART", zones, loc)
	if !ok {
		return "", ""
	}
	activity = strings.Join(strings.Fields(icalendar.Unescape(event.Value("SUMMARY"))), " ")
	end, _, ok := eventTime(event, "DTEND", zones, loc)
	if day && ok {
		end = end.AddDate(0, 0, -1) // not included (§3.6.1)
	}
	if !ok || end.Before(start) {
		end = start
	}
	return activity, writtenTime(start, end, day)
}

// eventTime reads a time of an event: in UTC, in its TZID, or in the office's zone (§3.3.5). day says that it is a
// date.
func eventTime(event *icalendar.Component, name string, zones map[string]*time.Location,
	loc *time.Location) (t time.Time, day, ok bool) {
	p, ok := event.First(name)
	if !ok {
		return t, false, false
	}
	if t, err := time.ParseInLocation("20060102", p.Value, loc); err == nil {
		return t, true, true
	}
	if t, err := time.Parse("20060102T150405Z", p.Value); err == nil {
		return t.In(loc), false, true
	}
	zone := loc
	if id := p.Param("TZID"); id != "" && !strings.EqualFold(id, loc.String()) {
		if zone = zones[id]; zone == nil {
			return t, false, false
		}
	}
	t, err := time.ParseInLocation("20060102T150405", p.Value, zone)
	return t.In(loc), false, err == nil
}

// offsets are the zones that a file defines and that keep one time all year, by their TZID, and Indonesia's.
func offsets(components []*icalendar.Component) map[string]*time.Location {
	const hour = 60 * 60
	zones := map[string]*time.Location{}
	for id, hours := range map[string]int{"Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9,
		"SE Asia Standard Time": 7} {
		zones[id] = time.FixedZone("", hours*hour)
	}
	changing := map[string]bool{}
	for _, c := range components {
		if !c.Is("STANDARD", "VTIMEZONE") && !c.Is("DAYLIGHT", "VTIMEZONE") {
			continue
		}
		id := c.Parent.Value("TZID")
		t, err := time.Parse("-0700", c.Value("TZOFFSETTO"))
		if err != nil {
			continue
		}
		_, offset := t.Zone()
		if have := zones[id]; have != nil {
			_, was := time.Time{}.In(have).Zone()
			changing[id] = changing[id] || was != offset
		}
		zones[id] = time.FixedZone("", offset)
	}
	for id := range changing {
		if changing[id] {
			delete(zones, id)
		}
	}
	return zones
}

var indonesianMonths = [...]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus",
	"September", "Oktober", "November", "Desember"}

// writtenTime is a stretch of time as it is written in a form.
func writtenTime(start, end time.Time, day bool) string {
	date := func(t time.Time) string { return t.Format("2 ") + indonesianMonths[t.Month()-1] + t.Format(" 2006") }
	oneDay := start.Format(time.DateOnly) == end.Format(time.DateOnly)
	zone := map[int]string{7: " WIB", 8: " WITA", 9: " WIT"}
	_, offset := start.Zone()
	switch {
	case day && oneDay:
		return date(start)
	case day:
		return date(start) + " s.d. " + date(end)
	case start.Equal(end):
		return date(start) + start.Format(" pukul 15.04") + zone[offset/3600]
	case oneDay:
		return date(start) + start.Format(" pukul 15.04") + end.Format(" s.d. 15.04") + zone[offset/3600]
	}
	return date(start) + start.Format(" pukul 15.04") + " s.d. " + date(end) + end.Format(" pukul 15.04") +
		zone[offset/3600]
}
