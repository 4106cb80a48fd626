package roster

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"

	"rongyuan/store/record"
)

// maxOld is the most bytes of an .xls file: 65,536 rows of 20 columns have
// about 25 MB.
const maxOld = 64 << 20

// oldBook is a workbook of Excel 97 to 2003 (BIFF8, [MS-XLS]). Its stream is
// held whole; the cells are read as they come. Only the records that say what
// a cell holds are understood, the others are stepped over by their length.
//
// A number of this format is a float in the file itself: an identity number
// typed as one has lost its last digits before it came here.
type oldBook struct {
	stream  []byte
	sheets  []sheetPart
	starts  map[string]int // where the sheet of a path begins
	shared  []string
	formats map[int]string
	styles  []numberStyle
	mac     bool
	told    func(int)
}

// The records of BIFF8 that are read.
const (
	recFormula    = 0x0006
	recEOF        = 0x000A
	recDateMode   = 0x0022
	recFilePass   = 0x002F
	recContinue   = 0x003C
	recColInfo    = 0x007D
	recBoundSheet = 0x0085
	recMulRK      = 0x00BD
	recRString    = 0x00D6
	recXF         = 0x00E0
	recMerged     = 0x00E5
	recSST        = 0x00FC
	recLabelSST   = 0x00FD
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRow        = 0x0208
	recRK         = 0x027E
	recFormat     = 0x041E
	recBOF        = 0x0809

	biff8 = 0x0600
)

var errRecord = errors.New("a record is shorter than what it must hold")

// openCompound opens an OLE file: a workbook of Excel 97, or one that Office
// has wrapped because it is protected.
func openCompound(src Source) (t tables, err error) {
	defer recoverDamage(&err)
	if src.Size > maxOld {
		return nil, record.Fail(record.CodeWorkbookBomb)
	}
	stream, err := workbookStream(src)
	if err != nil {
		return nil, err
	}
	b := &oldBook{stream: stream, starts: map[string]int{}, formats: map[int]string{}}
	if err := b.globals(); err != nil {
		return nil, err
	}
	return b, nil
}

// recoverDamage makes a refusal of a panic: a length that no check foresaw.
func recoverDamage(err *error) {
	if p := recover(); p != nil {
		*err = record.Fail(record.CodeWorkbookCut).Because(fmt.Errorf("panic: %v", p))
	}
}

// workbookStream takes the stream with the workbook out of its wrapping.
func workbookStream(src Source) ([]byte, error) {
	files, err := mscfb.New(io.NewSectionReader(src, 0, src.Size))
	if err != nil {
		return nil, brokenCompound(src, err)
	}
	old := false
	for _, f := range files.File {
		switch strings.ToLower(f.Name) {
		case "encryptedpackage":
			return nil, record.Fail(record.CodeWorkbookLocked)
		case "book":
			old = true
		case "workbook":
			if f.Size < 1 || f.Size > src.Size {
				return nil, record.Fail(record.CodeWorkbookCut)
			}
			b := make([]byte, f.Size)
			if _, err := io.ReadFull(f, b); err != nil {
				return nil, record.Fail(record.CodeWorkbookCut).Because(err)
			}
			return b, nil
		}
	}
	if old {
		return nil, record.Fail(record.CodeOldWorkbook)
	}
	return nil, record.Fail(record.CodeNotWorkbook)
}

// brokenCompound tells a workbook that is cut from a file that is none, by the
// names that stand in its directory.
func brokenCompound(src Source, cause error) error {
	all, err := io.ReadAll(io.NewSectionReader(src, 0, src.Size))
	switch {
	case err != nil:
		return record.Fail(record.CodeFileUnread, src.Name).Because(err)
	case bytes.Contains(all, utf16le("EncryptedPackage")):
		return record.Fail(record.CodeWorkbookLocked)
	case bytes.Contains(all, utf16le("WordDocument")), bytes.Contains(all, utf16le("PowerPoint Document")):
		return record.Fail(record.CodeNotWorkbook)
	}
	return record.Fail(record.CodeWorkbookCut).Because(cause)
}

// biff is one record.
type biff struct {
	id   int
	data []byte
}

// record takes the record at a place; false at the end of the stream or of a
// record that is cut.
func (b *oldBook) record(at int) (r biff, next int, ok bool) {
	if at < 0 || at+4 > len(b.stream) {
		return r, at, false
	}
	length := int(binary.LittleEndian.Uint16(b.stream[at+2:]))
	next = at + 4 + length
	if next > len(b.stream) {
		return r, at, false
	}
	return biff{int(binary.LittleEndian.Uint16(b.stream[at:])), b.stream[at+4 : next]}, next, true
}

func (r biff) u16(at int) int {
	if at+2 > len(r.data) {
		return -1
	}
	return int(binary.LittleEndian.Uint16(r.data[at:]))
}

// globals reads what stands before the sheets.
func (b *oldBook) globals() error {
	r, at, ok := b.record(0)
	if !ok || r.id&0xFF != 0x09 {
		return record.Fail(record.CodeWorkbookCut)
	}
	if r.id != recBOF || r.u16(0) != biff8 {
		return record.Fail(record.CodeOldWorkbook)
	}
	for {
		r, next, ok := b.record(at)
		if !ok {
			return record.Fail(record.CodeWorkbookCut)
		}
		var err error
		switch r.id {
		case recEOF:
			b.xfStyles()
			return nil
		case recFilePass:
			return record.Fail(record.CodeWorkbookLocked)
		case recDateMode:
			b.mac = r.u16(0) == 1
		case recFormat:
			b.formats[r.u16(0)], err = fullString(r.data[min(2, len(r.data)):])
		case recXF:
			if len(b.styles) < 1<<16 {
				b.styles = append(b.styles, numberStyle(r.u16(2)))
			}
		case recBoundSheet:
			err = b.boundSheet(r)
		case recSST:
			next, err = b.sst(r, next)
		}
		if err != nil {
			return err
		}
		at = next
	}
}

// xfStyles turns the numbers of formats into what they mean, once all formats
// are known.
func (b *oldBook) xfStyles() {
	for i, id := range b.styles {
		b.styles[i] = styleOf(int(id), b.formats[int(id)])
	}
}

func (b *oldBook) boundSheet(r biff) error {
	if len(r.data) < 8 {
		return damaged(errRecord)
	}
	if len(b.sheets) == maxSheets {
		return record.Fail(record.CodeWorkbookBomb)
	}
	name, err := shortString(r.data[6:])
	if err != nil {
		return err
	}
	s := sheetPart{name: name, hidden: r.data[4]&3 != 0}
	if r.data[5] == 0 { // not a chart, a macro sheet or a module
		s.path = fmt.Sprint("biff", len(b.sheets))
		b.starts[s.path] = int(binary.LittleEndian.Uint32(r.data))
	}
	b.sheets = append(b.sheets, s)
	return nil
}

func (b *oldBook) list() []sheetPart     { return b.sheets }
func (b *oldBook) tell(told func(n int)) { b.told = told }
func (b *oldBook) from1904() bool        { return b.mac }

// size is the distance to the next sheet, roughly.
func (b *oldBook) size(s sheetPart) int64 {
	from := b.starts[s.path]
	end := len(b.stream)
	for _, other := range b.starts {
		if other > from {
			end = min(end, other)
		}
	}
	return int64(max(0, end-from))
}

func (b *oldBook) scan(ctx context.Context, s sheetPart, visit func(*row) error) (out shape, err error) {
	p := &oldScan{book: b, hidden: map[int]bool{}, rowMaker: rowMaker{ctx: ctx, visit: visit}}
	defer func() {
		err = cutAfter(err, p.last, s.name)
	}()
	err = p.run(b.starts[s.path])
	return p.shape, err
}
