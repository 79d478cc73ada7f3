package icalendar_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/internal/icalendar"
)

func TestRead(t *testing.T) {
	text := "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:vevent\r\nDTSTART;VALUE=DATE-TIME;tzid=\"Asia/Jakarta" +
		"\":2026\r\n 1215T090000\r\nSUMMARY:Rapat\\, satu\\ndua\r\n" +
		"SUMMARY:lain\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	for _, text := range []string{text, strings.ReplaceAll(text, "\r\n", "\n"), "\ufeff" + text} {
		components, err := icalendar.Read(text)
		if err != nil || len(components) != 3 {
			t.Fatalf("%d components, %v", len(components), err)
		}
		event := components[1]
		start, ok := event.First("DTSTART")
		if !event.Is("VEVENT", "VCALENDAR") || event.Line != 3 || !ok || start.Value != "20261215T090000" ||
			start.Param("TZID") != "Asia/Jakarta" || start.Param("X") != "" {
			t.Errorf("event %+v, start %+v", event, start)
		}
		if got := icalendar.Unescape(event.Value("SUMMARY")); got != "Rapat, satu\ndua" || event.Value("UID") != "" {
			t.Errorf("summary %q", got)
		}
		if !components[2].Is("VALARM", "VEVENT") || components[0].Is("VCALENDAR", "") ||
			components[0].Value("METHOD") != "REQUEST" {
			t.Errorf("components %+v", components)
		}
	}
}

// TestReadCutOff: what stands before the damage is given with the error.
func TestReadCutOff(t *testing.T) {
	components, err := icalendar.Read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n")
	if err == nil || len(components) != 2 || components[1].Value("UID") != "1" {
		t.Errorf("%v, %v", components, err)
	}
	if components, err = icalendar.Read("<html>"); err == nil || components != nil {
		t.Errorf("%v, %v", components, err)
	}
}
