package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"rongyuan/store/record"
)

// named notes the team that a row names; who does not serve is in none.
func (p *Planner) named(row int, d *record.Draft) error {
	name := strings.TrimSpace(d.TeamName)
	if name == "" || !d.Volunteer.Serving {
		return nil
	}
	at, has := p.teams[name]
	if !has {
		t, err := p.teamOf(name)
		if err != nil {
			return err
		}
		at = p.plan.AddTeam(t)
		p.teams[strings.Clone(name)] = at
	}
	j := record.Joining{Team: at, Role: "member"}
	if role, known := record.TeamRoles().CodeOf(strings.TrimSpace(d.RoleName)); known {
		j.Role = role
	}
	if d.Columns["joined"] != "" {
		j.From = record.Day(strings.Clone(string(d.Volunteer.Joined)))
	}
	p.plan.Join(row, j)
	return nil
}

// teamOf is the team of a name: one that lives before one that was dissolved.
func (p *Planner) teamOf(name string) (record.PlanTeam, error) {
	t := record.PlanTeam{Name: strings.Clone(name)}
	found, err := teams(view{p.ctx, p.db.reader, p.s}, "WHERE name = ? AND withdrawn = 0", name)
	for _, one := range found {
		if one.Dissolved == "" {
			t.ID = one.ID
		} else {
			t.Ended = true
		}
	}
	t.Ended = t.Ended && t.ID == ""
	return t, err
}

// members drops from the plan who is in the team already.
func (p *Planner) members() error {
	if len(p.teams) == 0 {
		return nil
	}
	in, err := openMemberships(view{ctx: p.ctx, q: p.db.reader})
	if err != nil {
		return err
	}
	for row := range p.plan.Len() {
		j, joins := p.plan.Joining(row)
		if !joins || p.plan.Verdict(row) == record.VerdictNew {
			continue
		}
		if who := p.plan.At(row).Match; who == "" || isIn(in[who], p.plan.Teams()[j.Team].ID) {
			p.plan.Stay(row)
		}
	}
	return nil
}

func openMemberships(w view) (map[record.VolunteerID][]record.Membership, error) {
	all, err := members(w, "WHERE to_day = '' AND withdrawn = 0")
	out := map[record.VolunteerID][]record.Membership{}
	for _, m := range all {
		out[m.Volunteer] = append(out[m.Volunteer], m)
	}
	return out, err
}

func isIn(own []record.Membership, team record.TeamID) bool {
	return slices.ContainsFunc(own, func(m record.Membership) bool { return m.Team == team })
}

// joining is a roster's people on their way into its teams.
type joining struct {
	t        *tx
	plan     record.Plan
	ids      map[int]record.VolunteerID // of the new people who join, by row
	teams    []record.TeamID
	in       map[record.VolunteerID][]record.Membership
	captains map[record.TeamID]bool
}

// joinAll makes the teams that are wanted and the memberships. A roster never
// deposes a captain: where a team has one, another is a member.
func (t *tx) joinAll(plan record.Plan, ids map[int]record.VolunteerID, result *ImportResult) error {
	if plan.CountJoining() == 0 {
		return nil
	}
	g := joining{t: t, plan: plan, ids: ids, captains: map[record.TeamID]bool{}}
	var err error
	if g.in, err = openMemberships(t.view()); err != nil {
		return err
	}
	for _, own := range g.in {
		for _, m := range own {
			g.captains[m.Team] = g.captains[m.Team] || m.Role == "captain"
		}
	}
	if result.Teams, err = g.makeTeams(); err != nil {
		return err
	}
	for row := range plan.Len() {
		joined, err := g.join(row)
		if err == nil {
			err = t.ctx.Err()
		}
		if err != nil {
			return atRow(plan, row, err)
		}
		if joined {
			result.Joined++
		}
	}
	return nil
}

func (g *joining) makeTeams() (made int, err error) {
	wanted := make([]bool, len(g.plan.Teams()))
	for row := range g.plan.Len() {
		if j, joins := g.plan.Joining(row); joins {
			wanted[j.Team] = true
		}
	}
	for i, one := range g.plan.Teams() {
		id := one.ID
		if id == "" && wanted[i] {
			if id, err = g.t.foundTeam(record.Team{Name: one.Name, Kind: record.TeamKinds().Terms[0].Code}); err != nil {
				return made, fmt.Errorf("team: %w", err)
			}
			made++
		}
		g.teams = append(g.teams, id)
	}
	return made, nil
}

func (g *joining) join(row int) (bool, error) {
	j, joins := g.plan.Joining(row)
	if !joins {
		return false, nil
	}
	who, isNew := g.ids[row]
	if !isNew {
		if who = g.plan.At(row).Match; who == "" {
			return false, nil // another row of the file says it
		}
		person, err := volunteer(g.t.view(), who)
		if err != nil || !person.Serving {
			return false, err
		}
	}
	m := record.Membership{Team: g.teams[j.Team], Volunteer: who, Role: j.Role, From: cmp.Or(j.From, g.t.today)}
	if isIn(g.in[who], m.Team) {
		return false, nil
	}
	if m.Role == "captain" {
		if g.captains[m.Team] {
			m.Role = "member"
		}
		g.captains[m.Team] = true
	}
	m.Main = !slices.ContainsFunc(g.in[who], func(o record.Membership) bool { return o.Main })
	g.in[who] = append(g.in[who], m)
	return true, g.t.beginMembership(m)
}
