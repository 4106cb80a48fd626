package cli

import (
	"fmt"
	"io"

	"rongyuan/store"
	"rongyuan/store/record"
)

type ledgerCompare struct{ volunteer, month string }

func (c *ledgerCompare) options(o *options) {
	o.text(&c.volunteer, "volunteer", "人", "只看一个人；不写就是外系统有记录的人")
	o.text(&c.month, "month", "月份", "只看一个月，如 2026-10")
}

// comparedDoc is one piece of service in the two ledgers.
type comparedDoc struct {
	record.Compared
	Name string `json:"name"`
}

func (c *ledgerCompare) run(k *call) (answer, error) {
	var f store.OutsideFilter
	var err error
	if c.month != "" {
		if f.Period, err = record.ReadMonth(c.month); err != nil {
			return answer{}, err
		}
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	if c.volunteer != "" {
		p, err := k.person(c.volunteer)
		if err != nil {
			return answer{}, err
		}
		f.Volunteer = p.ID
	}
	pairs, err := db.Ledgers(k.ctx, f)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Note  string        `json:"note"`
		Pairs []comparedDoc `json:"pairs"`
	}{"两本账各算各的，不相加", make([]comparedDoc, 0, len(pairs))}
	rows := make([][]string, 0, len(pairs))
	for _, pair := range pairs {
		d, row := k.comparedRow(pair)
		doc.Pairs, rows = append(doc.Pairs, d), append(rows, row)
	}
	return answer{doc: doc, text: func(w io.Writer) {
		listed([]string{"姓名", "日期", "活动", "本站", "外系统", "结果", "外系统记录编号"}, rows)(w)
		fmt.Fprintln(w, doc.Note)
	}}, nil
}

func (k *call) comparedRow(pair record.Compared) (comparedDoc, []string) {
	shown, here, there, id := pair.Here, "", "", ""
	if pair.Here != nil {
		here = record.HoursText(pair.Here.Minutes)
	}
	if pair.There != nil {
		there, id = record.HoursText(pair.There.Minutes), string(pair.There.Outside)
		if shown == nil {
			shown = pair.There
		}
	}
	p, _ := k.db.Person(shown.Volunteer)
	row := []string{p.Name, string(shown.Day), shown.Title, here, there, record.LedgerMatches().NameOf(string(pair.Match)), id}
	return comparedDoc{pair, p.Name}, row
}

type ledgerAdd struct {
	system, title, day, number string
	minutes                    int
}

func (c *ledgerAdd) options(o *options) {
	o.text(&c.system, "system", "系统", "全国系统、天津志愿服务网、志愿汇、其他系统；不写就是全国系统")
	o.text(&c.title, "title", "名称", "外系统里的活动名称")
	o.text(&c.day, "day", "日期", "活动日期")
	o.number(&c.minutes, "minutes", "分钟", "外系统记的分钟")
	o.text(&c.number, "number", "编号", "外系统里的编号")
}

func (c *ledgerAdd) run(k *call) (answer, error) {
	line := record.Outside{System: "national", Title: c.title, Minutes: c.minutes, Number: c.number}
	var err error
	if c.system != "" {
		if line.System, err = codeIn(record.Systems(), "system", c.system); err != nil {
			return answer{}, err
		}
	}
	if line.Day, err = readDay("day", c.day, k.today()); err != nil {
		return answer{}, err
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	p, err := k.person(k.args[0])
	if err != nil {
		return answer{}, err
	}
	line.Volunteer = p.ID
	n, err := db.NoteOutside(k.ctx, []record.Outside{line})
	doc := struct {
		Noted int `json:"noted"`
	}{n}
	return answer{doc: doc, text: said("已记到外系统那本账：%s，%s；不计入本站时长", p.Name, c.title)}, err
}

type ledgerRemove struct{}

func (*ledgerRemove) options(*options) {}

func (*ledgerRemove) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Removed string `json:"removed"`
	}{k.args[0]}
	return answer{doc: doc, text: said("已从外系统那本账里撤掉")}, db.RemoveOutside(k.ctx, record.OutsideID(k.args[0]))
}
