package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// personCard is what stands beside the list: who it is, the hours, the teams,
// the activities. Personal numbers are masked until somebody gives a reason.
type personCard struct {
	p    *peoplePane
	d    *Desk
	card *widgets.Card
	id   record.VolunteerID
	open bool // unmasked, for this person, until another one is selected or 30 s are over
	// since is the uptime at which the numbers were shown.
	since    time.Duration
	v        record.Volunteer
	consents []record.Consent
	records  personRecords
}

// personDetails is what the card reads off the painting goroutine.
type personDetails struct {
	v       record.Volunteer
	teams   []record.Membership
	parts   []store.Participation
	titles  map[record.ActivityID]record.Activity
	minutes int

	consents []record.Consent
	records  personRecords
}

func newPersonCard(p *peoplePane) *personCard {
	return &personCard{p: p, d: p.d, card: widgets.NewCard()}
}

// show shows a person: what lies in memory at once, the rest when it is read.
func (c *personCard) show(x store.Person, ok bool) {
	if !ok {
		c.id = ""
		c.card.Hide()
		return
	}
	if c.id != x.ID {
		c.open = false
	}
	c.id = x.ID
	c.card.Show()
	c.card.SetTitle(x.Name, cardSub(x))
	id := x.ID
	var details personDetails
	c.d.spawn(func() {
		var err error
		details, err = c.d.details(c.d.ctx, id)
		fyne.Do(func() {
			if c.id == id && err == nil {
				c.fill(x, details)
			}
		})
	})
}

func cardSub(x store.Person) string {
	parts := []string{roleText(x), record.Statuses().NameOf(string(x.Status))}
	return strings.Join(parts, " · ")
}

func (d *Desk) details(ctx context.Context, id record.VolunteerID) (p personDetails, err error) {
	if p.v, err = d.db.Volunteer(ctx, id); err != nil {
		return p, err
	}
	if p.teams, err = d.db.TeamsOf(ctx, id); err != nil {
		return p, err
	}
	if p.consents, err = d.db.Consents(ctx, id); err != nil {
		return p, err
	}
	if p.parts, err = d.db.ParticipationsOf(ctx, id); err != nil {
		return p, err
	}
	if p.records, err = d.personRecords(ctx, id); err != nil {
		return p, err
	}
	p.titles = map[record.ActivityID]record.Activity{}
	for _, one := range p.parts {
		a, err := d.db.Activity(ctx, one.Activity)
		if err != nil {
			return p, err
		}
		p.titles[a.ID] = a
		if record.Counting(a.Kind) && a.Held() {
			p.minutes += one.Minutes
		}
	}
	return p, nil
}

func (c *personCard) fill(x store.Person, p personDetails) {
	c.v, c.consents, c.records = p.v, p.consents, p.records
	rows := []widgets.CardRow{}
	if p.v.Serving {
		rows = append(rows, widgets.CardRow{Label: "累计时长", Value: hoursOf(p), Tone: widgets.Accent})
	}
	rows = append(rows, c.contactRows(p.v)...)
	rows = append(rows, c.teamRows(p.teams)...)
	if p.v.Veteran {
		rows = append(rows, serviceRows(p.v)...)
	}
	rows = append(rows, skillRows(p.v)...)
	rows = append(rows, hoursRows(p)...)
	rows = append(rows, c.activityRows(p)...)
	rows = append(rows, c.recordRows(p.records)...)
	rows = append(rows, c.agreementRows(p.v)...)
	c.card.SetRows(rows)
	foot := []fyne.CanvasObject{}
	write := c.d.may(record.RightWrite)
	if !p.v.Serving && write {
		foot = append(foot, widgets.NewButton("转为志愿者（空格）", func() { c.d.enlist(x) }))
	} else if p.v.Serving && c.d.cfg.Opener != nil {
		foot = append(foot, widgets.NewButton("打印时长单", func() { c.d.printSlip(x.ID) }))
	}
	if write {
		foot = append(foot, widgets.NewButton("编辑（Enter）", func() { c.p.edit(x.ID) }))
	}
	c.card.SetFoot(foot...)
}

func hoursOf(p personDetails) string {
	if p.minutes == 0 {
		return "还没有"
	}
	return hoursText(p.minutes)
}

func (c *personCard) contactRows(v record.Volunteer) []widgets.CardRow {
	number, phones := record.MaskID(string(v.IDNumber)), record.MaskPhones(v.Phones)
	if c.open {
		number, phones = grouped(string(v.IDNumber)), v.Phones
	}
	rows := []widgets.CardRow{{Label: "身份证号", Value: number}}
	if v.IDNumber == "" {
		rows[0] = widgets.CardRow{Label: "身份证号", Value: "待补", Tone: widgets.Warn, OnTap: func() { c.p.edit(v.ID) }}
	}
	rows = append(rows, widgets.CardRow{Label: "电话", Value: strings.Join(phones, "、")})
	if !c.open && c.d.may(record.RightUnmask) && (v.IDNumber != "" || len(v.Phones) > 0) {
		rows = append(rows, widgets.CardRow{Label: " ", Value: "显示完整号码（Ctrl+U）", Tone: widgets.Accent, OnTap: func() { c.unmask(v) }})
	}
	birth := v.Birth.Chinese()
	if len(v.Birth) >= 4 && !c.open && v.IDNumber != "" {
		birth = string(v.Birth[:4]) + " 年" // the day would complete the masked number
	}
	if age := v.Birth.AgeOn(c.d.today()); age >= 0 {
		birth += fmt.Sprintf("（%d 岁）", age)
	}
	place := v.VillageName
	if v.Village != "" {
		place = villageText(v.Village)
	}
	rows = append(rows, widgets.CardRow{Label: "出生", Value: birth}, widgets.CardRow{Label: "社区", Value: place},
		widgets.CardRow{Label: "政治面貌", Value: record.Politics().NameOf(v.Politics)})
	if v.Number != "" {
		rows = append(rows, widgets.CardRow{Label: "编号", Value: v.Number})
	}
	if v.NationalNumber != "" {
		rows = append(rows, widgets.CardRow{Label: "全国编号", Value: v.NationalNumber})
	}
	if v.Status != record.StatusActive && v.StatusSince != "" {
		rows = append(rows, widgets.CardRow{Label: "状态", Value: record.Statuses().NameOf(string(v.Status)) + "，" + v.StatusSince.Chinese() + "起", Tone: widgets.Warn})
	}
	return rows
}

// grouped writes an identity number as 6, 8, 4.
func grouped(number string) string {
	if len(number) != 18 {
		return number
	}
	return number[:6] + " " + number[6:14] + " " + number[14:]
}

func (c *personCard) teamRows(all []record.Membership) []widgets.CardRow {
	var rows []widgets.CardRow
	today := c.d.today()
	for _, m := range all {
		if !m.On(today) {
			continue
		}
		value := c.p.names[m.Team].Name + " · " + record.TeamRoles().NameOf(m.Role)
		id := m.Team
		rows = append(rows, widgets.CardRow{Label: teamLabel(m), Value: value, OnTap: func() { c.d.open(doorPeople, place{Team: id}) }})
	}
	if len(rows) == 0 {
		return nil
	}
	return append([]widgets.CardRow{{Value: "服务队"}}, rows...)
}

func teamLabel(m record.Membership) string {
	if m.Main {
		return "主要队"
	}
	return "所在队"
}

func serviceRows(v record.Volunteer) []widgets.CardRow {
	span := v.Enlisted.Chinese()
	if v.Discharged != "" {
		span += " 至 " + v.Discharged.Chinese()
	}
	rows := []widgets.CardRow{{Value: "服役经历"}, {Label: "起止", Value: strings.TrimSpace(span)}}
	for _, one := range [][2]string{
		{"军种", strings.TrimSpace(record.Branches().NameOf(v.Branch) + " " + v.Arm)},
		{"身份", record.ServiceRanks().NameOf(v.Rank)},
		{"退役方式", record.DischargeKinds().NameOf(v.DischargeKind)},
		{"立功受奖", v.Merits},
	} {
		if one[1] != "" {
			rows = append(rows, widgets.CardRow{Label: one[0], Value: one[1]})
		}
	}
	return rows
}

func skillRows(v record.Volunteer) []widgets.CardRow {
	var names []string
	for _, code := range v.Skills {
		names = append(names, record.Skills().NameOf(code))
	}
	if v.SkillNote != "" {
		names = append(names, v.SkillNote)
	}
	if len(names) == 0 {
		return nil
	}
	return []widgets.CardRow{{Value: "技能特长"}, {Label: "特长", Value: strings.Join(names, "、")}}
}

const cardActivities = 8

// activityRows are the latest activities; each opens.
func (c *personCard) activityRows(p personDetails) []widgets.CardRow {
	if len(p.parts) == 0 {
		return nil
	}
	rows := []widgets.CardRow{{Value: fmt.Sprintf("参加活动 %d 场", len(p.parts))}}
	for i := len(p.parts) - 1; i >= 0 && len(rows) <= cardActivities; i-- {
		one := p.parts[i]
		a := p.titles[one.Activity]
		rows = append(rows, widgets.CardRow{
			Label: string(a.Start.Day()), Value: a.Title + " · " + hoursShown(one), Tone: waitingTone(one),
			OnTap: func() { c.d.open(doorActivities, place{Activity: one.Activity}) },
		})
	}
	return rows
}

// askUnmask is the key for it; what is shown already is not asked for again.
func (c *personCard) askUnmask() {
	if !c.open && c.d.may(record.RightUnmask) && c.v.ID == c.id && (c.v.IDNumber != "" || len(c.v.Phones) > 0) {
		c.unmask(c.v)
	}
}

// unmask asks for the reason, notes it in the audit log and shows the numbers.
func (c *personCard) unmask(v record.Volunteer) {
	c.d.askReason(unmaskQuestion(v.Name), func(reason string) { c.noteUnmask(v.ID, reason) })
}

func (c *personCard) noteUnmask(id record.VolunteerID, reason string) {
	c.d.work("正在记入日志", func(ctx context.Context, _ func(int, int)) error {
		_, err := c.d.db.Note(ctx, store.Note{Action: store.ActionUnmask, Subject: string(id), Detail: reason})
		return err
	}, func(err error) {
		if err != nil {
			c.d.trouble(err)
			return
		}
		if c.id == id {
			c.open, c.since = true, c.d.uptime()
			c.show(c.p.current())
		}
	})
}
