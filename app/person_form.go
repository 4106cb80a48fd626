package app

import (
	"context"
	"reflect"
	"strings"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// personForm registers or edits one person: all fields that Decree 67 and the
// policy name, in groups, made for hands that stay on the keyboard.
type personForm struct {
	p      *peoplePane
	d      *Desk
	form   *form
	before record.Volunteer
	shown  record.Volunteer // what read gives for an untouched form
	street string
	c      personControls
	alike  []store.Likeness
}

// personControls are the fields of the form.
type personControls struct {
	id                                         *widgets.IDEntry
	name, number, national, phones, address    *widgets.Entry
	employer, partyOrg, skillNote, arm, merits *widgets.Entry
	disability, contact, relation, contactTel  *widgets.Entry
	health, version, noticeVersion, note       *widgets.Entry
	sex                                        *widgets.Radio
	birth, enlisted, discharged                *widgets.DateEntry
	joined, agreed, noticed, since             *widgets.DateEntry
	ethnic, politics, education, kind          *widgets.ChoiceEntry
	branch, rank, dischargeKind, way, status   *widgets.ChoiceEntry
	noticeWay                                  *widgets.ChoiceEntry
	village, team                              *widgets.Picker
	skills, categories                         *widgets.MultiPicker
	veteran, serving                           *widgets.Check
}

func newPersonForm(p *peoplePane, v record.Volunteer) *personForm {
	title := "登记人员"
	if v.Version > 0 {
		title = v.Name
	}
	f := &personForm{p: p, d: p.d, before: v, street: p.d.street(), form: newForm(p.d, title, 3)}
	if v.Version == 0 && v.Serving {
		v.Agreement = record.Agreement{Date: p.d.today(), Version: record.AgreementVersion, Way: wayPaper}
	}
	f.makeControls()
	f.lay()
	f.write(v)
	f.roles()
	f.shown = f.read()
	f.form.save, f.form.leave, f.form.changed = f.save, f.leave, f.changed
	f.form.restored, f.form.park = f.restored, p.closeForm
	f.form.begin(v.Version)
	return f
}

// keys add the way to the person who is already there.
func (f *personForm) keys() map[string]func() {
	keys := f.form.keys()
	if len(f.alike) > 0 {
		keys["Ctrl+O"] = f.openAlike
	}
	return keys
}

func (f *personForm) start() {
	first := "id_number"
	if f.before.Version > 0 && f.before.IDNumber != "" {
		first = "name"
	}
	f.form.fields[first].Focus()
}

// checkID judges the number while it is typed and says what it tells.
func (f *personForm) checkID(number string) (bool, string) {
	read, err := record.ReadIDNumber(number, f.d.today())
	if err != nil {
		return false, say.Problem(record.Problem{Field: "id_number", Level: record.LevelError, Code: record.CodeOf(err)})
	}
	message := read.Birth.Chinese() + "出生，" + sexText(read.Sex)
	for _, p := range read.Problems {
		if p.Level == record.LevelWarning {
			message = say.Problem(p)
		}
	}
	return true, message
}

// fromID fills birth and sex from a right number.
func (f *personForm) fromID(number string) {
	read, err := record.ReadIDNumber(number, f.d.today())
	if err != nil {
		return
	}
	f.c.birth.SetValue(string(read.Birth))
	f.c.sex.SetValue(sexText(read.Sex))
	f.look()
}

// look warns of people who may be the one that is being typed.
func (f *personForm) look() {
	v := f.read()
	if read, err := record.ReadIDNumber(string(v.IDNumber), f.d.today()); err == nil {
		v.IDNumber = read.Number
	}
	if name, found := record.ReadName(v.Name); len(found.Errors()) == 0 {
		v.Name = name
	}
	alike := f.d.db.Duplicates(v)
	if reflect.DeepEqual(alike, f.alike) {
		return
	}
	f.alike = alike
	if len(alike) == 0 {
		f.form.warn(nil)
		return
	}
	f.form.warn(bar(text(alikeText(alike), widgets.Warn), spring(), widgets.NewButton("打开此人（Ctrl+O）", f.openAlike)))
}

func alikeText(alike []store.Likeness) string {
	x := alike[0].Person
	c := personChoice(x)
	why := map[string]string{"id_number": "身份证号相同", "phones": "姓名和电话相同", "birth": "姓名和出生日期相同"}[alike[0].By]
	return "可能已经登记过：" + strings.Join([]string{x.Name, c.Hint, roleText(x)}, " · ") + "（" + why + "）"
}

func (f *personForm) openAlike() {
	if len(f.alike) == 0 {
		return
	}
	id := f.alike[0].Person.ID
	f.d.askLost("打开已有的人", f.changed(), func() {
		f.d.drafts.forget(f.form)
		f.p.closeForm()
		f.p.choose(id)
	})
}

// changed is what would be lost.
func (f *personForm) changed() string {
	if reflect.DeepEqual(f.read(), f.shown) && f.c.team.Chosen().Key == "" {
		return ""
	}
	name := f.c.name.Value()
	if name == "" {
		name = "这个人"
	}
	return name + " 的登记表"
}

// restored shows what follows from the fields of a draft.
func (f *personForm) restored(draft) {
	f.roles()
	f.look()
}

func (f *personForm) leave() {
	f.d.drafts.forget(f.form)
	f.p.closeForm()
	f.p.focusList()
}

// badDate is the field of the first date that stands in no calendar.
func (f *personForm) badDate() (string, bool) {
	for _, one := range []struct {
		name  string
		entry *widgets.DateEntry
	}{
		{"birth", f.c.birth},
		{"enlisted", f.c.enlisted},
		{"discharged", f.c.discharged},
		{"joined", f.c.joined},
		{"agreement_date", f.c.agreed},
		{"notice_date", f.c.noticed},
		{"status_since", f.c.since},
	} {
		if one.entry.Visible() && !one.entry.Valid() {
			return one.name, true
		}
	}
	return "", false
}

// unchosen adds the place to the form's own look: letters of an abbreviation
// that were left standing are no name of a place.
func (f *personForm) unchosen() error {
	if _, odd := villageOf(f.c.village, f.street); odd != "" && !strings.ContainsFunc(odd, isHan) {
		return record.FailField("village", record.CodeVillageUnknown, odd)
	}
	return f.form.unchosen()
}

func (f *personForm) save() {
	if name, bad := f.badDate(); bad {
		f.form.refuse(record.FailField(name, record.CodeDate))
		return
	}
	if err := f.unchosen(); err != nil {
		f.form.refuse(err)
		return
	}
	v := f.read()
	if v.Version > 0 && f.changed() == "" {
		f.leave()
		return
	}
	if err := v.Complete(f.d.today()).Check(f.d.today()).Err(); err != nil {
		f.form.refuse(err)
		return
	}
	team := record.TeamID(f.c.team.Chosen().Key)
	var found record.Problems
	id := v.ID
	f.d.work("正在保存", func(ctx context.Context, _ func(int, int)) (err error) {
		id, found, err = f.d.savePerson(ctx, v, team)
		return err
	}, func(err error) {
		if err != nil && id == v.ID {
			f.form.refuse(err)
			return
		}
		f.p.saved(id, savedText(v.Name, found))
		f.d.trouble(err) // the person stands; only the team was refused
	})
}

// savePerson writes a person and, where one was chosen, the team. The id is that
// of the person as soon as the person is written.
func (d *Desk) savePerson(ctx context.Context, v record.Volunteer, team record.TeamID) (id record.VolunteerID, found record.Problems, err error) {
	if v.Version > 0 {
		found, err = d.db.UpdateVolunteer(ctx, v)
		if err != nil {
			return v.ID, found, err
		}
	} else if v.ID, found, err = d.db.RegisterVolunteer(ctx, v); err != nil {
		return "", found, err
	}
	if team == "" {
		return v.ID, found, nil
	}
	return v.ID, found, d.db.Join(ctx, record.Membership{Team: team, Volunteer: v.ID})
}

// savedText tells that a person is saved and what still asks for attention.
func savedText(name string, found record.Problems) string {
	text := "已保存 " + name + "。"
	for _, p := range found {
		if p.Level == record.LevelReview || p.Level == record.LevelWarning {
			return text + "请留意：" + say.Problem(p)
		}
	}
	return text
}

// roles shows the groups that belong to the ticked roles.
func (f *personForm) roles() {
	show := func(on bool, rows []fyne.CanvasObject) {
		for _, o := range rows {
			if on {
				o.Show()
			} else {
				o.Hide()
			}
		}
	}
	show(f.c.veteran.Checked, f.rowsOf("service"))
	show(f.c.serving.Checked, f.rowsOf("agreement"))
	f.form.content.Refresh()
	f.form.scroll.Content.Refresh()
	f.form.scroll.Refresh()
}
