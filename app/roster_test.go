package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"rongyuan/store/record"
)

const tidyRoster = "../store/roster/testdata/整齐花名册.xlsx"

// truth is what the roster is known to hold.
func truth(t *testing.T) (fresh, wrong int) {
	t.Helper()
	raw, err := os.ReadFile("../store/roster/testdata/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]struct {
		New    int `json:"new"`
		Errors int `json:"error"`
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	one, has := all["整齐花名册"]
	if !has {
		t.Fatal("the truth knows nothing of the roster")
	}
	return one.New, one.Errors
}

// TestImport drops a roster onto the window, looks at the preview, imports it
// and takes it back.
func TestImport(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	path, err := filepath.Abs(tidyRoster)
	if err != nil {
		t.Fatal(err)
	}
	d.dropped([]fyne.URI{storage.NewFileURI(path)})
	wizard := h.peopleScreen().roster
	if wizard == nil || wizard.preview == nil {
		t.Fatal("the dropped roster opened no preview")
	}
	fresh, wrong := truth(t)
	if got := wizard.plan.Count(record.VerdictNew); got != fresh {
		t.Errorf("new %d, want %d", got, fresh)
	}
	if got := wizard.plan.Count(record.VerdictError); got != wrong {
		t.Errorf("errors %d, want %d", got, wrong)
	}
	if len(h.people()) != 0 {
		t.Fatal("the preview wrote something")
	}
	h.golden("roster_preview")
	h.ctrl(fyne.KeyS)
	if wizard.result == nil || wizard.result.New != fresh {
		t.Fatalf("result %+v", wizard.result)
	}
	h.golden("roster_result")
	h.press(fyne.KeyEscape)
	if h.peopleScreen().roster != nil || h.peopleScreen().people.rows.Len() != fresh {
		t.Errorf("the list shows %d people, want %d", h.peopleScreen().people.rows.Len(), fresh)
	}
	h.golden("people_imported")
	d.open(doorPeople, place{Files: []string{path}})
	wizard = h.peopleScreen().roster
	if got := wizard.plan.Count(record.VerdictSame); got != fresh || wizard.primary != nil {
		t.Errorf("the same file again: %d same, want %d", got, fresh)
	}
}

// TestChooseFile opens the file dialog and leaves it with Escape.
func TestChooseFile(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.press(fyne.KeyF1)
	h.ctrl(fyne.KeyI)
	h.golden("roster_choose")
	h.press(fyne.KeyReturn)
	if h.peopleScreen().roster.files == nil || d.win.Canvas().Overlays().Top() == nil {
		t.Fatal("Enter opened no file dialog")
	}
	h.press(fyne.KeyEscape)
	if d.win.Canvas().Overlays().Top() != nil {
		t.Fatal("Escape leaves the file dialog open")
	}
	h.press(fyne.KeyEscape)
	if h.peopleScreen().roster != nil {
		t.Error("Escape leaves the wizard open")
	}
}

func TestImportUndone(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	d.open(doorPeople, place{Files: []string{tidyRoster}})
	h.ctrl(fyne.KeyS)
	if len(h.people()) == 0 {
		t.Fatal("nothing was imported")
	}
	h.ctrl(fyne.KeyZ)
	h.press(fyne.KeyLeft, fyne.KeyReturn)
	if n := len(h.people()); n != 0 {
		t.Errorf("%d people are left after the undo", n)
	}
}

// TestNoRoster shows what is wrong with a file that is none and writes nothing.
func TestNoRoster(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	path := filepath.Join(t.TempDir(), "照片.xlsx")
	if err := os.WriteFile(path, []byte("no workbook"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.open(doorPeople, place{Files: []string{path}})
	if d.win.Canvas().Overlays().Top() == nil || h.peopleScreen().roster.preview != nil {
		t.Fatal("a file that is no workbook: nothing said")
	}
	h.golden("roster_refused")
	h.press(fyne.KeyEscape, fyne.KeyEscape)
	if len(h.people()) != 0 {
		t.Error("something was written")
	}
}
