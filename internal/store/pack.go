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
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxUnpacked),
		zstd.WithDecodeAllCapLimit(true))
	if err != nil {
		panic(err)
	}
	return enc, dec
})

func pack(raw []byte) []byte {
	enc, _ := codec()
	return enc.EncodeAll(raw, nil)
}

// maxUnpacked is the size in bytes of the largest mail, as the configuration
// allows it.
const maxUnpacked = 256 << 20

// unpack gives back a mail. It takes the room that the mail says it needs, and
// no more; only those of less than 256 bytes don't say.
func unpack(packed []byte) ([]byte, error) {
	if len(packed) == 0 {
		return nil, nil
	}
	var h zstd.Header
	if err := h.Decode(packed); err != nil {
		return nil, err
	}
	size := uint64(255)
	if h.HasFCS {
		size = h.FrameContentSize
	}
	if size > maxUnpacked {
		return nil, zstd.ErrDecoderSizeExceeded
	}
	_, dec := codec()
	return dec.DecodeAll(packed, make([]byte, 0, size))
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
