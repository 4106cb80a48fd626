package cli

import (
	"rongyuan/store"
	"rongyuan/store/record"
)

// correctionDoc is a correction as commands print it.
type correctionDoc struct {
	ID record.CorrectionID `json:"id"`
	record.Correction
	Title string `json:"title"`
	Name  string `json:"name"`
}

func (k *call) correctionDoc(c record.Correction) (correctionDoc, error) {
	a, err := k.db.Activity(k.ctx, c.Activity)
	p, _ := k.db.Person(c.Volunteer)
	return correctionDoc{c.ID, c, a.Title, p.Name}, err
}

type correctionList struct{ all bool }

func (c *correctionList) options(o *options) { o.yes(&c.all, "all", "办完的也列出来") }

func (c *correctionList) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	list, err := db.Corrections(k.ctx, store.CorrectionFilter{Open: !c.all})
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Corrections []correctionDoc `json:"corrections"`
	}{make([]correctionDoc, 0, len(list))}
	rows := make([][]string, 0, len(list))
	for _, one := range list {
		d, err := k.correctionDoc(one)
		if err != nil {
			return answer{}, err
		}
		doc.Corrections = append(doc.Corrections, d)
		rows = append(rows, []string{
			string(one.Asked), d.Name, d.Title, record.HoursText(one.Before), record.HoursText(one.Minutes), one.Reason, one.AskedBy,
			one.CheckedBy, one.DecidedBy, record.CorrectionStates().NameOf(string(one.State)), string(one.ID),
		})
	}
	return answer{doc: doc, text: listed([]string{"申请日期", "姓名", "活动", "原来", "应为", "原因", "申请", "核实", "批准", "状态", "更正编号"}, rows)}, nil
}

type correctionCheck struct{ basis string }

func (c *correctionCheck) options(o *options) {
	o.text(&c.basis, "basis", "依据", "对着什么核实的，如 原签到表")
}

func (c *correctionCheck) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	if err := db.CheckCorrection(k.ctx, record.CorrectionID(k.args[0]), c.basis); err != nil {
		return answer{}, err
	}
	return k.correctionAnswer("已记下核实：%s")
}

// correctionDecide approves or refuses.
type correctionDecide struct {
	approve     bool
	reason      string
	basisOption string
}

func (c *correctionDecide) options(o *options) {
	o.text(&c.reason, "reason", "理由", "为什么批准或不批准")
	if c.approve {
		o.text(&c.basisOption, "basis", "依据", "没有别人核实过的，写明对着什么核实的")
	}
}

func (c *correctionDecide) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	v := store.CorrectionVerdict{Approve: c.approve, Why: c.reason, Basis: c.basisOption}
	if err := db.DecideCorrection(k.ctx, record.CorrectionID(k.args[0]), v); err != nil {
		return answer{}, err
	}
	if c.approve {
		return k.correctionAnswer("已批准，原来的那条已冲回，新的一条已记下：%s")
	}
	return k.correctionAnswer("没有批准，时长没有变：%s")
}

// correctionAnswer answers with the correction that the command named.
func (k *call) correctionAnswer(text string) (answer, error) {
	all, err := k.db.Corrections(k.ctx, store.CorrectionFilter{})
	if err != nil {
		return answer{}, err
	}
	for _, c := range all {
		if string(c.ID) == k.args[0] {
			d, err := k.correctionDoc(c)
			return answer{doc: d, text: said(text, d.Name+"，"+d.Title)}, err
		}
	}
	return answer{}, record.Fail(record.CodeNotFound)
}
