package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rongyuan/assets"
	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// rosterSource is a file, or text that was pasted.
type rosterSource struct{ path, text string }

func (s rosterSource) name() string {
	if s.path == "" {
		return "粘贴的名单"
	}
	return filepath.Base(s.path)
}

// with opens the source for as long as f needs it.
func (s rosterSource) with(f func(roster.Source) error) error {
	if s.path == "" {
		return f(roster.TextSource(s.text))
	}
	file, err := os.Open(s.path)
	if err != nil {
		return record.Fail(record.CodeFileUnread).Because(err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return record.Fail(record.CodeFileUnread).Because(err)
	}
	return f(roster.Source{Name: filepath.Base(s.path), Size: info.Size(), ReaderAt: file})
}

// unchanged fails with file_changed when the file is another one than was read.
func (s rosterSource) unchanged(sum string) error {
	if s.path == "" {
		return nil
	}
	return s.with(func(src roster.Source) error {
		hash := sha256.New()
		if _, err := io.Copy(hash, io.NewSectionReader(src, 0, src.Size)); err != nil {
			return record.Fail(record.CodeFileUnread).Because(err)
		}
		if hex.EncodeToString(hash.Sum(nil)) != sum {
			return record.Fail(record.CodeFileChanged)
		}
		return nil
	})
}

// rosterJob is how the clerk wants a roster to be read.
type rosterJob struct {
	as     roster.Role
	hidden []string // hidden sheets to read as well
	leave  []string // sheets not to read
	fill   bool     // a community or team that stands once holds for the rows below
}

// rosterReading is what was read.
type rosterReading struct {
	book   roster.Book
	sheets []roster.Sheet // all that hold a roster, also those that are left
	hidden []string       // all hidden ones
}

// mappingSetting holds what columns mean, by the heads of a sheet. It knows
// heads only, and no person.
const mappingSetting = "roster_mapping"

// planRoster reads a roster and decides its rows as they come, so that nobody
// needs to hold them whole.
func (d *Desk) planRoster(ctx context.Context, from rosterSource, job rosterJob, progress func(int, int)) (rosterReading, record.Plan, error) {
	planner, err := d.db.NewPlanner(ctx, store.ImportOptions{Progress: progress})
	if err != nil {
		return rosterReading{}, record.Plan{}, err
	}
	read, err := d.readRoster(ctx, from, job, roster.Options{Progress: progress, Each: func(one record.Draft) error {
		if slices.Contains(job.leave, one.Sheet) {
			return nil
		}
		return planner.Add(one)
	}})
	if err != nil {
		return read, record.Plan{}, err
	}
	plan, err := planner.Plan()
	plan.File, plan.SHA256 = from.name(), read.book.SHA256
	return read, plan, err
}

func (d *Desk) readRoster(ctx context.Context, from rosterSource, job rosterJob, opt roster.Options) (rosterReading, error) {
	opt.Today, opt.As, opt.Villages, opt.Mapping, opt.FillDown = d.today(), job.as, villageCodes(d.street()), d.mapping(ctx), job.fill
	var r rosterReading
	err := from.with(func(src roster.Source) (err error) {
		if from.path == "" {
			r.book, err = roster.ReadText(ctx, from.text, opt)
		} else {
			r.book, err = roster.Read(ctx, src, opt)
		}
		if err != nil {
			return err
		}
		for _, name := range job.hidden {
			opt.Sheet = name
			more, err := roster.Read(ctx, src, opt)
			if err != nil {
				return err
			}
			r.add(more)
		}
		return nil
	})
	for _, note := range r.book.Notes {
		if note.Code == record.CodeSheetHidden && len(note.Args) > 0 {
			r.hidden = append(r.hidden, note.Args[0])
		}
	}
	r.drop(job)
	return r, err
}

func (r *rosterReading) add(more roster.Book) {
	r.book.Sheets = append(r.book.Sheets, more.Sheets...)
	r.book.Skipped += more.Skipped
}

// drop takes the sheets out that are not wanted, and the note on hidden ones
// that are read.
func (r *rosterReading) drop(job rosterJob) {
	r.sheets = slices.Clone(r.book.Sheets)
	r.book.Sheets = slices.DeleteFunc(r.book.Sheets, func(s roster.Sheet) bool {
		left := slices.Contains(job.leave, s.Name)
		if left {
			r.book.Skipped -= s.Skipped
		}
		return left
	})
	r.book.Notes = slices.DeleteFunc(r.book.Notes, func(n record.Problem) bool {
		return n.Code == record.CodeSheetHidden && len(n.Args) > 0 && slices.Contains(job.hidden, n.Args[0])
	})
}

// villageCodes finds the code of a community of the street by its name.
func villageCodes(street string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		found := assets.MatchVillages(street, name)
		if len(found) != 1 {
			return "", false
		}
		return found[0].Code, true
	}
}

// mapping is what was decided by hand before; nil for nothing.
func (d *Desk) mapping(ctx context.Context) *roster.Mapping {
	saved, err := d.db.Setting(ctx, mappingSetting)
	if err != nil || saved == "" {
		return nil
	}
	m, err := roster.LoadMapping(strings.NewReader(saved))
	if err != nil {
		return nil // of another version: the heads are understood anew
	}
	return m
}

// saveMapping remembers the columns of one kind of sheet.
func (d *Desk) saveMapping(ctx context.Context, mark string, form roster.Form) error {
	m := d.mapping(ctx)
	if m == nil {
		m = &roster.Mapping{}
	}
	if m.Forms == nil {
		m.Forms = map[string]roster.Form{}
	}
	m.Forms[mark] = form
	var out strings.Builder
	if err := m.Save(&out); err != nil {
		return err
	}
	return d.db.SaveSetting(ctx, mappingSetting, out.String())
}
