package app

import (
	"context"
	"maps"
	"slices"
	"strings"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// personRecords are what hangs on a person beside service time.
type personRecords struct {
	trainings []record.Training
	honours   []record.Honour
	transfers []record.Transfer
}

func (d *Desk) personRecords(ctx context.Context, id record.VolunteerID) (p personRecords, err error) {
	if p.trainings, err = d.db.Trainings(ctx, id); err != nil {
		return p, err
	}
	if p.honours, err = d.db.Honours(ctx, id); err != nil {
		return p, err
	}
	p.transfers, err = d.db.Transfers(ctx, id)
	return p, err
}

// open is the move out that waits for the other station.
func (p personRecords) open() (record.Transfer, bool) {
	for _, one := range p.transfers {
		if one.State == record.TransferAsked {
			return one, true
		}
	}
	return record.Transfer{}, false
}

// hoursRows are the hours by year, the newest first, and by task line.
func hoursRows(p personDetails) []widgets.CardRow {
	years, lines := map[string]int{}, map[string]int{}
	for _, one := range p.parts {
		if a := p.titles[one.Activity]; record.Counting(a.Kind) && a.Held() {
			years[string(a.Start.Day())[:4]] += one.Minutes
			lines[a.Line] += one.Minutes
		}
	}
	if len(years) == 0 {
		return nil
	}
	rows := []widgets.CardRow{{Value: "时长明细"}}
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		rows = append(rows, widgets.CardRow{Label: year + " 年", Value: hoursText(years[year])})
	}
	for _, line := range record.Lines().Terms {
		if lines[line.Code] > 0 {
			rows = append(rows, widgets.CardRow{Label: "任务线 " + line.Code, Value: joined(line.Name, hoursText(lines[line.Code]))})
		}
	}
	return rows
}

// recordRows are trainings, honours and moves; each opens for a change.
func (c *personCard) recordRows(p personRecords) []widgets.CardRow {
	var rows []widgets.CardRow
	group := func(title string, n int) {
		if n > 0 {
			rows = append(rows, widgets.CardRow{Value: title})
		}
	}
	group("培训", len(p.trainings))
	for _, one := range p.trainings {
		rows = append(rows, widgets.CardRow{Label: string(one.Day), Value: joined(one.Title, one.Host, record.TrainingResults().NameOf(one.Result)), OnTap: c.opens(func() { c.d.askTraining(c.v, one) })})
	}
	group("荣誉", len(p.honours))
	for _, one := range p.honours {
		rows = append(rows, widgets.CardRow{Label: string(one.Day), Value: joined(one.Title, record.HonourLevels().NameOf(one.Level), one.Issuer, one.Document), OnTap: c.opens(func() { c.d.askHonour(c.v, one) })})
	}
	group("市内转移", len(p.transfers))
	for _, one := range p.transfers {
		where := one.StationName
		if where == "" {
			where = string(one.Station)
		}
		rows = append(rows, widgets.CardRow{Label: string(one.Day), Value: joined(record.TransferWays().NameOf(one.Way), where, record.TransferStates().NameOf(one.State))})
	}
	return rows
}

// opens is nil where the role may not write: the row is then plain text.
func (c *personCard) opens(f func()) func() {
	if !c.d.may(record.RightWrite) {
		return nil
	}
	return f
}

// joined sets what is there side by side.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// recordDeeds are those of the records.
func (c *personCard) recordDeeds() []deed {
	v := c.v
	today := c.d.today()
	out := []deed{
		{"记培训", func() { c.d.askTraining(v, record.Training{Volunteer: v.ID, Day: today}) }},
		{"记荣誉", func() { c.d.askHonour(v, record.Honour{Volunteer: v.ID, Day: today}) }},
	}
	if one, waits := c.records.open(); waits {
		return append(out,
			deed{"对方已接收，办结转出", func() { c.d.askMoved(v, one) }},
			deed{"取消转出申请", func() { c.d.cancelMove(v, one) }})
	}
	if v.Status == record.StatusActive || v.Status == record.StatusPaused {
		out = append(out, deed{"转出到本市另一个服务站", func() { c.d.askMove(v, record.TransferOut) }})
	}
	return append(out, deed{"登记为从本市另一个服务站转入", func() { c.d.askMove(v, record.TransferIn) }})
}
