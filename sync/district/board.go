package district

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"rongyuan/store/record"
)

// StationLine is a station on the district's board.
type StationLine struct {
	Station record.StationCode `json:"station"`
	Name    string             `json:"name,omitempty"`
	// LastSeen is when a device of the station last said hello, UTC; "" for never.
	LastSeen string `json:"last_seen,omitempty"`
	// Head is how many operations the district holds; Pending how many more the
	// station had when it was last seen, absent when it was never seen.
	Head    int64  `json:"head"`
	Pending *int64 `json:"pending,omitempty"`
	Devices int    `json:"devices"`
	// Cases wait for a decision, Quarantined cannot be applied yet, Held wait
	// for one of those or for a record that is not here.
	Cases       int64 `json:"cases"`
	Quarantined int64 `json:"quarantined"`
	Held        int64 `json:"held"`
	// Forked is true while a device's log is not the one that is stored here.
	Forked bool `json:"forked,omitempty"`
	// ClockOffset is this server's clock less the station's, in seconds.
	ClockOffset int64  `json:"clock_offset,omitempty"`
	App         string `json:"app,omitempty"`
}

// Stations are the stations of the district in the order of their codes.
func (s *Server) Stations(ctx context.Context, scope Scope) ([]StationLine, error) {
	if err := scope.desk(record.RightRead); err != nil {
		return nil, err
	}
	var out []StationLine
	err := s.storage.View(ctx, func(tx Tx) error {
		stations, err := tx.Stations(scope)
		if err != nil {
			return err
		}
		devices, err := tx.Devices(scope)
		if err != nil {
			return err
		}
		heads, err := tx.Heads(scope)
		if err != nil {
			return err
		}
		for _, st := range stations {
			line := stationLine(st, devices, heads)
			counts, err := tx.Counts(scope, st.Code)
			if err != nil {
				return err
			}
			line.Cases, line.Quarantined, line.Held = counts.Conflicts, counts.Quarantined, counts.Held
			out = append(out, line)
		}
		return nil
	})
	return out, err
}

func stationLine(st Station, devices []Device, heads []LogHead) StationLine {
	line := StationLine{Station: st.Code, Name: st.Name}
	stored := map[record.Incarnation]int64{}
	for _, h := range heads {
		if h.Station == st.Code {
			line.Head += h.Seq
			stored[h.Incarnation] = h.Seq
		}
	}
	var seen, pending int64
	for _, d := range devices {
		if d.Station != st.Code {
			continue
		}
		if d.SeenMS > seen {
			seen, line.ClockOffset, line.App = d.SeenMS, d.ClockOffsetMS/1000, d.App
		}
		if d.RevokedMS != 0 {
			continue
		}
		line.Devices++
		line.Forked = line.Forked || d.ForkedMS != 0
		pending += max(0, d.HeadSeq-stored[d.Incarnation])
	}
	if seen != 0 {
		line.LastSeen, line.Pending = utc(seen), &pending
	}
	return line
}

// utc writes milliseconds as RFC 3339; "" for 0.
func utc(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339)
}

// DeviceLine is a device on the board.
type DeviceLine struct {
	ID          string             `json:"id"`
	Station     record.StationCode `json:"station"`
	Incarnation record.Incarnation `json:"incarnation"`
	Enrolled    string             `json:"enrolled"`
	LastSeen    string             `json:"last_seen,omitempty"`
	Revoked     string             `json:"revoked,omitempty"`
	RevokedBy   string             `json:"revoked_by,omitempty"`
	Forked      bool               `json:"forked,omitempty"`
	App         string             `json:"app,omitempty"`
}

// Devices are all devices that ever enrolled.
func (s *Server) Devices(ctx context.Context, scope Scope) ([]DeviceLine, error) {
	if err := scope.desk(record.RightRead); err != nil {
		return nil, err
	}
	var out []DeviceLine
	err := s.storage.View(ctx, func(tx Tx) error {
		list, err := tx.Devices(scope)
		for _, d := range list {
			out = append(out, DeviceLine{
				d.ID, d.Station, d.Incarnation, utc(d.EnrolledMS), utc(d.SeenMS), utc(d.RevokedMS), d.RevokedBy, d.ForkedMS != 0, d.App,
			})
		}
		return err
	})
	return out, err
}

// StationFigures are a station's figures of a period, counted by [record.Tally]
// from the district's own picture.
type StationFigures struct {
	Station record.StationCode `json:"station"`
	Name    string             `json:"name,omitempty"`
	Figures record.Figures     `json:"figures"`
	Lines   []record.Row       `json:"lines"`
	Teams   []record.Row       `json:"teams"`
	// Close is how the station closed the month; nil while it never did.
	Close *MonthClose `json:"close,omitempty"`
}

// PeriodFigures are the figures of a period: of one station, or of all with
// their sum.
type PeriodFigures struct {
	Period   string           `json:"period"`
	Figures  record.Figures   `json:"figures"`
	Stations []StationFigures `json:"stations"`
}

// Figures counts a period for one station, or for all when station is "". The
// codes are no_right and not_found.
func (s *Server) Figures(ctx context.Context, scope Scope, period record.Period, station record.StationCode) (PeriodFigures, error) {
	out := PeriodFigures{Period: period.String(), Figures: record.Figures{}, Stations: []StationFigures{}}
	if err := scope.desk(record.RightRead); err != nil {
		return out, err
	}
	err := s.storage.View(ctx, func(tx Tx) error {
		stations, err := chosen(tx, scope, station)
		if err != nil {
			return err
		}
		for _, st := range stations {
			facts, err := s.facts(tx, scope, st.Code, period)
			if err != nil {
				return err
			}
			t := record.Tally(period, facts)
			one := StationFigures{Station: st.Code, Name: st.Name, Figures: t.Figures, Lines: t.Lines, Teams: append([]record.Row{}, t.Teams...)}
			if err := closed(tx, scope, period, &one); err != nil {
				return err
			}
			out.Stations = append(out.Stations, one)
			for code, n := range one.Figures {
				out.Figures[code] += n
			}
		}
		return nil
	})
	return out, err
}

// chosen is one station, or all when code is "".
func chosen(tx Tx, scope Scope, code record.StationCode) ([]Station, error) {
	if code == "" {
		return tx.Stations(scope)
	}
	st, err := tx.Station(scope, code)
	return []Station{st}, err
}

// facts are a station's records of a period as far as figures need them: the
// readable fields only, so that counting opens no sealed value.
func (s *Server) facts(tx Tx, scope Scope, station record.StationCode, period record.Period) (record.Facts, error) {
	var f record.Facts
	people, err := tx.Rows(scope, station, record.EntityVolunteer)
	if err == nil {
		f.Volunteers, err = plain(people, func(v *record.Volunteer, id string) { v.ID = record.VolunteerID(id) })
	}
	if err != nil {
		return f, err
	}
	teams, err := tx.Rows(scope, station, record.EntityTeam)
	if err == nil {
		f.Teams, err = plain(teams, func(t *record.Team, id string) { t.ID = record.TeamID(id) })
	}
	if err != nil {
		return f, err
	}
	brands, err := tx.Rows(scope, station, record.EntityBrand)
	if err == nil {
		f.Brands, err = plain(brands, func(b *record.Brand, id string) { b.ID = record.BrandID(id) })
	}
	if err != nil {
		return f, err
	}
	return f, served(tx, scope, station, period, &f)
}

// served adds activities and entries.
func served(tx Tx, scope Scope, station record.StationCode, period record.Period, f *record.Facts) error { //nolint:revive // the end of facts, cut off for its length
	activities, err := tx.ActivityRows(scope, station, period)
	if err == nil {
		f.Activities, err = plain(activities, func(a *record.Activity, id string) { a.ID = record.ActivityID(id) })
	}
	if err != nil {
		return err
	}
	entries, err := tx.EntryRows(scope, station, period)
	if err == nil {
		f.Entries, err = plain(entries, func(e *record.Entry, id string) { e.ID = record.EntryID(id) })
	}
	if err == nil {
		f.Reviews, err = reviewsOf(tx, scope, station)
	}
	return err
}

// reviewsOf are the reviews of a station's entries: what they hold back is in no
// figure here either.
func reviewsOf(tx Tx, scope Scope, station record.StationCode) ([]record.Review, error) {
	rows, err := tx.Rows(scope, station, record.EntityReview)
	if err != nil {
		return nil, err
	}
	return plain(rows, func(r *record.Review, id string) { r.ID = record.ReviewID(id) })
}

// plain reads the readable fields of rows.
func plain[T any](rows []Row, named func(*T, string)) ([]T, error) {
	out := make([]T, len(rows))
	for i, row := range rows {
		if err := json.Unmarshal(row.Plain, &out[i]); err != nil {
			return nil, fmt.Errorf("read row: %w", err)
		}
		named(&out[i], row.ID)
	}
	return out, nil
}
