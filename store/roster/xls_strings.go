package roster

import (
	"encoding/binary"
	"unicode/utf16"
)

// shortString is a name with one byte for its length.
func shortString(b []byte) (string, error) {
	if len(b) < 2 {
		return "", damaged(errRecord)
	}
	return characters(b[2:], int(b[0]), b[1]&1 == 1)
}

// fullString is a text with two bytes for its length, without what may follow
// it of layout.
func fullString(b []byte) (string, error) {
	if len(b) < 3 {
		return "", damaged(errRecord)
	}
	n, flags := int(binary.LittleEndian.Uint16(b)), b[2]
	from := 3
	if flags&8 != 0 {
		from += 2
	}
	if flags&4 != 0 {
		from += 4
	}
	if from > len(b) {
		return "", damaged(errRecord)
	}
	return characters(b[from:], n, flags&1 == 1)
}

// characters are n characters of one or two bytes.
func characters(b []byte, n int, wide bool) (string, error) {
	if !wide {
		if n > len(b) {
			return "", damaged(errRecord)
		}
		out := make([]rune, n)
		for i := range n {
			out[i] = rune(b[i]) // Latin-1
		}
		return string(out), nil
	}
	if 2*n > len(b) {
		return "", damaged(errRecord)
	}
	out := make([]uint16, n)
	for i := range n {
		out[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(out)), nil
}

// sst reads the shared texts. Their table goes on in CONTINUE records, and a
// text may be parted between two of them; its second part then begins with a
// byte that says anew how wide its characters are.
func (b *oldBook) sst(r biff, at int) (next int, err error) {
	s := &sstReader{book: b, data: r.data, next: at}
	head, err := s.bytes(8)
	if err != nil {
		return at, err
	}
	n := int(binary.LittleEndian.Uint32(head[4:]))
	for range n {
		text, err := s.text()
		if err != nil {
			return at, err
		}
		b.shared = append(b.shared, text)
	}
	for s.fill() {
		continue
	}
	return s.next, nil
}

type sstReader struct {
	book *oldBook
	data []byte // what is left of the record
	next int    // place of the record behind it
}

// fill goes on to the next part of the table.
func (s *sstReader) fill() bool {
	r, next, ok := s.book.record(s.next)
	if !ok || r.id != recContinue {
		return false
	}
	s.data, s.next = r.data, next
	return true
}

// bytes takes n bytes, which may lie in two records.
func (s *sstReader) bytes(n int) ([]byte, error) {
	if n <= len(s.data) {
		out := s.data[:n]
		s.data = s.data[n:]
		return out, nil
	}
	var out []byte
	for len(out) < n {
		if len(s.data) == 0 && !s.fill() {
			return nil, damaged(errRecord)
		}
		part := min(n-len(out), len(s.data))
		out = append(out, s.data[:part]...)
		s.data = s.data[part:]
	}
	return out, nil
}

func (s *sstReader) text() (string, error) {
	head, err := s.bytes(3)
	if err != nil {
		return "", err
	}
	n, flags := int(binary.LittleEndian.Uint16(head)), head[2]
	skip := 0
	if flags&8 != 0 {
		runs, err := s.bytes(2)
		if err != nil {
			return "", err
		}
		skip += 4 * int(binary.LittleEndian.Uint16(runs))
	}
	if flags&4 != 0 {
		size, err := s.bytes(4)
		if err != nil {
			return "", err
		}
		skip += int(binary.LittleEndian.Uint32(size) & 0xFFFFFF)
	}
	out, err := s.characters(n, flags&1 == 1)
	if err != nil {
		return "", err
	}
	return out, s.skip(skip)
}

func (s *sstReader) characters(n int, wide bool) (string, error) {
	units := make([]uint16, 0, n)
	for len(units) < n {
		if len(s.data) == 0 {
			if !s.fill() || len(s.data) == 0 {
				return "", damaged(errRecord)
			}
			wide = s.data[0]&1 == 1
			s.data = s.data[1:]
			continue
		}
		if !wide {
			units = append(units, uint16(s.data[0]))
			s.data = s.data[1:]
			continue
		}
		two, err := s.bytes(2)
		if err != nil {
			return "", err
		}
		units = append(units, binary.LittleEndian.Uint16(two))
	}
	return string(utf16.Decode(units)), nil
}

func (s *sstReader) skip(n int) error {
	for n > 0 {
		if len(s.data) == 0 && !s.fill() {
			return damaged(errRecord)
		}
		part := min(n, len(s.data))
		s.data, n = s.data[part:], n-part
	}
	return nil
}
