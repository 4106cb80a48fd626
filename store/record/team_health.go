package record

import "slices"

// ActiveDays is how long somebody counts as active after serving: 90 days.
const ActiveDays = 90

// TeamTiers are the levels at which teams stand: the team of the station or of
// the association, those of the communities, and squads within a team.
func TeamTiers() Table {
	return Table{"team_tier", []Term{
		{"station", "站队", []string{"街镇队", "服务站队"}},
		{"association", "协会队", []string{"关爱退役军人协会"}},
		{"community", "社区队", []string{"村队", "村（社区）队"}},
		{"squad", "班组", []string{"小队", "分队"}},
	}}
}

// Member is what a team's health needs to know of a member.
type Member struct {
	Volunteer VolunteerID
	Birth     Date
	Skills    []string
	// Served is the day of the last counted service, "" for none.
	Served Day
}

// AgeBands are the lower ends of the bands of [TeamHealth.Ages].
func AgeBands() [4]int { return [4]int{0, 40, 60, 70} }

// TeamHealth says of a team what a captain should know. Every number stands for
// the people behind it.
type TeamHealth struct {
	Team    TeamID
	Members []VolunteerID
	// Ages are the members by [AgeBands]; Ageless those whose birth is unknown.
	Ages    [4][]VolunteerID
	Ageless []VolunteerID
	// Active served within [ActiveDays]; Idle are the others.
	Active, Idle []VolunteerID
	// Missing are the codes of the skills that the team wants and nobody has.
	Missing []string
}

// Health looks at a team as of a day.
func (t Team) Health(members []Member, today Day) TeamHealth {
	h := TeamHealth{Team: t.ID}
	first := DayOf(today.Time().AddDate(0, 0, -ActiveDays))
	have := map[string]bool{}
	for _, m := range members {
		h.Members = append(h.Members, m.Volunteer)
		h.age(m, today)
		if m.Served >= first && m.Served <= today {
			h.Active = append(h.Active, m.Volunteer)
		} else {
			h.Idle = append(h.Idle, m.Volunteer)
		}
		for _, skill := range m.Skills {
			have[skill] = true
		}
	}
	for _, skill := range t.Wanted {
		if !have[skill] {
			h.Missing = append(h.Missing, skill)
		}
	}
	return h
}

func (h *TeamHealth) age(m Member, today Day) {
	age := m.Birth.AgeOn(today)
	if age < 0 {
		h.Ageless = append(h.Ageless, m.Volunteer)
		return
	}
	bands := AgeBands()
	for i := range slices.Backward(bands[:]) {
		if age >= bands[i] {
			h.Ages[i] = append(h.Ages[i], m.Volunteer)
			return
		}
	}
}

// Coverage is a community with its teams and the volunteers who live there.
type Coverage struct {
	Village    string
	Teams      []TeamID
	Volunteers []VolunteerID
}

// TeamTree orders teams as a tree, each behind its parent and before its
// parent's next; depth is how many stand above. What has no living parent in the
// list stands at the top.
func TeamTree(teams []Team) (ordered []Team, depth map[TeamID]int) {
	depth = map[TeamID]int{}
	known, below := map[TeamID]bool{}, map[TeamID][]Team{}
	for _, t := range teams {
		known[t.ID] = true
	}
	for _, t := range teams {
		at := t.Parent
		if !known[at] {
			at = ""
		}
		below[at] = append(below[at], t)
	}
	var walk func(at TeamID, deep int)
	walk = func(at TeamID, deep int) {
		for _, t := range below[at] {
			if _, seen := depth[t.ID]; seen {
				continue
			}
			depth[t.ID] = deep
			ordered = append(ordered, t)
			walk(t.ID, deep+1)
		}
	}
	walk("", 0)
	return ordered, depth
}
