package store

import (
	"context"

	"rongyuan/store/record"
)

// CloseActivity is [DB.UpdateActivity] for an activity that was planned and is
// held now, together with the service time of those who took part, all or
// nothing: two changes would leave an activity held with nobody in it when an
// hour is refused. The codes are those of both and of [DB.RecordService].
func (db *DB) CloseActivity(ctx context.Context, after record.Activity, entries []record.Entry) (record.Problems, error) {
	var found record.Problems
	err := db.write(ctx, func(t *tx) (err error) {
		if found, err = t.updateActivity(after); err != nil {
			return err
		}
		held, err := activity(t.view(), after.ID)
		if err != nil {
			return err
		}
		more, err := t.recordService(held, entries)
		found = append(found, more...)
		return err
	})
	return found, err
}
