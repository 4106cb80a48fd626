package app

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// lettersMost bounds the letters that are listed.
const lettersMost = 1000

// lettersPane is the list of what the district wrote, and the letter that is
// selected. A letter counts as read when the clerk says so, not when the cursor
// passes over it.
type lettersPane struct {
	d       *Desk
	letters []record.Letter
	grid    *widgets.Grid
	card    *widgets.Card
	content fyne.CanvasObject
	onRead  func()
}

func newLettersPane(d *Desk, onRead func()) *lettersPane {
	p := &lettersPane{d: d, card: widgets.NewCard(), onRead: onRead}
	at := func(f func(record.Letter) string) func(int) string {
		return func(row int) string { return f(p.letters[row]) }
	}
	p.grid = widgets.NewGrid([]widgets.Column{
		{ID: "state", Title: "状态", Width: 70, Value: at(letterState), Tone: func(row int) widgets.Tone { return letterTone(p.letters[row]) }},
		{ID: "at", Title: "时间", Width: 140, Value: at(func(l record.Letter) string { return clockOf(l.AtMS) })},
		{ID: "title", Title: "标题", Width: 380, Value: at(letterTitle)},
		{ID: "from", Title: "来自", Width: 120, Value: at(func(l record.Letter) string { return l.Notice().From })},
	})
	p.grid.OnType = func(r rune) { d.typed(r) }
	p.grid.OnSelect = func(int) { p.showCard() }
	p.grid.OnOpen = func(int) { p.read() }
	p.grid.Empty = widgets.Empty{Title: "区里还没有发来通知", Text: "区里发的通知、任务会在同步时收到，列在这里。"}
	p.content = split(p.grid, p.card)
	return p
}

func letterState(l record.Letter) string {
	switch {
	case l.ReadMS > 0:
		return "已阅"
	case l.Urgent:
		return "紧急"
	}
	return "未阅"
}

func letterTone(l record.Letter) widgets.Tone {
	switch {
	case l.ReadMS > 0:
		return widgets.Muted
	case l.Urgent:
		return widgets.Bad
	}
	return widgets.Accent
}

// letterTitle is what a letter is about; one of a newer kind says what to do.
func letterTitle(l record.Letter) string {
	if l.Kind != record.MessageNotice {
		return "这一条要升级戎愿以后才能看"
	}
	return l.Notice().Title
}

// unread is how many of them nobody opened.
func unread(letters []record.Letter) (n int) {
	for _, l := range letters {
		if l.ReadMS == 0 {
			n++
		}
	}
	return n
}

func (p *lettersPane) show(letters []record.Letter) {
	chosen := ""
	if l, ok := p.current(); ok {
		chosen = l.ID
	}
	p.letters = letters
	p.grid.SetRows(len(letters))
	row := 0
	for i, l := range letters {
		if l.ID == chosen {
			row = i
		}
	}
	if len(letters) > 0 {
		p.grid.Select(row)
	}
	p.grid.Refresh()
	p.showCard()
}

func (p *lettersPane) current() (record.Letter, bool) {
	row, ok := p.grid.Selected()
	if !ok || row >= len(p.letters) {
		return record.Letter{}, false
	}
	return p.letters[row], true
}

func (p *lettersPane) showCard() {
	l, ok := p.current()
	if !ok {
		p.card.Hide()
		return
	}
	p.card.Show()
	n := l.Notice()
	p.card.SetTitle(letterTitle(l), strings.Join(filledTexts(n.From, clockOf(l.AtMS)), " · "))
	rows := []widgets.CardRow{}
	label := "正文"
	for _, line := range strings.Split(strings.TrimSpace(n.Text), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			rows = append(rows, widgets.CardRow{Label: label, Value: line})
			label = " " // a row without one is a heading
		}
	}
	if l.ReadMS > 0 {
		rows = append(rows, widgets.CardRow{Label: "已阅", Value: l.ReadBy + " · " + clockOf(l.ReadMS), Tone: widgets.Muted})
		p.card.SetRows(rows)
		p.card.SetFoot()
		return
	}
	p.card.SetRows(rows)
	p.card.SetFoot(widgets.NewPrimaryButton("看过了（Enter）", p.read))
}

func filledTexts(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}

// read notes that the selected letter was read.
func (p *lettersPane) read() {
	l, ok := p.current()
	if !ok || l.ReadMS > 0 {
		return
	}
	p.d.work("正在记下", func(ctx context.Context, _ func(int, int)) error {
		return p.d.db.ReadLetter(ctx, l.ID)
	}, func(err error) {
		if err != nil {
			p.d.trouble(err)
			return
		}
		p.onRead()
	})
}

// letterLines are the letters of the district that wait, for 今日.
func (d *Desk) letterLines(n int) []dueLine {
	if n == 0 {
		return nil
	}
	return []dueLine{{
		what: fmt.Sprintf("区里发来 %d 份通知", n), detail: "还没有看过", tone: widgets.Warn,
		open: func() { d.open(doorExchange, place{Letters: true}) },
	}}
}
