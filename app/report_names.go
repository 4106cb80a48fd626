package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// behind is what stands behind a figure: its definition and the names. The
// figure is the number of rows, or the sum of n where heads[2] is not empty.
type behind struct {
	title, definition string
	heads             [3]string
	rows              []behindRow
}

// behindRow is one name. at is where it opens.
type behindRow struct {
	name, detail string
	n            int64
	minutes      int64
	door         string
	at           place
}

// groupKind is how a row of a table chooses among the activities of the report.
type groupKind int

// The kinds of groups.
const (
	groupAll groupKind = iota
	groupLine
	groupTeam
)

// openIndicator shows the names behind an indicator.
func (s *reportScreen) openIndicator(one record.Indicator) {
	r := s.report
	s.look(one.Name, func(ctx context.Context) (behind, error) { return s.d.behindIndicator(ctx, r, one) })
}

// openGroup shows the people behind a row of a table.
func (s *reportScreen) openGroup(row record.Row, kind groupKind) {
	if kind == groupLine && row.Code == "" {
		kind = groupAll
	}
	rows := slices.DeleteFunc(slices.Clone(s.report.Activities), func(a record.ActivityRow) bool {
		return kind == groupLine && a.Activity.Line != row.Code || kind == groupTeam && string(a.Activity.Team) != row.Code
	})
	title := s.period.Chinese() + " · " + row.Name
	s.look(title, func(ctx context.Context) (behind, error) {
		people, err := s.d.servedBy(ctx, rows)
		definition := fmt.Sprintf("%d 场，%d 人，%d 人次，%s", row.Activities, row.People, row.Participations, hoursWords(int(row.Minutes)))
		return behind{title, definition, [3]string{"姓名", "说明", "分钟"}, byMinutes(people)}, err
	})
}

// look reads off the painting goroutine and shows a list in a dialog.
func (s *reportScreen) look(title string, read func(context.Context) (behind, error)) {
	var b behind
	s.d.work("正在查找", func(ctx context.Context, _ func(int, int)) (err error) {
		b, err = read(ctx)
		return err
	}, func(err error) {
		if err != nil {
			s.d.trouble(err)
			return
		}
		if b.title == "" {
			b.title = title
		}
		s.d.showBehind(b)
	})
}

// showBehind shows the names; Enter on one opens it.
func (d *Desk) showBehind(b behind) {
	columns := []widgets.Column{
		{ID: "name", Title: b.heads[0], Width: 200, Value: func(row int) string { return b.rows[row].name }},
		{
			ID: "detail", Title: b.heads[1], Width: 250, Value: func(row int) string { return b.rows[row].detail },
			Tone: func(int) widgets.Tone { return widgets.Muted },
		},
	}
	if b.heads[2] != "" {
		columns = append(columns, widgets.Column{ID: "n", Title: b.heads[2], Width: 76, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(b.rows[row].n) }})
	}
	grid := widgets.NewGrid(columns)
	grid.Empty = widgets.Empty{Title: "没有", Text: "这个数是 0。"}
	grid.SetRows(len(b.rows))
	definition := widgets.NewParagraph(b.definition, widgets.Muted)
	definition.Width = 600
	body := stack(8, definition, container.New(&fixed{width: 600, height: 380}, grid), caption("Enter 打开 · Esc 关闭"))
	dialog := widgets.ShowContent(d.win.Canvas(), b.title, body, nil)
	grid.OnOpen = func(row int) {
		if b.rows[row].door == "" {
			return
		}
		dialog.Close()
		d.open(b.rows[row].door, b.rows[row].at)
	}
	if len(b.rows) > 0 {
		grid.Select(0)
		d.win.Canvas().Focus(grid)
	}
}

// behindIndicator finds the names by the same rules as record.Tally.
func (d *Desk) behindIndicator(ctx context.Context, r record.PeriodReport, one record.Indicator) (behind, error) {
	b := behind{title: one.Name + "（" + r.Period.Chinese() + "）", definition: one.Definition}
	var err error
	switch one.Code {
	case record.FigureTeams:
		b.heads = [3]string{"队名", "类别"}
		b.rows, err = d.teamsBehind(ctx, r.Period)
	case record.FigureBrands:
		b.heads = [3]string{"品牌", "口号"}
		b.rows, err = d.brandsBehind(ctx, r.Period)
	case record.FigureVolunteers, record.FigureVeterans, record.FigureParty, record.FigureJoined:
		b.heads = [3]string{"姓名", "加入日期"}
		b.rows, err = d.volunteersBehind(ctx, r.Period, one.Code)
	case record.FigurePeople:
		b.heads = [3]string{"姓名", "说明"}
		b.rows, err = d.servedBy(ctx, r.Activities)
	case record.FigureParticipations:
		b.heads = [3]string{"姓名", "说明", "人次"}
		b.rows, err = d.servedBy(ctx, r.Activities)
	case record.FigureMinutes:
		b.heads = [3]string{"姓名", "说明", "分钟"}
		b.rows, err = d.servedBy(ctx, r.Activities)
		b.rows = byMinutes(b.rows)
	case record.FigureTraining:
		b.heads = [3]string{"姓名", "说明", "分钟"}
		b.rows, err = d.learned(ctx, r.Period)
		b.rows = byMinutes(b.rows)
	case record.FigureWaiting:
		b.heads = [3]string{"姓名", "为什么待核", "分钟"}
		b.rows, err = d.waitingBehind(ctx, r.Period)
	default:
		b.heads = [3]string{"活动", "日期", activityUnit(one.Code)}
		b.rows = activitiesBehind(r.Activities, one.Code)
	}
	return b, err
}

// withdrawnName stands for a record that a closed month counts and that was
// taken back since.
const withdrawnName = "（已撤回）"

func (d *Desk) teamsBehind(ctx context.Context, p record.Period) ([]behindRow, error) {
	rows, err := d.db.Behind(ctx, p, record.FigureTeams)
	if err != nil {
		return nil, err
	}
	all, err := d.db.Teams(ctx)
	names := map[record.TeamID]record.Team{}
	for _, t := range all {
		names[t.ID] = t
	}
	var out []behindRow
	for _, b := range rows {
		t := names[b.Team]
		out = append(out, behindRow{
			name: cmp.Or(t.Name, withdrawnName), detail: record.TeamKinds().NameOf(t.Kind), door: doorPeople, at: place{Team: b.Team},
		})
	}
	return out, err
}

func (d *Desk) brandsBehind(ctx context.Context, p record.Period) ([]behindRow, error) {
	rows, err := d.db.Behind(ctx, p, record.FigureBrands)
	if err != nil {
		return nil, err
	}
	all, err := d.db.Brands(ctx)
	names := map[record.BrandID]record.Brand{}
	for _, b := range all {
		names[b.ID] = b
	}
	var out []behindRow
	for _, b := range rows {
		out = append(out, behindRow{name: cmp.Or(names[b.Brand].Name, withdrawnName), detail: names[b.Brand].Slogan})
	}
	return out, err
}

// volunteersBehind are the people behind a standing figure, as the report counts
// them: in a closed month those of the close.
func (d *Desk) volunteersBehind(ctx context.Context, p record.Period, code string) ([]behindRow, error) {
	rows, err := d.db.Behind(ctx, p, code)
	if err != nil {
		return nil, err
	}
	var out []behindRow
	for _, b := range rows {
		v, _ := d.db.Person(b.Volunteer)
		out = append(out, behindRow{name: cmp.Or(v.Name, withdrawnName), detail: string(v.Joined), door: doorPeople, at: place{Person: b.Volunteer}})
	}
	slices.SortStableFunc(out, func(a, b behindRow) int { return d.db.Rank(a.at.Person) - d.db.Rank(b.at.Person) })
	return out, nil
}

// personTime is what one person has in some activities.
type personTime struct {
	activities int
	minutes    int64
}

// servedBy are the people with time in activities, in the order of the
// directory; n is in how many of them.
func (d *Desk) servedBy(ctx context.Context, rows []record.ActivityRow) ([]behindRow, error) {
	times := map[record.VolunteerID]personTime{}
	for _, r := range rows {
		present, err := d.db.Participations(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		for _, p := range present {
			if p.Minutes <= 0 {
				continue // it waits for review
			}
			t := times[p.Volunteer]
			times[p.Volunteer] = personTime{t.activities + 1, t.minutes + int64(p.Minutes)}
		}
	}
	var out []behindRow
	for id, t := range times {
		person, _ := d.db.Person(id)
		out = append(out, behindRow{
			name: person.Name, n: int64(t.activities), minutes: t.minutes, detail: fmt.Sprintf("%d 场，%d 分钟", t.activities, t.minutes),
			door: doorPeople, at: place{Person: id},
		})
	}
	slices.SortFunc(out, func(a, b behindRow) int { return d.db.Rank(a.at.Person) - d.db.Rank(b.at.Person) })
	return out, nil
}

// byMinutes counts minutes in place of activities.
func byMinutes(rows []behindRow) []behindRow {
	for i := range rows {
		rows[i].n, rows[i].detail = rows[i].minutes, fmt.Sprintf("%d 场", rows[i].n)
	}
	return rows
}

// learned are the people of the trainings of a period.
func (d *Desk) learned(ctx context.Context, p record.Period) ([]behindRow, error) {
	all, err := d.db.Activities(ctx, store.ActivityFilter{Period: p})
	if err != nil {
		return nil, err
	}
	var rows []record.ActivityRow
	for _, a := range all {
		if a.Held() && a.Kind == record.KindTraining {
			rows = append(rows, record.ActivityRow{Activity: a, ID: a.ID})
		}
	}
	return d.servedBy(ctx, rows)
}

func activityUnit(code string) string {
	switch code {
	case record.FigureServed, record.FigureGuests:
		return "人次"
	}
	return ""
}

// activitiesBehind are the activities that a figure counts.
func activitiesBehind(rows []record.ActivityRow, code string) []behindRow {
	var out []behindRow
	for _, r := range rows {
		n, has := int64(1), true
		switch code {
		case record.FigureServed:
			n, has = int64(r.Activity.Served), r.Activity.Served > 0
		case record.FigureGuests:
			n, has = int64(r.Activity.Guests), r.Activity.Guests > 0
		case record.FigureUrgent:
			has = r.Activity.Urgent
		case record.FigureLate:
			has = r.Late
		}
		if has {
			out = append(out, behindRow{
				name: r.Activity.Title, detail: string(r.Activity.Start.Day()) + " " + clockText(r.Activity), n: n,
				door: doorActivities, at: place{Activity: r.ID},
			})
		}
	}
	return out
}
