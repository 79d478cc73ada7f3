package notify

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"batan.go.id/layanan/workflow"
)

var (
	days   = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}
	months = [...]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
		"Oktober", "November", "Desember"}
)

// formatDate writes a local date: Senin, 23 November 2026.
func formatDate(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	return fmt.Sprintf("%s, %d %s %d", days[t.Weekday()], t.Day(), months[t.Month()-1], t.Year())
}

// formatTime writes a local instant: Senin, 23 November 2026 pukul 10.30 WIB.
func formatTime(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	name, _ := t.In(zone).Zone()
	return formatDate(t, zone) + " pukul " + formatClock(t, zone) + " " + name
}

func formatClock(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	return fmt.Sprintf("%02d.%02d", t.Hour(), t.Minute())
}

// formatSpan writes when an event is: a day, several days, or a day with its
// hours.
func formatSpan(v workflow.Value, zone *time.Location) string {
	first, last := formatDate(v.Start, zone), formatDate(v.Start, zone)
	if !v.End.IsZero() {
		last = formatDate(v.End, zone)
	}
	name, _ := v.Start.In(zone).Zone()
	switch {
	case v.AllDay && first == last:
		return first
	case v.AllDay:
		return first + " s.d. " + last
	case v.End.IsZero() || v.End.Equal(v.Start):
		return formatTime(v.Start, zone)
	case first == last:
		return first + " pukul " + formatClock(v.Start, zone) + "–" + formatClock(v.End, zone) + " " + name
	}
	return formatTime(v.Start, zone) + " s.d. " + formatTime(v.End, zone)
}

// formatPeriod writes how long a delegation runs. Whole days are written
// without the hour.
func formatPeriod(d workflow.Delegation, zone *time.Location) string {
	if d.Until.IsZero() {
		return "hanya untuk permohonan ini"
	}
	last := d.Until.Add(-time.Nanosecond)
	if formatClock(d.From, zone) != "00.00" || formatClock(last, zone) != "23.59" {
		return "mulai " + formatTime(d.From, zone) + " sampai dengan " + formatTime(d.Until, zone)
	}
	if from, until := formatDate(d.From, zone), formatDate(last, zone); from != until {
		return "mulai " + from + " sampai dengan " + until
	}
	return "pada " + formatDate(d.From, zone)
}

// formatDays writes a span of whole days: 90 hari.
func formatDays(d time.Duration) string { return fmt.Sprintf("%d hari", d/(24*time.Hour)) }

// formatDuration writes office time in hours and minutes: 1 jam 30 menit.
func formatDuration(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	var parts []string
	if h := minutes / 60; h > 0 {
		parts = append(parts, fmt.Sprintf("%d jam", h))
	}
	if m := minutes % 60; m > 0 {
		parts = append(parts, fmt.Sprintf("%d menit", m))
	}
	return strings.Join(parts, " ")
}

// formatLead writes how long before an event a request must come.
func formatLead(d workflow.Duration) string {
	switch {
	case d.Days > 0:
		return fmt.Sprintf("%d hari kerja", d.Days)
	case d.Clock > 0:
		return formatDuration(d.Clock) + " waktu kerja"
	}
	return ""
}

// joinAnd joins a list as a sentence does: a, b, dan c.
func joinAnd(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return items[0] + " dan " + items[1]
	}
	return strings.Join(items[:len(items)-1], ", ") + ", dan " + items[len(items)-1]
}

// midSentence writes a title as it stands within a sentence: capitals only in
// words that have more than their first.
func midSentence(title string) string {
	words := strings.Fields(title)
	for i, w := range words {
		_, size := utf8.DecodeRuneInString(w)
		if !strings.ContainsFunc(w[size:], unicode.IsUpper) {
			words[i] = strings.ToLower(w)
		}
	}
	return strings.Join(words, " ")
}
