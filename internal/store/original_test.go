package store_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"batan.go.id/layanan/internal/store"
)

// originals are a request's mails as the Store gives them back.
func originals(t testing.TB, s *store.Store, number string) (all []store.Original) {
	t.Helper()
	err := s.Originals(t.Context(), number, func(o store.Original) error { all = append(all, o); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestOriginalsAreKept(t *testing.T) {
	both(t, func(t *testing.T, b *bed) {
		s := b.open(t)
		raw := bytes.Repeat([]byte("Subject: x\r\n\r\n\x00\xff isi\r\n"), 1000)
		keep := func(digest, number string, at time.Time, raw []byte) {
			do(t, s, func(tx *store.Tx) error {
				tx.Keep(store.Original{Digest: digest, Number: number, At: at, Sender: "Ani@batan.go.id", Raw: raw})
				return nil
			})
		}
		keep("d2", tampered, noon.Add(time.Hour), []byte("kedua"))
		keep("d1", tampered, noon, raw)
		keep("d1", tampered, noon.Add(time.Minute), raw) // the same bytes once more
		keep("d3", tampered, noon.Add(2*time.Hour), make([]byte, store.MaxOriginal+1))
		keep("d4", tampered, noon.Add(3*time.Hour), make([]byte, store.MaxOriginal))
		keep("d5", "VC-2026-0002", noon, []byte("lain"))

		all := originals(t, s, tampered)
		if len(all) != 4 {
			t.Fatalf("%d mails", len(all))
		}
		if o := all[0]; o.Digest != "d1" || !o.At.Equal(noon) || o.Number != tampered || o.Sender != "ani@batan.go.id" ||
			o.Size != len(raw) || !bytes.Equal(o.Raw, raw) {
			t.Errorf("%s %s %v %s %d", o.Digest, o.Number, o.At, o.Sender, o.Size)
		}
		if o := all[2]; o.Digest != "d3" || o.Size != store.MaxOriginal+1 || len(o.Raw) != 0 {
			t.Errorf("too large: %s, %d of %d bytes", o.Digest, len(o.Raw), o.Size)
		}
		if o := all[3]; len(o.Raw) != store.MaxOriginal {
			t.Errorf("just small enough: %d bytes", len(o.Raw))
		}
		if n := b.raw(t).count(t, `SELECT length(mail) FROM mails WHERE digest = 'd1'`); n > len(raw)/10 {
			t.Errorf("%d bytes take %d: not compressed", len(raw), n)
		}
	})
}

// The sizes at which zstd writes another header.
func TestOriginalsOfEverySize(t *testing.T) {
	s := sqliteBed(t).open(t)
	sizes := []int{0, 1, 254, 255, 256, 257, 1<<16 + 255, 1<<16 + 256, 1<<20 - 1, 1 << 20, 1<<20 + 1}
	random := make([]byte, 1<<20+1)
	must(rand.Read(random))(t)
	do(t, s, func(tx *store.Tx) error {
		for i, n := range sizes {
			tx.Keep(store.Original{Digest: fmt.Sprintf("%02d", i), Number: tampered, At: noon, Raw: random[:n]})
		}
		return nil
	})
	all := originals(t, s, tampered)
	for i, n := range sizes {
		if len(all) != len(sizes) || !bytes.Equal(all[i].Raw, random[:n]) {
			t.Fatalf("a mail of %d bytes came back otherwise", n)
		}
	}
}

// TestStoredBombs: bytes in the database that unpack to more than they say, or
// to more than any mail has, are an error that takes no memory to find.
func TestStoredBombs(t *testing.T) {
	var streamed bytes.Buffer // says nothing of its size
	w := must(zstd.NewWriter(&streamed))(t)
	packed := must(zstd.NewWriter(nil))(t)
	block := make([]byte, 1<<20)
	var many []byte // a small mail, and then more and more
	for range 300 {
		must(w.Write(block))(t)
		many = packed.EncodeAll(block, many)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b := sqliteBed(t)
	s, raw := b.open(t), b.raw(t)
	do(t, s, func(tx *store.Tx) error {
		tx.Keep(store.Original{Digest: "d", Number: tampered, At: noon, Raw: []byte("kecil")})
		tx.Bury(store.DeadLetter{At: noon, Reason: "unreadable", Raw: []byte("kecil")})
		return nil
	})
	id := must(s.DeadLetters(t.Context(), store.DeadFilter{}))(t)[0].ID
	for name, bomb := range map[string][]byte{
		"streamed": streamed.Bytes(), "many mails in one": many,
		"more than a mail": packed.EncodeAll(make([]byte, 300<<20), nil), "no mail": []byte("kecil"),
	} {
		raw.exec(t, `UPDATE mails SET mail = ?`, bomb)
		raw.exec(t, `UPDATE dead_letters SET mail = ?`, bomb)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		original := s.Originals(t.Context(), tampered, func(store.Original) error { return nil })
		_, letter := s.DeadLetter(t.Context(), id)
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; original == nil || letter == nil || used > 30 {
			t.Errorf("%s, %d bytes: %v, %v, %d MiB", name, len(bomb), original, letter, used)
		}
	}
}
