package when_test

import (
	"fmt"
	"time"

	"batan.go.id/layanan/mailparse/when"
)

func ExampleRead() {
	wib := time.FixedZone("WIB", 7*3600)
	d := when.Read("Kamis, 12 Juli 2018 pukul 09.00 s.d. 11.00 WIB", wib, nil)
	fmt.Println(d.Start.Format(time.RFC3339), d.End.Format(time.RFC3339))
	// Output: 2018-07-12T09:00:00+07:00 2018-07-12T11:00:00+07:00
}

func ExampleCalendar_Find() {
	for _, e := range (when.Calendar{Location: time.UTC}).Find("Rapat 31 November 2026") {
		fmt.Println(e.Readable(), e.Fault.Code)
	}
	// Output: false no-such-day
}
