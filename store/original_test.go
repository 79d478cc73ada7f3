package store_test

import (
	"bytes"
	"testing"
	"time"

	"batan.go.id/layanan/store"
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
		if o := all[0]; o.Digest != "d1" || !o.At.Equal(noon) || o.Number != tampered || o.Sender != "ani@batan.go.id" || o.Size != len(raw) || !bytes.Equal(o.Raw, raw) {
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
