package store

import (
	"context"
	"slices"

	"rongyuan/store/record"
)

// TeamHealth looks at every living team as of today, by the order of
// [DB.Teams].
func (db *DB) TeamHealth(ctx context.Context) ([]record.TeamHealth, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	w := view{ctx, db.reader, s}
	people, err := volunteers(w, "WHERE withdrawn = 0 AND serving = 1 AND status <> ?", record.StatusSealed)
	if err != nil {
		return nil, err
	}
	served, err := lastServed(w)
	if err != nil {
		return nil, err
	}
	known := make(map[record.VolunteerID]record.Member, len(people))
	for _, v := range people {
		v = seenBy(v, s.role)
		known[v.ID] = record.Member{Volunteer: v.ID, Birth: v.Birth, Skills: v.Skills, Served: served[v.ID]}
	}
	in, err := members(w, "WHERE withdrawn = 0")
	if err != nil {
		return nil, err
	}
	today := db.Today()
	of := map[record.TeamID][]record.Member{}
	for _, m := range in {
		if one, has := known[m.Volunteer]; has && m.On(today) {
			of[m.Team] = append(of[m.Team], one)
		}
	}
	all, err := teams(w, "WHERE withdrawn = 0 ORDER BY name")
	var out []record.TeamHealth
	for _, t := range all {
		if t.Dissolved == "" || t.Dissolved > today {
			out = append(out, t.Health(of[t.ID], today))
		}
	}
	return out, err
}

// lastServed is the day of each person's last counted service.
func lastServed(w view) (map[record.VolunteerID]record.Day, error) {
	all, err := activities(w, "")
	if err != nil {
		return nil, err
	}
	days := map[record.ActivityID]record.Day{}
	for _, a := range all {
		if a.Held() && record.Counting(a.Kind) {
			days[a.ID] = a.Start.Day()
		}
	}
	list, err := entries(w, "")
	if err != nil {
		return nil, err
	}
	type pair struct {
		a record.ActivityID
		v record.VolunteerID
	}
	minutes := map[pair]int{}
	for _, e := range list {
		minutes[pair{e.Activity, e.Volunteer}] += e.Minutes
	}
	out := map[record.VolunteerID]record.Day{}
	for p, n := range minutes {
		if n > 0 {
			out[p.v] = max(out[p.v], days[p.a])
		}
	}
	return out, nil
}

// Coverage says of each given community which living teams stand there, and
// which registered volunteers live there; the communities without a team first.
func (db *DB) Coverage(ctx context.Context, villages []string) ([]record.Coverage, error) {
	all, err := db.Teams(ctx)
	if err != nil {
		return nil, err
	}
	today := db.Today()
	out := make([]record.Coverage, 0, len(villages))
	for _, village := range villages {
		c := record.Coverage{Village: village}
		for _, t := range all {
			if t.Village == village && (t.Dissolved == "" || t.Dissolved > today) {
				c.Teams = append(c.Teams, t.ID)
			}
		}
		list, err := db.List(ctx, PeopleFilter{Serving: true, Village: village})
		if err != nil {
			return nil, err
		}
		for _, p := range list.All(0, list.Len()) {
			if p.Status == record.StatusActive || p.Status == record.StatusPaused {
				c.Volunteers = append(c.Volunteers, p.ID)
			}
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b record.Coverage) int { return min(len(a.Teams), 1) - min(len(b.Teams), 1) })
	return out, nil
}
