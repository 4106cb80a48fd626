package record

import "strings"

// Team is a volunteer team: one station, one team at least (article 3 of the
// policy), and special teams beside it.
type Team struct {
	ID      TeamID `json:"-"`
	Version int64  `json:"-"`

	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Parent  TeamID `json:"parent,omitempty"`
	Village string `json:"village,omitempty"` // community code, "" for the whole street
	Founded Day    `json:"founded,omitempty"`
	Slogan  string `json:"slogan,omitempty"`
	// Tier is the level at which the team stands, by [TeamTiers].
	Tier string `json:"tier,omitempty"`
	// Flag is the day on which the team was given its flag (授旗).
	Flag Day `json:"flag,omitempty"`
	// Party is the party group of the team; Partners the units that it works with.
	Party    string `json:"party_group,omitempty"`
	Partners string `json:"partners,omitempty"`
	// Wanted are the skills that the team should have.
	Wanted []string `json:"wanted,omitempty"`
	// Base is the body the team stands at: station, association, community.
	Base    string `json:"base,omitempty"`
	Officer string `json:"officer,omitempty"` // 一村一辅警: the linked officer (article 16)
	Note    string `json:"note,omitempty"`
	// Dissolved is the day the team ended; "" while it lives.
	Dissolved Day `json:"dissolved,omitempty"`
	// Withdrawn marks a record that was taken back: it is in no list or figure.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Check finds what is wrong with a team.
func (t Team) Check(today Day) Problems {
	var p Problems
	if strings.TrimSpace(t.Name) == "" {
		p.Add(LevelError, "name", CodeRequired)
	}
	p.checkText("name", t.Name, 60)
	if t.Kind == "" {
		p.Add(LevelError, "kind", CodeRequired)
	}
	TeamKinds().check(&p, "kind", t.Kind)
	if t.Parent != "" && t.Parent == t.ID {
		p.Add(LevelError, "parent", CodeTeamCycle)
	}
	checkDay(&p, "founded", t.Founded, today)
	checkDay(&p, "dissolved", t.Dissolved, today)
	if reversed(t.Founded, t.Dissolved) {
		p.Add(LevelError, "dissolved", CodeDateOrder, "founded")
	}
	TeamTiers().check(&p, "tier", t.Tier)
	checkDay(&p, "flag", t.Flag, today)
	for _, skill := range t.Wanted {
		Skills().check(&p, "wanted", skill)
	}
	p.checkText("party_group", t.Party, 60)
	p.checkText("partners", t.Partners, 200)
	p.checkText("slogan", t.Slogan, 100)
	p.checkText("base", t.Base, 100)
	p.checkText("officer", t.Officer, 100)
	p.checkText("note", t.Note, 1000)
	return p
}

func checkDay(p *Problems, field string, d, today Day) {
	switch {
	case d == "":
	case !d.Valid():
		p.Add(LevelError, field, CodeDate)
	case d > today:
		p.Add(LevelError, field, CodeDateFuture)
	}
}

// reversed reports whether a span ends before it begins; an open end does not.
func reversed(from, to Day) bool { return from != "" && to != "" && to < from }

// Membership is one person's time in one team. A person may be in several
// teams; one of them is the main team.
type Membership struct {
	ID      MembershipID `json:"-"`
	Version int64        `json:"-"`

	Team      TeamID      `json:"team"`
	Volunteer VolunteerID `json:"volunteer"`
	Role      string      `json:"role"`
	From      Day         `json:"from"`
	To        Day         `json:"to,omitempty"`
	Main      bool        `json:"main,omitempty"`
	// Withdrawn marks a record that was taken back: it is in no list or figure.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// On reports whether the membership holds on a day.
func (m Membership) On(d Day) bool { return !m.Withdrawn && m.From <= d && (m.To == "" || m.To >= d) }

// Check finds what is wrong with a membership.
func (m Membership) Check(today Day) Problems {
	var p Problems
	if m.Team == "" {
		p.Add(LevelError, "team", CodeRequired)
	}
	if m.Volunteer == "" {
		p.Add(LevelError, "volunteer", CodeRequired)
	}
	if m.Role == "" {
		p.Add(LevelError, "role", CodeRequired)
	}
	TeamRoles().check(&p, "role", m.Role)
	if m.From == "" {
		p.Add(LevelError, "from", CodeRequired)
	}
	checkDay(&p, "from", m.From, today)
	switch {
	case m.To != "" && !m.To.Valid():
		p.Add(LevelError, "to", CodeDate)
	case reversed(m.From, m.To):
		p.Add(LevelError, "to", CodeDateOrder, "from")
	}
	return p
}

// Brand is a brand project: one place, one brand (article 3 of the policy).
type Brand struct {
	ID      BrandID `json:"-"`
	Version int64   `json:"-"`

	Name    string `json:"name"`
	Slogan  string `json:"slogan,omitempty"`
	Started Day    `json:"started,omitempty"`
	Team    TeamID `json:"team,omitempty"`
	Content string `json:"content,omitempty"`
	Ended   Day    `json:"ended,omitempty"`
	// Withdrawn marks a record that was taken back: it is in no list or figure.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Check finds what is wrong with a brand.
func (b Brand) Check(today Day) Problems {
	var p Problems
	if strings.TrimSpace(b.Name) == "" {
		p.Add(LevelError, "name", CodeRequired)
	}
	p.checkText("name", b.Name, 60)
	p.checkText("slogan", b.Slogan, 100)
	p.checkText("content", b.Content, 2000)
	checkDay(&p, "started", b.Started, today)
	checkDay(&p, "ended", b.Ended, today)
	if reversed(b.Started, b.Ended) {
		p.Add(LevelError, "ended", CodeDateOrder, "started")
	}
	return p
}
