package app

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// brandsPane is the list of brand projects: one place, one brand.
type brandsPane struct {
	s       *peopleScreen
	d       *Desk
	rows    []record.Brand
	teams   []record.Team
	wanted  record.BrandID
	grid    *widgets.Grid
	card    *widgets.Card
	list    fyne.CanvasObject
	form    *brandForm
	body    *fyne.Container
	buttons fyne.CanvasObject
}

func newBrandsPane(s *peopleScreen) *brandsPane {
	p := &brandsPane{s: s, d: s.d, body: container.NewStack(), card: widgets.NewCard()}
	at := func(f func(record.Brand) string) func(int) string {
		return func(row int) string { return f(p.rows[row]) }
	}
	p.grid = widgets.NewGrid([]widgets.Column{
		{ID: "name", Title: "品牌名称", Width: 200, Value: at(func(b record.Brand) string { return b.Name })},
		{ID: "slogan", Title: "口号", Width: 220, Value: at(func(b record.Brand) string { return b.Slogan })},
		{ID: "team", Title: "承办队伍", Width: 180, Value: at(func(b record.Brand) string { return p.teamName(b.Team) })},
		{ID: "started", Title: "启动日期", Width: 100, Value: at(func(b record.Brand) string { return string(b.Started) })},
		{ID: "ended", Title: "结束日期", Width: 100, Value: at(func(b record.Brand) string { return string(b.Ended) })},
	})
	p.grid.Key = func(row int) string { return string(p.rows[row].ID) }
	p.grid.OnSelect = p.selected
	p.grid.OnOpen = func(row int) { p.edit(p.rows[row]) }
	p.grid.OnType = func(r rune) { p.d.typed(r) }
	p.grid.Empty = widgets.Empty{Title: "还没有品牌项目", Text: "一地一品牌：按 Ctrl+N 登记本街镇的志愿服务品牌，活动可以挂在品牌下。"}
	p.buttons = bar(widgets.NewPrimaryButton("登记品牌（Ctrl+N）", p.add))
	if !p.d.may(record.RightWrite) {
		p.buttons = bar()
	}
	p.list = split(p.grid, p.card)
	p.body.Add(p.list)
	return p
}

func (p *brandsPane) teamName(id record.TeamID) string {
	for _, t := range p.teams {
		if t.ID == id {
			return t.Name
		}
	}
	return ""
}

// Content is the list or the form.
func (p *brandsPane) Content() fyne.CanvasObject { return p.body }

func (p *brandsPane) head() fyne.CanvasObject {
	if p.form != nil {
		return nil
	}
	return p.buttons
}

// Open loads the list.
func (p *brandsPane) Open() {
	if p.form != nil {
		p.form.form.fields["name"].Focus()
		return
	}
	p.Refresh()
	p.d.win.Canvas().Focus(p.grid)
}

// Refresh reads the brands off the painting goroutine.
func (p *brandsPane) Refresh() {
	var rows []record.Brand
	var teams []record.Team
	p.d.spawn(func() {
		var err error
		if rows, err = p.d.db.Brands(p.d.ctx); err == nil {
			teams, err = p.d.db.Teams(p.d.ctx)
		}
		fyne.Do(func() {
			if err != nil {
				p.d.trouble(err)
				return
			}
			p.rows, p.teams = rows, teams
			p.show()
		})
	})
}

func (p *brandsPane) show() {
	p.grid.SetRows(len(p.rows))
	if p.wanted != "" {
		p.grid.SelectKey(string(p.wanted))
		p.wanted = ""
	}
	if row, ok := p.grid.Selected(); ok {
		p.selected(row)
	} else if len(p.rows) > 0 {
		p.grid.Select(0)
	} else {
		p.selected(-1)
	}
}

func (p *brandsPane) selected(row int) {
	if row < 0 || row >= len(p.rows) {
		p.card.Hide()
		return
	}
	b := p.rows[row]
	p.card.Show()
	p.card.SetTitle(b.Name, b.Slogan)
	p.card.SetRows([]widgets.CardRow{
		{Label: "承办队伍", Value: p.teamName(b.Team)}, {Label: "启动日期", Value: b.Started.Chinese()}, {Label: "项目内容", Value: b.Content},
	})
	p.card.SetFoot(widgets.NewButton("编辑（Enter）", func() { p.edit(b) }))
}

func (p *brandsPane) add() {
	if p.form == nil {
		p.openForm(record.Brand{}, p.d.drafts.waiting(draftBrand))
	}
}

func (p *brandsPane) edit(b record.Brand) { p.openForm(b, draftBrand+string(b.ID)) }

// openDraft opens the form that was left half-typed.
func (p *brandsPane) openDraft(name string, isNew bool, id record.BrandID) {
	if p.form != nil && p.form.form.draftName == name {
		return
	}
	p.closeForm()
	if isNew {
		p.openForm(record.Brand{}, name)
		return
	}
	all, err := p.d.db.Brands(p.d.ctx)
	if err != nil {
		p.d.trouble(err)
		return
	}
	for _, b := range all {
		if b.ID == id {
			p.openForm(b, name)
		}
	}
}

func (p *brandsPane) openForm(b record.Brand, name string) {
	if !p.d.may(record.RightWrite) {
		return
	}
	p.form = newBrandForm(p, b)
	p.body.Objects = []fyne.CanvasObject{p.form.form.content}
	p.s.layOut()
	p.form.form.fields["name"].Focus()
	if d, waits := p.d.drafts.open(name, p.form.form); waits {
		p.d.drafts.pick(p.form.form, d, func() {
			p.closeForm()
			p.openForm(b, name)
		})
	}
}

// leave gives the half-typed form up.
func (p *brandsPane) leave() {
	if p.form != nil {
		p.d.drafts.forget(p.form.form)
	}
	p.closeForm()
}

func (p *brandsPane) closeForm() {
	if p.form == nil {
		return
	}
	p.d.drafts.release(p.form.form)
	p.form = nil
	p.body.Objects = []fyne.CanvasObject{p.list}
	p.s.layOut()
	p.d.win.Canvas().Focus(p.grid)
}

// Keys of the list, or of the form while one is open.
func (p *brandsPane) Keys() map[string]func() {
	if p.form != nil {
		return p.form.form.keys()
	}
	if !p.d.may(record.RightWrite) {
		return map[string]func(){}
	}
	return map[string]func(){"Ctrl+N": p.add}
}

// Unsaved is the half-typed form.
func (p *brandsPane) Unsaved() string {
	if p.form == nil {
		return ""
	}
	return p.form.changed()
}

func (p *brandsPane) follow(pos fyne.Position) {
	if p.form != nil {
		p.form.form.follow(pos)
	}
}

// brandForm registers or edits a brand project.
type brandForm struct {
	p                     *brandsPane
	d                     *Desk
	form                  *form
	before, shown         record.Brand
	name, slogan, content *widgets.Entry
	team                  *widgets.Picker
	started, ended        *widgets.DateEntry
}

func newBrandForm(p *brandsPane, b record.Brand) *brandForm {
	title := "登记品牌"
	if b.Version > 0 {
		title = b.Name
	}
	f := &brandForm{p: p, d: p.d, before: b, form: newForm(p.d, title, 2)}
	f.name, f.slogan, f.content = widgets.NewEntry(""), widgets.NewEntry(""), widgets.NewTextArea("", 4)
	f.team = widgets.NewPicker(teamFinder(p.teams))
	f.started, f.ended = p.d.dateField(), p.d.dateField()
	form := f.form
	form.group("品牌项目")
	form.add("brand.name", f.name).Required = true
	form.add("slogan", f.slogan)
	form.add("team", f.team)
	form.add("started", f.started)
	if b.Version > 0 {
		form.add("ended", f.ended)
	}
	form.add("brand.content", f.content).WholeRow = true
	form.finish("保存")
	f.name.SetValue(b.Name)
	f.slogan.SetValue(b.Slogan)
	f.content.SetValue(b.Content)
	f.started.SetValue(string(b.Started))
	f.ended.SetValue(string(b.Ended))
	if b.Team != "" {
		f.team.SetChosen(widgets.Choice{Key: string(b.Team), Text: p.teamName(b.Team)})
	}
	f.shown = f.read()
	form.save, form.leave, form.changed, form.park = f.save, p.leave, f.changed, p.closeForm
	form.begin(b.Version)
	return f
}

func (f *brandForm) read() record.Brand {
	b := f.before
	b.Name, b.Slogan, b.Content, b.Team = f.name.Value(), f.slogan.Value(), f.content.Value(), record.TeamID(f.team.Chosen().Key)
	b.Started, b.Ended = record.Day(f.started.Value()), record.Day(f.ended.Value())
	return b
}

func (f *brandForm) changed() string {
	if f.read() == f.shown {
		return ""
	}
	if name := f.name.Value(); name != "" {
		return name
	}
	return "这个品牌"
}

func (f *brandForm) save() {
	b := f.read()
	if b.Version > 0 && f.changed() == "" && f.form.unchosen() == nil {
		f.p.leave()
		return
	}
	err := cmp.Or(f.form.unchosen(), b.Check(f.d.today()).Err())
	switch {
	case !f.started.Valid():
		err = record.FailField("started", record.CodeDate)
	case !f.ended.Valid():
		err = record.FailField("ended", record.CodeDate)
	}
	if err != nil {
		f.form.refuse(err)
		return
	}
	id := b.ID
	f.d.work("正在保存", func(ctx context.Context, _ func(int, int)) (err error) {
		if b.Version > 0 {
			return f.d.db.UpdateBrand(ctx, b)
		}
		id, err = f.d.db.CreateBrand(ctx, b)
		return err
	}, func(err error) {
		if err != nil {
			f.form.refuse(err)
			return
		}
		f.p.wanted = id
		f.p.leave()
		f.d.notice(widgets.Good, "已保存 "+b.Name+"。")
		f.d.changed()
	})
}
