package store_test

import (
	"testing"

	"rongyuan/store/record"
)

func inTeam(v record.Volunteer, row int, team, role string) record.Draft {
	return record.Draft{Row: row, Volunteer: v, TeamName: team, RoleName: role}
}

// TestRosterFillsTeams: new and known people join the team that their row names
// in the same batch, a captain stays captain, and the undo leaves nothing.
func TestRosterFillsTeams(t *testing.T) {
	w := newWorld(t)
	team, err := w.db.FoundTeam(t.Context(), record.Team{Name: "先锋队", Kind: record.TeamKinds().Terms[0].Code})
	if err != nil {
		t.Fatal(err)
	}
	captain, known := w.register(someone(1)), w.register(someone(2))
	if err := w.db.Join(t.Context(), record.Membership{Team: team, Volunteer: captain, Role: "captain"}); err != nil {
		t.Fatal(err)
	}
	served := someone(6)
	served.Serving = false
	drafts := []record.Draft{
		inTeam(someone(1), 2, "先锋队", "队员"), inTeam(someone(2), 3, " 先锋队 ", "队长"), inTeam(someone(3), 4, "先锋队", ""),
		inTeam(someone(4), 5, "新队", "队长"), inTeam(someone(5), 6, "新队", "队长"), inTeam(served, 7, "先锋队", ""),
	}
	drafts[4].Problems.Add(record.LevelError, "name", record.CodeNameShort)
	plan, err := w.db.PlanImport(t.Context(), drafts)
	if err != nil {
		t.Fatal(err)
	}
	if n := plan.CountJoining(); n != 2 || len(plan.Teams()) != 2 || plan.Teams()[1].ID != "" || plan.Naming()[1] != 2 {
		t.Errorf("%d join, teams %+v", n, plan.Teams())
	}
	if plan.MakeTeams(true) != 1 || plan.CountJoining() != 3 {
		t.Errorf("%d join with the new team", plan.CountJoining())
	}
	result, err := w.db.CommitImport(t.Context(), plan)
	if err != nil || result.Joined != 3 || result.Teams != 1 || result.New != 3 || result.Updated != 0 {
		t.Fatalf("%+v, %v", result, err)
	}
	list, err := w.db.Members(t.Context(), team)
	if err != nil || len(list) != 3 || list[0].Volunteer != captain || list[1].Role != "member" || list[2].Role != "member" {
		t.Errorf("%+v, %v", list, err)
	}
	if own, err := w.db.TeamsOf(t.Context(), known); err != nil || len(own) != 1 || !own[0].Main {
		t.Errorf("%+v, %v", own, err)
	}
	again, err := w.db.PlanImport(t.Context(), drafts)
	if err != nil || again.CountJoining() != 0 {
		t.Errorf("the same again: %d join, %v", again.CountJoining(), err)
	}
	if _, err := w.db.CommitImport(t.Context(), again); record.CodeOf(err) != record.CodeNothingToDo {
		t.Error(err)
	}
	if err := w.db.UndoImport(t.Context(), result.Batch); err != nil {
		t.Fatal(err)
	}
	if list, err := w.db.Members(t.Context(), team); err != nil || len(list) != 1 {
		t.Errorf("after the undo: %+v, %v", list, err)
	}
	if all, err := w.db.Teams(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("teams after the undo: %+v, %v", all, err)
	}
	if _, err := w.db.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// Nobody joins a team that was dissolved, and its name is not given again.
func TestRosterLeavesDissolvedTeams(t *testing.T) {
	w := newWorld(t)
	id, err := w.db.FoundTeam(t.Context(), record.Team{Name: "旧队", Kind: record.TeamKinds().Terms[0].Code})
	if err != nil {
		t.Fatal(err)
	}
	team, err := w.db.Team(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	team.Dissolved = "2026-10-01"
	if err := w.db.UpdateTeam(t.Context(), team); err != nil {
		t.Fatal(err)
	}
	plan, err := w.db.PlanImport(t.Context(), []record.Draft{inTeam(someone(1), 2, "旧队", "")})
	if err != nil || plan.MakeTeams(true) != 0 || plan.CountJoining() != 0 || !plan.Teams()[0].Ended {
		t.Errorf("%+v, %v", plan.Teams(), err)
	}
}
