package store

import (
	"context"

	"rongyuan/store/record"
)

// Trainings are a person's trainings, the newest first.
func (db *DB) Trainings(ctx context.Context, id record.VolunteerID) ([]record.Training, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return trainings.of(view{ctx, db.reader, s}, id)
}

// RecordTraining writes a training of somebody. The codes are those of
// [record.Training.Check] and not_found.
func (db *DB) RecordTraining(ctx context.Context, one record.Training) (record.TrainingID, error) {
	err := db.write(ctx, func(t *tx) (err error) {
		one, err = trainings.add(t, one)
		return err
	})
	return one.ID, err
}

// UpdateTraining writes what changed in a training that was read before;
// Withdrawn takes it back. The codes are those of [record.Training.Check],
// not_found, stale and nothing_to_do.
func (db *DB) UpdateTraining(ctx context.Context, after record.Training) error {
	return db.write(ctx, func(t *tx) error { return trainings.update(t, after) })
}

// Honours are a person's honours, the newest first.
func (db *DB) Honours(ctx context.Context, id record.VolunteerID) ([]record.Honour, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return honours.of(view{ctx, db.reader, s}, id)
}

// RecordHonour writes an honour of somebody. The codes are those of
// [record.Honour.Check] and not_found.
func (db *DB) RecordHonour(ctx context.Context, one record.Honour) (record.HonourID, error) {
	err := db.write(ctx, func(t *tx) (err error) {
		one, err = honours.add(t, one)
		return err
	})
	return one.ID, err
}

// UpdateHonour writes what changed in an honour that was read before; Withdrawn
// takes it back. The codes are those of [record.Honour.Check], not_found, stale
// and nothing_to_do.
func (db *DB) UpdateHonour(ctx context.Context, after record.Honour) error {
	return db.write(ctx, func(t *tx) error { return honours.update(t, after) })
}
