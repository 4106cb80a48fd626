package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"

	"rongyuan/store/record"
)

// PrintSheet is the sign-in sheet of an activity, with those people on it who
// are expected. The first call gives it a number; every later one leaves the
// rows where they are and adds below who is new, so that no sheet which was
// printed before says something else. The codes are not_found and no_right.
func (db *DB) PrintSheet(ctx context.Context, id record.ActivityID, expected []record.VolunteerID) (record.Sheet, error) {
	var out record.Sheet
	err := db.write(ctx, func(t *tx) error {
		a, err := activity(t.view(), id)
		if err != nil {
			return err
		}
		found, err := sheets(t.view(), "WHERE activity = ?", id)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			out = found[0]
		} else if out, err = t.newSheet(a); err != nil {
			return err
		}
		return t.addRows(&out, expected)
	})
	return out, err
}

// newSheet numbers a sheet within the year of printing.
func (t *tx) newSheet(a record.Activity) (record.Sheet, error) {
	year := string(t.today[:4])
	var last sql.NullString
	err := t.QueryRowContext(t.ctx, "SELECT MAX(number) FROM sheets WHERE number LIKE ?", year[2:]+"_____").Scan(&last)
	if err != nil {
		return record.Sheet{}, fmt.Errorf("number sheet: %w", err)
	}
	n := 0
	if last.Valid {
		if n, err = strconv.Atoi(last.String[2:6]); err != nil {
			return record.Sheet{}, fmt.Errorf("number sheet: %w", err)
		}
	}
	y, err := strconv.Atoi(year)
	if err != nil {
		return record.Sheet{}, fmt.Errorf("number sheet: %w", err)
	}
	if n >= 9999 {
		return record.Sheet{}, record.Fail(record.CodeTooLarge)
	}
	out := record.Sheet{Number: record.SheetNumber(y, n+1), Activity: a.ID, Made: t.today}
	return out, t.exec("INSERT INTO sheets (number, activity, made, actor) VALUES (?, ?, ?, ?)", out.Number, a.ID, out.Made, t.s.account)
}

func (t *tx) addRows(s *record.Sheet, expected []record.VolunteerID) error {
	for _, id := range expected {
		if slices.Contains(s.Rows, id) {
			continue
		}
		s.Rows = append(s.Rows, id)
		if err := t.exec("INSERT INTO sheet_rows (sheet, row, volunteer) VALUES (?, ?, ?)", s.Number, len(s.Rows), id); err != nil {
			return fmt.Errorf("write row: %w", err)
		}
	}
	return nil
}

// Sheet is the printed sheet of a number. The codes are not_found and invalid
// for a number that no sheet can have.
func (db *DB) Sheet(ctx context.Context, number string) (record.Sheet, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return record.Sheet{}, err
	}
	if !record.IsSheetNumber(number) {
		return record.Sheet{}, record.FailField("sheet", record.CodeInvalid)
	}
	found, err := sheets(view{ctx, db.reader, s}, "WHERE number = ?", number)
	if err == nil && len(found) == 0 {
		err = record.FailField("sheet", record.CodeNotFound)
	}
	if err != nil {
		return record.Sheet{}, err
	}
	return found[0], nil
}

// SheetOf is the printed sheet of an activity; ok is false when none was
// printed.
func (db *DB) SheetOf(ctx context.Context, id record.ActivityID) (sheet record.Sheet, ok bool, err error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return sheet, false, err
	}
	found, err := sheets(view{ctx, db.reader, s}, "WHERE activity = ?", id)
	if err != nil || len(found) == 0 {
		return sheet, false, err
	}
	return found[0], true, nil
}

// Sheets are the sheets that were printed on a day or later, for reading row
// codes without touching the disk at every key.
func (db *DB) Sheets(ctx context.Context, since record.Day) ([]record.Sheet, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return sheets(view{ctx, db.reader, s}, "WHERE made >= ? ORDER BY number", since)
}

func sheets(w view, where string, args ...any) ([]record.Sheet, error) {
	out, err := collect(w, func(r *sql.Rows) (s record.Sheet, err error) {
		return s, r.Scan(&s.Number, &s.Activity, &s.Made)
	}, "SELECT number, activity, made FROM sheets "+where, args...)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Rows, err = collect(w, func(r *sql.Rows) (id record.VolunteerID, err error) {
			return id, r.Scan(&id)
		}, "SELECT volunteer FROM sheet_rows WHERE sheet = ? ORDER BY row", out[i].Number)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Expected are the people who are awaited at an activity: the members of its
// team on its day, who serve and are not gone, the captain first and the others
// in the order of the directory, as sheets and forms have them.
func (db *DB) Expected(ctx context.Context, a record.Activity) ([]record.VolunteerID, error) {
	if a.Team == "" {
		return nil, nil
	}
	list, err := db.Members(ctx, a.Team)
	if err != nil {
		return nil, err
	}
	day := a.Start.Day()
	if day == "" {
		day = db.Today()
	}
	role := map[record.VolunteerID]string{}
	for _, m := range list {
		if m.On(day) && role[m.Volunteer] == "" {
			role[m.Volunteer] = m.Role
		}
	}
	people, err := db.People(ctx, PeopleFilter{Serving: true})
	out := []record.VolunteerID{}
	for _, term := range record.TeamRoles().Terms {
		for _, p := range people {
			if role[p.ID] == term.Code {
				out = append(out, p.ID)
			}
		}
	}
	return out, err
}
