package app

import (
	"context"
	"io"

	"rongyuan/app/papers"
	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// gather makes a paper off the painting goroutine.
type gather func(ctx context.Context, from papers.Desk) (papers.Print, error)

// printPaper gathers a paper, numbers it in the audit log, writes it beside the
// station's file and opens it.
func (d *Desk) printPaper(doing string, build gather) { d.printAs(doing, papers.Desk{}, build) }

// printOpen is printPaper with numbers in full, after the reason was given.
func (d *Desk) printOpen(doing, reason string, build gather) {
	d.printAs(doing, papers.Desk{Full: true}, func(ctx context.Context, from papers.Desk) (papers.Print, error) {
		p, err := build(ctx, from)
		p.Note.Detail += "：" + reason
		return p, err
	})
}

func (d *Desk) printAs(doing string, from papers.Desk, build gather) {
	var path string
	d.work("正在生成"+doing, func(ctx context.Context, _ func(int, int)) error {
		from.DB, from.Made = d.db, record.MomentOf(d.now())
		p, err := build(ctx, from)
		if err != nil {
			return err
		}
		station, err := d.db.Station(ctx)
		if err != nil {
			return err
		}
		number, err := d.db.Note(ctx, p.Note)
		if err != nil {
			return err
		}
		serial := store.Serial(station.Code, number)
		path, err = d.writePaper(fileName(p.Name)+"-"+serial+".pdf", func(w io.Writer) error { return p.PDF(w, serial) })
		return err
	}, func(err error) {
		if err != nil {
			d.trouble(err)
			return
		}
		d.show(path)
	})
}

// personPapers are the papers about one person, for the list of deeds.
func (d *Desk) personPapers(v record.Volunteer) []deed {
	if !v.Serving {
		return nil
	}
	today := d.today()
	year := record.Period{From: today[:4] + "-01-01", To: today}
	return []deed{
		{"打印登记表", func() {
			d.printPaper("登记表", func(ctx context.Context, from papers.Desk) (papers.Print, error) { return from.Registration(ctx, v.ID) })
		}},
		{"打印个人服务台账（今年）", func() {
			d.printPaper("台账", func(ctx context.Context, from papers.Desk) (papers.Print, error) { return from.Ledger(ctx, v.ID, year) })
		}},
		{"打印年度实绩表（今年）", func() {
			d.printPaper("实绩表", func(ctx context.Context, from papers.Desk) (papers.Print, error) {
				return from.YearSheet(ctx, v.ID, today.Time().Year())
			})
		}},
	}
}

// teamPapers are the papers about one team.
func (d *Desk) teamPapers(team record.Team) []deed {
	of := func(name string, build func(context.Context, papers.Desk, record.TeamID) (papers.Print, error)) deed {
		return deed{"打印" + name, func() {
			d.printPaper(name, func(ctx context.Context, from papers.Desk) (papers.Print, error) { return build(ctx, from, team.ID) })
		}}
	}
	tree := func(ctx context.Context, from papers.Desk, id record.TeamID) (papers.Print, error) {
		return from.PhoneTree(ctx, id)
	}
	out := []deed{
		of("队员名册", func(ctx context.Context, from papers.Desk, id record.TeamID) (papers.Print, error) {
			return from.TeamRoster(ctx, id)
		}),
		of("胸牌", func(ctx context.Context, from papers.Desk, id record.TeamID) (papers.Print, error) {
			return from.Badges(ctx, id)
		}),
		of("电话通知树（隐去号码）", tree),
	}
	if !d.may(record.RightUnmask) {
		return out
	}
	whole := func(name, why string, usual []string, build gather) deed {
		return deed{"打印" + name, func() {
			d.askReason(reasonQuestion{title: "打印" + team.Name + name, text: why, ok: "打印", usual: usual}, func(reason string) { d.printOpen(name, reason, build) })
		}}
	}
	return append(out,
		whole("电话通知树（完整号码）", "纸上有全部电话，用后收回。打印的人、时间和事由会记入审计日志。", []string{"应急集结", "拉动演练"},
			func(ctx context.Context, from papers.Desk) (papers.Print, error) { return tree(ctx, from, team.ID) }),
		whole("地址标签", "标签上有姓名和住址。打印的人、时间和事由会记入审计日志。", []string{"寄慰问信", "寄活动通知"},
			func(ctx context.Context, from papers.Desk) (papers.Print, error) {
				return from.Labels(ctx, store.PeopleFilter{Team: team.ID})
			}))
}

// askWhich chooses one of several deeds by keyboard.
func (d *Desk) askWhich(title, label string, deeds []deed) {
	if len(deeds) == 0 {
		return
	}
	var names []string
	for _, one := range deeds {
		names = append(names, one.text)
	}
	pick := widgets.NewChoiceEntry(widgets.Choices(names...), matchChoice)
	field := widgets.NewField(label, pick)
	var dialog *widgets.Dialog
	dialog = widgets.ShowForm(d.win.Canvas(), widgets.FormDialog{
		Title: title, Content: field, OK: "下一步", Width: 440,
		OnOK: func() bool {
			for _, one := range deeds {
				if one.text == pick.Value() {
					dialog.Close() // before the next one opens over it
					one.do()
					return false
				}
			}
			wrong(field, "请选一项")
			return false
		},
	})
}

// printDeed prints the record of an activity.
func (d *Desk) printDeed(id record.ActivityID) {
	const photos = 4 // two rows of places, which end the page
	d.printPaper("活动记录表", func(ctx context.Context, from papers.Desk) (papers.Print, error) { return from.Deed(ctx, id, photos) })
}
