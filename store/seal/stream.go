package seal

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A stream is a head and frames. Head: magic, version, suite, key id, salt and
// a MAC over these. Frame: number, length of the plaintext with the top bit set
// in the last one, ciphertext, tag. Number and length stand in clear so that a
// cut, a moved and a flipped chunk can be told apart; both are bound to the
// chunk, and the number and the last-flag also make its nonce. The number wraps
// at 256 TiB, far beyond any file of a station.
const (
	streamMagic = "RYSF"
	streamSalt  = 32
	streamMAC   = 16
	streamBare  = len(streamMagic) + 2 + 4 + streamSalt
	streamHead  = streamBare + streamMAC

	chunkSize = 64 << 10
	frameHead = 8
	lastChunk = 1 << 31
)

// streamKeys gives the chunk cipher and the head's MAC for one salt. Every
// stream has its own key, so counting nonces never meet.
func streamKeys(k *Key, l Label, bare []byte) (cipher.AEAD, []byte, error) {
	sub, err := k.derive("stream\x00" + l)
	if err != nil {
		return nil, nil, err
	}
	defer clear(sub)
	keys, err := hkdf.Key(sha256.New, sub, bare, "rongyuan stream 1", 2*keySize)
	if err != nil {
		return nil, nil, fmt.Errorf("seal: stream key: %w", err)
	}
	defer clear(keys)
	aead, err := newGCM(keys[:keySize])
	if err != nil {
		return nil, nil, err
	}
	m := hmac.New(sha256.New, keys[keySize:])
	_, _ = m.Write(bare)
	return aead, m.Sum(nil)[:streamMAC], nil
}

// frame is the clear start of a chunk.
type frame struct {
	number uint32
	length uint32
	last   bool
}

func (f frame) bytes() (out [frameHead]byte) {
	binary.BigEndian.PutUint32(out[:], f.number)
	length := f.length
	if f.last {
		length |= lastChunk
	}
	binary.BigEndian.PutUint32(out[4:], length)
	return out
}

func readFrame(head [frameHead]byte) frame {
	length := binary.BigEndian.Uint32(head[4:])
	return frame{binary.BigEndian.Uint32(head[:]), length &^ lastChunk, length&lastChunk != 0}
}

func (f frame) nonce() (out [nonceSize]byte) {
	binary.BigEndian.PutUint32(out[7:], f.number)
	if f.last {
		out[11] = 1
	}
	return out
}

// StreamWriter seals a file in chunks of 64 KiB. Close writes the last chunk;
// a stream that was not closed is refused by the reader as cut.
type StreamWriter struct {
	w    io.Writer
	aead cipher.AEAD
	buf  []byte
	out  []byte
	next uint32
	err  error
}

// NewStreamWriter writes the head to w and seals what follows for one label
// (Backups, Attachments.Of(id)). rand gives the stream's salt.
func NewStreamWriter(rand io.Reader, w io.Writer, k *Key, l Label) (*StreamWriter, error) {
	head := append(make([]byte, 0, streamHead), streamMagic...)
	head = append(head, formatVersion, suiteAES)
	head = binary.BigEndian.AppendUint32(head, k.ID())
	head = head[:streamBare]
	if err := fill(rand, head[streamBare-streamSalt:]); err != nil {
		return nil, err
	}
	aead, mac, err := streamKeys(k, l, head)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(append(head, mac...)); err != nil {
		return nil, fmt.Errorf("seal: stream head: %w", err)
	}
	return &StreamWriter{w: w, aead: aead, buf: make([]byte, 0, chunkSize)}, nil
}

// Write takes plaintext; it reaches the disk chunk by chunk. An error stays.
func (s *StreamWriter) Write(p []byte) (int, error) {
	done := 0
	for s.err == nil && done < len(p) {
		if len(s.buf) == chunkSize {
			s.err = s.flush(false)
			continue
		}
		n := min(chunkSize-len(s.buf), len(p)-done)
		s.buf = append(s.buf, p[done:done+n]...)
		done += n
	}
	return done, s.err
}

// Close seals the last chunk and wipes the buffer; it does not close w. Its
// error must be checked: without the last chunk the stream cannot be read.
func (s *StreamWriter) Close() error {
	if s.err != nil {
		clear(s.buf[:cap(s.buf)])
		if errors.Is(s.err, ErrStreamClosed) {
			return nil
		}
		return s.err
	}
	s.err = s.flush(true)
	clear(s.buf[:cap(s.buf)])
	if s.err != nil {
		return s.err
	}
	s.err = ErrStreamClosed
	return nil
}

func (s *StreamWriter) flush(last bool) error {
	f := frame{number: s.next, length: uint32(len(s.buf)), last: last}
	head, nonce := f.bytes(), f.nonce()
	s.out = append(s.out[:0], head[:]...)
	s.out = s.aead.Seal(s.out, nonce[:], s.buf, head[:])
	if _, err := s.w.Write(s.out); err != nil {
		return fmt.Errorf("seal: stream chunk: %w", err)
	}
	s.buf = s.buf[:0]
	s.next++
	return nil
}

// StreamReader opens what StreamWriter sealed. It gives a chunk out only once
// it is verified, but the whole is verified only at io.EOF: until then the
// caller must not act on what it read (restore into a new file, then rename).
type StreamReader struct {
	r     io.Reader
	aead  cipher.AEAD
	plain []byte // verified and not yet given out
	buf   []byte
	next  uint32
	err   error
}

// NewStreamReader reads and verifies the head. The errors are ErrStreamHeader
// (no stream, broken, another label), ErrStreamCut, ErrWrongKey,
// ErrUnknownVersion, ErrUnknownSuite and ErrWiped.
func NewStreamReader(r io.Reader, k *Key, l Label) (*StreamReader, error) {
	head := make([]byte, streamHead)
	if n, err := io.ReadFull(r, head); err != nil {
		return nil, headError(head[:n], err)
	}
	at := len(streamMagic)
	switch {
	case string(head[:at]) != streamMagic:
		return nil, ErrStreamHeader
	case head[at] != formatVersion:
		return nil, ErrUnknownVersion
	case head[at+1] != suiteAES:
		return nil, ErrUnknownSuite
	case binary.BigEndian.Uint32(head[at+2:]) != k.ID():
		return nil, ErrWrongKey
	}
	aead, mac, err := streamKeys(k, l, head[:streamBare])
	if err != nil {
		return nil, err
	}
	if !hmac.Equal(mac, head[streamBare:]) {
		return nil, ErrStreamHeader
	}
	return &StreamReader{r: r, aead: aead}, nil
}

// headError tells a cut stream from a short foreign file and a failing disk.
func headError(got []byte, err error) error {
	switch {
	case !ended(err):
		return fmt.Errorf("seal: stream head: %w", err)
	case len(got) >= len(streamMagic) && string(got[:len(streamMagic)]) == streamMagic:
		return ErrStreamCut
	}
	return ErrStreamHeader
}

// Read gives verified plaintext, then io.EOF after the last chunk, or
// ErrStreamCut, ErrStreamDamaged, ErrStreamOrder, ErrStreamTrailing. An error
// stays.
func (s *StreamReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(s.plain) == 0 && s.err == nil {
		s.err = s.fetch()
	}
	if len(s.plain) > 0 {
		n := copy(p, s.plain)
		clear(s.plain[:n])
		s.plain = s.plain[n:]
		return n, nil
	}
	return 0, s.err
}

// fetch verifies the next chunk; with the last one it gives io.EOF.
func (s *StreamReader) fetch() error {
	var head [frameHead]byte
	if err := s.full(head[:]); err != nil {
		return err
	}
	f := readFrame(head)
	if f.length > chunkSize || (!f.last && f.length != chunkSize) {
		return ErrStreamDamaged
	}
	if s.buf == nil {
		s.buf = make([]byte, chunkSize+tagSize)
	}
	sealed := s.buf[:f.length+tagSize]
	if err := s.full(sealed); err != nil {
		return err
	}
	nonce := f.nonce()
	plain, err := s.aead.Open(sealed[:0], nonce[:], sealed, head[:])
	switch {
	case err != nil:
		return ErrStreamDamaged
	case f.number != s.next:
		clear(plain)
		return ErrStreamOrder
	}
	s.next++
	if !f.last {
		s.plain = plain
		return nil
	}
	if err := s.end(); err != nil {
		clear(plain)
		return err
	}
	s.plain = plain
	return io.EOF
}

// full fills p; the stream may not end here.
func (s *StreamReader) full(p []byte) error {
	_, err := io.ReadFull(s.r, p)
	switch {
	case err == nil:
		return nil
	case ended(err):
		return ErrStreamCut
	}
	return fmt.Errorf("seal: stream chunk: %w", err)
}

// ended tells the end of the input from a failing disk.
func ended(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// end demands that nothing follows the last chunk.
func (s *StreamReader) end() error {
	var one [1]byte
	_, err := io.ReadFull(s.r, one[:])
	switch {
	case err == nil:
		return ErrStreamTrailing
	case errors.Is(err, io.EOF):
		return nil
	}
	return fmt.Errorf("seal: stream end: %w", err)
}
