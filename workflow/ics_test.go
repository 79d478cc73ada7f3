package workflow_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"batan.go.id/layanan/internal/cputime"
	"batan.go.id/layanan/workflow"
	"github.com/google/go-cmp/cmp"
)

// vcalendar wraps events, each given as its lines within BEGIN and END.
func vcalendar(events ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//kantor//libur//ID\n")
	for _, event := range events {
		b.WriteString("BEGIN:VEVENT\n" + event + "\nEND:VEVENT\n")
	}
	return b.String() + "END:VCALENDAR\n"
}

// listed is holidays as sorted "2026-01-01 name" lines, from 2026 on and at
// most the first eight, enough to tell one rule from another.
func listed(holidays workflow.Holidays) []string {
	var lines []string
	for date, name := range holidays {
		if date.Year >= 2026 {
			lines = append(lines, strings.TrimSpace(date.String()+" "+name))
		}
	}
	slices.Sort(lines)
	return lines[:min(len(lines), 8)]
}

func TestParseICS(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a day", vcalendar("DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260102\nSUMMARY:Tahun Baru"),
			[]string{"2026-01-01 Tahun Baru"}},
		{"the end is not included", vcalendar("DTSTART;VALUE=DATE:20260320\nDTEND;VALUE=DATE:20260322\nSUMMARY:Idulfitri"),
			[]string{"2026-03-20 Idulfitri", "2026-03-21 Idulfitri"}},
		{"no end, no name", vcalendar("DTSTART;VALUE=DATE:20260101"), []string{"2026-01-01"}},
		{"no VALUE", vcalendar("DTSTART:20260101"), []string{"2026-01-01"}},
		{"an end equal to the start", vcalendar("DTSTART:20260101\nDTEND:20260101"), []string{"2026-01-01"}},
		{"a duration", vcalendar("DTSTART:20260101\nDURATION:P2D", "DTSTART:20260201\nDURATION:+P1W"), []string{
			"2026-01-01", "2026-01-02", "2026-02-01", "2026-02-02", "2026-02-03", "2026-02-04", "2026-02-05", "2026-02-06"}},
		{"folded, escaped, within a character",
			vcalendar("DTSTART;VALUE=DA\n\tTE:20260101\nSUMMARY;LANGUAGE=\"id:ID\":Tahun\\, \xc3\n \xa9t\\nBaru\\\\"),
			[]string{"2026-01-01 Tahun, ét Baru\\"}},
		{"the first of a day names it", vcalendar("DTSTART:20260514\nSUMMARY:Satu", "DTSTART:20260514\nSUMMARY:Dua"),
			[]string{"2026-05-14 Satu"}},
		{"in whatever case", "begin:vcalendar\nbegin:vevent\ndtstart:20260101\nend:vevent\nend:vcalendar",
			[]string{"2026-01-01"}},
		{"what is not UTF-8 is dropped", vcalendar("DTSTART:20260101\nSUMMARY:Li\xffbur"), []string{"2026-01-01 Libur"}},
		{"other components",
			"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=MONTHLY\nEND:STANDARD" +
				"\nEND:VTIMEZONE\n" +
				"BEGIN:VEVENT\nDTSTART:20260101\nSUMMARY:Libur\nBEGIN:VALARM\nSUMMARY:Bangun\nDURATION:PT5M\nEND:VALARM" +
				"\nX-NO-COLON\nEND:VEVENT\n" +
				"BEGIN:VTODO\nDTSTART:20260202\nEND:VTODO\nEND:VCALENDAR\n", []string{"2026-01-01 Libur"}},

		{"midnight to midnight",
			vcalendar("DTSTART;TZID=Asia/Jakarta:20260101T000000\nDTEND;TZID=Asia/Jakarta:20260103T000000"),
			[]string{"2026-01-01", "2026-01-02"}},
		{"midnight to midnight, in UTC", vcalendar("DTSTART:20251231T170000Z\nDTEND:20260101T170000Z"),
			[]string{"2026-01-01"}},
		{"meetings are no holidays", vcalendar("DTSTART:20260101", "DTSTART:20260202T090000\nDTEND:20260202T100000",
			"DTSTART:20260203T000000Z\nDTEND:20260204T000000Z",
			"DTSTART:20260204T000000\nDTEND:20260204T100000", "DTSTART:20260205T000000",
			"DTSTART:20260206T000000\nDURATION:PT1H"), []string{"2026-01-01"}},
		{"cancelled", vcalendar("DTSTART:20260101", "DTSTART:20260202\nSTATUS:CANCELLED"), []string{"2026-01-01"}},
		{"observed but worked",
			vcalendar("DTSTART:20260421\nSUMMARY:Hari Kartini\nDESCRIPTION:Perayaan\\nUntuk menyembunyikan …",
				"DTSTART:20260214\nDESCRIPTION:Observance",
				"DTSTART:20260817\nDESCRIPTION:Hari libur nasional\nTRANSP:TRANSPARENT"), []string{"2026-08-17"}},

		{"every year", vcalendar("DTSTART:19450817\nRRULE:FREQ=YEARLY\nSUMMARY:HUT RI"), []string{
			"2026-08-17 HUT RI", "2027-08-17 HUT RI", "2028-08-17 HUT RI", "2029-08-17 HUT RI", "2030-08-17 HUT RI",
			"2031-08-17 HUT RI", "2032-08-17 HUT RI", "2033-08-17 HUT RI"}},
		{"every other year, three times, two days each",
			vcalendar("DTSTART:20260817\nDTEND:20260819\nRRULE:FREQ=YEARLY;INTERVAL=2;COUNT=3"),
			[]string{"2026-08-17", "2026-08-18", "2028-08-17", "2028-08-18", "2030-08-17", "2030-08-18"}},
		{"until, included", vcalendar("DTSTART:20260817\nRRULE:FREQ=YEARLY;UNTIL=20280817;WKST=SU"),
			[]string{"2026-08-17", "2027-08-17", "2028-08-17"}},
		{"until, as an instant", vcalendar("DTSTART:20260817\nRRULE:FREQ=YEARLY;UNTIL=20270816T170000Z"),
			[]string{"2026-08-17", "2027-08-17"}},
		{"29 February", vcalendar("DTSTART:20280229\nRRULE:FREQ=YEARLY;COUNT=2"), []string{"2028-02-29", "2032-02-29"}},
		{"by month and day", vcalendar("DTSTART:20260501\nRRULE:FREQ=YEARLY;BYMONTH=5,6;BYMONTHDAY=1,-1;COUNT=5"),
			[]string{"2026-05-01", "2026-05-31", "2026-06-01", "2026-06-30", "2027-05-01"}},
		{"the fourth Thursday of November", vcalendar("DTSTART:20261126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3"),
			[]string{"2026-11-26", "2027-11-25", "2028-11-23"}},
		{"the last Monday of May", vcalendar("DTSTART:20260525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=3"),
			[]string{"2026-05-25", "2027-05-31", "2028-05-29"}},
		{"the first and last Friday of the year", vcalendar("DTSTART:20260102\nRRULE:FREQ=YEARLY;BYDAY=1FR,-1FR;COUNT=4"),
			[]string{"2026-01-02", "2026-12-25", "2027-01-01", "2027-12-31"}},
		{"Friday the 13th", vcalendar("DTSTART:20260213\nRRULE:FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR;COUNT=3"),
			[]string{"2026-02-13", "2026-03-13", "2026-11-13"}},
		{"dates added and taken out",
			vcalendar("DTSTART:20260817\nRRULE:FREQ=YEARLY;COUNT=3\nRDATE;VALUE=DATE:20260901,20260902\nEXDATE;VALUE=DATE:202" +
				"70817\nEXDATE:20260902"),
			[]string{"2026-08-17", "2026-09-01", "2028-08-17"}},
		{"one occurrence moved, one cancelled", vcalendar("UID:a\nDTSTART:20270818\nRECURRENCE-ID;VALUE=DATE:20270817",
			"UID:a\nDTSTART:20260817\nRRULE:FREQ=YEARLY;COUNT=3",
			"UID:a\nDTSTART:20280817\nRECURRENCE-ID;VALUE=DATE:20280817\nSTATUS:CANCELLED",
			"UID:b\nDTSTART:20270817\nSUMMARY:lain"),
			[]string{"2026-08-17", "2027-08-17 lain", "2027-08-18"}},
		{"until the end of the table", vcalendar("DTSTART:20990101\nRRULE:FREQ=YEARLY"), []string{"2099-01-01"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			crlf := "\ufeff" + strings.ReplaceAll(test.text, "\n", "\r\n")
			for _, text := range []string{test.text, crlf} {
				holidays, err := workflow.ParseICS(strings.NewReader(text), zone(t, "Asia/Jakarta"))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(test.want, listed(holidays)); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestParseICSRefuses(t *testing.T) {
	t.Parallel()
	day := "DTSTART:20260101"
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", "the file is empty"},
		{"a web page", "<!DOCTYPE html>\n<title>Masuk</title>", "not a calendar"},
		{"binary", "\x00\x01\xff", "not a calendar"},
		{"an address book", "BEGIN:VCARD\nEND:VCARD\n", "not a calendar"},
		{"cut off", strings.TrimSuffix(vcalendar(day), "END:VCALENDAR\n"), "cut off: no END:VCALENDAR"},
		{"crossed", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", "line 3: END:VCALENDAR without its BEGIN"},
		{"too deep", "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:X\n", 1000), "line 17: more than 16 components"},
		{"no event", vcalendar(), "no all-day event"},
		{"meetings only", vcalendar("DTSTART:20260202T090000"), "no all-day event"},
		{"no date", vcalendar(day, "SUMMARY:Libur"), `line 7: event "Libur": no DTSTART`},
		{"no such date", vcalendar("DTSTART:20260230\nSUMMARY:Libur"), `line 4: event "Libur": "20260230" is not a date`},
		{"bad end", vcalendar("DTSTART:20260101\nDTEND:besok"), `"besok" is not a date`},
		{"reversed", vcalendar("DTSTART:20260102\nDTEND:20260101"), "ends before it begins (2026-01-02)"},
		{"too long", vcalendar("DTSTART:20260101\nDTEND:20280101"), "longer than 366 days"},
		{"too long a duration", vcalendar("DTSTART:20260101\nDURATION:P99999999999999999999W"), "longer than 366 days"},
		{"monthly", vcalendar(day + "\nRRULE:FREQ=MONTHLY"), "only FREQ=YEARLY is understood"},
		{"no frequency", vcalendar(day + "\nRRULE:COUNT=3"), "only FREQ=YEARLY is understood"},
		{"a rule of weeks", vcalendar(day + "\nRRULE:FREQ=YEARLY;BYWEEKNO=20"), `"BYWEEKNO=20": only yearly rules by month`},
		{"interval", vcalendar(day + "\nRRULE:FREQ=YEARLY;INTERVAL=0"), "from 1 to"},
		{"month", vcalendar(day + "\nRRULE:FREQ=YEARLY;BYMONTH=13"), "from 1 to 12"},
		{"weekday", vcalendar(day + "\nRRULE:FREQ=YEARLY;BYDAY=0MO"), "from -53 to 53"},
		{"unknown weekday", vcalendar(day + "\nRRULE:FREQ=YEARLY;BYDAY=X"), "no weekday"},
		{"until", vcalendar(day + "\nRRULE:FREQ=YEARLY;UNTIL=X"), "not a date"},
		{"since long ago", vcalendar("DTSTART:00010101\nRRULE:FREQ=YEARLY"), "before 1900"},
		{"bad exception", vcalendar(day + "\nEXDATE:X"), "EXDATE: \"X\" is not a date"},
		{"periods", vcalendar(day + "\nRDATE;VALUE=PERIOD:20260101T000000Z/P1D"), "RDATE: "},
		{"bad RECURRENCE-ID", vcalendar(day + "\nRECURRENCE-ID:X"), "not a date"},
		{"every day for ever", vcalendar(day + "\nRRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"),
			"more than 20000 holidays"},
		{"too many rules", vcalendar(slices.Repeat([]string{day + "\nRRULE:FREQ=YEARLY;COUNT=1"}, 201)...),
			"more than 200 repeating"},
		{"too large", vcalendar(day) + strings.Repeat("\n", 1<<20), "larger than 1 MiB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := workflow.ParseICS(strings.NewReader(test.text), nil)
			if err == nil || !strings.HasPrefix(err.Error(), "iCalendar: ") || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	broken := errors.New("disk on fire")
	if _, err := workflow.ParseICS(io.MultiReader(strings.NewReader("BEGIN:VCALENDAR\n"), iotest.ErrReader(broken)),
		nil); !errors.Is(err, broken) {
		t.Errorf("a reader's error became %v", err)
	}
}

// TestParseICSIsBounded reads the worst files that fit: each must take well
// under the test's time limit, not minutes.
func TestParseICSIsBounded(t *testing.T) {
	dates := strings.Repeat(",20260101", 110_000)
	for name, text := range map[string]string{
		"rules that never match": vcalendar(slices.Repeat([]string{"DTSTART:19000101\n" +
			"RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYDAY=53MO,-53TU"}, 200)...),
		"one folded line":      "BEGIN:VCALENDAR\nX:" + strings.Repeat("\n a", 300_000) + "\nEND:VCALENDAR\n",
		"one quoted parameter": "BEGIN:VCALENDAR\nX;A=\"" + strings.Repeat("a", 900_000) + "\nEND:VCALENDAR\n",
		"many added dates":     vcalendar("DTSTART:20260101\nDTEND:20270101\nRDATE:20260101" + dates),
		"many events":          vcalendar(slices.Repeat([]string{"DTSTART:20260101\nDTEND:20270101"}, 15_000)...),
	} {
		t.Run(name, func(t *testing.T) {
			began := cputime.Used()
			holidays, err := workflow.ParseICS(strings.NewReader(text), nil)
			if took := cputime.Used() - began; took > 5*time.Second {
				t.Errorf("took %s", took)
			}
			if len(holidays) > 20_000 {
				t.Errorf("%d holidays, %v", len(holidays), err)
			}
		})
	}
}

func FuzzParseICS(f *testing.F) {
	f.Add([]byte(vcalendar("UID:a\nDTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260102\nSUMMARY:Tahun\\, " +
		"Baru\nRDATE:20260103,20260105")))
	f.Add([]byte(vcalendar("DTSTART:20260101T000000Z\nDURATION:P1W\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH,-1MO;BYMONTH"+
		"DAY=-1;UNTIL=20300101", "RECURRENCE-ID:20260101\nDTSTART:20260102")))
	f.Add([]byte("BEGIN:VCALENDAR\r\n X;A=\"\r\nEND:VCALENDAR"))
	f.Fuzz(func(t *testing.T, data []byte) {
		holidays, err := workflow.ParseICS(strings.NewReader(string(data)), time.UTC)
		if err != nil {
			return
		}
		if len(holidays) == 0 || len(holidays) > 20_000 {
			t.Fatalf("%d holidays", len(holidays))
		}
		hours := make(map[time.Weekday][]workflow.Span)
		for day := range 7 {
			hours[time.Weekday(day)] = []workflow.Span{{To: 24 * time.Hour}}
		}
		c, err := workflow.NewCalendar(time.UTC, hours, holidays)
		if err != nil {
			t.Fatal(err)
		}
		for date := range holidays {
			if at := time.Date(date.Year, date.Month, date.Day, 12, 0, 0, 0, time.UTC); c.WorkingDay(at) {
				t.Fatal(fmt.Sprint(date, " is a working day"))
			}
		}
	})
}
