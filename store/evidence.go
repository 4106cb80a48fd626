package store

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"rongyuan/store/photo"
	"rongyuan/store/record"
)

// NewEvidence is a file that somebody hands in for an activity.
type NewEvidence struct {
	Activity record.ActivityID
	// Kind is "" for what the name and the file say.
	Kind string
	Name string
	Raw  []byte
}

// AddEvidence keeps a file as evidence of an activity. Photos are drawn anew:
// small, upright, without the place where they were taken. The findings say that
// a photo stands in another activity already (photo_reused, with its title), or
// that its camera's time does not fit (photo_time). The codes are photo_many,
// photo_unreadable, file_empty, too_large, duplicate and those of
// [record.Evidence.Check].
func (db *DB) AddEvidence(ctx context.Context, in NewEvidence) (record.EvidenceID, record.Problems, error) {
	e := record.Evidence{Activity: in.Activity, Kind: in.Kind, Name: in.Name}
	kept, err := photo.Keep(in.Raw)
	isPhoto := err == nil
	if e.Kind == "" {
		e.Kind = record.EvidenceKindOf(in.Name, isPhoto)
	}
	raw := in.Raw
	switch {
	case isPhoto:
		raw = kept.JPEG
		e.Width, e.Height, e.Taken = kept.Width, kept.Height, record.Moment(kept.Taken)
		e.Marks = marksText(kept.Marks)
		if !e.Taken.Valid() {
			e.Taken = ""
		}
	case errors.Is(err, photo.ErrTooLarge):
		return "", nil, record.FailField("evidence", record.CodeTooLarge).Because(err)
	case e.Kind == record.EvidencePhoto:
		return "", nil, record.FailField("evidence", record.CodePhotoUnread).Because(err)
	}
	var found record.Problems
	err = db.write(ctx, func(t *tx) (err error) {
		if e.Hash, err = t.keepFile(raw); err != nil {
			return err
		}
		e.Size, e.Added = int64(len(raw)), t.today
		found, err = t.addEvidence(&e)
		return err
	})
	return e.ID, found, err
}

func (t *tx) addEvidence(e *record.Evidence) (record.Problems, error) {
	a, err := activity(t.view(), e.Activity)
	if err != nil {
		return nil, err
	}
	id, err := t.newID()
	if err != nil {
		return nil, err
	}
	e.ID, e.Version = record.EvidenceID(id), 1
	found := e.Check(a)
	if err := found.Err(); err != nil {
		return found, err
	}
	more, err := t.judgePhoto(e)
	if err != nil {
		return found, err
	}
	found = append(found, more...)
	if err := t.putEvidence(*e); err != nil {
		return found, err
	}
	change, err := record.Created(*e)
	if err != nil {
		return found, err
	}
	return found, t.record(subject{Type: record.OpEvidenceAdded, ID: id}, change)
}

// judgePhoto refuses a tenth photo and the same file twice, and finds photos
// that another activity has.
func (t *tx) judgePhoto(e *record.Evidence) (record.Problems, error) {
	all, err := evidence(t.view(), "WHERE withdrawn = 0")
	if err != nil {
		return nil, err
	}
	var found record.Problems
	photos := 0
	for _, old := range all {
		here := old.Activity == e.Activity
		switch {
		case here && old.Hash == e.Hash:
			return nil, record.FailField("evidence", record.CodeDuplicate)
		case here && old.Kind == record.EvidencePhoto:
			photos++
		case !here && e.Marks != "" && photo.Alike(marksOf(old.Marks), marksOf(e.Marks)):
			other, err := activity(t.view(), old.Activity)
			if err != nil {
				return nil, err
			}
			found.Add(record.LevelWarning, "evidence", record.CodePhotoReused, other.Title, string(other.Start.Day()))
		}
	}
	if e.Kind == record.EvidencePhoto && photos >= record.MostPhotos {
		return nil, record.FailField("evidence", record.CodePhotoMany)
	}
	return found, nil
}

func marksText(marks []uint64) string {
	var b []byte
	for _, m := range marks {
		b = binary.BigEndian.AppendUint64(b, m)
	}
	return hex.EncodeToString(b)
}

func marksOf(text string) []uint64 {
	b, err := hex.DecodeString(text)
	if err != nil {
		return nil
	}
	var out []uint64
	for ; len(b) >= 8; b = b[8:] {
		out = append(out, binary.BigEndian.Uint64(b))
	}
	return out
}

// WithdrawEvidence takes a file away from its activity. The file is kept, so
// that it can be undone.
func (db *DB) WithdrawEvidence(ctx context.Context, id record.EvidenceID) error {
	return db.write(ctx, func(t *tx) error {
		found, err := evidence(t.view(), "WHERE id = ? AND withdrawn = 0", id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return record.Fail(record.CodeNotFound)
		}
		after := found[0]
		after.Withdrawn = true
		return t.updateEvidence(after)
	})
}

func (t *tx) updateEvidence(after record.Evidence) error {
	found, err := evidence(t.view(), "WHERE id = ?", after.ID)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return record.Fail(record.CodeNotFound)
	}
	change, err := t.changed(found[0].Version, after.Version, found[0], after)
	if err != nil {
		return err
	}
	after.Version++
	if err := t.putEvidence(after); err != nil {
		return err
	}
	return t.record(subject{Type: record.OpEvidenceUpdated, ID: string(after.ID), Base: found[0].Version}, change)
}

func (t *tx) putEvidence(e record.Evidence) error {
	sealed, err := t.sealRecord("evidence", string(e.ID), e)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO evidence (id, version, activity, kind, hash, sealed, withdrawn) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, kind = excluded.kind, sealed = excluded.sealed, withdrawn = excluded.withdrawn`,
		e.ID, e.Version, e.Activity, e.Kind, e.Hash, sealed, e.Withdrawn)
}

// Evidence is what belongs to an activity, in the order in which it came.
func (db *DB) Evidence(ctx context.Context, id record.ActivityID) ([]record.Evidence, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return evidence(view{ctx, db.reader, s}, "WHERE activity = ? AND withdrawn = 0 ORDER BY rowid", id)
}

// AllEvidence is the evidence of every activity.
func (db *DB) AllEvidence(ctx context.Context) (map[record.ActivityID][]record.Evidence, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	all, err := evidence(view{ctx, db.reader, s}, "WHERE withdrawn = 0 ORDER BY rowid")
	out := map[record.ActivityID][]record.Evidence{}
	for _, e := range all {
		out[e.Activity] = append(out[e.Activity], e)
	}
	return out, err
}

func evidence(w view, where string, args ...any) ([]record.Evidence, error) {
	out, rows, err := records[record.Evidence](w, "evidence", where, args...)
	for i := range out {
		out[i].ID, out[i].Version = record.EvidenceID(rows[i].id), rows[i].version
	}
	return out, err
}

// EvidenceFile is a kept file, opened. The codes are not_found,
// attachment_missing and file_damaged.
func (db *DB) EvidenceFile(ctx context.Context, e record.Evidence) ([]byte, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	found, err := attachments(view{ctx, db.reader, s}, "WHERE hash = ?", e.Hash)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, record.Fail(record.CodeNotFound)
	}
	return openAttachment(db.attachmentPath(found[0].id), found[0], s.fields)
}

func (t *tx) undoEvidence(op *record.Operation, change record.Change) error {
	found, err := evidence(t.view(), "WHERE id = ?", op.EntityID)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return record.Fail(record.CodeNotFound)
	}
	after := found[0]
	if op.Type == record.OpEvidenceAdded {
		after.Withdrawn = true
	} else if after, err = rewound(after, change); err != nil {
		return fmt.Errorf("undo evidence: %w", err)
	}
	after.ID, after.Version = found[0].ID, found[0].Version
	return t.updateEvidence(after)
}
