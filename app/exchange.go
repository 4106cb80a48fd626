package app

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
	dsync "rongyuan/sync"
)

// exchangeScreen is the door 交换: how the station enrols at its district, and
// afterwards what waits and how the last exchange went.
type exchangeScreen struct {
	d       *Desk
	state   record.ExchangeState
	name    string // of the district
	waiting []waiting
	more    bool // there are more that wait than are listed
	loads   int

	enrol   *enrolForm
	said    *words
	head    *fyne.Container
	grid    *widgets.Grid
	card    *widgets.Card
	list    fyne.CanvasObject
	content *fyne.Container

	at      int // the open list: what waits, or the letters
	tabs    *tabs
	letters *lettersPane
	body    *fyne.Container
}

func newExchangeScreen(d *Desk) screen {
	s := &exchangeScreen{d: d, said: text("", widgets.Muted), card: widgets.NewCard(), content: container.NewStack()}
	s.enrol = newEnrolForm(s)
	s.grid = widgets.NewGrid([]widgets.Column{
		{ID: "what", Title: "等待上报", Width: 110, Value: func(row int) string { return s.waiting[row].what }},
		{ID: "title", Title: "记录", Width: 320, Value: func(row int) string { return s.waiting[row].title }},
		{ID: "n", Title: "条数", Width: 64, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(s.waiting[row].n) }},
		{ID: "at", Title: "时间", Width: 130, Value: func(row int) string { return clockOf(s.waiting[row].wallMS) }},
		{ID: "who", Title: "经办人", Width: 100, Value: func(row int) string { return s.waiting[row].who }},
	})
	s.grid.OnType = func(r rune) { d.typed(r) }
	s.grid.Empty = widgets.Empty{Title: "没有等待上报的记录", Text: "以后保存的记录会自动上报，不用守着。"}
	s.letters = newLettersPane(d, s.Refresh)
	s.tabs = newTabs([]string{"待上报", "区级通知"}, s.turn)
	s.head = bar(s.tabs.content, s.said, spring(), widgets.NewPrimaryButton("立即同步（Ctrl+R）", s.sync))
	s.body = container.NewStack(split(s.grid, s.card))
	s.list = edged(stack(0, padded(6, 16, s.head), line()), nil, nil, s.body)
	s.tabs.choose(0)
	return s
}

// turn opens one of the two lists.
func (s *exchangeScreen) turn(to int) {
	s.at = to
	s.tabs.choose(to)
	s.body.Objects = []fyne.CanvasObject{split(s.grid, s.card)}
	if to == 1 {
		s.body.Objects = []fyne.CanvasObject{s.letters.content}
	}
	s.body.Refresh()
	s.focus()
}

// Go opens the letters.
func (s *exchangeScreen) Go(at place) {
	if at.Letters {
		s.turn(1)
	}
}

// clockOf is a time of this PC in China, to the minute.
func clockOf(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).In(record.Zone()).Format("2006-01-02 15:04")
}

// Content is the form that enrols, or the state.
func (s *exchangeScreen) Content() fyne.CanvasObject { return s.content }

// Open reads the state.
func (s *exchangeScreen) Open() {
	s.Refresh()
	s.focus()
}

func (s *exchangeScreen) focus() {
	switch {
	case !s.state.Enrolled:
		s.enrol.focus()
	case s.at == 1:
		s.d.win.Canvas().Focus(s.letters.grid)
	default:
		s.d.win.Canvas().Focus(s.grid)
	}
}

// Refresh reads off the painting goroutine where the exchange stands and what
// waits.
func (s *exchangeScreen) Refresh() {
	s.loads++
	load := s.loads
	s.d.spawn(func() {
		got, err := s.d.readExchange(s.d.ctx)
		fyne.Do(func() {
			switch {
			case load != s.loads:
			case err != nil:
				s.d.trouble(err)
			default:
				s.show(got)
			}
		})
	})
}

// exchangeFacts is what the page is made of.
type exchangeFacts struct {
	state   record.ExchangeState
	name    string
	waiting []waiting
	more    bool
	letters []record.Letter
}

func (s *exchangeScreen) show(got exchangeFacts) {
	enrolled := s.state.Enrolled
	s.state, s.name, s.waiting, s.more = got.state, got.name, got.waiting, got.more
	page := s.list
	if !got.state.Enrolled {
		page = s.enrol.content
	}
	if len(s.content.Objects) != 1 || s.content.Objects[0] != page {
		s.content.Objects = []fyne.CanvasObject{page}
		s.content.Refresh()
	}
	if !got.state.Enrolled {
		return
	}
	s.letters.show(got.letters)
	s.tabs.rename(1, lettersTab(got.letters))
	sentence, tone := stateSentence(got.state, s.d.now())
	s.said.Say(sentence, tone)
	s.head.Refresh()
	s.card.SetTitle(got.name, got.state.District)
	s.card.SetRows(s.rows())
	s.grid.SetRows(len(got.waiting))
	if _, ok := s.grid.Selected(); !ok && len(got.waiting) > 0 {
		s.grid.Select(0)
	}
	if !enrolled {
		s.focus()
	}
}

// lettersTab is the name of the tab with how many letters nobody opened.
func lettersTab(letters []record.Letter) string {
	if n := unread(letters); n > 0 {
		return fmt.Sprintf("区级通知（%d）", n)
	}
	return "区级通知"
}

// stateSentence is where the exchange stands, calmly: to be without a network is
// a state, and nothing is lost by it.
func stateSentence(e record.ExchangeState, now time.Time) (string, widgets.Tone) {
	short, tone := exchangeText(e, now)
	switch {
	case e.LastCode == "" && e.Pending == 0 && e.LastSuccessMS == 0:
		return "还没有同步过，按 Ctrl+R 开始", widgets.Muted
	case e.LastCode == "":
		return short, tone
	case passing(e.LastCode):
		return short + "。" + say.Say(e.LastCode).What + "，数据都在本机，会自动再试", widgets.Muted
	}
	return short + "。" + say.Say(e.LastCode).What, widgets.Bad
}

// passing reports a failure that goes by itself.
func passing(code record.Code) bool {
	switch code {
	case record.CodeNoConnection, record.CodeServerBusy, record.CodeTooManyRequests:
		return true
	}
	return false
}

// clockSkew is a difference of clocks that is worth a word, in milliseconds.
const clockSkew = 5 * 60 * 1000

// rows are the state in the card.
func (s *exchangeScreen) rows() []widgets.CardRow {
	e := s.state
	rows := []widgets.CardRow{{Label: "待上报", Value: fmt.Sprintf("%d 条", e.Pending)}}
	if e.Pending > 0 {
		rows = append(rows, widgets.CardRow{Label: "最早一条", Value: clockOf(e.OldestPendingMS)})
	}
	if s.more {
		rows = append(rows, widgets.CardRow{Label: "列表", Value: fmt.Sprintf("只列出最早的 %d 条", waitingMost)})
	}
	success := widgets.CardRow{Label: "上次成功", Value: "还没有"}
	if e.LastSuccessMS > 0 {
		success.Value = clockOf(e.LastSuccessMS) + "（区级时间）"
	}
	equal := widgets.CardRow{Label: "两边记录", Value: "还没有核对"}
	switch {
	case e.HeadsEqual:
		equal.Value, equal.Tone = "一致", widgets.Good
	case e.LastSuccessMS > 0 && e.Pending > 0:
		equal.Value = "本机多出待上报的"
	}
	rows = append(rows, success, equal,
		widgets.CardRow{Label: "区里已收到", Value: fmt.Sprintf("%d 条", e.Stored)},
		widgets.CardRow{Label: "区里已备份", Value: fmt.Sprintf("%d 条", e.Safe)})
	for _, one := range []struct {
		label string
		n     int64
	}{{"待处理", e.Cases}, {"等待核对", e.Quarantined}} {
		if one.n > 0 {
			rows = append(rows, widgets.CardRow{Label: one.label, Value: fmt.Sprintf("%d 件，由区里处理", one.n), Tone: widgets.Warn})
		}
	}
	if e.ClockOffsetMS > clockSkew || e.ClockOffsetMS < -clockSkew {
		rows = append(rows, widgets.CardRow{Label: "电脑时间", Value: offsetText(e.ClockOffsetMS), Tone: widgets.Warn})
	}
	return append(rows, s.failureRows()...)
}

// offsetText says how far this PC's clock is from the district's.
func offsetText(ms int64) string {
	word := "慢"
	if ms < 0 {
		word, ms = "快", -ms
	}
	return fmt.Sprintf("比区里%s %d 分钟，请校准", word, ms/60_000)
}

func (s *exchangeScreen) failureRows() []widgets.CardRow {
	code := s.state.LastCode
	if code == "" {
		return nil
	}
	said, tone := say.Say(code), widgets.Muted
	if !passing(code) {
		tone = widgets.Bad
	}
	rows := []widgets.CardRow{{Value: "上次没有成功"}, {Label: "原因", Value: said.What, Tone: tone}}
	if said.Safe != "" {
		rows = append(rows, widgets.CardRow{Label: "数据", Value: said.Safe})
	}
	return append(rows, widgets.CardRow{Label: "怎么办", Value: said.Do})
}

// sync is one round, with its progress.
func (s *exchangeScreen) sync() {
	e := s.d.exchange
	if !s.state.Enrolled || e == nil {
		return
	}
	var result dsync.Result
	s.d.work("正在同步", func(ctx context.Context, progress func(int, int)) (err error) {
		result, err = e.round(ctx, progress)
		return err
	}, func(err error) {
		s.d.exchanged()
		s.answer(result, err)
	})
}

func (s *exchangeScreen) answer(result dsync.Result, err error) {
	switch code := record.CodeOf(err); {
	case err == nil:
		s.d.exchange.resume()
		said := "已同步，没有新的记录要上报。"
		if result.Sent > 0 {
			said = fmt.Sprintf("已同步，上报 %d 条。", result.Sent)
		}
		if result.Received > 0 {
			said += fmt.Sprintf("区里发来 %d 份通知。", result.Received)
		}
		s.d.notice(widgets.Good, said)
	case passing(code):
		s.d.notice(widgets.Normal, say.Say(code).What+"，数据都在本机，联网后会自动上报。")
	default:
		s.d.trouble(err)
	}
}

// Keys sync, or send the form.
func (s *exchangeScreen) Keys() map[string]func() {
	if s.state.Enrolled {
		return map[string]func(){
			"Ctrl+R": s.sync, "F9": s.Refresh, "Ctrl+1": func() { s.turn(0) }, "Ctrl+2": func() { s.turn(1) },
		}
	}
	return map[string]func(){"Ctrl+S": s.enrol.submit}
}

// KeyNames say what the keys do here.
func (s *exchangeScreen) KeyNames() map[string]string {
	return map[string]string{"Ctrl+S": "接入区级", "Ctrl+1": "待上报", "Ctrl+2": "区级通知"}
}
