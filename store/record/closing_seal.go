package record

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// SealedRow is one row on which a month's figures rest, by its hash.
type SealedRow struct {
	Kind EntityKind
	ID   string
	Sum  [sha256.Size]byte
}

// sealFormat stands before every row that is hashed; a change of what a row
// consists of is a new format, and old months keep theirs.
const sealFormat = "rongyuan month 1"

// SealRows are the rows of a period in a fixed order: its activities with all
// their fields but the state, which the close itself changes, the entries of
// service time with what their reviews say, and what the standing figures need of people, teams and brands.
func SealRows(f Facts) ([]SealedRow, error) {
	var out []SealedRow
	add := func(kind EntityKind, id string, rec any, only ...string) error {
		sum, err := rowSum(kind, id, rec, only)
		out = append(out, SealedRow{kind, id, sum})
		return err
	}
	for _, a := range f.Activities {
		held := a.Held()
		a.State = ""
		if held {
			a.State = ActivityDone
		}
		if err := add(EntityActivity, string(a.ID), a); err != nil {
			return nil, err
		}
	}
	for _, e := range f.Entries {
		if err := add(EntityEntry, string(e.ID), e); err != nil {
			return nil, err
		}
	}
	for _, r := range f.Reviews {
		if err := add(EntityReview, string(r.ID), r, "entry", "state", "withdrawn"); err != nil {
			return nil, err
		}
	}
	for _, v := range f.Volunteers {
		if !v.Serving {
			continue // counts nowhere
		}
		if err := add(EntityVolunteer, string(v.ID), v, "veteran", "politics", "joined", "status", "status_since", "withdrawn"); err != nil {
			return nil, err
		}
	}
	for _, t := range f.Teams {
		if err := add(EntityTeam, string(t.ID), t, "name", "founded", "dissolved", "withdrawn"); err != nil {
			return nil, err
		}
	}
	for _, b := range f.Brands {
		if err := add(EntityBrand, string(b.ID), b, "name", "started", "ended", "withdrawn"); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, compareRows)
	return out, nil
}

func compareRows(a, b SealedRow) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}

// rowSum hashes a record's fields in the order of their names; empty ones do
// not count, so that a field which a later version adds changes no old row.
func rowSum(kind EntityKind, id string, rec any, only []string) (sum [sha256.Size]byte, err error) {
	fields, err := fieldsOf(rec)
	if err != nil {
		return sum, err
	}
	for name, value := range fields {
		if len(only) > 0 && !slices.Contains(only, name) || emptyJSON(value) {
			delete(fields, name)
		}
	}
	raw, err := json.Marshal(fields)
	if err != nil {
		return sum, fmt.Errorf("encode row: %w", err)
	}
	return sha256.Sum256([]byte(strings.Join([]string{sealFormat, string(kind), id, string(raw)}, "\x00"))), nil
}

func emptyJSON(value json.RawMessage) bool {
	return slices.Contains([]string{`""`, "0", "false", "null", "[]", "{}"}, string(value))
}

// sealLetters are digits and capitals without those that are mistaken for
// others on paper.
const sealLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// SealOf is the seal code of rows of a station's month: 80 bits of SHA-256 in
// four groups of four, short enough to be printed, read over a telephone and
// compared. Who changes a row cannot find another that keeps the code.
func SealOf(station StationCode, id ClosingID, rows []SealedRow) string {
	h := sha256.New()
	h.Write(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%d\x00", sealFormat, station, id, len(rows)))
	for _, row := range rows {
		h.Write(row.Sum[:])
	}
	text := base32.NewEncoding(sealLetters).WithPadding(base32.NoPadding).EncodeToString(h.Sum(nil)[:10])
	return strings.Join([]string{text[:4], text[4:8], text[8:12], text[12:]}, "-")
}

// SameSeal compares a code that somebody typed with another: spacing, case and
// the letters that look like digits do not matter.
func SameSeal(typed, code string) bool {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(sealLetters, r) {
				return r
			}
			return -1
		}, strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(s)))
	}
	return plain(typed) != "" && plain(typed) == plain(code)
}

// RowChange is a row that differs from what a seal was made over.
type RowChange struct {
	Kind EntityKind
	ID   string
	// How is added, gone, changed or unreadable.
	How string
}

// How a row differs.
const (
	RowAdded      = "added"
	RowGone       = "gone"
	RowChanged    = "changed"
	RowUnreadable = "unreadable"
)

// RowChanges are the rows in which two sorted lists differ.
func RowChanges(before, after []SealedRow) []RowChange {
	out := []RowChange{}
	for i, j := 0, 0; i < len(before) || j < len(after); {
		switch {
		case j == len(after) || i < len(before) && compareRows(before[i], after[j]) < 0:
			out = append(out, RowChange{before[i].Kind, before[i].ID, RowGone})
			i++
		case i == len(before) || compareRows(before[i], after[j]) > 0:
			out = append(out, RowChange{after[j].Kind, after[j].ID, RowAdded})
			j++
		default:
			if !bytes.Equal(before[i].Sum[:], after[j].Sum[:]) {
				out = append(out, RowChange{before[i].Kind, before[i].ID, RowChanged})
			}
			i++
			j++
		}
	}
	return out
}
