package record

// PlanTeam is a team that a roster names. One that is not known is made only
// when somebody says so; else its rows are taken and nobody joins.
type PlanTeam struct {
	Name string
	ID   TeamID // "" for one that is not known
	Make bool
	// Ended is a team of this name that was dissolved: nobody joins it, and no
	// other gets its name by a roster.
	Ended bool
}

// Joins reports whether somebody will join the team.
func (t PlanTeam) Joins() bool { return t.ID != "" || t.Make }

// Joining is what a row says of a team.
type Joining struct {
	Team int // in Teams
	Role string
	From Day // "" when the roster does not say; then the day of the import
}

// Teams are the teams that the roster names, in the order of its rows.
func (p Plan) Teams() []PlanTeam {
	if p.rows == nil {
		return nil
	}
	return p.rows.teams
}

// AddTeam appends a team and gives its place.
func (p Plan) AddTeam(t PlanTeam) int {
	p.rows.teams = append(p.rows.teams, t)
	return len(p.rows.teams) - 1
}

// MakeTeams says whether the teams that are not known are made, and counts
// them.
func (p Plan) MakeTeams(yes bool) int {
	n := 0
	for i := range p.Teams() {
		if t := &p.rows.teams[i]; t.ID == "" && !t.Ended {
			t.Make = yes
			n++
		}
	}
	return n
}

// Join notes that the person of a row joins a team, Stay that nobody does.
func (p Plan) Join(row int, j Joining) { p.rows.joins[row] = j }

// Stay notes that the person of a row joins no team.
func (p Plan) Stay(row int) { delete(p.rows.joins, row) }

// Joining is the team that the person of a row joins when the plan is carried
// out: nobody joins by a row that waits for an answer, is in error or is left
// out.
func (p Plan) Joining(row int) (Joining, bool) {
	j, has := p.rows.joins[row]
	if !has || !p.rows.teams[j.Team].Joins() {
		return j, false
	}
	switch p.Verdict(row) {
	case VerdictNew, VerdictUpdate, VerdictSame:
		return j, true
	}
	return j, false
}

// Naming counts the rows that name each team and whose people are not in it.
func (p Plan) Naming() []int {
	out := make([]int, len(p.Teams()))
	if p.rows != nil {
		for _, j := range p.rows.joins {
			out[j.Team]++
		}
	}
	return out
}

// CountJoining is the number of people who join a team.
func (p Plan) CountJoining() int {
	n := 0
	if p.rows != nil {
		for row := range p.rows.joins {
			if _, joins := p.Joining(row); joins {
				n++
			}
		}
	}
	return n
}
