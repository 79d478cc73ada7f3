package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/workflow"
)

func benchBoth(b *testing.B, f func(*testing.B, *bed)) {
	b.Run("sqlite", func(b *testing.B) { f(b, sqliteBed(b)) })
	b.Run("postgres", func(b *testing.B) { f(b, postgresBed(b)) })
}

// BenchmarkEveryday measures the daemons' steady work on a database of 100,000
// requests; a whole table read would show as tens of milliseconds.
func BenchmarkEveryday(b *testing.B) {
	benchBoth(b, func(b *testing.B, bed *bed) {
		s, raw := bed.open(b), bed.raw(b)
		fill(b, bed, raw)
		for _, op := range everyday {
			b.Run(op.name, func(b *testing.B) {
				raw.exec(b, `UPDATE outbox SET state = 'queued' WHERE id >= 'm199001'`)
				n := 0
				for b.Loop() {
					if n++; op.name == "Claim+Finish" && n%20 == 0 {
						b.StopTimer()
						raw.exec(b, `UPDATE outbox SET state = 'queued' WHERE id >= 'm199001'`)
						b.StartTimer()
					}
					if err := op.do(b.Context(), s); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

// BenchmarkBatch is the transaction of 50 mails that came in: 50 requests, 50
// history entries, 100 mails out, 50 ledger entries, the 50 mails themselves.
func BenchmarkBatch(b *testing.B) {
	const size = 50
	raw := []byte(strings.Repeat("Kepada Yth. Ka. PPIKSN, dengan hormat kami sampaikan permohonan.\r\n", 60))
	benchBoth(b, func(b *testing.B, bed *bed) {
		s, uid := bed.open(b), uint32(0)
		for b.Loop() {
			err := s.InTx(b.Context(), func(tx *store.Tx) error {
				var mails []store.LedgerEntry
				for range size {
					uid++
					mails = append(mails, handled(uid, fmt.Sprintf("<%d@x>", uid), fmt.Sprintf("%064d", uid),
						fmt.Sprintf("%064d", uid)))
				}
				known, err := tx.Known(mails)
				if err != nil {
					return err
				}
				for i, m := range mails {
					number, err := tx.NextNumber("VC", 2026)
					if err != nil || known[i] {
						return errors.Join(err, fmt.Errorf("known: %v", known[i]))
					}
					for n, to := range []string{"ani@batan.go.id", "ka@batan.go.id"} {
						out := mail(number, to, n)
						out.Raw = raw
						tx.Enqueue(out)
					}
					tx.Record(m)
					tx.Keep(store.Original{Digest: m.Digest, Number: number, At: noon, Sender: "ani@batan.go.id", Raw: raw})
					if err := tx.Save(request(number, 1), []workflow.Entry{entry("registered")}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N*size)/b.Elapsed().Seconds(), "mails/s")
	})
}
