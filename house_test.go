package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rooms are the top-level folders that may hold Go.
var rooms = []string{".", "app", "assets", "reports", "store", "sync"}

// TestRooms holds the plan of the house: no utils beside the rooms, however deep.
func TestRooms(t *testing.T) {
	for dir := range packages(t) {
		top, _, _ := strings.Cut(filepath.ToSlash(dir), "/")
		if !slices.Contains(rooms, top) {
			t.Errorf("%s is no room of the house", dir)
		}
		switch filepath.Base(dir) {
		case "util", "utils", "common", "helper", "helpers", "model", "models", "manager", "managers", "misc":
			t.Errorf("%s does not say what it holds", dir)
		}
	}
}

// TestPackageComments holds that each package says once why it exists: in doc.go, or in main.go
// where the package is a program.
func TestPackageComments(t *testing.T) {
	for dir, files := range packages(t) {
		var at []string
		for name, file := range files {
			if file.Doc != nil {
				at = append(at, name)
			}
		}
		if len(at) != 1 || at[0] != "doc.go" && at[0] != "main.go" {
			t.Errorf("the package comment of %s stands in %v, want it in doc.go only", dir, at)
		}
	}
}

// packages reads the clauses of all Go files of the module that are no tests, by folder and file
// name.
func packages(t *testing.T) map[string]map[string]*ast.File {
	t.Helper()
	found := map[string]map[string]*ast.File{}
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			return skipped(path)
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		dir := filepath.Dir(path)
		if found[dir] == nil {
			found[dir] = map[string]*ast.File{}
		}
		found[dir][filepath.Base(path)] = file
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 2 {
		t.Fatalf("found %d packages: the walk went wrong", len(found))
	}
	return found
}

// skipped keeps the walk out of what the go command does not build either, and out of what was
// built.
func skipped(dir string) error {
	base := filepath.Base(dir)
	if dir != "." && (strings.HasPrefix(base, ".") || base == "testdata" || dir == "dist" || dir == "out") {
		return fs.SkipDir
	}
	return nil
}
