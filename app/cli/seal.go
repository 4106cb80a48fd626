package cli

import (
	"context"
	"slices"
	"strings"

	"rongyuan/store"
	"rongyuan/store/record"
)

// reasonFlag is why something is done that the log must explain.
type reasonFlag struct{ reason string }

func (c *reasonFlag) options(o *options) {
	o.text(&c.reason, "reason", "原因", "为什么；会记入日志")
}

// given is the reason. The code of a refusal is reason_required.
func (c *reasonFlag) given() (string, error) {
	reason := strings.TrimSpace(c.reason)
	if reason == "" {
		return "", record.FailField("reason", record.CodeReasonRequired)
	}
	return reason, nil
}

type volunteerSeal struct{ reasonFlag }

func (c *volunteerSeal) run(k *call) (answer, error) {
	return c.change(k, (*call).person, (*store.DB).SealVolunteer, "已封存：%s。编号 %s 留着，名单和报表里不再出现")
}

type volunteerUnseal struct{ reasonFlag }

func (c *volunteerUnseal) run(k *call) (answer, error) {
	return c.change(k, (*call).sealedPerson, (*store.DB).UnsealVolunteer, "已解除封存：%s（%s），状态是暂停")
}

type volunteerPurge struct{ reasonFlag }

func (c *volunteerPurge) run(k *call) (answer, error) {
	return c.change(k, (*call).sealedPerson, (*store.DB).PurgeVolunteer,
		"已清除：%s（%s）的资料，时长数字留着。清除前备份了一次，旧备份里的会随旧备份一起删掉")
}

// change seals, brings back or erases the person that a command names.
func (c *reasonFlag) change(k *call, who func(*call, string) (store.Person, error), do doing, format string) (answer, error) {
	reason, err := c.given()
	if err != nil {
		return answer{}, err
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	p, err := who(k, k.args[0])
	if err != nil {
		return answer{}, err
	}
	if err := do(db, k.ctx, p.ID, reason); err != nil {
		return answer{}, err
	}
	return answer{doc: written{string(p.ID), p.Number, []finding{}}, text: said(format, p.Name, p.ID)}, nil
}

type doing = func(*store.DB, context.Context, record.VolunteerID, string) error

// sealedPerson finds a sealed person by id, volunteer number, identity number or
// full name.
func (k *call) sealedPerson(written string) (store.Person, error) {
	all, err := k.db.SealedPeople(k.ctx)
	if err != nil {
		return store.Person{}, err
	}
	name, _ := record.ReadName(written)
	number := idAsWritten(written, k.today())
	fits := slices.DeleteFunc(all, func(p store.Person) bool {
		return string(p.ID) != written && p.Number != written && p.Name != name && (number == "" || p.IDNumber != number)
	})
	switch len(fits) {
	case 1:
		return fits[0], nil
	case 0:
		if p, err := k.person(written); err == nil && p.Status != record.StatusSealed {
			return store.Person{}, record.FailField("status", record.CodeNotSealed)
		}
		return store.Person{}, record.FailField("volunteer", record.CodeNotFound)
	}
	return store.Person{}, usage("封存的人里有同名的，请写编号或身份证号")
}

// sealedDoc is a sealed person as lists print it: no more than a chief needs to
// decide.
type sealedDoc struct {
	ID     record.VolunteerID `json:"id"`
	Number string             `json:"number,omitempty"`
	Name   string             `json:"name"`
	Since  record.Day         `json:"since,omitempty"`
	// Purge is the first day on which the person may be purged.
	Purge record.Day `json:"purge,omitempty"`
}

type volunteerSealed struct{}

func (*volunteerSealed) options(*options) {}

func (*volunteerSealed) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	list, err := db.SealedPeople(k.ctx)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Sealed []sealedDoc `json:"sealed"`
	}{make([]sealedDoc, 0, len(list))}
	rows := make([][]string, 0, len(list))
	for _, p := range list {
		v, err := db.Volunteer(k.ctx, p.ID)
		if err != nil {
			return answer{}, err
		}
		one := sealedDoc{ID: p.ID, Number: p.Number, Name: p.Name, Since: v.StatusSince}
		if v.StatusSince.Valid() {
			one.Purge = record.DayOf(v.StatusSince.Time().AddDate(store.Retention, 0, 0))
		}
		doc.Sealed = append(doc.Sealed, one)
		rows = append(rows, []string{one.Number, one.Name, string(one.Since), string(one.Purge), string(one.ID)})
	}
	return answer{doc: doc, text: listed([]string{"编号", "姓名", "封存日期", "最早可清除", "资料编号"}, rows)}, nil
}
