package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// queueDefinition says what waits and what that means for the figures.
const queueDefinition = "已经记下，站长核对通过以前不计入服务时长、人数和人次"

// hoursFacts is what stands behind service time and waits for somebody.
type hoursFacts struct {
	waiting    []store.Reviewed
	asked      []record.Correction
	objections []record.Objection
}

func (d *Desk) hoursFacts(ctx context.Context) (f hoursFacts, err error) {
	if f.waiting, err = d.db.Reviews(ctx, store.ReviewFilter{Waiting: true}); err != nil {
		return f, err
	}
	if f.asked, err = d.db.Corrections(ctx, store.CorrectionFilter{Open: true}); err != nil {
		return f, err
	}
	f.objections, err = d.db.Objections(ctx, store.ObjectionFilter{Open: true})
	return f, err
}

// correctOrAsk corrects an entry at once where that is a slip of the pen, and
// else asks for the approval that it needs.
func (d *Desk) correctOrAsk(ctx context.Context, c record.Correction) (asked bool, err error) {
	err = d.db.CorrectService(ctx, c.Entry, c.Minutes, c.Reason)
	if record.CodeOf(err) != record.CodeApprovalNeeded {
		return false, err
	}
	_, err = d.db.AskCorrection(ctx, c)
	return true, err
}

// hoursLines are those of the start page.
func (d *Desk) hoursLines(f hoursFacts) []dueLine {
	var lines []dueLine
	if n := len(f.waiting); n > 0 {
		minutes := 0
		for _, r := range f.waiting {
			minutes += r.Record.Minutes
		}
		lines = append(lines, dueLine{
			what: fmt.Sprintf("待核时长 %d 条 · %s", n, hoursWords(minutes)), detail: queueDefinition, tone: widgets.Warn,
			open: func() { d.showHours("待核时长", d.queueRows(f.waiting)) },
		})
	}
	if n := len(f.asked); n > 0 {
		lines = append(lines, dueLine{
			what: fmt.Sprintf("更正申请 %d 份", n), detail: "等核实和批准，时长还没有变", tone: widgets.Warn,
			open: func() { d.showHours("更正申请", d.correctionRows(f.asked)) },
		})
	}
	for _, o := range f.objections {
		person, _ := d.db.Person(o.Volunteer)
		tone := widgets.Warn
		if o.Due < d.today() {
			tone = widgets.Bad
		}
		lines = append(lines, dueLine{
			what: "答复异议 " + person.Name, detail: o.Claim, until: string(o.Due), tone: tone,
			open: func() { d.open(doorPeople, place{Person: o.Volunteer}) },
		})
	}
	return lines
}

// hoursRow is one line of the queue; approve and refuse are what its reader
// may decide.
type hoursRow struct {
	who, what, why string
	decide         func(ctx context.Context, approve bool, reason string) error
}

func (d *Desk) queueRows(list []store.Reviewed) []hoursRow {
	var rows []hoursRow
	for _, r := range list {
		person, _ := d.db.Person(r.Volunteer)
		rows = append(rows, hoursRow{
			person.Name, fmt.Sprintf("%d 分钟 · %s", r.Record.Minutes, record.Sources().NameOf(r.Record.Source)), groundsText(r.Grounds),
			func(ctx context.Context, approve bool, reason string) error {
				return d.db.DecideReviews(ctx, []record.ReviewID{r.ID}, store.Verdict{Approve: approve, Why: reason})
			},
		})
	}
	return rows
}

func (d *Desk) correctionRows(list []record.Correction) []hoursRow {
	var rows []hoursRow
	for _, c := range list {
		person, _ := d.db.Person(c.Volunteer)
		rows = append(rows, hoursRow{
			person.Name, fmt.Sprintf("%d 分钟 → %d 分钟 · %s 申请", c.Before, c.Minutes, c.AskedBy), c.Reason,
			func(ctx context.Context, approve bool, reason string) error {
				return d.db.DecideCorrection(ctx, c.ID, store.CorrectionVerdict{Approve: approve, Why: reason, Basis: reason})
			},
		})
	}
	return rows
}

// showHours lists what waits; who may confirm decides the chosen line.
func (d *Desk) showHours(title string, rows []hoursRow) {
	grid := widgets.NewGrid([]widgets.Column{
		{ID: "who", Title: "姓名", Width: 90, Value: func(row int) string { return rows[row].who }},
		{ID: "what", Title: "时长", Width: 230, Value: func(row int) string { return rows[row].what }},
		{ID: "why", Title: "原因", Width: 420, Value: func(row int) string { return rows[row].why }},
	})
	grid.SetRows(len(rows))
	grid.Select(0)
	text := widgets.NewParagraph("由站长核对批准；录入和申请的人不能自己批准。", widgets.Muted)
	text.Width = 740
	if !d.may(record.RightConfirm) {
		widgets.ShowContent(d.win.Canvas(), title, stack(8, text, container.New(&fixed{width: 760, height: 320}, grid)), nil)
		return
	}
	var shown *widgets.Dialog
	ask := func(approve bool) {
		if row, ok := grid.Selected(); ok {
			shown.Hide()
			d.decideHours(rows[row], approve)
		}
	}
	grid.OnOpen = func(int) { ask(true) }
	buttons := bar(spring(), widgets.NewButton("不通过", func() { ask(false) }), widgets.NewPrimaryButton("核对通过（Enter）", func() { ask(true) }))
	shown = widgets.ShowContent(d.win.Canvas(), title, stack(8, text, container.New(&fixed{width: 760, height: 320}, grid), buttons), nil)
}

func (d *Desk) decideHours(row hoursRow, approve bool) {
	q := reasonQuestion{
		title: "核对通过：" + row.who, ok: "通过", text: row.what + "；" + row.why + "。写明核对了什么。",
		usual: []string{"对过签到表，属实", "问过带队人，属实"},
	}
	if !approve {
		q.title, q.ok, q.usual = "不通过："+row.who, "不通过", []string{"签到表上没有", "重复录入"}
	}
	d.askReason(q, func(reason string) {
		d.work("正在保存", func(ctx context.Context, _ func(int, int)) error {
			return row.decide(ctx, approve, reason)
		}, func(err error) {
			if err != nil {
				d.trouble(err)
				return
			}
			d.notice(widgets.Good, "已记下："+q.title)
			d.changed()
		})
	})
}
