package store

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"rongyuan/store/record"
)

// CheckFolder refuses folders in which a database is not safe: those that a
// cloud service copies while it is open, network drives whose locks do not
// hold, and removable drives that are pulled. The code is folder_refused, its
// argument the kind: cloud, network or removable.
func CheckFolder(dir string) error {
	full, err := filepath.Abs(dir)
	if err != nil {
		return record.Fail(record.CodeReadOnly).Because(err)
	}
	if resolved, err := filepath.EvalSymlinks(nearest(full)); err == nil {
		full = filepath.Join(resolved, strings.TrimPrefix(full, nearest(full)))
	}
	if cloudFolder(full) {
		return record.Fail(record.CodeFolderRefused, "cloud")
	}
	if kind := driveKind(nearest(full)); kind != "" {
		return record.Fail(record.CodeFolderRefused, kind)
	}
	return nil
}

// nearest is the deepest part of a path that exists.
func nearest(path string) string {
	for {
		if exists(path) || filepath.Dir(path) == path {
			return path
		}
		path = filepath.Dir(path)
	}
}

// cloudFolder reports a part of the path that a copying service owns, as these
// services name their folders on Chinese PCs.
func cloudFolder(path string) bool {
	for _, part := range strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return r == '/' || r == '\\' }) {
		for _, mark := range []string{
			"onedrive", "dropbox", "icloud", "google drive", "googledrive", "nutstore", "坚果云", "baidusyncdisk", "baidunetdisk",
			"百度网盘", "百度云", "wps云盘", "wpsdrive", "wps cloud", "阿里云盘", "腾讯微云", "微云", "天翼云盘", "seafile", "syncthing", "nextcloud",
		} {
			if strings.HasPrefix(part, mark) {
				return true
			}
		}
	}
	return false
}

// filesLike are the files of a folder whose names match a pattern, in order.
// [filepath.Glob] would read a pattern into the folder's own name, where a
// clerk may have typed [ and ].
func filesLike(dir, pattern string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, record.Fail(record.CodeFileUnread).Because(err)
	}
	var out []string
	for _, e := range entries {
		is, err := filepath.Match(pattern, e.Name())
		if err != nil {
			return nil, fmt.Errorf("match names: %w", err)
		}
		if is {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out, nil
}
