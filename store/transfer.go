package store

import (
	"cmp"
	"context"
	"fmt"

	"rongyuan/store/record"
)

// Transfers are a person's moves between stations, the newest first.
func (db *DB) Transfers(ctx context.Context, id record.VolunteerID) ([]record.Transfer, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return transfers.of(view{ctx, db.reader, s}, id)
}

// OpenTransfers are all moves of the station that wait for the other station.
func (db *DB) OpenTransfers(ctx context.Context) ([]record.Transfer, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	all, err := transfers.list(view{ctx, db.reader, s}, "WHERE withdrawn = 0 ORDER BY day, id")
	var open []record.Transfer
	for _, one := range all {
		if one.State == record.TransferAsked {
			open = append(open, one)
		}
	}
	return open, err
}

// AskTransfer asks for a person's move to another station of the city: Volunteer,
// Station, StationName and Reason are read. The person stays until
// [DB.CompleteTransfer]. The codes are those of [record.Transfer.Check],
// reason_required, not_found, not_here and transfer_open.
func (db *DB) AskTransfer(ctx context.Context, one record.Transfer) (record.TransferID, error) {
	err := db.write(ctx, func(t *tx) error {
		if one.Reason == "" {
			return record.FailField("reason", record.CodeReasonRequired)
		}
		epoch, err := t.movable(one.Volunteer)
		if err != nil {
			return err
		}
		one.Way, one.State, one.Asked, one.Joined, one.Epoch = record.TransferOut, record.TransferAsked, t.today, "", epoch
		one.Day = cmp.Or(one.Day, t.today)
		one, err = transfers.add(t, one)
		return err
	})
	return one.ID, err
}

// movable gives the home number of somebody who is here and whose move is not
// under way.
func (t *tx) movable(id record.VolunteerID) (int64, error) {
	v, err := volunteer(t.view(), id)
	if err != nil {
		return 0, err
	}
	if v.Withdrawn || v.Status != record.StatusActive && v.Status != record.StatusPaused {
		return 0, record.FailField("volunteer", record.CodeNotHere)
	}
	known, err := transfers.of(t.view(), id)
	if err != nil {
		return 0, err
	}
	for _, one := range known {
		if one.State == record.TransferAsked {
			return 0, record.FailField("volunteer", record.CodeTransferOpen)
		}
	}
	return t.homeEpoch(id)
}

func (t *tx) homeEpoch(id record.VolunteerID) (epoch int64, err error) {
	if err = t.QueryRowContext(t.ctx, "SELECT home_epoch FROM volunteers WHERE id = ?", id).Scan(&epoch); err != nil {
		return 0, fmt.Errorf("read home number: %w", err)
	}
	return epoch, nil
}

// CompleteTransfer ends a move out on a day: the other station has the person,
// who from that day on is moved away here and in no team. Service time and
// history stay. The codes are not_found, transfer_closed and date_future.
func (db *DB) CompleteTransfer(ctx context.Context, id record.TransferID, day record.Day) error {
	return db.write(ctx, func(t *tx) error {
		one, err := t.openTransfer(id)
		if err != nil {
			return err
		}
		one.State, one.Day = record.TransferDone, cmp.Or(day, t.today)
		if err := transfers.update(t, one); err != nil {
			return err
		}
		v, err := volunteer(t.view(), one.Volunteer)
		if err != nil {
			return err
		}
		v.Status, v.StatusSince = record.StatusMoved, one.Day
		if _, err := t.updateVolunteer(v); err != nil {
			return err
		}
		return t.leaveTeams(one.Volunteer, one.Day)
	})
}

func (t *tx) openTransfer(id record.TransferID) (record.Transfer, error) {
	one, err := transfers.one(t.view(), string(id))
	if err == nil && (one.State != record.TransferAsked || one.Withdrawn) {
		err = record.Fail(record.CodeTransferClosed)
	}
	return one, err
}

// leaveTeams ends the memberships of somebody who is no longer here.
func (t *tx) leaveTeams(id record.VolunteerID, day record.Day) error {
	own, err := members(t.view(), "WHERE volunteer = ? AND to_day = '' AND withdrawn = 0", id)
	if err != nil {
		return err
	}
	for _, m := range own {
		m.To = max(day, m.From)
		if err := t.updateMembership(m); err != nil {
			return err
		}
	}
	return nil
}

// CancelTransfer ends a move out that does not take place. The codes are
// not_found and transfer_closed.
func (db *DB) CancelTransfer(ctx context.Context, id record.TransferID) error {
	return db.write(ctx, func(t *tx) error {
		one, err := t.openTransfer(id)
		if err != nil {
			return err
		}
		one.State = record.TransferCancelled
		return transfers.update(t, one)
	})
}

// ReceiveTransfer records that somebody who is registered here has come from
// another station: from Day on the person counts here, and only then. Epoch is
// the home number on the other station's slip or of the district, 0 where
// neither said one. The codes are those of [record.Transfer.Check], not_found,
// transfer_open and epoch_old.
func (db *DB) ReceiveTransfer(ctx context.Context, one record.Transfer) (record.TransferID, error) {
	err := db.write(ctx, func(t *tx) (err error) {
		v, err := volunteer(t.view(), one.Volunteer)
		if err != nil {
			return err
		}
		epoch, err := t.homeEpoch(v.ID)
		if err != nil {
			return err
		}
		if one.Epoch != 0 && one.Epoch < epoch {
			return record.FailField("epoch", record.CodeEpochOld)
		}
		one.Epoch = max(one.Epoch, epoch)
		one.Way, one.State, one.Asked, one.Day = record.TransferIn, record.TransferDone, t.today, cmp.Or(one.Day, t.today)
		if v.Joined != one.Day {
			one.Joined = v.Joined
		}
		if one, err = transfers.add(t, one); err != nil {
			return err
		}
		if err := t.exec("UPDATE volunteers SET home_epoch = ? WHERE id = ?", one.Epoch, v.ID); err != nil {
			return fmt.Errorf("write home number: %w", err)
		}
		return t.arrive(v, one.Day)
	})
	return one.ID, err
}

// arrive lets somebody count here from a day on.
func (t *tx) arrive(v record.Volunteer, day record.Day) error {
	before := v
	if v.Serving {
		v.Joined = day
	}
	if v.Status == record.StatusMoved || v.Status == record.StatusLeft {
		v.Status, v.StatusSince = record.StatusActive, day
	}
	change, err := record.Difference(before, v)
	if err != nil || change.Empty() {
		return err
	}
	_, err = t.updateVolunteer(v)
	return err
}

// checkTransfer is the record's own check with the station's code.
func (t *tx) checkTransfer(one record.Transfer) error {
	own, _, err := readStation(t.ctx, t)
	if err != nil {
		return err
	}
	return one.Check(own.Code, t.today).Err()
}
