package store

import (
	"context"

	"rongyuan/store/record"
)

// Brands are all brand projects by name.
func (db *DB) Brands(ctx context.Context) ([]record.Brand, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return brands(view{ctx, db.reader, s}, "WHERE withdrawn = 0 ORDER BY name")
}

func brands(w view, where string, args ...any) ([]record.Brand, error) {
	out, rows, err := records[record.Brand](w, "brands", where, args...)
	for i := range out {
		out[i].ID, out[i].Version = record.BrandID(rows[i].id), rows[i].version
	}
	return out, err
}

// CreateBrand writes a new brand project.
func (db *DB) CreateBrand(ctx context.Context, one record.Brand) (record.BrandID, error) {
	err := db.write(ctx, func(t *tx) error {
		id, err := t.newID()
		if err != nil {
			return err
		}
		one.ID, one.Version = record.BrandID(id), 1
		if err := t.putBrand(one); err != nil {
			return err
		}
		change, err := record.Created(one)
		if err != nil {
			return err
		}
		return t.record(subject{Type: record.OpBrandCreated, ID: id}, change)
	})
	return one.ID, err
}

// UpdateBrand writes what changed in a brand that was read before.
func (db *DB) UpdateBrand(ctx context.Context, after record.Brand) error {
	return db.write(ctx, func(t *tx) error { return t.updateBrand(after) })
}

func (t *tx) updateBrand(after record.Brand) error {
	all, err := brands(t.view(), "WHERE id = ?", after.ID)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return record.Fail(record.CodeNotFound)
	}
	change, err := t.changed(all[0].Version, after.Version, all[0], after)
	if err != nil {
		return err
	}
	after.Version++
	if err := t.putBrand(after); err != nil {
		return err
	}
	return t.record(subject{Type: record.OpBrandUpdated, ID: string(after.ID), Base: all[0].Version}, change)
}

func (t *tx) putBrand(one record.Brand) error {
	if err := one.Check(t.today).Err(); err != nil {
		return err
	}
	sealed, err := t.sealRecord("brands", string(one.ID), one)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO brands (id, version, name, sealed, withdrawn) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name, sealed = excluded.sealed,
			withdrawn = excluded.withdrawn`,
		one.ID, one.Version, one.Name, sealed, one.Withdrawn)
}
