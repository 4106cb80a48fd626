package cli

import (
	"fmt"

	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

type auditList struct {
	from, to, action, actor, subject string
	limit, before                    int
}

func (c *auditList) options(o *options) {
	o.text(&c.from, "from", "日期", "从哪天起")
	o.text(&c.to, "to", "日期", "到哪天止")
	o.text(&c.action, "action", "动作", "只看一种："+say.ActionWords())
	o.text(&c.actor, "by", "用户名", "只看一个人做的")
	o.text(&c.subject, "subject", "编号", "只看对一份资料做的，写它的编号")
	o.number(&c.limit, "limit", "条数", "最多几条；不写就是 100")
	o.number(&c.before, "before", "流水号", "接着看更早的，写上一页最后一条的流水号")
}

// auditDoc is an entry of the audit log as commands print it.
type auditDoc struct {
	Seq        int64        `json:"seq"`
	Serial     string       `json:"serial"`
	Time       *string      `json:"time"`
	Actor      string       `json:"actor"`
	Action     store.Action `json:"action"`
	ActionName string       `json:"action_name"`
	Subject    string       `json:"subject,omitempty"`
	Detail     string       `json:"detail,omitempty"`
}

func (k *call) auditDoc(e store.AuditEntry) auditDoc {
	return auditDoc{
		e.Seq, store.Serial(k.station.Code, e.Seq), timeText(e.WallMS), e.Actor, e.Action, say.Action(string(e.Action)), e.Subject, e.Detail,
	}
}

func (c *auditList) run(k *call) (answer, error) {
	f, err := c.filter(k)
	if err != nil {
		return answer{}, err
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	f.Limit++ // one more tells whether there is a next page
	list, err := db.AuditEntries(k.ctx, f)
	if err != nil {
		return answer{}, err
	}
	more := len(list) == f.Limit
	if more {
		list = list[:len(list)-1]
	}
	doc := struct {
		Entries []auditDoc `json:"entries"`
		More    bool       `json:"more"`
	}{make([]auditDoc, 0, len(list)), more}
	rows := make([][]string, 0, len(list))
	for _, e := range list {
		one := k.auditDoc(e)
		doc.Entries = append(doc.Entries, one)
		rows = append(rows, []string{fmt.Sprint(one.Seq), textOf(one.Time), one.Actor, one.ActionName, one.Subject, one.Detail})
	}
	return answer{doc: doc, text: listed([]string{"流水号", "时间", "谁", "动作", "对象", "说明"}, rows)}, nil
}

func (c *auditList) filter(k *call) (store.AuditFilter, error) {
	f := store.AuditFilter{Actor: c.actor, Subject: c.subject, Before: int64(c.before), Limit: c.limit}
	if !k.given.has("limit") {
		f.Limit = store.AuditPage
	}
	if f.Limit <= 0 || c.before < 0 {
		return f, usage("--limit 和 --before 要大于 0")
	}
	if c.action != "" {
		action, known := say.ActionOf(c.action)
		if !known {
			return f, usage("没有“" + c.action + "”这种动作")
		}
		f.Action = store.Action(action)
	}
	var err error
	if f.From, err = readDay("from", c.from, k.today()); err != nil {
		return f, err
	}
	if f.To, err = readDay("to", c.to, k.today()); err == nil && f.To != "" && f.To < f.From {
		err = record.FailField("to", record.CodeDateOrder, "from")
	}
	return f, err
}
