package store_test

import (
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

// pocket is a vault in memory.
type pocket map[string][]byte

func (p pocket) Save(name string, secret []byte) error {
	p[name] = append([]byte(nil), secret...)
	return nil
}

func (p pocket) Load(name string) ([]byte, error) {
	if secret, has := p[name]; has {
		return append([]byte(nil), secret...), nil
	}
	return nil, store.ErrNoSecret
}

func (p pocket) Delete(name string) error {
	delete(p, name)
	return nil
}

func TestUnattended(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	v := pocket{}
	w.db.Lock()
	if err := w.db.UnlockUnattended(ctx, v); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("never allowed: %v", err)
	}
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Fatal(err)
	}
	if err := w.db.AllowUnattended(ctx, v); err != nil {
		t.Fatal(err)
	}
	w.db.Lock()
	if err := w.db.UnlockUnattended(ctx, v); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Volunteer(ctx, id); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("reads a person: %v", err)
	}
	if _, err := w.db.People(ctx, store.PeopleFilter{}); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("reads the list: %v", err)
	}
	if _, _, err := w.db.RegisterVolunteer(ctx, someone(2)); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("registers: %v", err)
	}
	if _, err := w.db.Backup(ctx, ""); err != nil {
		t.Errorf("backs up: %v", err)
	}
	if ops, err := w.db.OperationsAfter(ctx, 0, 10); err != nil || len(ops) == 0 {
		t.Errorf("exchanges: %v", err)
	}
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Fatal(err)
	}
	if err := w.db.ForbidUnattended(ctx, v); err != nil || len(v) != 0 {
		t.Fatal(err)
	}
	if err := w.db.UnlockUnattended(ctx, v); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("forbidden: %v", err)
	}
}
