package app

import (
	"cmp"
	"context"
	"io"
	"slices"

	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// printSlip writes a person's hours of this year so far as a paper and opens it.
// The print gets a serial number in the audit log first.
func (d *Desk) printSlip(id record.VolunteerID) {
	var path string
	account, _ := d.db.Account()
	d.work("正在生成时长单", func(ctx context.Context, _ func(int, int)) (err error) {
		path, err = d.writeSlip(ctx, id, account)
		return err
	}, func(err error) {
		if err != nil {
			d.trouble(err)
			return
		}
		d.show(path)
	})
}

func (d *Desk) writeSlip(ctx context.Context, id record.VolunteerID, by string) (string, error) {
	paper, err := d.slip(ctx, id)
	if err != nil {
		return "", err
	}
	serial, err := d.db.Note(ctx, store.Note{Action: store.ActionPrint, Subject: string(id), Detail: "志愿服务时长单"})
	if err != nil {
		return "", err
	}
	paper.By, paper.Serial = by, store.Serial(paper.Station.Code, serial)
	return d.writePaper("时长单-"+paper.Serial+".pdf", func(w io.Writer) error { return reports.SlipPDF(w, paper) })
}

// slip gathers what the paper says: the counted activities of the year.
func (d *Desk) slip(ctx context.Context, id record.VolunteerID) (reports.SlipPaper, error) {
	details, err := d.details(ctx, id)
	if err != nil {
		return reports.SlipPaper{}, err
	}
	station, err := d.db.Station(ctx)
	if err != nil {
		return reports.SlipPaper{}, err
	}
	teams, err := d.teamNames(ctx)
	if err != nil {
		return reports.SlipPaper{}, err
	}
	today := d.today()
	v := details.v
	p := reports.SlipPaper{
		Station: station, Made: record.MomentOf(d.now()), Name: v.Name, IDNumber: string(v.IDNumber), Number: v.Number,
		Period: record.Period{From: today[:4] + "-01-01", To: today},
	}
	for _, one := range details.parts {
		a := details.titles[one.Activity]
		switch {
		case !a.Held() || !p.Period.Holds(a.Start.Day()):
		case one.Waiting > 0:
			p.Waiting += int64(one.Waiting)
		case record.Counting(a.Kind):
			p.Minutes += int64(one.Minutes)
			p.Rows = append(p.Rows, reports.SlipRow{Day: a.Start.Day(), Title: a.Title, Team: teams[a.Team], Minutes: int64(one.Minutes)})
		case a.Kind == record.KindTraining:
			p.Training += int64(one.Minutes)
		}
	}
	slices.SortStableFunc(p.Rows, func(x, y reports.SlipRow) int { return cmp.Compare(x.Day, y.Day) })
	return p, nil
}

// teamNames are the names of all teams.
func (d *Desk) teamNames(ctx context.Context) (map[record.TeamID]string, error) {
	teams, err := d.db.Teams(ctx)
	names := map[record.TeamID]string{}
	for _, t := range teams {
		names[t.ID] = t.Name
	}
	return names, err
}
