package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"rongyuan/store/record"
)

// Station is what the station says of itself; it answers also while the file is
// locked.
func (db *DB) Station(ctx context.Context) (record.Station, error) {
	s, _, err := readStation(ctx, db.reader)
	return s, err
}

func readStation(ctx context.Context, q querier) (s record.Station, version int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT code, name, issuer, phone, version FROM station").
		Scan(&s.Code, &s.Name, &s.Issuer, &s.Phone, &version)
	if err != nil {
		return s, 0, translate(fmt.Errorf("read station: %w", err))
	}
	return s, version, nil
}

// SaveStation changes name, issuer and telephone; the code stays. The code of a
// refusal is required: a station without a name could sign no paper.
func (db *DB) SaveStation(ctx context.Context, after record.Station) error {
	return db.writeWith(ctx, record.RightManage, func(t *tx) error {
		if strings.TrimSpace(after.Name) == "" {
			return record.FailField("station_name", record.CodeRequired)
		}
		before, version, err := readStation(ctx, t)
		if err != nil {
			return err
		}
		after.Code = before.Code
		if version == 0 {
			before = record.Station{}
		}
		change, err := record.Difference(before, after)
		if err != nil || change.Empty() {
			return err
		}
		if err := t.exec("UPDATE station SET name = ?, issuer = ?, phone = ?, version = version + 1",
			after.Name, after.Issuer, after.Phone); err != nil {
			return fmt.Errorf("write station: %w", err)
		}
		return t.record(subject{Type: record.OpStationNamed, ID: string(after.Code), Base: version}, change)
	})
}

// Setting reads a small value of this PC; "" when it was never set.
func (db *DB) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := db.reader.QueryRowContext(ctx, "SELECT value FROM settings WHERE name = ?", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, translate(err)
}

// SaveSetting keeps a small value of this PC. It does not travel.
func (db *DB) SaveSetting(ctx context.Context, name, value string) error {
	_, err := db.writer.ExecContext(ctx,
		"INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
	return translate(err)
}

// CalendarDay is a holiday, or a weekend day that is worked.
type CalendarDay struct {
	Day    record.Day `json:"day"`
	Worked bool       `json:"worked,omitempty"`
	Name   string     `json:"name,omitempty"`
}

// CalendarDays are the days of the station's calendar in order.
func (db *DB) CalendarDays(ctx context.Context) ([]CalendarDay, error) {
	return calendarDays(ctx, db.reader)
}

func calendarDays(ctx context.Context, q querier) ([]CalendarDay, error) {
	return collect(view{ctx: ctx, q: q}, func(rows *sql.Rows) (d CalendarDay, err error) {
		return d, rows.Scan(&d.Day, &d.Worked, &d.Name)
	}, "SELECT day, worked, name FROM calendar_days ORDER BY day")
}

// Calendar is the working-day calendar: Monday to Friday where no days are kept.
func (db *DB) Calendar(ctx context.Context) (record.Calendar, error) {
	return calendar(ctx, db.reader)
}

func calendar(ctx context.Context, q querier) (record.Calendar, error) {
	c := record.Calendar{Holidays: map[record.Day]bool{}, Worked: map[record.Day]bool{}}
	days, err := calendarDays(ctx, q)
	for _, d := range days {
		if d.Worked {
			c.Worked[d.Day] = true
		} else {
			c.Holidays[d.Day] = true
		}
	}
	return c, err
}

// SaveCalendarDay adds or changes a day of the calendar. The calendar decides
// which records are late, so it is for those to change who record. The codes are
// locked, no_right and date.
func (db *DB) SaveCalendarDay(ctx context.Context, d CalendarDay) error {
	if _, err := db.may(record.RightWrite); err != nil {
		return err
	}
	if !d.Day.Valid() {
		return record.FailField("day", record.CodeDate)
	}
	_, err := db.writer.ExecContext(ctx, `INSERT INTO calendar_days (day, worked, name) VALUES (?, ?, ?)
		ON CONFLICT (day) DO UPDATE SET worked = excluded.worked, name = excluded.name`, d.Day, d.Worked, d.Name)
	return translate(err)
}

// RemoveCalendarDay makes a day an ordinary one again. The codes are locked and
// no_right.
func (db *DB) RemoveCalendarDay(ctx context.Context, d record.Day) error {
	if _, err := db.may(record.RightWrite); err != nil {
		return err
	}
	_, err := db.writer.ExecContext(ctx, "DELETE FROM calendar_days WHERE day = ?", d)
	return translate(err)
}
