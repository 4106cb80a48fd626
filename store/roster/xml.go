package roster

import (
	"bytes"
	"errors"
	"io"

	"rongyuan/store/record"
)

// token is a kind of XML event.
type token int

const (
	tokEOF token = iota
	tokStart
	tokEnd
	tokText
)

const (
	maxDepth = 64
	maxToken = 16 << 20 // one text; a cell holds 32,767 characters
	maxTag   = 1 << 20
)

// The reasons why XML is refused, as the cause of a refusal.
var (
	errUnbalanced = errors.New("tags do not match")
	errUnfinished = errors.New("the document ends inside a tag or an element")
	errMalformed  = errors.New("not well-formed")
	errTooDeep    = errors.New("nested too deep")
)

// xmlReader reads the small part of XML that workbooks use, in one pass and
// without copying: elements, attributes, text, CDATA; comments and instructions
// are stepped over. A document type is refused, for what it may declare. Every
// start is held against its end, so that a cut document is never a short one.
type xmlReader struct {
	src      io.Reader
	buf      []byte
	pos, end int
	done     bool // src has no more

	name  []byte // local name of the element, valid until the next call
	attrs []byte // what stands between name and > of a start tag
	text  []byte // text as written, entities and all
	cdata bool   // text stands in a CDATA section
	empty bool   // the start tag closed itself: its end comes next

	open  []byte // full names of the open elements, one after the other
	marks [maxDepth]int
	depth int
	seen  bool // the root element was seen
}

func newXMLReader(r io.Reader) *xmlReader {
	return &xmlReader{src: r, buf: make([]byte, 128<<10)}
}

// next gives the next event. At the end of a complete document it is tokEOF.
func (x *xmlReader) next() (token, error) {
	if x.empty {
		x.empty = false
		return tokEnd, x.pop(x.open[x.marks[x.depth-1]:])
	}
	for {
		if x.pos == x.end && !x.fill() {
			return tokEOF, x.finish()
		}
		if x.buf[x.pos] != '<' {
			if skip, err := x.plain(); err != nil || !skip {
				return tokText, err
			}
			continue
		}
		if x.end-x.pos < 2 && !x.fill() {
			return tokEOF, damaged(errUnfinished)
		}
		switch x.buf[x.pos+1] {
		case '/':
			return tokEnd, x.endTag()
		case '?':
			if err := x.skipPast("?>"); err != nil {
				return tokEOF, err
			}
		case '!':
			if text, err := x.declaration(); err != nil || text {
				return tokText, err
			}
		default:
			return tokStart, x.startTag()
		}
	}
}

// fill reads more, keeping what is not used yet. It is false when nothing came.
func (x *xmlReader) fill() bool {
	if x.done {
		return false
	}
	if x.pos > 0 {
		copy(x.buf, x.buf[x.pos:x.end])
		x.end -= x.pos
		x.pos = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) >= maxToken {
			x.done, x.src = true, failing{record.Fail(record.CodeWorkbookBomb)}
			return false
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	for range 100 {
		n, err := x.src.Read(x.buf[x.end:])
		x.end += n
		if err != nil {
			x.done = true
			if !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				x.src = failing{err}
			} else {
				x.src = failing{nil}
			}
		}
		if n > 0 || x.done {
			return n > 0
		}
	}
	x.done, x.src = true, failing{io.ErrNoProgress}
	return false
}

// failing keeps the error that ended a source.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// broken is the refusal for a document that ends where it must not.
func (x *xmlReader) broken() error {
	if f, ok := x.src.(failing); ok && f.err != nil {
		return damaged(f.err)
	}
	return damaged(errUnfinished)
}

func (x *xmlReader) finish() error {
	if f, ok := x.src.(failing); ok && f.err != nil {
		return damaged(f.err)
	}
	if x.depth > 0 || !x.seen {
		return damaged(errUnfinished)
	}
	return nil
}

// plain takes the text before the next tag. Outside the root only space is
// allowed, and is skipped.
func (x *xmlReader) plain() (skip bool, err error) {
	from := 0
	for {
		if i := bytes.IndexByte(x.buf[x.pos+from:x.end], '<'); i >= 0 {
			x.text, x.cdata = x.buf[x.pos:x.pos+from+i], false
			x.pos += from + i
			break
		}
		from = x.end - x.pos
		if !x.fill() {
			if x.depth > 0 {
				return false, x.broken()
			}
			x.text, x.pos = x.buf[x.pos:x.end], x.end
			break
		}
	}
	if x.depth == 0 {
		if len(bytes.Trim(bytes.TrimPrefix(x.text, []byte("\xEF\xBB\xBF")), " \t\r\n")) > 0 {
			return false, damaged(errMalformed)
		}
		return true, nil
	}
	return false, nil
}

// until makes sure that the buffer holds a mark and gives its place from pos.
func (x *xmlReader) until(mark string) (int, error) {
	from := 0
	for {
		if i := bytes.Index(x.buf[x.pos+from:x.end], []byte(mark)); i >= 0 {
			return from + i, nil
		}
		from = max(0, x.end-x.pos-len(mark)+1)
		if !x.fill() {
			return 0, x.broken()
		}
	}
}

func (x *xmlReader) skipPast(mark string) error {
	i, err := x.until(mark)
	if err != nil {
		return err
	}
	x.pos += i + len(mark)
	return nil
}

// declaration takes what begins with <!: a comment is skipped, a CDATA section
// is text, anything else is refused.
func (x *xmlReader) declaration() (text bool, err error) {
	const cdata = "<![CDATA["
	for x.end-x.pos < len(cdata) && x.fill() {
		continue
	}
	head := x.buf[x.pos:x.end]
	switch {
	case bytes.HasPrefix(head, []byte("<!--")):
		x.pos += len("<!--")
		return false, x.skipPast("-->")
	case bytes.HasPrefix(head, []byte(cdata)) && x.depth > 0:
		x.pos += len(cdata)
		i, err := x.until("]]>")
		if err != nil {
			return false, err
		}
		x.text, x.cdata = x.buf[x.pos:x.pos+i], true
		x.pos += i + len("]]>")
		return true, nil
	}
	return false, record.Fail(record.CodeWorkbookHostile)
}

// tag makes sure that the buffer holds a whole tag and gives its length up to
// the closing >.
func (x *xmlReader) tag() (int, error) {
	for {
		n := tagEnd(x.buf[x.pos+1 : x.end])
		if n == tagBad {
			return 0, damaged(errMalformed)
		}
		if n >= 0 {
			return n + 1, nil
		}
		if x.end-x.pos > maxTag {
			return 0, damaged(errMalformed)
		}
		if !x.fill() {
			return 0, x.broken()
		}
	}
}

const (
	tagOpen = -1
	tagBad  = -2
)

// tagEnd finds the > that closes a tag; one inside quotes does not.
func tagEnd(b []byte) int {
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '>':
			return i
		case '<':
			return tagBad
		case '"', '\'':
			j := bytes.IndexByte(b[i+1:], b[i])
			if j < 0 {
				return tagOpen
			}
			i += j + 1
		}
	}
	return tagOpen
}

func (x *xmlReader) startTag() error {
	n, err := x.tag()
	if err != nil {
		return err
	}
	tag := x.buf[x.pos+1 : x.pos+n]
	x.pos += n + 1
	if len(tag) > 0 && tag[len(tag)-1] == '/' {
		x.empty, tag = true, tag[:len(tag)-1]
	}
	i := 0
	for i < len(tag) && tag[i] > ' ' {
		i++
	}
	if i == 0 || !nameByte(tag[0]) {
		return damaged(errMalformed)
	}
	if x.depth == maxDepth {
		return damaged(errTooDeep)
	}
	if x.depth == 0 && x.seen {
		return damaged(errMalformed)
	}
	x.seen = true
	x.marks[x.depth] = len(x.open)
	x.depth++
	x.open = append(x.open, tag[:i]...)
	x.name, x.attrs = local(tag[:i]), tag[i:]
	return nil
}

func nameByte(b byte) bool {
	return b >= 0x80 || b == '_' || b == ':' || (b|0x20 >= 'a' && b|0x20 <= 'z')
}

func (x *xmlReader) endTag() error {
	if x.depth > 0 {
		// Nearly every end is written without a space, and lies whole in the buffer.
		name := x.open[x.marks[x.depth-1]:]
		end := x.pos + 2 + len(name)
		if end < x.end && x.buf[end] == '>' && bytes.Equal(x.buf[x.pos+2:end], name) {
			x.pos = end + 1
			return x.pop(name)
		}
	}
	n, err := x.tag()
	if err != nil {
		return err
	}
	name := bytes.TrimRight(x.buf[x.pos+2:x.pos+n], " \t\r\n")
	x.pos += n + 1
	return x.pop(name)
}

func (x *xmlReader) pop(name []byte) error {
	if x.depth == 0 {
		return damaged(errUnbalanced)
	}
	mark := x.marks[x.depth-1]
	if !bytes.Equal(x.open[mark:], name) {
		return damaged(errUnbalanced)
	}
	x.depth--
	x.name = local(name)
	x.open = x.open[:mark]
	return nil
}

// local drops the prefix of a name: x:row is row.
func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// skip steps over the rest of the element that was just opened.
func (x *xmlReader) skip() error {
	for depth := x.depth; x.depth >= depth; {
		if k, err := x.next(); err != nil || k == tokEOF {
			return err
		}
	}
	return nil
}
