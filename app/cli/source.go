package cli

import (
	"io"
	"os"

	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// mostPasted is more than a list that a person pastes has, in bytes.
const mostPasted = 16 << 20

// source opens a workbook or a list to be read in place; "-" is text on the
// standard input. done closes it.
func (k *call) source(path string) (src roster.Source, done func(), err error) {
	if path == "-" {
		text, err := io.ReadAll(io.LimitReader(k.env.Stdin, mostPasted))
		if err != nil {
			return roster.Source{}, nil, record.Fail(record.CodeFileUnread, path).Because(err)
		}
		return roster.TextSource(string(text)), func() {}, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return roster.Source{}, nil, record.Fail(record.CodeFileUnread, baseName(path)).Because(err)
	}
	st, err := f.Stat()
	if err != nil || st.IsDir() {
		_ = f.Close()
		return roster.Source{}, nil, record.Fail(record.CodeFileUnread, baseName(path)).Because(err)
	}
	return roster.Source{Name: baseName(path), Size: st.Size(), ReaderAt: f}, func() { _ = f.Close() }, nil
}
