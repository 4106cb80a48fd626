package app

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

// TestLargeRoster opens a workbook of 20,000 rows, cancels that, opens it again,
// goes through the preview by keys and cancels the import: no key waits, and
// nothing is written. The goal is 0.1 s for a key and 1 s for a cancel; the rest
// is slack for a busy machine.
func TestLargeRoster(t *testing.T) {
	const n = 20_000
	rows := [][]any{{"姓名", "身份证号", "联系电话", "家庭住址"}}
	for i := range n {
		rows = append(rows, []any{fmt.Sprintf("王%c%c", rune('一'+i%90), rune('丁'+i/90)), dayNumber(t, i), fmt.Sprintf("199%08d", i), "东风里"})
	}
	path := workbook(t, filepath.Join(t.TempDir(), "大表.xlsx"), map[string][][]any{"花名册": rows}, "花名册")
	h := hands{t, loggedIn(t)}
	h.cancelled(30*time.Millisecond, func() { h.drop(path) })
	if h.peopleScreen().roster.preview != nil {
		t.Fatal("there is a preview of what was cancelled")
	}
	w := h.drop(path)
	h.counts(w, fmt.Sprint(n, " 0 0 0 0 0"))
	for i, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyPageDown, fyne.KeyEnd, fyne.KeyUp, fyne.KeyPageUp, fyne.KeyHome} {
		began := time.Now()
		h.press(key)
		h.canvas().Capture()
		took := time.Since(began)
		t.Logf("%s, painted: %v", key, took)
		if took > time.Second {
			t.Errorf("key %d takes %v", i, took)
		}
	}
	if row, ok := w.preview.grid.Selected(); !ok || row != 0 {
		t.Errorf("the keys ended at row %d", row)
	}
	h.cancelled(50*time.Millisecond, func() { h.ctrl(fyne.KeyS) })
	if w.result != nil || len(h.people()) != 0 {
		t.Errorf("%d people were written", len(h.people()))
	}
}

// cancelled stops a work some time after its beginning.
func (h hands) cancelled(after time.Duration, work func()) {
	h.t.Helper()
	whole := h.d.ctx
	ctx, cancel := context.WithCancel(whole)
	stopped := make(chan time.Time, 1)
	time.AfterFunc(after, func() {
		stopped <- time.Now()
		cancel()
	})
	h.d.ctx = ctx
	work()
	ended := time.Now()
	h.d.ctx = whole
	select {
	case at := <-stopped:
		took := ended.Sub(at)
		h.t.Logf("cancelled after %v: over %v later", after, took)
		if took > 3*time.Second {
			h.t.Errorf("cancelling takes %v", took)
		}
	default:
		h.t.Error("the work was over before it could be cancelled")
		<-stopped
	}
}
