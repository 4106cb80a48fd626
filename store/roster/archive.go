package roster

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/flate"

	"rongyuan/store/record"
)

// The limits of an archive. A roster of 100,000 rows and 20 columns unpacks to
// about 130 MB, at a ratio of 10 to 40; a bomb has a thousand.
const (
	maxEntries   = 1000
	maxDirectory = 1 << 20
	maxUnpacked  = 1 << 30
	maxSheet     = 512 << 20
	maxStrings   = 160 << 20
	maxPart      = 16 << 20
	maxRatio     = 200
	freeRatio    = 8 << 20 // below this size any ratio is harmless
)

// archive is the zip file of a workbook, checked before anything is unpacked.
type archive struct {
	files map[string]*zip.File // by lower-case name: some writers differ in case
	tell  func(n int)          // told of every n bytes that are unpacked; may be nil
}

func openArchive(src Source) (*archive, error) {
	if err := checkDirectory(src); err != nil {
		return nil, err
	}
	zr, err := zip.NewReader(src, src.Size)
	if err != nil {
		return nil, record.Fail(record.CodeWorkbookCut).Because(err)
	}
	zr.RegisterDecompressor(zip.Deflate, flate.NewReader)
	a := &archive{files: make(map[string]*zip.File, len(zr.File))}
	var unpacked, packed uint64
	for _, f := range zr.File {
		if err := checkEntry(f); err != nil {
			return nil, err
		}
		unpacked += f.UncompressedSize64
		packed += f.CompressedSize64
		name := strings.ToLower(f.Name)
		if a.files[name] != nil {
			return nil, record.Fail(record.CodeWorkbookHostile)
		}
		a.files[name] = f
	}
	// Entries that together are longer than the file lie on top of each other.
	if len(zr.File) > maxEntries || unpacked > maxUnpacked || packed > uint64(src.Size) {
		return nil, record.Fail(record.CodeWorkbookBomb)
	}
	return a, nil
}

// checkDirectory looks at the end of the archive before the archive's own
// reader does, which would hold a directory of any length in memory.
func checkDirectory(src Source) error {
	n := min(src.Size, 66<<10)
	tail := make([]byte, n)
	if _, err := src.ReadAt(tail, src.Size-n); err != nil && !errors.Is(err, io.EOF) {
		return record.Fail(record.CodeFileUnread, src.Name).Because(err)
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < 22 {
		return record.Fail(record.CodeWorkbookCut)
	}
	entries := binary.LittleEndian.Uint16(tail[at+10:])
	if entries > maxEntries || binary.LittleEndian.Uint32(tail[at+12:]) > maxDirectory {
		return record.Fail(record.CodeWorkbookBomb)
	}
	return nil
}

func checkEntry(f *zip.File) error {
	name := f.Name
	switch {
	case strings.ContainsAny(name, "\\\x00") || strings.HasPrefix(name, "/") || strings.Contains(name, ":"):
		return record.Fail(record.CodeWorkbookHostile)
	case strings.HasPrefix(path.Clean(name), "..") || strings.Contains(name, "/../"):
		return record.Fail(record.CodeWorkbookHostile)
	case f.Flags&1 != 0:
		return record.Fail(record.CodeWorkbookLocked)
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return record.Fail(record.CodeWorkbookHostile)
	case f.UncompressedSize64 > freeRatio && f.UncompressedSize64/maxRatio > f.CompressedSize64:
		return record.Fail(record.CodeWorkbookBomb)
	}
	return nil
}

func (a *archive) has(name string) bool { return a.files[strings.ToLower(name)] != nil }

// size is the unpacked size of a part as the directory states it.
func (a *archive) size(name string) int64 {
	if f := a.files[strings.ToLower(name)]; f != nil {
		return int64(f.UncompressedSize64)
	}
	return 0
}

// open unpacks a part as it is read, up to a limit.
func (a *archive) open(name string, limit int64) (io.ReadCloser, error) {
	f := a.files[strings.ToLower(name)]
	if f == nil {
		return nil, record.Fail(record.CodeSheetDamaged)
	}
	if int64(f.UncompressedSize64) > limit {
		return nil, record.Fail(record.CodeWorkbookBomb)
	}
	r, err := f.Open()
	if err != nil {
		return nil, record.Fail(record.CodeWorkbookCut).Because(err)
	}
	return &part{ReadCloser: r, left: int64(f.UncompressedSize64), tell: a.tell}, nil
}

// part is an entry while it is unpacked. It ends with a refusal when more comes
// out than the directory promised.
type part struct {
	io.ReadCloser
	left int64
	tell func(n int)
}

func (p *part) Read(b []byte) (int, error) {
	n, err := p.ReadCloser.Read(b)
	p.left -= int64(n)
	if p.tell != nil {
		p.tell(n)
	}
	if p.left < 0 {
		return 0, record.Fail(record.CodeWorkbookBomb)
	}
	return n, err
}

// damaged makes a refusal of whatever stopped the reading of a part; a refusal
// stays what it is.
func damaged(err error) error {
	var known *record.Error
	if errors.As(err, &known) {
		return err
	}
	return record.Fail(record.CodeSheetDamaged).Because(err)
}
