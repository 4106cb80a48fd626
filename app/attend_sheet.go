package app

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"rongyuan/app/widgets"
	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// taken follows a choice of the field; it says whether it was no plain person.
func (p *attendees) taken(key string) bool {
	kind, rest, coded := strings.Cut(key, ":")
	if !coded {
		return false
	}
	p.field.SetError("")
	switch kind + ":" {
	case keyRows:
		p.toggle(p.rowsIn(rest))
	case keyScan:
		p.scan(record.VolunteerID(rest))
	case keySheet:
		for _, s := range p.known.sheets {
			if s.Number == rest {
				p.useSheet(s)
			}
		}
	}
	return true
}

// toggle makes absent who is there, and the other way round.
func (p *attendees) toggle(rows []int) {
	for _, row := range rows {
		p.rows[row].in = !p.rows[row].in
	}
	p.show()
	if len(rows) > 0 {
		p.grid.Select(rows[len(rows)-1])
	}
}

// scan ticks somebody whose badge or row was read. With the first one the list
// turns round: whoever stands there only because of the team is absent until
// scanned.
func (p *attendees) scan(id record.VolunteerID) {
	if !p.scanning {
		p.scanning = true
		for i := range p.rows {
			if p.rows[i].entry == "" {
				p.rows[i].in = false
			}
		}
		p.d.notice(widgets.Normal, "开始扫码登记：扫到谁，谁打勾；没扫到的算未到。")
	}
	p.add(id)
	p.grid.Select(p.at(id))
}

// useSheet puts the people of a printed sheet on the list, in the order of the
// paper, all of them ticked. Who is on the list and not on the paper stands
// below, unticked.
func (p *attendees) useSheet(s record.Sheet) {
	p.sheet = s
	for i := range p.rows {
		if p.rows[i].entry == "" && !slices.Contains(s.Rows, p.rows[i].id) {
			p.rows[i].in = false
		}
	}
	for _, id := range s.Rows {
		if i := p.at(id); i >= 0 {
			p.rows[i].in = true
			continue
		}
		if x, has := p.d.db.Person(id); has && x.Serving {
			p.rows = append(p.rows, p.person(id))
		}
	}
	p.sort()
	p.show()
}

// paperRow is the place of somebody on the printed sheet, behind all of them for
// who is not on it.
func (p *attendees) paperRow(id record.VolunteerID) int {
	if i := slices.Index(p.sheet.Rows, id); i >= 0 {
		return i
	}
	return len(p.sheet.Rows)
}

// openSheet opens the activity of a printed sheet with its people ticked; false
// for a text that is no number of one.
func (s *activityScreen) openSheet(typed string) bool {
	number := onlyDigits(typed)
	if !record.IsSheetNumber(number) || number != strings.TrimSpace(typed) {
		return false
	}
	sheet, err := s.d.db.Sheet(s.d.ctx, number)
	if err != nil {
		return false
	}
	s.text.SetValue("")
	s.filter()
	s.edit(sheet.Activity)
	return true
}

// printSheet prints the sign-in sheet of the selected activity and opens it.
func (s *activityScreen) printSheet() {
	r, ok := s.current()
	if !ok || s.form != nil || r.a.State == record.ActivityCancelled {
		return
	}
	var path, number string
	account, _ := s.d.db.Account()
	s.d.work("正在生成签到表", func(ctx context.Context, _ func(int, int)) (err error) {
		path, number, err = s.d.writeSheet(ctx, r.a, account)
		return err
	}, func(err error) {
		if err != nil {
			s.d.trouble(err)
			return
		}
		s.d.noticeAction(widgets.Good, "签到表已生成，表号 "+number+"。收回来以后，在列表里输入表号就能登记。", "打开", func() { s.d.show(path) })
		if s.d.cfg.Opener != nil {
			s.d.show(path)
		}
	})
}

func (d *Desk) writeSheet(ctx context.Context, a record.Activity, by string) (path, number string, err error) {
	expected, err := d.db.Expected(ctx, a)
	if err != nil {
		return "", "", err
	}
	sheet, err := d.db.PrintSheet(ctx, a.ID, expected)
	if err != nil {
		return "", "", err
	}
	station, err := d.db.Station(ctx)
	if err != nil {
		return "", "", err
	}
	teams, err := d.teamNames(ctx)
	if err != nil {
		return "", "", err
	}
	leader, _ := d.db.Person(a.Leader)
	paper := reports.SignInPaper{
		Station: station, Made: record.MomentOf(d.now()), By: by, Sheet: sheet.Number, Title: a.Title, Place: a.Place,
		Date: a.Start.Day().Chinese(), Time: a.Start.Clock() + "—" + a.End.Clock(), Team: teams[a.Team],
		Leader: cmp.Or(leader.Name, a.LeaderName),
	}
	for _, id := range sheet.Rows {
		x, _ := d.db.Person(id)
		paper.Rows = append(paper.Rows, reports.SignInRow{Name: x.Name})
	}
	serial, err := d.db.Note(ctx, store.Note{
		Action: store.ActionPrint, Subject: string(a.ID), Detail: fmt.Sprintf("签到表 %s，%d 人", sheet.Number, len(sheet.Rows)),
	})
	if err != nil {
		return "", "", err
	}
	paper.Serial = store.Serial(station.Code, serial)
	path, err = d.writePaper("签到表-"+paper.Serial+".pdf", func(w io.Writer) error { return reports.SignInPDF(w, paper) })
	return path, sheet.Number, err
}
