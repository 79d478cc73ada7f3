// Package pagetest holds what the tests of every family of documents ask alike: which lines a file gives, why it is
// refused, and that no file, however it is made, takes long or much.
package pagetest

import (
	"bytes"
	"compress/flate"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/cputime"
	"github.com/google/go-cmp/cmp"
)

// Reader is a family's way from a file to its lines.
type Reader func(data []byte) ([]string, error)

// Read gives the lines of a file that is not damaged.
func Read(t testing.TB, read Reader, data []byte) []string {
	t.Helper()
	lines, err := read(data)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// Case is what is special in a file, what the file holds, and its lines, with / for the end of a line and | for a
// cell's.
type Case [3]string

// Lines compares the lines of the files that file builds.
func Lines(t *testing.T, read Reader, cases []Case, file func(testing.TB, string) []byte) {
	t.Helper()
	for _, tt := range cases {
		name, body, want := tt[0], tt[1], tt[2]
		t.Run(name, func(t *testing.T) {
			got := strings.ReplaceAll(strings.Join(Read(t, read, file(t, body)), "/"), "\t", "|")
			if d := cmp.Diff(want, strings.TrimRight(got, "/")); d != "" {
				t.Error(d)
			}
		})
	}
}

// Refused wants the reason why a file can't be read, or can't be read to its end.
func Refused(t testing.TB, read Reader, data []byte, want error) {
	t.Helper()
	if lines, err := read(data); !errors.Is(err, want) {
		t.Errorf("%.40q: %d lines and %v, want %v", data, len(lines), err, want)
	}
}

// Bounded reads a file made to take long or much. What is allocated in all, not only at a time, is bounded; so is
// time: five seconds of the processor are far more than any needs.
func Bounded(t testing.TB, read Reader, data []byte) {
	t.Helper()
	const mib = 1 << 20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := cputime.Used()
	lines, err := read(data)
	took := cputime.Used() - start
	runtime.ReadMemStats(&after)
	used, size := (after.TotalAlloc-before.TotalAlloc)/mib, textSize(lines)
	if used > 250 || took > 5*time.Second || size > 2*mib {
		t.Errorf("%d MiB allocated, %v, %d bytes of text from %d (%v)", used, took, size, len(data), err)
	}
	t.Logf("%d MiB allocated, %v, %d bytes of text from %d (%v)", used, took, size, len(data), err)
}

// Small holds for the lines of any bytes.
func Small(t testing.TB, lines []string) {
	t.Helper()
	if size := textSize(lines); size > 4<<20 {
		t.Fatalf("%d bytes of text", size)
	}
}

func textSize(lines []string) int {
	size := 0
	for _, l := range lines {
		size += len(l) + 1
	}
	return size
}

// Fill repeats s up to a size.
func Fill(s string, size int) string { return strings.Repeat(s, size/len(s)) }

// DeflatedTimes is s about n times, deflated: a thousand to one.
func DeflatedTimes(t testing.TB, s string, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	block := []byte(strings.Repeat(s, 1+(1<<20)/len(s)))
	for left := n * len(s); left > 0; left -= len(block) {
		_, _ = w.Write(block[:min(left, len(block))])
	}
	_ = w.Close()
	return out.Bytes()
}
