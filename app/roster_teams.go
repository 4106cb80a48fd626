package app

import (
	"fmt"
	"strings"

	"rongyuan/store/record"
)

// newTeams is the number of teams that the roster names and that could be made.
func newTeams(plan record.Plan) int {
	n := 0
	for _, t := range plan.Teams() {
		if t.ID == "" && !t.Ended {
			n++
		}
	}
	return n
}

// teamLines say who comes into a team by the roster, and which teams are not
// there.
func teamLines(plan record.Plan) []string {
	var out, unknown, ended []string
	made := false
	rows := plan.Naming()
	for i, t := range plan.Teams() {
		said := fmt.Sprintf("“%s” %d 人", t.Name, rows[i])
		switch {
		case t.Ended:
			ended = append(ended, said)
		case t.ID == "":
			unknown, made = append(unknown, said), made || t.Make
		}
	}
	if n := plan.CountJoining(); n > 0 {
		out = append(out, fmt.Sprintf("编入队伍 %d 人。", n))
	}
	switch {
	case len(unknown) > 0 && made:
		out = append(out, "一并建立队伍："+shorten(strings.Join(unknown, "、"), 60)+"（Ctrl+N 不建立）。")
	case len(unknown) > 0:
		out = append(out, "还没有这些队伍，写它们的人不编队："+shorten(strings.Join(unknown, "、"), 60)+"（Ctrl+N 一并建立）。")
	}
	if len(ended) > 0 {
		out = append(out, "队伍已解散，写它们的人不编队："+shorten(strings.Join(ended, "、"), 60)+"。")
	}
	return out
}

// makeTeams takes the teams that are not there into the import, or leaves them
// out again.
func (p *rosterPreview) makeTeams() {
	yes := true
	for _, t := range p.w.plan.Teams() {
		yes = yes && !t.Make
	}
	p.w.plan.MakeTeams(yes)
	p.show()
}
