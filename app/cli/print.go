package cli

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// printed is what a print command answers.
type printed struct {
	Output string `json:"output"`
	Serial string `json:"serial"`
	Rows   int    `json:"rows"`
	// Sheet is the number under which a sign-in sheet is entered again.
	Sheet string `json:"sheet,omitempty"`
}

func printedAnswer(p printed) answer {
	return answer{doc: p, text: said("已写好：%s（打印编号 %s，%d 行）", p.Output, p.Serial, p.Rows)}
}

// outputFlag is where a paper goes.
type outputFlag struct{ out string }

func (c *outputFlag) options(o *options) { o.text(&c.out, "o out", "文件", "写到哪个文件") }

// kind is the suffix of the file, which must be one of those allowed.
func (c *outputFlag) kind(allowed ...string) (string, error) {
	kind := strings.ToLower(filepath.Ext(c.out))
	if !slices.Contains(allowed, kind) {
		return "", usage("要写 -o 文件名" + strings.Join(allowed, " 或 文件名"))
	}
	return kind, nil
}

type printRoster struct {
	volunteerList
	outputFlag
	title string
}

func (c *printRoster) options(o *options) {
	c.volunteerList.options(o)
	c.outputFlag.options(o)
	o.text(&c.title, "title", "标题", "不写就是“退役军人志愿者花名册”")
}

func (c *printRoster) run(k *call) (answer, error) {
	kind, err := c.kind(".pdf", ".xlsx")
	if err != nil {
		return answer{}, err
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	filter, err := c.filter(k)
	if err != nil {
		return answer{}, err
	}
	list, err := db.People(k.ctx, filter)
	if err != nil {
		return answer{}, err
	}
	rows, err := k.rosterRows(list)
	if err != nil {
		return answer{}, err
	}
	if err := c.allow(k, "roster", len(rows)); err != nil {
		return answer{}, err
	}
	paper := reports.RosterPaper{Station: k.station, Title: c.title, Made: k.moment(), By: k.by(), Rows: rows, Full: c.unmask}
	write := reports.RosterPDF
	if kind == ".xlsx" {
		write = reports.RosterExcel
	}
	n := store.Note{Action: paperAction(c.out), Subject: "roster", Detail: fmt.Sprintf("%d rows", len(rows))}
	serial, err := k.paper(c.out, n, func(w io.Writer, serial string) error {
		paper.Serial = serial
		return write(w, paper)
	})
	return printedAnswer(printed{Output: c.out, Serial: serial, Rows: len(rows)}), err
}

func (k *call) rosterRows(list []store.Person) ([]reports.RosterRow, error) {
	n, err := k.known()
	if err != nil {
		return nil, err
	}
	rows := make([]reports.RosterRow, 0, len(list))
	for _, p := range list {
		row := reports.RosterRowOf(n.records[p.ID])
		row.Team = n.teams[p.ID]
		row.Village = villageName(n.records[p.ID])
		rows = append(rows, row)
	}
	return rows, nil
}

type printSlip struct {
	outputFlag
	from, to string
}

func (c *printSlip) options(o *options) {
	c.outputFlag.options(o)
	o.text(&c.from, "from", "日期", "从哪天起；不写就是今年第一天")
	o.text(&c.to, "to", "日期", "到哪天止；不写就是今天")
}

func (c *printSlip) run(k *call) (answer, error) {
	if _, err := c.kind(".pdf"); err != nil {
		return answer{}, err
	}
	period, err := c.period(k)
	if err != nil {
		return answer{}, err
	}
	if _, err := k.open(); err != nil {
		return answer{}, err
	}
	p, err := k.person(k.args[0])
	if err != nil {
		return answer{}, err
	}
	paper := reports.SlipPaper{
		Station: k.station, Made: k.moment(), By: k.by(), Name: p.Name, IDNumber: string(p.IDNumber), Number: p.Number, Period: period,
	}
	if err := k.slipRows(&paper, p.ID); err != nil {
		return answer{}, err
	}
	n := store.Note{Action: store.ActionPrint, Subject: string(p.ID), Detail: "slip " + period.String()}
	serial, err := k.paper(c.out, n, func(w io.Writer, serial string) error {
		paper.Serial = serial
		return reports.SlipPDF(w, paper)
	})
	return printedAnswer(printed{Output: c.out, Serial: serial, Rows: len(paper.Rows)}), err
}

func (c *printSlip) period(k *call) (record.Period, error) {
	from, err := readDay("from", cmp.Or(c.from, string(k.today()[:4])+"-01-01"), k.today())
	if err != nil {
		return record.Period{}, err
	}
	to, err := readDay("to", cmp.Or(c.to, string(k.today())), k.today())
	if err == nil && to < from {
		err = record.FailField("to", record.CodeDateOrder, "from")
	}
	return record.Period{From: from, To: to}, err
}

// slipRows are the activities with time for somebody, service and learning
// apart.
func (k *call) slipRows(paper *reports.SlipPaper, id record.VolunteerID) error {
	list, err := k.db.ParticipationsOf(k.ctx, id)
	if err != nil {
		return err
	}
	for _, one := range list {
		a, err := k.db.Activity(k.ctx, one.Activity)
		if err != nil {
			return err
		}
		if !a.Held() || !paper.Period.Holds(a.Start.Day()) {
			continue
		}
		if !record.Counting(a.Kind) {
			paper.Training += int64(one.Minutes)
			continue
		}
		if one.Waiting > 0 {
			paper.Waiting += int64(one.Waiting)
			continue
		}
		team, _ := k.db.Team(k.ctx, a.Team) // an activity may be the station's own
		paper.Minutes += int64(one.Minutes)
		paper.Rows = append(paper.Rows, reports.SlipRow{Day: a.Start.Day(), Title: a.Title, Team: team.Name, Minutes: int64(one.Minutes)})
	}
	slices.SortStableFunc(paper.Rows, func(a, b reports.SlipRow) int { return strings.Compare(string(a.Day), string(b.Day)) })
	return nil
}

func (k *call) moment() record.Moment { return record.MomentOf(k.env.Clock()) }

// by is who is logged in.
func (k *call) by() string {
	name, _ := k.db.Account()
	return name
}
