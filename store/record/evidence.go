package record

import "strings"

// EvidenceID names a piece of evidence.
type EvidenceID string

// The kinds of evidence that an inspection asks for.
const (
	EvidencePlan   = "plan"
	EvidenceSheet  = "sheet"
	EvidencePhoto  = "photo"
	EvidenceReport = "report"
	EvidenceOther  = "other"
)

// EvidenceKinds are what a file may prove.
func EvidenceKinds() Table {
	return Table{"evidence_kind", []Term{
		{EvidencePlan, "方案通知", []string{"方案", "通知", "预案"}},
		{EvidenceSheet, "签到表", []string{"签到"}},
		{EvidencePhoto, "照片", nil},
		{EvidenceReport, "简报", []string{"总结", "报道", "信息"}},
		{EvidenceOther, "其他", nil},
	}}
}

// MostPhotos is how many photos an activity keeps.
const MostPhotos = 9

// Evidence is a file that belongs to an activity. The file itself is kept once
// by its hash, sealed, outside the tables; this record travels, the file does
// not.
type Evidence struct {
	ID      EvidenceID `json:"-"`
	Version int64      `json:"-"`

	Activity ActivityID `json:"activity"`
	Kind     string     `json:"kind"`
	Name     string     `json:"name"`
	// Hash is SHA-256 of what is kept, in hex; Size its length in bytes.
	Hash string `json:"hash"`
	Size int64  `json:"size"`
	// Width and Height of a photo in points; Taken its camera's time.
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Taken  Moment `json:"taken,omitempty"`
	// Marks recognise a photo that was used before; in hex.
	Marks string `json:"marks,omitempty"`
	Added Day    `json:"added"`
	// Withdrawn marks evidence that was taken back.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Check finds what is wrong with evidence for an activity.
func (e Evidence) Check(a Activity) Problems {
	var p Problems
	if e.Activity == "" || e.Activity != a.ID {
		p.Add(LevelError, "activity", CodeRequired)
	}
	EvidenceKinds().check(&p, "evidence.kind", e.Kind)
	if e.Kind == "" {
		p.Add(LevelError, "evidence.kind", CodeRequired)
	}
	if strings.TrimSpace(e.Name) == "" {
		p.Add(LevelError, "evidence", CodeRequired)
	}
	p.checkText("evidence", e.Name, 120)
	if len(e.Hash) != 64 || e.Size <= 0 {
		p.Add(LevelError, "evidence", CodeInvalid)
	}
	if e.Taken.Valid() && !a.tookPlaceAt(e.Taken) {
		p.Add(LevelWarning, "evidence", CodePhotoTime, string(e.Taken))
	}
	return p
}

// photoSlack is how long before and after an activity its photos are taken, in
// minutes: people set up, and somebody else's camera runs fast.
const photoSlack = 3 * 60

func (a Activity) tookPlaceAt(m Moment) bool {
	if !a.Start.Valid() || !a.End.Valid() {
		return true
	}
	return m.MinutesTo(a.Start) <= photoSlack && a.End.MinutesTo(m) <= photoSlack
}

// leastReport is the length of an activity's content in characters that stands
// for a short report.
const leastReport = 30

// Completeness is what of the evidence is there.
type Completeness struct {
	Plan   bool `json:"plan"`
	Sheet  bool `json:"sheet"`
	Photos int  `json:"photos"`
	Report bool `json:"report"`
}

// Complete counts the evidence of an activity. A content of some length is its
// short report.
func (a Activity) Complete(list []Evidence) Completeness {
	c := Completeness{Report: len([]rune(strings.TrimSpace(a.Content))) >= leastReport}
	for _, e := range list {
		if e.Withdrawn || e.Activity != a.ID {
			continue
		}
		switch e.Kind {
		case EvidencePlan:
			c.Plan = true
		case EvidenceSheet:
			c.Sheet = true
		case EvidencePhoto:
			c.Photos++
		case EvidenceReport:
			c.Report = true
		}
	}
	return c
}

// Missing are the kinds that lack.
func (c Completeness) Missing() []string {
	var out []string
	for _, one := range []struct {
		has  bool
		kind string
	}{{c.Plan, EvidencePlan}, {c.Sheet, EvidenceSheet}, {c.Photos > 0, EvidencePhoto}, {c.Report, EvidenceReport}} {
		if !one.has {
			out = append(out, one.kind)
		}
	}
	return out
}

// EvidenceKindOf guesses what a file proves by its name and whether it is an
// image: 巡逻签到表.jpg is a sign-in sheet.
func EvidenceKindOf(name string, image bool) string {
	for _, term := range EvidenceKinds().Terms {
		for _, word := range append([]string{term.Name}, term.Words...) {
			if term.Code != EvidencePhoto && term.Code != EvidenceOther && strings.Contains(name, word) {
				return term.Code
			}
		}
	}
	if image {
		return EvidencePhoto
	}
	return EvidenceOther
}
