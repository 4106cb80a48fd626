package app

import (
	"context"
	"fmt"
	"io"
	"time"

	"rongyuan/assets/say"
	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// askPersonPaper prints all that is held on somebody, for the person (PIPL,
// article 45).
func (d *Desk) askPersonPaper(v record.Volunteer) {
	d.askReason(reasonQuestion{
		title: "打印 " + v.Name + " 的本人信息查询单", ok: "打印", usual: []string{"本人查询", "本人核对、更正"},
		text: "查询单上的号码不隐藏，请当面交给本人。打印的人、时间和事由会记入审计日志，纸上有编号。",
	}, func(reason string) { d.printPerson(v.ID, reason) })
}

func (d *Desk) printPerson(id record.VolunteerID, reason string) {
	var path string
	account, _ := d.db.Account()
	d.work("正在生成查询单", func(ctx context.Context, _ func(int, int)) (err error) {
		paper, err := d.personPaper(ctx, id)
		if err != nil {
			return err
		}
		serial, err := d.db.Note(ctx, store.Note{Action: store.ActionPrint, Subject: string(id), Detail: "本人信息查询单：" + reason})
		if err != nil {
			return err
		}
		paper.By, paper.Reason, paper.Serial = account, reason, store.Serial(paper.Station.Code, serial)
		path, err = d.writePaper("本人信息查询单-"+paper.Serial+".pdf", func(w io.Writer) error { return reports.PersonPDF(w, paper) })
		return err
	}, func(err error) {
		if err != nil {
			d.trouble(err)
			return
		}
		d.show(path)
	})
}

// personPaper gathers what is held.
func (d *Desk) personPaper(ctx context.Context, id record.VolunteerID) (p reports.PersonPaper, err error) {
	p.Made = record.MomentOf(d.now())
	if p.Station, err = d.db.Station(ctx); err != nil {
		return p, err
	}
	if p.Person, err = d.db.Volunteer(ctx, id); err != nil {
		return p, err
	}
	if p.Village = p.Person.VillageName; p.Person.Village != "" {
		p.Village = villageText(p.Person.Village)
	}
	names, err := d.teamNames(ctx)
	if err != nil {
		return p, err
	}
	members, err := d.db.TeamsOf(ctx, id)
	if err != nil {
		return p, err
	}
	for _, m := range members {
		p.Teams = append(p.Teams, reports.PersonTeam{Name: names[m.Team], Role: record.TeamRoles().NameOf(m.Role), From: m.From, To: m.To})
	}
	if p.Consents, err = d.db.Consents(ctx, id); err != nil {
		return p, err
	}
	if err := d.fillTimes(ctx, &p, id); err != nil {
		return p, err
	}
	seen, err := d.db.NotesOn(ctx, id)
	for _, e := range seen {
		p.Seen = append(p.Seen, reports.PersonSight{
			At: record.MomentOf(time.UnixMilli(e.WallMS)), Who: e.Actor, What: say.Action(string(e.Action)), About: e.Detail,
		})
	}
	return p, err
}

// fillTimes puts every entry on the paper, corrections too, and counts what
// counts.
func (d *Desk) fillTimes(ctx context.Context, p *reports.PersonPaper, id record.VolunteerID) error {
	entries, err := d.db.EntriesOf(ctx, id)
	if err != nil {
		return err
	}
	for _, e := range entries {
		a, err := d.db.Activity(ctx, e.Activity)
		if err != nil {
			return fmt.Errorf("activity of an entry: %w", err)
		}
		p.Times = append(p.Times, reports.PersonTime{
			Day: a.Start.Day(), Title: a.Title, Place: a.Place, Source: record.Sources().NameOf(e.Source), Minutes: e.Minutes,
			Recorded: e.Recorded, Reason: e.Reason,
		})
		switch {
		case !a.Held():
		case record.Counting(a.Kind):
			p.Minutes += int64(e.Minutes)
		default:
			p.Training += int64(e.Minutes)
		}
	}
	return nil
}
