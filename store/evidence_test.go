package store_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

// picture is an invented photo.
func picture(t testing.TB, seed int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 400, 300))
	dice := newDice(uint64(seed))
	for range 40 {
		c := color.RGBA{uint8(dice.IntN(256)), uint8(dice.IntN(256)), uint8(dice.IntN(256)), 255}
		x, y := dice.IntN(400), dice.IntN(300)
		for dy := range dice.IntN(120) {
			for dx := range 60 {
				img.SetRGBA(x+dx, y+dy, c)
			}
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (w *world) evidence(a record.ActivityID, name string, raw []byte) (record.EvidenceID, record.Problems) {
	w.t.Helper()
	id, found, err := w.db.AddEvidence(w.t.Context(), store.NewEvidence{Activity: a, Name: name, Raw: raw})
	if err != nil {
		w.t.Fatal(err)
	}
	return id, found
}

// TestEvidenceGoesEverywhere follows files through backup, drill, restore on a
// new PC, a new data key, verify and undo.
func TestEvidenceGoesEverywhere(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	a, _, err := w.db.LogActivity(ctx, patrol("2026-10-10T09:00", "2026-10-10T12:00"), nil)
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := w.db.LogActivity(ctx, patrol("2026-10-11T09:00", "2026-10-11T12:00"), nil)
	if err != nil {
		t.Fatal(err)
	}
	plan := []byte("方案：" + string(bytes.Repeat([]byte("巡逻"), 50_000)))
	w.evidence(a, "巡逻方案.txt", plan)
	w.evidence(a, "现场.jpg", picture(t, 1))
	if _, found := w.evidence(b, "又是现场.jpg", picture(t, 1)); !found.Has(record.CodePhotoReused) {
		t.Errorf("a photo of another activity: %v", found)
	}
	if _, found := w.evidence(b, "签到表.jpg", picture(t, 2)); len(found) > 0 {
		t.Errorf("an innocent photo: %v", found)
	}
	files, err := os.ReadDir(filepath.Join(w.opt.Dir, "attachments"))
	if err != nil || len(files) != 3 {
		t.Fatalf("%d files, want 3: one photo stands in two activities, %v", len(files), err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(w.opt.Dir, "attachments", f.Name()))
		if err != nil || bytes.Contains(raw, []byte("巡逻")) || bytes.Contains(raw, []byte("JFIF")) {
			t.Errorf("%s is not sealed, %v", f.Name(), err)
		}
	}
	check := func(when string) {
		t.Helper()
		list, err := w.db.Evidence(ctx, a)
		if err != nil || len(list) != 2 || list[0].Kind != record.EvidencePlan || list[1].Kind != record.EvidencePhoto {
			t.Fatalf("%s: %+v, %v", when, list, err)
		}
		raw, err := w.db.EvidenceFile(ctx, list[0])
		if err != nil || !bytes.Equal(raw, plan) {
			t.Errorf("%s: %d bytes, %v", when, len(raw), err)
		}
		if v, err := w.db.Verify(ctx); err != nil || v.Attachments != 3 {
			t.Errorf("%s: %+v, %v", when, v, err)
		}
	}
	check("at first")
	file, err := w.db.Backup(ctx, "")
	if err != nil || file.Attachments != 3 {
		t.Fatalf("backup with %d files, %v", file.Attachments, err)
	}
	if _, err := w.db.Drill(ctx, ""); err != nil {
		t.Error(err)
	}
	if _, err := w.db.Rekey(ctx, testPassword); err != nil {
		t.Fatal(err)
	}
	check("under a new key")
	if _, err := w.db.Drill(ctx, ""); err == nil {
		t.Log("the old backup opens with the new key too")
	}
	stick := t.TempDir()
	if file, err = w.db.Backup(ctx, stick); err != nil {
		t.Fatal(err)
	}
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	w.opt.Dir = t.TempDir()
	label, err := store.Restore(ctx, w.opt, file.Path, store.Secret{Account: testAdmin, Password: testPassword})
	if err != nil || label.Lacking != 0 {
		t.Fatalf("restore lacks %d, %v", label.Lacking, err)
	}
	w.reopenClosed()
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Fatal(err)
	}
	check("on a new PC")
	w.lostAndFound(a, plan)
}

// lostAndFound loses a file, is told, and heals it by adding the same file.
func (w *world) lostAndFound(a record.ActivityID, plan []byte) {
	t, ctx := w.t, w.t.Context()
	t.Helper()
	if err := os.RemoveAll(filepath.Join(w.opt.Dir, "attachments")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Verify(ctx); record.CodeOf(err) != record.CodeAttachmentMissing {
		t.Errorf("the folder is gone, verify says %v", err)
	}
	list, err := w.db.Evidence(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.EvidenceFile(ctx, list[0]); record.CodeOf(err) != record.CodeAttachmentMissing {
		t.Errorf("the file is gone, reading says %v", err)
	}
	if err := w.db.WithdrawEvidence(ctx, list[0].ID); err != nil {
		t.Fatal(err)
	}
	w.evidence(a, "巡逻方案.txt", plan)
	list, err = w.db.Evidence(ctx, a)
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	if raw, err := w.db.EvidenceFile(ctx, list[len(list)-1]); err != nil || !bytes.Equal(raw, plan) {
		t.Errorf("after adding it again: %v", err)
	}
	last, err := w.db.LastUndoable(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.UndoBatch(ctx, last.Batch); err != nil {
		t.Fatal(err)
	}
	if list, err = w.db.Evidence(ctx, a); err != nil || len(list) != 1 {
		t.Errorf("after the undo %+v, %v", list, err)
	}
}

func TestEvidenceRefused(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	a, _, err := w.db.LogActivity(ctx, patrol("2026-10-10T09:00", "2026-10-10T12:00"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range record.MostPhotos {
		w.evidence(a, "现场.jpg", picture(t, 10+i))
	}
	for _, c := range []struct {
		code record.Code
		in   store.NewEvidence
	}{
		{record.CodePhotoMany, store.NewEvidence{Activity: a, Name: "第十张.jpg", Raw: picture(t, 50)}},
		{record.CodeDuplicate, store.NewEvidence{Activity: a, Name: "同一张.jpg", Raw: picture(t, 10)}},
		{record.CodePhotoUnread, store.NewEvidence{Activity: a, Kind: record.EvidencePhoto, Name: "坏.jpg", Raw: []byte("no photo")}},
		{record.CodeFileEmpty, store.NewEvidence{Activity: a, Name: "空.txt"}},
		{record.CodeUnknownCode, store.NewEvidence{Activity: a, Kind: "x", Name: "方案.txt", Raw: []byte("x")}},
		{record.CodeNotFound, store.NewEvidence{Activity: "x", Name: "方案.txt", Raw: []byte("y")}},
	} {
		before := w.head()
		_, _, err := w.db.AddEvidence(ctx, c.in)
		w.refused(before, err, c.code)
	}
	list, err := w.db.Evidence(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.db.Activity(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	if c := got.Complete(list); c.Photos != 9 || c.Plan || len(c.Missing()) != 3 {
		t.Errorf("%+v", c)
	}
}
