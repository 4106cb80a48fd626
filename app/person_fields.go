package app

import (
	"strings"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// makeControls makes the fields; lay puts them into the form.
func (f *personForm) makeControls() {
	c := &f.c
	entry := widgets.NewEntry
	c.id = widgets.NewIDEntry(f.checkID)
	c.id.OnValid = f.fromID
	c.id.OnChanged = func(string) { f.look() }
	c.name, c.number, c.national, c.address = entry(""), entry(""), entry("没有就空着"), entry("门牌、楼栋")
	c.phones = entry("几个号码用、隔开")
	c.name.OnChanged, c.phones.OnChanged = func(string) { f.look() }, func(string) { f.look() }
	c.employer, c.partyOrg, c.skillNote, c.arm = entry(""), entry(""), entry(""), entry("")
	c.merits, c.disability, c.contact, c.relation = entry(""), entry(""), entry(""), entry("例如 妻子")
	c.contactTel, c.health, c.version = entry(""), entry(""), entry("")
	c.note = widgets.NewTextArea("", 2)
	c.sex = widgets.NewRadio([]string{"男", "女"}, nil)
	c.birth, c.enlisted, c.discharged = f.d.partialDate(), f.d.partialDate(), f.d.partialDate()
	c.birth.OnDate = func(string) { f.look() }
	c.joined, c.agreed, c.noticed, c.since = f.d.dateField(), f.d.dateField(), f.d.dateField(), f.d.dateField()
	c.ethnic, c.politics, c.education = tableField(record.Ethnics()), tableField(record.Politics()), tableField(record.Educations())
	c.kind, c.branch, c.rank = tableField(record.PersonKinds()), tableField(record.Branches()), tableField(record.ServiceRanks())
	c.dischargeKind, c.way = tableField(record.DischargeKinds()), widgets.NewChoiceEntry(wayChoices(), matchChoice)
	c.noticeVersion, c.noticeWay = entry(""), widgets.NewChoiceEntry(wayChoices(), matchChoice)
	c.noticed.OnDate = f.noticeDated
	c.status = widgets.NewChoiceEntry(tableChoices(liveStatuses()), matchChoice)
	c.status.OnPick = func(widgets.Choice) { f.statusChosen() }
	c.village = f.d.villageField()
	teams, err := f.d.db.Teams(f.d.ctx)
	if err != nil {
		f.d.trouble(err)
	}
	c.team = widgets.NewPicker(teamFinder(teams))
	c.skills, c.categories = widgets.NewMultiPicker(tableFinder(record.Skills())), widgets.NewMultiPicker(tableFinder(record.ServiceCategories()))
	c.veteran = widgets.NewCheck("服过现役", func(bool) { f.roles() })
	c.serving = widgets.NewCheck("参加志愿服务", func(on bool) { f.servingChanged(on) })
}

// liveStatuses are those that a clerk sets here; sealing is a step of its own.
func liveStatuses() record.Table {
	t := record.Statuses()
	var terms []record.Term
	for _, term := range t.Terms {
		if term.Code != string(record.StatusSealed) {
			terms = append(terms, term)
		}
	}
	t.Terms = terms
	return t
}

// statusChosen dates a new status today; the day can be changed.
func (f *personForm) statusChosen() {
	if record.Status(f.c.status.Value()) != f.before.Status {
		f.c.since.SetValue(string(f.d.today()))
	}
}

// noticeDated proposes how the notice was given.
func (f *personForm) noticeDated(day string) {
	if day != "" && f.c.noticeVersion.Value() == "" {
		f.c.noticeVersion.SetValue(record.AgreementVersion)
		f.c.noticeWay.SetValue(wayPaper)
	}
}

// servingChanged proposes today's agreement for a new volunteer.
func (f *personForm) servingChanged(on bool) {
	if on && f.c.agreed.Value() == "" {
		f.c.agreed.SetValue(string(f.d.today()))
		f.c.version.SetValue(record.AgreementVersion)
		f.c.way.SetValue(wayPaper)
	}
	f.roles()
}

// lay puts the fields into groups in the order in which a clerk fills them.
func (f *personForm) lay() {
	c, form := &f.c, f.form
	form.group("身份")
	form.add("id_number", c.id)
	form.add("name", c.name).Required = true
	form.add("phones", c.phones)
	form.add("sex", c.sex)
	form.add("birth", c.birth)
	form.add("village", c.village)
	form.add("veteran", c.veteran)
	form.add("volunteer", c.serving)
	form.add("kind", c.kind)
	if f.before.Version == 0 {
		form.add("team", c.team)
	} else {
		form.add("number", c.number)
	}
	form.add("politics", c.politics)
	form.add("education", c.education)
	form.group("服役经历")
	form.add("enlisted", c.enlisted)
	form.add("discharged", c.discharged)
	form.add("branch", c.branch)
	form.add("arm", c.arm).SetHint("只写兵种专业，不写部队番号")
	form.add("rank", c.rank)
	form.add("discharge_kind", c.dischargeKind)
	form.add("merits", c.merits)
	form.add("disability", c.disability)
	form.group("技能和服务")
	form.add("skills", c.skills)
	form.add("categories", c.categories)
	form.add("skill_note", c.skillNote).WholeRow = true
	f.layRest()
	saveText := "保存"
	if f.before.Version == 0 {
		saveText = "登记"
	}
	form.finish(saveText)
}

func (f *personForm) layRest() {
	c, form := &f.c, f.form
	form.group("登记同意书")
	form.add("agreement_date", c.agreed).Required = true
	form.add("agreement_version", c.version)
	form.add("agreement_way", c.way)
	form.add("joined", c.joined).SetHint("空着就按同意日期")
	form.group("个人信息告知")
	form.add("notice_date", c.noticed)
	form.add("notice_version", c.noticeVersion)
	form.add("notice_way", c.noticeWay)
	form.group("其他")
	form.add("party_org", c.partyOrg)
	form.add("ethnic", c.ethnic)
	form.add("employer", c.employer)
	form.add("address", c.address)
	form.add("emergency_name", c.contact)
	form.add("emergency_relation", c.relation)
	form.add("emergency_phone", c.contactTel)
	form.add("health", c.health)
	if f.before.Version == 0 {
		form.add("number", c.number)
	} else {
		form.add("status", c.status)
		form.add("status_since", c.since)
	}
	form.add("national_number", c.national)
	note := form.add("note", c.note)
	note.WholeRow = true
	note.SetHint("不得录入涉密信息")
}

// rowsOf are the caption and the fields of a group that may be hidden.
func (f *personForm) rowsOf(group string) []fyne.CanvasObject {
	ends := map[string][2]string{
		"service": {"enlisted", "disability"}, "agreement": {"agreement_date", "joined"}, "notice": {"notice_date", "notice_way"},
	}[group]
	from, to := -1, -1
	for i, o := range f.form.rows {
		if o == fyne.CanvasObject(f.form.fields[ends[0]]) {
			from = i - 1 // the caption stands before the first field
		}
		if o == fyne.CanvasObject(f.form.fields[ends[1]]) {
			to = i
		}
	}
	return f.form.rows[from : to+1]
}

// write fills the form from a record.
func (f *personForm) write(v record.Volunteer) {
	c := &f.c
	c.id.SetValue(string(v.IDNumber))
	c.name.SetValue(v.Name)
	c.number.SetValue(v.Number)
	c.national.SetValue(v.NationalNumber)
	c.phones.SetValue(strings.Join(v.Phones, "、"))
	c.sex.SetValue(sexText(v.Sex))
	c.birth.SetValue(string(v.Birth))
	c.ethnic.SetValue(v.Ethnic)
	c.village.SetChosen(villageChoice(v.Village, v.VillageName))
	c.address.SetValue(v.Address)
	c.politics.SetValue(v.Politics)
	c.partyOrg.SetValue(v.PartyOrg)
	c.education.SetValue(v.Education)
	c.employer.SetValue(v.Employer)
	c.skills.SetChosen(chosenOf(record.Skills(), v.Skills))
	c.skillNote.SetValue(v.SkillNote)
	c.categories.SetChosen(chosenOf(record.ServiceCategories(), v.Categories))
	c.veteran.SetValue(v.Veteran)
	c.serving.SetValue(v.Serving)
	c.kind.SetValue(v.Kind)
	f.writeService(v)
	c.joined.SetValue(string(v.Joined))
	c.agreed.SetValue(string(v.Agreement.Date))
	c.version.SetValue(v.Agreement.Version)
	c.way.SetValue(v.Agreement.Way)
	c.noticed.SetValue(string(v.Notice.Date))
	c.noticeVersion.SetValue(v.Notice.Version)
	c.noticeWay.SetValue(v.Notice.Way)
	c.contact.SetValue(v.Emergency.Name)
	c.relation.SetValue(v.Emergency.Relation)
	c.contactTel.SetValue(v.Emergency.Phone)
	c.health.SetValue(v.Health)
	c.note.SetValue(v.Note)
	c.status.SetValue(string(v.Status))
	c.since.SetValue(string(v.StatusSince))
}

func (f *personForm) writeService(v record.Volunteer) {
	c := &f.c
	c.enlisted.SetValue(string(v.Enlisted))
	c.discharged.SetValue(string(v.Discharged))
	c.branch.SetValue(v.Branch)
	c.arm.SetValue(v.Arm)
	c.rank.SetValue(v.Rank)
	c.dischargeKind.SetValue(v.DischargeKind)
	c.merits.SetValue(v.Merits)
	c.disability.SetValue(v.Disability)
}

// read is the record as the form shows it; what the form does not show stays.
func (f *personForm) read() record.Volunteer {
	c, v := &f.c, f.before
	v.IDNumber, v.Name = record.IDNumber(c.id.Value()), c.name.Value()
	v.Number, v.NationalNumber = c.number.Value(), c.national.Value()
	v.Phones = phonesOf(c.phones.Value())
	v.Sex = sexOf(c.sex.Value(), f.before.Sex)
	v.Birth, v.Ethnic = record.Date(c.birth.Value()), c.ethnic.Value()
	v.Village, v.VillageName = villageOf(c.village, f.street)
	v.Address, v.Employer = c.address.Value(), c.employer.Value()
	v.Politics, v.PartyOrg, v.Education = c.politics.Value(), c.partyOrg.Value(), c.education.Value()
	v.Skills, v.Categories, v.SkillNote = keysOf(c.skills.Chosen()), keysOf(c.categories.Chosen()), c.skillNote.Value()
	v.Veteran, v.Serving, v.Kind = c.veteran.Checked, c.serving.Checked, c.kind.Value()
	if v.Veteran {
		v.Branch, v.Arm, v.Rank = c.branch.Value(), c.arm.Value(), c.rank.Value()
		v.Enlisted, v.Discharged = record.Date(c.enlisted.Value()), record.Date(c.discharged.Value())
		v.DischargeKind, v.Merits, v.Disability = c.dischargeKind.Value(), c.merits.Value(), c.disability.Value()
	}
	if v.Serving {
		v.Joined = record.Day(c.joined.Value())
		v.Agreement = record.Agreement{Date: record.Day(c.agreed.Value()), Version: c.version.Value(), Way: c.way.Value()}
	}
	v.Notice = record.Agreement{Date: record.Day(c.noticed.Value()), Version: c.noticeVersion.Value(), Way: c.noticeWay.Value()}
	v.Emergency = record.Contact{Name: c.contact.Value(), Relation: c.relation.Value(), Phone: c.contactTel.Value()}
	v.Health, v.Note = c.health.Value(), c.note.Value()
	if v.Version > 0 {
		v.Status, v.StatusSince = record.Status(c.status.Value()), record.Day(c.since.Value())
	}
	return v
}

// phonesOf reads the field; what is no number stays as it was typed, so that the
// rule can refuse it.
func phonesOf(typed string) []string {
	if typed == "" {
		return nil
	}
	phones, found := record.ReadPhones(typed)
	if len(found.Errors()) > 0 {
		return []string{typed}
	}
	return phones
}

// sexOf keeps a sex that the two options do not show.
func sexOf(option string, before record.Sex) record.Sex {
	switch option {
	case "男":
		return record.Male
	case "女":
		return record.Female
	}
	if before == record.Male || before == record.Female {
		return ""
	}
	return before
}
