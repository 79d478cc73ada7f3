package store

import (
	"runtime"
	"sync"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"
)

// codec compresses mails; both halves are safe for concurrent use. They are
// made on first use, since making them costs a millisecond.
var codec = sync.OnceValues(func() (*zstd.Encoder, *zstd.Decoder) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // the options are constant
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
	if err != nil {
		panic(err)
	}
	return enc, dec
})

func pack(raw []byte) []byte {
	enc, _ := codec()
	return enc.EncodeAll(raw, nil)
}

func unpack(packed []byte) ([]byte, error) {
	_, dec := codec()
	return dec.DecodeAll(packed, nil)
}

// packAll packs n mails, on all processors; nothing stays nothing.
func packAll(n int, raw func(int) []byte) [][]byte {
	packed := make([][]byte, n)
	var g errgroup.Group // none of it fails
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		g.Go(func() error { packed[i] = pack(raw(i)); return nil })
	}
	_ = g.Wait()
	return packed
}
