package app

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/reports"
	"rongyuan/store/record"
)

// show is the page of one sheet: what stands in its columns and single cells.
func (p *districtForm) show(s reports.FormSheet) {
	p.sheet = p.asSettled(s)
	p.columns, p.cells = map[string]*widgets.ChoiceEntry{}, map[string]*widgets.ChoiceEntry{}
	if p.full == nil {
		p.full = widgets.NewCheck("身份证号、电话写完整（要写事由，记入日志）", nil)
	}
	head := bar(heading("区级表格"), text(shorten(filepath.Base(p.path), 30), widgets.Muted), spring(),
		widgets.NewButton("换一张表（Ctrl+I）", p.choose), widgets.NewButton("返回（Esc）", p.s.leaveForm), widgets.NewPrimaryButton("填好并打开（Ctrl+S）", p.settle))
	said := text("第一次见这张表：请看一遍每一列填什么，改好按 Ctrl+S；以后就记住了。", widgets.Muted)
	if p.known {
		said = text("以前对过这张表：看一眼期间，按 Ctrl+S 就填好。", widgets.Good)
	}
	top := stack(0, padded(10, 16, head), insets(16, 0, 16, 8, stack(6, said, p.asks(), p.place())), line())
	rows := stack(4)
	if p.sheet.Table {
		rows.Add(formRow(caption("列"), caption("表头"), caption("现在的内容"), caption("填什么")))
		for _, h := range p.sheet.Heads {
			rows.Add(p.column(h))
		}
	}
	if len(p.sheet.Labels) > 0 {
		rows.Add(formRow(caption("格"), caption("旁边的字"), caption(""), caption("填什么")))
		for _, l := range p.sheet.Labels {
			rows.Add(p.cell(l))
		}
	}
	if len(rows.Objects) == 0 {
		rows.Add(text("这张表里没认出要填的地方。请写上表头在第几行，再选每一行是什么。", widgets.Muted))
	}
	p.step(edged(top, nil, nil, container.NewVScroll(padded(8, 16, rows))), p.spans, p.settle, p.s.leaveForm)
}

// asSettled is a sheet with the fields that were settled for it, and its table
// where a person said that it is.
func (p *districtForm) asSettled(s reports.FormSheet) reports.FormSheet {
	parts := p.parts[s.Place]
	for _, one := range parts {
		if one.Kind == record.FormCells {
			s.Labels = withCells(s.Labels, one.Cells)
			continue
		}
		if one.From > 0 && (!s.Table || s.From != one.From || s.Kind != one.Kind) {
			if seen, ok := p.form.Look(s.Place, one.From-1, one.Kind); ok {
				seen.Labels = s.Labels
				s = seen
			}
		}
		s.Kind, s.Match = one.Kind, one.Match
		s.Heads = slices.Clone(s.Heads)
		for i := range s.Heads {
			s.Heads[i].Field = one.Columns[s.Heads[i].Column]
		}
	}
	return s
}

// withCells gives the labels their fields; a cell that no word asks for gets a
// line of its own.
func withCells(labels []reports.FormLabel, cells map[string]string) []reports.FormLabel {
	out := slices.Clone(labels)
	for i := range out {
		out[i].Field = cells[out[i].Cell]
	}
	for _, cell := range slices.Sorted(maps.Keys(cells)) {
		if !slices.ContainsFunc(out, func(l reports.FormLabel) bool { return l.Cell == cell }) {
			out = append(out, reports.FormLabel{Cell: cell, Field: cells[cell]})
		}
	}
	return out
}

// asks is the line with the period and what goes with it.
func (p *districtForm) asks() fyne.CanvasObject {
	var options []widgets.Choice
	for _, one := range p.periods() {
		options = append(options, widgets.Choice{Key: one.String(), Text: one.Chinese()})
	}
	p.spans = widgets.NewChoiceEntry(options, matchChoice)
	p.spans.SetValue(p.period.String())
	out := bar(text("期间", widgets.Muted), container.New(&fixed{width: 170}, p.spans))
	if p.d.may(record.RightUnmask) {
		out.Add(p.full)
	}
	for _, s := range p.all {
		if s.Place != p.sheet.Place && !s.Hidden {
			out.Add(widgets.NewButton("看“"+shorten(s.Name, 8)+"”", func() { p.turnTo(s) }))
		}
	}
	return out
}

// periods are those that a form may ask for now, and the one that is looked at.
func (p *districtForm) periods() []record.Period {
	out := []record.Period{p.period}
	add := func(one record.Period) {
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	today := p.d.today()
	month := record.MonthOf(today)
	for range 6 {
		add(month)
		month = month.Previous()
	}
	for _, kind := range []record.PeriodKind{record.PeriodQuarter, record.PeriodHalf, record.PeriodYear} {
		add(record.PeriodOf(kind, today))
		add(record.PeriodOf(kind, today).Previous())
	}
	return out
}

// place is the line that says where the table is and what its rows are.
func (p *districtForm) place() fyne.CanvasObject {
	p.row = widgets.NewNumberEntry(0, 9999)
	kinds := []widgets.Choice{{Key: notRead, Text: "没有一行一行的表"}}
	for _, k := range record.FormKinds() {
		if k != record.FormCells {
			kinds = append(kinds, widgets.Choice{Key: string(k), Text: say.FormKind(k)})
		}
	}
	p.kind, p.who = widgets.NewChoiceEntry(kinds, matchChoice), widgets.NewChoiceEntry(crowds(), matchChoice)
	p.who.SetValue(everybody)
	p.kind.SetValue(notRead)
	room := ""
	if s := p.sheet; s.Table {
		p.row.SetValue(s.From - 1)
		p.kind.SetValue(string(s.Kind))
		room = fmt.Sprintf("从第 %d 行填起", s.From)
		if s.To > 0 {
			room = fmt.Sprintf("第 %d 到 %d 行", s.From, s.To)
		}
		if s.Match != "" {
			room += "，按 " + s.Match + " 列的名称对"
		}
	}
	for _, one := range p.parts[p.sheet.Place] {
		if one.Kind != record.FormCells {
			p.who.SetValue(cmp.Or(one.Who, everybody))
		}
	}
	out := bar(text("“"+shorten(p.sheet.Name, 10)+"”的表头在第", widgets.Muted), container.New(&fixed{width: 70}, p.row), text("行，每一行是", widgets.Muted),
		container.New(&fixed{width: 190}, p.kind), widgets.NewButton("重认表头", p.lookAgain))
	if p.sheet.Kind == record.FormPeople && p.sheet.Table {
		out.Add(container.New(&fixed{width: 170}, p.who))
	}
	out.Add(text(room, widgets.Muted))
	return out
}

// lookAgain reads the heads where the clerk says that they stand.
func (p *districtForm) lookAgain() {
	row, ok := p.row.Value()
	kind := record.FormKind(p.kind.Value())
	if !ok || row == 0 || p.kind.Value() == notRead {
		p.d.notice(widgets.Warn, "请写表头在第几行，再选每一行是什么。")
		return
	}
	seen, found := p.form.Look(p.sheet.Place, row, kind)
	if !found {
		p.d.notice(widgets.Warn, "第 "+fmt.Sprint(row)+" 行没有表头，或者下面没有空行。")
		return
	}
	parts := seen.Parts()
	for i := range parts {
		if parts[i].Kind != record.FormCells {
			parts[i].From = seen.From
		}
	}
	p.parts[p.sheet.Place] = parts
	p.show(seen)
}

// everybody stands for all volunteers: a choice without a key shows nothing.
const everybody = "-"

func crowds() []widgets.Choice {
	var out []widgets.Choice
	for _, term := range record.FormCrowds().Terms {
		out = append(out, widgets.Choice{Key: cmp.Or(term.Code, everybody), Text: term.Name})
	}
	return out
}

func (p *districtForm) turnTo(s reports.FormSheet) {
	if p.gather() {
		p.show(s)
	}
}

func formRow(parts ...fyne.CanvasObject) fyne.CanvasObject {
	out := bar()
	for i, width := range []float32{56, 300, 320, 300} {
		out.Add(container.New(&fixed{width: width}, parts[i]))
	}
	return out
}

func fieldChoice(kind record.FormKind, chosen string) *widgets.ChoiceEntry {
	options := []widgets.Choice{{Key: notRead, Text: "不填"}}
	for _, f := range record.FormFields(kind) {
		options = append(options, widgets.Choice{Key: f.Field, Text: f.Label})
	}
	c := widgets.NewChoiceEntry(options, matchChoice)
	c.SetValue(cmp.Or(chosen, notRead))
	return c
}

func (p *districtForm) column(h reports.FormHead) fyne.CanvasObject {
	var what fyne.CanvasObject
	below := shorten(maskLong(strings.Join(h.Below, "  ")), 22)
	switch {
	case h.Column == p.sheet.Match:
		what = text("名称已经印好，按它对", widgets.Muted)
	case h.Formula:
		what = text("公式，自动算", widgets.Muted)
	default:
		c := fieldChoice(p.sheet.Kind, h.Field)
		p.columns[h.Column] = c
		what = c
	}
	return formRow(text(h.Column, widgets.Muted), text(shorten(oneLine(h.Head), 18), widgets.Normal), text(below, widgets.Muted), what)
}

func (p *districtForm) cell(l reports.FormLabel) fyne.CanvasObject {
	c := fieldChoice(record.FormCells, l.Field)
	p.cells[l.Cell] = c
	return formRow(text(l.Cell, widgets.Muted), text(shorten(oneLine(l.Label), 18), widgets.Normal), text("", widgets.Muted), c)
}

// gather takes what the page says of its sheet; false when it makes no sense.
func (p *districtForm) gather() bool {
	var parts []record.FormPart
	if p.sheet.Table && p.kind.Value() != notRead {
		one := record.FormPart{Sheet: p.sheet.Place, Kind: p.sheet.Kind, Match: p.sheet.Match, Columns: map[string]string{}}
		if one.Kind == record.FormPeople {
			one.Who = strings.TrimSuffix(p.who.Value(), everybody)
		}
		for _, had := range p.parts[p.sheet.Place] {
			if had.Kind == one.Kind {
				one.From, one.To = had.From, had.To
			}
		}
		used := map[string]string{}
		for _, letter := range slices.Sorted(maps.Keys(p.columns)) {
			field := p.columns[letter].Value()
			if field == notRead || field == "" {
				continue
			}
			if other := used[field]; other != "" {
				p.d.notice(widgets.Warn, fmt.Sprintf("%s 列和 %s 列填的一样，请改一列。", other, letter))
				return false
			}
			used[field], one.Columns[letter] = letter, field
		}
		if one.Match != "" {
			one.Columns[one.Match] = "name"
		}
		parts = append(parts, one)
	}
	cells := map[string]string{}
	for cell, c := range p.cells {
		if field := c.Value(); field != notRead && field != "" {
			cells[cell] = field
		}
	}
	if len(cells) > 0 {
		parts = append(parts, record.FormPart{Sheet: p.sheet.Place, Kind: record.FormCells, Cells: cells})
	}
	p.parts[p.sheet.Place] = parts
	return true
}

// mapping is what all sheets say.
func (p *districtForm) mapping() record.FormMapping {
	m := record.FormMapping{Name: filepath.Base(p.path)}
	for _, place := range slices.Sorted(maps.Keys(p.parts)) {
		for _, one := range p.parts[place] {
			if len(one.Wants()) > 0 {
				m.Parts = append(m.Parts, one)
			}
		}
	}
	return m
}
