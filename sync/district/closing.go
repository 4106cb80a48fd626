package district

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"rongyuan/store/record"
)

// MonthClose is how a station closed a month, as the district shows it.
type MonthClose struct {
	Edition int    `json:"edition"`
	Seal    string `json:"seal"`
	// Open is set while the month is reopened; the figures may still change.
	Open   bool          `json:"open,omitempty"`
	Closed record.Moment `json:"closed"`
}

// closed puts the figures that a station has closed a month with in the place of
// those that are counted now: people who left since, or joined the party, must
// not make the district's October differ from the paper that was signed.
func closed(tx Tx, scope Scope, period record.Period, of *StationFigures) error {
	id := record.ClosingOf(period.From)
	if id.Period() != period {
		return nil
	}
	row, err := tx.Row(scope, Ref{of.Station, record.EntityClosing, string(id)})
	if errors.Is(err, record.Fail(record.CodeNotFound)) {
		return nil
	}
	if err != nil {
		return err
	}
	var c record.Closing
	if err := json.Unmarshal(row.Plain, &c); err != nil {
		return fmt.Errorf("read close: %w", err)
	}
	of.Close = &MonthClose{c.Edition, c.Seal, c.Open, c.Closed}
	if c.Locks() {
		maps.Copy(of.Figures, c.Figures)
		of.Lines = record.LineRows(of.Figures)
	}
	return nil
}
