package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// sealedSection is who was taken out of the lists, for those who decide about
// them.
type sealedSection struct {
	d       *Desk
	rows    []sealedRow
	grid    *widgets.Grid
	content fyne.CanvasObject
}

// sealedRow is no more than is needed to decide.
type sealedRow struct {
	id           record.VolunteerID
	name, number string
	since, purge record.Day
}

func newSealedSection(d *Desk) section {
	s := &sealedSection{d: d}
	at := func(f func(sealedRow) string) func(int) string { return func(row int) string { return f(s.rows[row]) } }
	s.grid = widgets.NewGrid([]widgets.Column{
		{ID: "name", Title: "姓名", Width: 110, Value: at(func(r sealedRow) string { return r.name })},
		{ID: "number", Title: "编号", Width: 160, Value: at(func(r sealedRow) string { return r.number })},
		{ID: "since", Title: "封存日期", Width: 110, Value: at(func(r sealedRow) string { return string(r.since) })},
		{ID: "purge", Title: "最早可清除", Width: 110, Value: at(func(r sealedRow) string { return string(r.purge) })},
	})
	s.grid.Key = func(row int) string { return string(s.rows[row].id) }
	s.grid.OnType = func(r rune) { d.typed(r) }
	s.grid.OnOpen = func(int) { s.bringBack() }
	s.grid.Empty = widgets.Empty{Title: "没有封存的人", Text: "在“人员”里选中一个人，按 Ctrl+M 可以封存。"}
	why := widgets.NewParagraph("封存的人不在任何名单和报表里。恢复以后状态是“暂停”。封存满十年才可以清除；清除以后姓名、号码再也找不回来，时长数字保留。", widgets.Muted)
	actions := bar(widgets.NewPrimaryButton("恢复（Enter）", s.bringBack))
	if d.may(record.RightUnmask) && d.cfg.Opener != nil {
		actions.Add(widgets.NewButton("打印本人信息查询单", s.print))
	}
	if d.may(record.RightConfirm) {
		actions.Add(spring())
		actions.Add(widgets.NewButton("清除（Del）", s.purge))
	}
	head := insets(24, 16, 24, 12, stack(12, heading("封存"), why, actions))
	s.content = edged(whole(head), nil, nil, insets(24, 0, 24, 16, whole(s.grid)))
	return s
}

func (s *sealedSection) name() string               { return "封存" }
func (s *sealedSection) Content() fyne.CanvasObject { return s.content }
func (s *sealedSection) focus()                     { s.d.win.Canvas().Focus(s.grid) }
func (s *sealedSection) unsaved() string            { return "" }

func (s *sealedSection) keys() map[string]func() {
	if !s.d.may(record.RightConfirm) {
		return nil
	}
	return map[string]func(){fyneDelete: s.purge}
}

func (s *sealedSection) load() {
	var rows []sealedRow
	s.d.spawn(func() {
		err := s.d.readSealed(s.d.ctx, &rows)
		fyne.Do(func() {
			if err != nil {
				s.d.trouble(err)
				return
			}
			s.rows = rows
			s.grid.SetRows(len(rows))
			if _, ok := s.grid.Selected(); !ok && len(rows) > 0 {
				s.grid.Select(0)
			}
		})
	})
}

func (d *Desk) readSealed(ctx context.Context, into *[]sealedRow) error {
	people, err := d.db.SealedPeople(ctx)
	if err != nil {
		return err
	}
	for _, x := range people {
		v, err := d.db.Volunteer(ctx, x.ID)
		if err != nil {
			return err
		}
		*into = append(*into, sealedRow{x.ID, x.Name, x.Number, v.StatusSince, purgeDay(v.StatusSince)})
	}
	return nil
}

func (s *sealedSection) current() (sealedRow, bool) {
	row, ok := s.grid.Selected()
	if !ok || row >= len(s.rows) {
		return sealedRow{}, false
	}
	return s.rows[row], true
}

func (s *sealedSection) bringBack() {
	r, ok := s.current()
	if !ok {
		return
	}
	s.d.askReason(reasonQuestion{
		title: "恢复 " + r.name, ok: "恢复", usual: []string{"本人要求恢复", "封存有误"}, text: "恢复以后回到人员名单，状态是“暂停”。事由会记入审计日志。",
	}, func(reason string) {
		s.d.act("正在恢复", "已恢复 "+r.name+"，状态是“暂停”。", func(ctx context.Context) error { return s.d.db.UnsealVolunteer(ctx, r.id, reason) })
	})
}

func (s *sealedSection) print() {
	if r, ok := s.current(); ok {
		s.d.askPersonPaper(record.Volunteer{ID: r.id, Name: r.name})
	}
}

func (s *sealedSection) purge() {
	r, ok := s.current()
	switch {
	case !ok:
	case s.d.today() < r.purge:
		widgets.ShowMessage(s.d.win.Canvas(), "还不能清除", r.name+" 的资料要保存到 "+r.purge.Chinese()+"（封存满十年）。", nil)
	default:
		s.d.askReason(reasonQuestion{
			title: "清除 " + r.name, ok: "清除", usual: []string{"保存期满"},
			text: "清除以后，姓名、号码、地址和改动内容再也找不回来，Ctrl+Z 也不行；时长数字保留。清除前会自动备份一次。",
		}, func(reason string) {
			s.d.act("正在备份并清除", "已清除。", func(ctx context.Context) error { return s.d.db.PurgeVolunteer(ctx, r.id, reason) })
		})
	}
}
