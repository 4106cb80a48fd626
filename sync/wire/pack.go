package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"

	"rongyuan/store/record"
)

// The limits of packed bodies. A body that unpacks to more than MaxRatio times
// its size is no batch of operations, unless it is small.
const (
	MaxPacked   = 8 << 20
	MaxUnpacked = 64 << 20
	MaxRatio    = 100
	ratioFloor  = 64 << 10
	maxWindow   = 8 << 20
)

// Packer compresses and unpacks bodies. It is safe for use by several
// goroutines; its memory is bounded by [MaxUnpacked] for each use.
type Packer struct {
	enc *zstd.Encoder
}

// NewPacker makes a Packer.
func NewPacker() (*Packer, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	if err != nil {
		return nil, fmt.Errorf("make compressor: %w", err)
	}
	return &Packer{enc: enc}, nil
}

// Pack compresses plain.
func (p *Packer) Pack(plain []byte) []byte { return p.enc.EncodeAll(plain, nil) }

// Unpack is Pack undone. The code is too_large over a limit and malformed when
// packed is no zstd stream.
func (p *Packer) Unpack(packed []byte) ([]byte, error) {
	if len(packed) > MaxPacked {
		return nil, record.Fail(record.CodeTooLarge)
	}
	dec, err := zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(MaxUnpacked),
		zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, record.Fail(record.CodeMalformed)
	}
	defer dec.Close()
	most := min(MaxUnpacked, max(ratioFloor, MaxRatio*len(packed)))
	plain, err := io.ReadAll(io.LimitReader(dec, int64(most)+1))
	switch {
	case len(plain) > most:
		return nil, record.Fail(record.CodeTooLarge)
	case errors.Is(err, zstd.ErrDecoderSizeExceeded), errors.Is(err, zstd.ErrWindowSizeExceeded):
		return nil, record.Fail(record.CodeTooLarge)
	case err != nil:
		return nil, record.Fail(record.CodeMalformed)
	}
	return plain, nil
}
