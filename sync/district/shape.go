package district

import (
	"encoding/json"
	"fmt"
	"slices"

	"rongyuan/store/record"
)

// shape is what the district knows of a kind of record.
type shape struct {
	// plain are the fields that stay readable: codes, days, minutes, teams,
	// names of teams, titles of activities. Every other field is sealed, also
	// one that a newer program brings.
	plain []string
	// apply does a change to a record in JSON and says what it hangs on.
	apply func(before []byte, c record.Change) (after []byte, t ties, err error)
}

// ties are the records that one belongs to, and what it is looked up by.
type ties struct {
	parents []parent
	link    string
}

type parent struct {
	kind record.EntityKind
	id   string
}

// shapes are the kinds of records with the versions of their operations that
// this program applies.
func shapes() map[record.EntityKind]shape {
	return map[record.EntityKind]shape{
		record.EntityStation: shapeOf(func(record.Station) ties { return ties{} },
			"code", "name", "issuer", "phone"),
		record.EntityVolunteer: shapeOf(func(record.Volunteer) ties { return ties{} },
			"veteran", "volunteer", "politics", "joined", "status", "status_since", "withdrawn"),
		record.EntityTeam: shapeOf(func(t record.Team) ties {
			return ties{parents: filled(parent{record.EntityTeam, string(t.Parent)})}
		}, "name", "kind", "parent", "village", "founded", "tier", "flag", "dissolved", "withdrawn"),
		record.EntityMembership: shapeOf(func(m record.Membership) ties {
			return ties{link: string(m.Volunteer), parents: filled(
				parent{record.EntityTeam, string(m.Team)}, parent{record.EntityVolunteer, string(m.Volunteer)})}
		}, "team", "volunteer", "role", "from", "to", "main", "withdrawn"),
		record.EntityBrand: shapeOf(func(b record.Brand) ties {
			return ties{parents: filled(parent{record.EntityTeam, string(b.Team)})}
		}, "name", "started", "team", "ended", "withdrawn"),
		record.EntityActivity: shapeOf(func(a record.Activity) ties {
			return ties{link: string(a.Start.Day()), parents: filled(
				parent{record.EntityTeam, string(a.Team)}, parent{record.EntityBrand, string(a.Brand)})}
		}, "title", "kind", "line", "sub", "start", "end", "break", "village", "team", "brand", "leader", "served", "guests",
			"spirit", "urgent", "state", "recorded", "deadline", "withdrawn"),
		record.EntityEntry: shapeOf(func(e record.Entry) ties {
			return ties{link: string(e.Activity), parents: filled(
				parent{record.EntityActivity, string(e.Activity)}, parent{record.EntityVolunteer, string(e.Volunteer)},
				parent{record.EntityEntry, string(e.Reverses)})}
		}, "activity", "volunteer", "minutes", "source", "reverses", "recorded"),
		record.EntityEvidence: shapeOf(func(e record.Evidence) ties {
			return ties{link: string(e.Activity), parents: filled(parent{record.EntityActivity, string(e.Activity)})}
		}, "activity", "kind", "hash", "size", "added", "withdrawn"),
		record.EntityConsent: shapeOf(func(c record.Consent) ties {
			return ties{link: string(c.Volunteer), parents: filled(parent{record.EntityVolunteer, string(c.Volunteer)})}
		}, "volunteer", "purpose", "given", "ended", "withdrawn"),
		record.EntityTraining: shapeOf(func(t record.Training) ties { return ofPerson(t.Volunteer) },
			"volunteer", "day", "minutes", "result", "withdrawn"),
		record.EntityHonour: shapeOf(func(h record.Honour) ties { return ofPerson(h.Volunteer) },
			"volunteer", "day", "level", "withdrawn"),
		record.EntityTransfer: shapeOf(func(t record.Transfer) ties { return ofPerson(t.Volunteer) },
			"volunteer", "way", "station", "station_name", "asked", "day", "state", "epoch", "withdrawn"),
		record.EntityKey: shapeOf(func(record.SigningKey) ties { return ties{} }, "public", "made", "state", "ended"),
		record.EntityClosing: shapeOf(func(record.Closing) ties { return ties{} },
			"edition", "seal", "open", "closed", "figures"),
		record.EntityCertificate: shapeOf(func(c record.Certificate) ties {
			return ties{link: string(c.Volunteer), parents: filled(parent{record.EntityVolunteer, string(c.Volunteer)})}
		}, "volunteer", "state", "applied", "from", "to", "full_id", "posted", "posted_to", "number", "issued", "replaces", "ended",
			"minutes", "training", "erased"),
		record.EntityReview: shapeOf(func(r record.Review) ties {
			return ties{link: string(r.Activity), parents: filled(parent{record.EntityEntry, string(r.Entry)})}
		}, "entry", "activity", "volunteer", "asked", "state", "decided", "withdrawn"),
		record.EntityCorrection: shapeOf(func(c record.Correction) ties {
			return ties{link: string(c.Activity), parents: filled(
				parent{record.EntityEntry, string(c.Entry)}, parent{record.EntityObjection, string(c.Objection)})}
		}, "entry", "activity", "volunteer", "before", "minutes", "asked", "checked", "state", "decided", "reversal", "fresh", "objection", "withdrawn"),
		record.EntityObjection: shapeOf(func(o record.Objection) ties {
			return ties{link: string(o.Volunteer), parents: filled(
				parent{record.EntityVolunteer, string(o.Volunteer)}, parent{record.EntityActivity, string(o.Activity)})}
		}, "volunteer", "activity", "received", "due", "outcome", "answered", "withdrawn"),
		record.EntityOutside: shapeOf(func(o record.Outside) ties {
			return ties{link: string(o.Volunteer), parents: filled(parent{record.EntityVolunteer, string(o.Volunteer)})}
		}, "volunteer", "system", "day", "minutes", "noted", "withdrawn"),
	}
}

// ofPerson ties a record to the person on whom it hangs.
func ofPerson(id record.VolunteerID) ties {
	return ties{link: string(id), parents: filled(parent{record.EntityVolunteer, string(id)})}
}

func filled(parents ...parent) []parent {
	return slices.DeleteFunc(parents, func(p parent) bool { return p.id == "" })
}

func shapeOf[T any](tied func(T) ties, plain ...string) shape {
	return shape{plain: plain, apply: func(before []byte, c record.Change) ([]byte, ties, error) {
		var old T
		if err := json.Unmarshal(before, &old); err != nil {
			return nil, ties{}, record.Fail(record.CodeInternal).Because(err)
		}
		next, err := record.Applied(old, c)
		if err != nil {
			return nil, ties{}, err
		}
		after, err := json.Marshal(next)
		if err != nil {
			return nil, ties{}, fmt.Errorf("encode record: %w", err)
		}
		return after, tied(next), nil
	}}
}

// newestVersion is the newest version of an operation's type that this program
// applies, 0 for a type that it does not know.
func newestVersion(kind record.OperationType) int {
	if _, known := record.OperationTypes()[kind]; known {
		return 1
	}
	return 0
}

// fieldsOf reads a record in JSON field by field.
func fieldsOf(raw []byte) (map[string]json.RawMessage, error) {
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, fmt.Errorf("read fields: %w", err)
	}
	return fields, nil
}

// pack makes a row of a record: readable fields aside, the others sealed.
func (v *vault) pack(of Ref, s shape, raw []byte) (Row, error) {
	fields, err := fieldsOf(raw)
	if err != nil {
		return Row{}, err
	}
	open := map[string]json.RawMessage{}
	for _, name := range s.plain {
		if value, has := fields[name]; has {
			open[name] = value
			delete(fields, name)
		}
	}
	row := Row{ID: of.ID}
	if row.Plain, err = json.Marshal(open); err != nil {
		return Row{}, fmt.Errorf("encode row: %w", err)
	}
	if len(fields) == 0 {
		return row, nil
	}
	hidden, err := json.Marshal(fields)
	if err != nil {
		return Row{}, fmt.Errorf("encode row: %w", err)
	}
	if row.Sealed, err = v.fields.Seal(rowPlace(of), hidden); err != nil {
		return Row{}, fmt.Errorf("seal row: %w", err)
	}
	return row, nil
}

// unpack is the whole record of a row in JSON.
func (v *vault) unpack(of Ref, row Row) ([]byte, error) {
	if len(row.Sealed) == 0 {
		return row.Plain, nil
	}
	hidden, err := v.fields.Open(rowPlace(of), row.Sealed)
	if err != nil {
		return nil, record.Fail(record.CodeSealBroken).Because(err)
	}
	// Both are objects without a field in common, made by pack.
	if string(row.Plain) == "{}" {
		return hidden, nil
	}
	joined := make([]byte, 0, len(row.Plain)+len(hidden))
	joined = append(joined, row.Plain[:len(row.Plain)-1]...)
	joined = append(joined, ',')
	return append(joined, hidden[1:]...), nil
}
