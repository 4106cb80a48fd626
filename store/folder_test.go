package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

func TestRefusedFolders(t *testing.T) {
	base := t.TempDir()
	if err := os.MkdirAll(filepath.Join(base, "OneDrive - 街道"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(base, "OneDrive - 街道"), filepath.Join(base, "link")); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]record.Code{
		"rongyuan/station":           "",
		"OneDrive - 街道/station":      record.CodeFolderRefused,
		"link/station":               record.CodeFolderRefused,
		"坚果云/戎愿":                     record.CodeFolderRefused,
		"BaiduSyncdisk/a":            record.CodeFolderRefused,
		"Documents/WPS云盘/station":    record.CodeFolderRefused,
		"数据/onedriver的笔记/../station": "",
	} {
		if got := record.CodeOf(store.CheckFolder(filepath.Join(base, path))); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	opt := newWorld(t).opt
	opt.Dir = filepath.Join(base, "OneDrive - 街道")
	_, _, err := store.Create(t.Context(), opt, store.Founding{Station: record.Station{Code: "120103004", Name: "x站"}, Admin: "甲乙", Password: testPassword})
	if record.CodeOf(err) != record.CodeFolderRefused {
		t.Errorf("founding there: %v", err)
	}
}
