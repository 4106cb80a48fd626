package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"rongyuan/store/record"
)

// Teams are all teams, those that were dissolved included, by name.
func (db *DB) Teams(ctx context.Context) ([]record.Team, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return teams(view{ctx, db.reader, s}, "WHERE withdrawn = 0 ORDER BY name")
}

// Team reads one team. The code is not_found.
func (db *DB) Team(ctx context.Context, id record.TeamID) (record.Team, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return record.Team{}, err
	}
	return team(view{ctx, db.reader, s}, id)
}

func team(w view, id record.TeamID) (record.Team, error) {
	all, err := teams(w, "WHERE id = ?", id)
	if err == nil && len(all) == 0 {
		err = record.Fail(record.CodeNotFound)
	}
	if err != nil {
		return record.Team{}, err
	}
	return all[0], nil
}

func teams(w view, where string, args ...any) ([]record.Team, error) {
	out, rows, err := records[record.Team](w, "teams", where, args...)
	for i := range out {
		out[i].ID, out[i].Version = record.TeamID(rows[i].id), rows[i].version
	}
	return out, err
}

// FoundTeam writes a new team. The codes are those of [record.Team.Check],
// team_name_taken and team_cycle.
func (db *DB) FoundTeam(ctx context.Context, one record.Team) (record.TeamID, error) {
	err := db.write(ctx, func(t *tx) (err error) {
		one.ID, err = t.foundTeam(one)
		return err
	})
	return one.ID, err
}

func (t *tx) foundTeam(one record.Team) (record.TeamID, error) {
	id, err := t.newID()
	if err != nil {
		return "", err
	}
	one.ID, one.Version = record.TeamID(id), 1
	if err := t.putTeam(one); err != nil {
		return "", err
	}
	change, err := record.Created(one)
	if err != nil {
		return "", err
	}
	return one.ID, t.record(subject{Type: record.OpTeamFounded, ID: id}, change)
}

// UpdateTeam writes what changed in a team that was read before.
func (db *DB) UpdateTeam(ctx context.Context, after record.Team) error {
	return db.write(ctx, func(t *tx) error { return t.updateTeam(after) })
}

func (t *tx) updateTeam(after record.Team) error {
	before, err := team(t.view(), after.ID)
	if err != nil {
		return err
	}
	change, err := t.changed(before.Version, after.Version, before, after)
	if err != nil {
		return err
	}
	after.Version++
	if err := t.putTeam(after); err != nil {
		return err
	}
	return t.record(subject{Type: record.OpTeamUpdated, ID: string(after.ID), Base: before.Version}, change)
}

// changed is the difference of two records of one kind; stale when the caller
// saw another version, nothing_to_do when they are equal.
func (t *tx) changed(have, seen int64, before, after any) (record.Change, error) {
	if have != seen {
		return record.Change{}, record.Fail(record.CodeStale)
	}
	change, err := record.Difference(before, after)
	if err == nil && change.Empty() {
		err = record.Fail(record.CodeNothingToDo)
	}
	return change, err
}

func (t *tx) putTeam(one record.Team) error {
	if err := one.Check(t.today).Err(); err != nil {
		return err
	}
	all, err := teams(t.view(), "")
	if err != nil {
		return err
	}
	if err := fitsAmong(one, all); err != nil {
		return err
	}
	sealed, err := t.sealRecord("teams", string(one.ID), one)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO teams (id, version, name, sealed, withdrawn) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name, sealed = excluded.sealed,
			withdrawn = excluded.withdrawn`,
		one.ID, one.Version, one.Name, sealed, one.Withdrawn)
}

// fitsAmong refuses a name that another living team has, and a team that would
// stand above itself.
func fitsAmong(one record.Team, all []record.Team) error {
	parents := map[record.TeamID]record.TeamID{one.ID: one.Parent}
	for _, other := range all {
		if other.ID == one.ID {
			continue
		}
		if other.Name == one.Name && other.Dissolved == "" && one.Dissolved == "" && !other.Withdrawn && !one.Withdrawn {
			return record.FailField("name", record.CodeTeamNameTaken)
		}
		parents[other.ID] = other.Parent
	}
	for at, steps := one.Parent, 0; at != ""; at, steps = parents[at], steps+1 {
		if _, known := parents[at]; !known {
			return record.FailField("parent", record.CodeNotFound)
		}
		if at == one.ID || steps > len(parents) {
			return record.FailField("parent", record.CodeTeamCycle)
		}
	}
	return nil
}

// Members are all memberships of a team, past ones included; captains first,
// then by day of joining.
func (db *DB) Members(ctx context.Context, id record.TeamID) ([]record.Membership, error) {
	if _, err := db.may(record.RightRead); err != nil {
		return nil, err
	}
	return members(view{ctx: ctx, q: db.reader}, "WHERE team = ? AND withdrawn = 0", id)
}

// TeamsOf are all memberships of a person.
func (db *DB) TeamsOf(ctx context.Context, id record.VolunteerID) ([]record.Membership, error) {
	if _, err := db.may(record.RightRead); err != nil {
		return nil, err
	}
	return members(view{ctx: ctx, q: db.reader}, "WHERE volunteer = ? AND withdrawn = 0", id)
}

// Memberships are all memberships of the station.
func (db *DB) Memberships(ctx context.Context) ([]record.Membership, error) {
	if _, err := db.may(record.RightRead); err != nil {
		return nil, err
	}
	return members(view{ctx: ctx, q: db.reader}, "WHERE withdrawn = 0")
}

func members(w view, where string, args ...any) ([]record.Membership, error) {
	out, err := collect(w, func(r *sql.Rows) (m record.Membership, err error) {
		return m, r.Scan(&m.ID, &m.Version, &m.Team, &m.Volunteer, &m.Role, &m.From, &m.To, &m.Main, &m.Withdrawn)
	}, "SELECT id, version, team, volunteer, role, from_day, to_day, main, withdrawn FROM memberships "+where+" ORDER BY from_day, id", args...)
	rank := map[string]int{"captain": -4, "deputy": -3, "party": -2, "liaison": -1}
	slices.SortStableFunc(out, func(a, b record.Membership) int { return cmp.Compare(rank[a.Role], rank[b.Role]) })
	return out, err
}

// Join begins memberships, all or none. From defaults to today, the role to
// member; the first team of a person becomes the main one. A new captain makes
// the one before a member. The codes are those of [record.Membership.Check],
// already_member and not_serving.
func (db *DB) Join(ctx context.Context, list ...record.Membership) error {
	return db.write(ctx, func(t *tx) error {
		for _, m := range list {
			if err := t.join(m); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) join(m record.Membership) error {
	m.From, m.Role = cmp.Or(m.From, t.today), cmp.Or(m.Role, "member")
	person, err := volunteer(t.view(), m.Volunteer)
	if err != nil {
		return err
	}
	if !person.Serving {
		return record.FailField("volunteer", record.CodeNotServing)
	}
	if _, err := team(t.view(), m.Team); err != nil {
		return err
	}
	own, err := members(t.view(), "WHERE volunteer = ? AND to_day = '' AND withdrawn = 0", m.Volunteer)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(own, func(o record.Membership) bool { return o.Team == m.Team }) {
		return record.FailField("volunteer", record.CodeAlreadyMember)
	}
	m.Main = m.Main || !slices.ContainsFunc(own, func(o record.Membership) bool { return o.Main })
	if m.Role == "captain" {
		if err := t.stepDown(m.Team); err != nil {
			return err
		}
	}
	return t.beginMembership(m)
}

func (t *tx) beginMembership(m record.Membership) error {
	id, err := t.newID()
	if err != nil {
		return err
	}
	m.ID, m.Version = record.MembershipID(id), 1
	if err := t.putMembership(m); err != nil {
		return err
	}
	change, err := record.Created(m)
	if err != nil {
		return err
	}
	return t.record(subject{Type: record.OpMembershipBegun, ID: id}, change)
}

// stepDown makes the captain of a team a member.
func (t *tx) stepDown(id record.TeamID) error {
	now, err := members(t.view(), "WHERE team = ? AND to_day = '' AND withdrawn = 0 AND role = 'captain'", id)
	if err != nil {
		return err
	}
	for _, m := range now {
		m.Role = "member"
		if err := t.updateMembership(m); err != nil {
			return err
		}
	}
	return nil
}

// UpdateMembership changes role, days or main team of a membership that was
// read before; To ends it.
func (db *DB) UpdateMembership(ctx context.Context, m record.Membership) error {
	return db.write(ctx, func(t *tx) error {
		if m.Role == "captain" && m.To == "" {
			if err := t.stepDownBut(m); err != nil {
				return err
			}
		}
		return t.updateMembership(m)
	})
}

func (t *tx) stepDownBut(m record.Membership) error {
	now, err := members(t.view(), "WHERE team = ? AND to_day = '' AND withdrawn = 0 AND role = 'captain' AND id <> ?", m.Team, m.ID)
	if err != nil || len(now) == 0 {
		return err
	}
	return t.stepDown(m.Team)
}

func (t *tx) updateMembership(after record.Membership) error {
	before, err := members(t.view(), "WHERE id = ?", after.ID)
	if err != nil {
		return err
	}
	if len(before) == 0 {
		return record.Fail(record.CodeNotFound)
	}
	change, err := t.changed(before[0].Version, after.Version, before[0], after)
	if err != nil {
		return err
	}
	after.Version++
	if err := t.putMembership(after); err != nil {
		return err
	}
	return t.record(subject{Type: record.OpMembershipUpdated, ID: string(after.ID), Base: before[0].Version}, change)
}

func (t *tx) putMembership(m record.Membership) error {
	if err := m.Check(t.today).Err(); err != nil {
		return err
	}
	err := t.exec(`INSERT INTO memberships (id, version, team, volunteer, role, from_day, to_day, main, withdrawn) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, role = excluded.role, from_day = excluded.from_day,
			to_day = excluded.to_day, main = excluded.main, withdrawn = excluded.withdrawn`,
		m.ID, m.Version, m.Team, m.Volunteer, m.Role, m.From, m.To, m.Main, m.Withdrawn)
	if err != nil {
		return fmt.Errorf("write membership: %w", err)
	}
	return nil
}
