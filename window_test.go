package main

import (
	"encoding/json"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestRealWindow builds the shipped program and lets a script do the main job
// in its real window under Xvfb by keys: log in, look at every door, write the
// month report on paper and as a workbook, exchange.
func TestRealWindow(t *testing.T) {
	program, out := filepath.Join(t.TempDir(), "rongyuan"), t.TempDir()
	build := exec.Command("go", "build", "-tags", "migrated_fynedo,x11", "-o", program, ".")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v: %s", err, text)
	}
	if text, err := exec.Command(".ci/drive-window", program, out).CombinedOutput(); err != nil {
		t.Fatalf("drive: %v: %s", err, text)
	}
	seen := map[int]string{}
	for _, name := range []string{"login", "today", "people", "activities", "reports", "exchange"} {
		colours := coloursOf(t, filepath.Join(out, name+".png"))
		if colours < 40 {
			t.Errorf("%s is empty: %d colours", name, colours)
		}
		if other, twice := seen[colours]; twice {
			t.Errorf("%s looks like %s: the key did not arrive", name, other)
		}
		seen[colours] = name
	}
	for _, end := range []string{"*.pdf", "*.xlsx"} {
		if found, _ := filepath.Glob(filepath.Join(out, end)); len(found) == 0 {
			t.Errorf("no %s was written", end)
		}
	}
	var status struct {
		Enrolled bool `json:"enrolled"`
		Stored   int  `json:"stored_seq"`
		Pending  int  `json:"pending"`
	}
	raw, err := os.ReadFile(filepath.Join(out, "status.json"))
	if err == nil {
		err = json.Unmarshal(raw, &status)
	}
	if err != nil || !status.Enrolled || status.Stored == 0 {
		t.Errorf("exchange: %+v, %v", status, err)
	}
}

// coloursOf is a rough fingerprint of a picture: how many of its sampled
// pixels differ in colour from the one before.
func coloursOf(t *testing.T, path string) int {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	changes := 0
	last := img.At(0, 0)
	for y := 0; y < img.Bounds().Dy(); y += 3 {
		for x := 0; x < img.Bounds().Dx(); x++ {
			if c := img.At(x, y); c != last {
				changes, last = changes+1, c
			}
		}
	}
	return changes
}
