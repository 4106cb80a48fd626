package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"rongyuan/store/record"
)

// Backups are the backups in a folder, the newest first by the time in their
// names.
func Backups(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, record.Fail(record.CodeFileUnread).Because(err)
	}
	var out []string
	for _, e := range entries {
		if _, ok := backupTime(e.Name()); ok {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	slices.SortFunc(out, func(a, b string) int { return strings.Compare(filepath.Base(b), filepath.Base(a)) })
	return out, nil
}

func backupTime(name string) (time.Time, bool) {
	text, ok := strings.CutSuffix(name, backupSuffix)
	if !ok {
		return time.Time{}, false
	}
	text, ok = strings.CutPrefix(text, "rongyuan-")
	t, err := time.ParseInLocation("20060102-150405.000", text, record.Zone())
	return t, ok && err == nil
}

// thinOut keeps all backups of the 24 hours before the newest, then the newest
// of each of 14 days, 8 weeks and 12 months. It counts back from the newest
// backup and not from the clock, so that a clock that runs ahead removes
// nothing; and it keeps the one just written, which a clock that fell back
// makes the oldest.
//
// Only backups of the same log are counted and removed: a USB drive may hold
// those of two stations, or of the practice station beside the real one, which
// may have the same code.
func thinOut(dir, fresh string, of record.Incarnation) error {
	all, err := Backups(dir)
	if err != nil || len(all) == 0 {
		return err
	}
	all = slices.DeleteFunc(all, func(path string) bool {
		label, err := ReadBackup(path)
		return err != nil || label.Head.Incarnation != of
	})
	if len(all) == 0 {
		return nil
	}
	times := make([]time.Time, len(all))
	for i, path := range all {
		times[i], _ = backupTime(filepath.Base(path))
	}
	keep := keepers(times)
	for i, path := range all {
		if !keep[i] && path != fresh {
			if err := os.Remove(path); err != nil {
				return record.Fail(record.CodeFileUnwritten).Because(err)
			}
		}
	}
	return nil
}

// keepers says for times, the newest first, which are kept.
func keepers(times []time.Time) []bool {
	keep := make([]bool, len(times))
	for i, t := range times {
		keep[i] = times[0].Sub(t) <= 24*time.Hour
	}
	for _, rule := range []struct {
		most int
		name func(time.Time) string
	}{
		{14, func(t time.Time) string { return t.Format("2006-01-02") }},
		{8, func(t time.Time) string { y, w := t.ISOWeek(); return strconv.Itoa(y) + "/" + strconv.Itoa(w) }},
		{12, func(t time.Time) string { return t.Format("2006-01") }},
	} {
		seen := map[string]bool{}
		for i, t := range times {
			if name := rule.name(t); !seen[name] && len(seen) < rule.most {
				seen[name], keep[i] = true, true
			}
		}
	}
	return keep
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
