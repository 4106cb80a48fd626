package app

import (
	"context"
	"reflect"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// teamForm founds or edits a team.
type teamForm struct {
	p             *teamsPane
	d             *Desk
	form          *form
	before, shown record.Team
	street        string

	name, slogan, base, officer, note *widgets.Entry
	party, partners                   *widgets.Entry
	kind, tier                        *widgets.ChoiceEntry
	wanted                            *widgets.MultiPicker
	flag                              *widgets.DateEntry
	parent, village                   *widgets.Picker
	founded, dissolved                *widgets.DateEntry
}

func newTeamForm(p *teamsPane, t record.Team) *teamForm {
	title := "新建队伍"
	if t.Version > 0 {
		title = t.Name
	}
	f := &teamForm{p: p, d: p.d, before: t, street: p.d.street(), form: newForm(p.d, title, 2)}
	entry := widgets.NewEntry
	f.name, f.slogan, f.base, f.officer = entry("例如 小站镇退役军人志愿服务队"), entry(""), entry("服务站、协会或社区"), entry("姓名、电话")
	f.note = widgets.NewTextArea("", 2)
	f.party, f.partners = entry(""), entry("几个单位用、隔开")
	f.kind, f.tier = tableField(record.TeamKinds()), tableField(record.TeamTiers())
	f.wanted = widgets.NewMultiPicker(tableFinder(record.Skills()))
	f.flag = p.d.dateField()
	f.parent = widgets.NewPicker(teamFinder(f.others()))
	f.village = p.d.villageField()
	f.village.SetPlaceHolder("整个街镇就空着")
	f.founded, f.dissolved = p.d.dateField(), p.d.dateField()
	f.lay()
	f.write(t)
	f.shown = f.read()
	f.form.save, f.form.leave, f.form.changed, f.form.park = f.save, f.leave, f.changed, p.closeForm
	f.form.begin(t.Version)
	return f
}

// others are the teams that may stand above this one.
func (f *teamForm) others() []record.Team {
	var out []record.Team
	for _, r := range f.p.rows {
		if r.team.ID != f.before.ID || f.before.ID == "" {
			out = append(out, r.team)
		}
	}
	return out
}

func (f *teamForm) lay() {
	form := f.form
	form.group("队伍")
	form.add("team.name", f.name).Required = true
	form.add("team.kind", f.kind).Required = true
	form.add("tier", f.tier)
	form.add("parent", f.parent)
	form.add("village", f.village)
	form.add("founded", f.founded)
	form.add("flag", f.flag)
	form.add("slogan", f.slogan)
	form.add("base", f.base)
	form.add("officer", f.officer).SetHint("一村（社区）一辅警联动")
	form.add("party_group", f.party)
	form.add("partners", f.partners)
	form.add("wanted", f.wanted).SetHint("用来看队里缺什么技能")
	if f.before.Version > 0 {
		form.add("dissolved", f.dissolved)
	}
	note := form.add("note", f.note)
	note.WholeRow = true
	note.SetHint("不得录入涉密信息")
	form.finish("保存")
}

func (f *teamForm) write(t record.Team) {
	f.name.SetValue(t.Name)
	f.kind.SetValue(t.Kind)
	for _, r := range f.p.rows {
		if t.Parent != "" && r.team.ID == t.Parent {
			f.parent.SetChosen(widgets.Choice{Key: string(t.Parent), Text: r.team.Name})
		}
	}
	f.village.SetChosen(villageChoice(t.Village, ""))
	f.founded.SetValue(string(t.Founded))
	f.tier.SetValue(t.Tier)
	f.flag.SetValue(string(t.Flag))
	f.party.SetValue(t.Party)
	f.partners.SetValue(t.Partners)
	f.wanted.SetChosen(chosenOf(record.Skills(), t.Wanted))
	f.dissolved.SetValue(string(t.Dissolved))
	f.slogan.SetValue(t.Slogan)
	f.base.SetValue(t.Base)
	f.officer.SetValue(t.Officer)
	f.note.SetValue(t.Note)
}

func (f *teamForm) read() record.Team {
	t := f.before
	t.Name, t.Kind, t.Parent = f.name.Value(), f.kind.Value(), record.TeamID(f.parent.Chosen().Key)
	t.Village, _ = villageOf(f.village, f.street)
	t.Founded, t.Dissolved = record.Day(f.founded.Value()), record.Day(f.dissolved.Value())
	t.Tier, t.Flag, t.Party, t.Partners, t.Wanted = f.tier.Value(), record.Day(f.flag.Value()), f.party.Value(), f.partners.Value(), keysOf(f.wanted.Chosen())
	t.Slogan, t.Base, t.Officer, t.Note = f.slogan.Value(), f.base.Value(), f.officer.Value(), f.note.Value()
	return t
}

func (f *teamForm) changed() string {
	if reflect.DeepEqual(f.read(), f.shown) {
		return ""
	}
	if name := f.name.Value(); name != "" {
		return name
	}
	return "这支队伍"
}

func (f *teamForm) leave() {
	f.d.drafts.forget(f.form)
	f.p.closeForm()
	f.d.win.Canvas().Focus(f.p.grid)
}

// wrong is what the record's own rules cannot see: text in a date or a place
// that is none.
func (f *teamForm) wrong() error {
	switch _, odd := villageOf(f.village, f.street); {
	case odd != "":
		return record.FailField("village", record.CodeVillageUnknown)
	case !f.founded.Valid():
		return record.FailField("founded", record.CodeDate)
	case !f.flag.Valid():
		return record.FailField("flag", record.CodeDate)
	case !f.dissolved.Valid():
		return record.FailField("dissolved", record.CodeDate)
	}
	if err := f.form.unchosen(); err != nil {
		return err
	}
	return f.read().Check(f.d.today()).Err()
}

func (f *teamForm) save() {
	t := f.read()
	if t.Version > 0 && f.changed() == "" && f.form.unchosen() == nil {
		f.leave()
		return
	}
	if err := f.wrong(); err != nil {
		f.form.refuse(err)
		return
	}
	id := t.ID
	f.d.work("正在保存", func(ctx context.Context, _ func(int, int)) (err error) {
		if t.Version > 0 {
			return f.d.db.UpdateTeam(ctx, t)
		}
		id, err = f.d.db.FoundTeam(ctx, t)
		return err
	}, func(err error) {
		if err != nil {
			f.form.refuse(err)
			return
		}
		f.p.saved(id, t.Name)
	})
}
