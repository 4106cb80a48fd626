package cli

import (
	"cmp"
	"fmt"
	"io"

	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

type printSignIn struct {
	outputFlag
	team  string
	pages int
}

func (c *printSignIn) options(o *options) {
	c.outputFlag.options(o)
	o.text(&c.team, "team", "队", "没有活动编号时，印一支队今天的队员")
	o.number(&c.pages, "pages", "页数", "至少几页，多出来的是空行")
}

func (c *printSignIn) run(k *call) (answer, error) {
	if _, err := c.kind(".pdf"); err != nil {
		return answer{}, err
	}
	if _, err := k.open(); err != nil {
		return answer{}, err
	}
	paper := reports.SignInPaper{Station: k.station, Made: k.moment(), By: k.by(), Pages: c.pages}
	if err := c.fill(k, &paper); err != nil {
		return answer{}, err
	}
	n := store.Note{Action: store.ActionPrint, Subject: "sign-in sheet", Detail: fmt.Sprintf("%d rows", len(paper.Rows))}
	serial, err := k.paper(c.out, n, func(w io.Writer, serial string) error {
		paper.Serial, paper.Sheet = serial, cmp.Or(paper.Sheet, serial)
		return reports.SignInPDF(w, paper)
	})
	return signInPrinted(printed{Output: c.out, Serial: serial, Rows: len(paper.Rows), Sheet: numberedSheet(paper.Sheet)}), err
}

// numberedSheet is the number of a sheet that the store keeps, "" for a serial.
func numberedSheet(number string) string {
	if record.IsSheetNumber(number) {
		return number
	}
	return ""
}

func signInPrinted(p printed) answer {
	out := printedAnswer(p)
	if p.Sheet != "" {
		out.text = said("已写好：%s（表号 %s，%d 人）。办完以后：rongyuan activity close 活动编号 --sheet %s", p.Output, p.Sheet, p.Rows, p.Sheet)
	}
	return out
}

// fill puts activity, team and people on the paper. The sheet of an activity
// has a number under which the store keeps its rows.
func (c *printSignIn) fill(k *call, paper *reports.SignInPaper) error {
	team, a, err := c.about(k, paper)
	if err != nil {
		return err
	}
	paper.Team = team.Name
	if a.ID == "" {
		if team.ID != "" {
			paper.Rows, err = k.signInRows(team)
		}
		return err
	}
	expected, err := k.db.Expected(k.ctx, a)
	if err != nil {
		return err
	}
	sheet, err := k.db.PrintSheet(k.ctx, a.ID, expected)
	if isCode(err, record.CodeNoRight) { // who only reads prints it again as it is
		sheet, _, err = k.db.SheetOf(k.ctx, a.ID)
	}
	if err != nil {
		return err
	}
	paper.Sheet = sheet.Number
	for _, id := range sheet.Rows {
		p, _ := k.db.Person(id) // a printed row stays even when its person is sealed
		paper.Rows = append(paper.Rows, reports.SignInRow{Name: p.Name, Team: team.Name})
	}
	return nil
}

// about fills the head of a sheet from the activity that is named, and gives it
// with the team whose members are expected.
func (c *printSignIn) about(k *call, paper *reports.SignInPaper) (team record.Team, a record.Activity, err error) {
	if len(k.args) == 0 && c.team == "" {
		return team, a, nil
	}
	if len(k.args) == 0 {
		team, err = k.team(c.team)
		return team, a, err
	}
	if a, err = k.db.Activity(k.ctx, record.ActivityID(k.args[0])); err != nil {
		return team, a, err
	}
	leader, _ := k.db.Person(a.Leader)
	paper.Title, paper.Place, paper.Leader = a.Title, a.Place, cmp.Or(leader.Name, a.LeaderName)
	paper.Date, paper.Time = a.Start.Day().Chinese(), a.Start.Clock()+"—"+a.End.Clock()
	if a.Team != "" {
		team, err = k.db.Team(k.ctx, a.Team)
	}
	return team, a, err
}

func (k *call) signInRows(team record.Team) ([]reports.SignInRow, error) {
	list, err := k.db.Members(k.ctx, team.ID)
	if err != nil {
		return nil, err
	}
	var rows []reports.SignInRow
	for _, m := range list {
		p, has := k.db.Person(m.Volunteer)
		if !has || !m.On(k.today()) {
			continue
		}
		row := reports.SignInRow{Name: p.Name, Team: team.Name}
		if len(p.Phones) > 0 {
			row.Phone = p.Phones[0]
		}
		rows = append(rows, row)
	}
	return rows, nil
}
