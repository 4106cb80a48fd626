package cli

import (
	"io"

	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// objectionDoc is an objection as commands print it.
type objectionDoc struct {
	ID record.ObjectionID `json:"id"`
	record.Objection
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
	Late  bool   `json:"late"`
}

func (k *call) objectionDoc(o record.Objection) objectionDoc {
	p, _ := k.db.Person(o.Volunteer)
	a, _ := k.db.Activity(k.ctx, o.Activity) // an objection may be about no activity
	return objectionDoc{o.ID, o, p.Name, a.Title, o.Open() && o.Due < k.today()}
}

type objectionList struct{ all bool }

func (c *objectionList) options(o *options) { o.yes(&c.all, "all", "答复过的也列出来") }

func (c *objectionList) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	list, err := db.Objections(k.ctx, store.ObjectionFilter{Open: !c.all})
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Objections []objectionDoc `json:"objections"`
	}{make([]objectionDoc, 0, len(list))}
	rows := make([][]string, 0, len(list))
	for _, o := range list {
		d := k.objectionDoc(o)
		doc.Objections = append(doc.Objections, d)
		rows = append(rows, []string{string(o.Received), d.Name, d.Title, o.Claim, string(o.Due), string(o.Answered), string(o.ID)})
	}
	return answer{doc: doc, text: listed([]string{"收到", "姓名", "活动", "内容", "最晚答复", "已答复", "异议编号"}, rows)}, nil
}

type objectionAdd struct{ claim, activity, way, received string }

func (c *objectionAdd) options(o *options) {
	o.text(&c.claim, "claim", "文字", "本人说哪里不对")
	o.text(&c.activity, "activity", "活动编号", "说的是哪次活动；不写就是整个记录")
	o.text(&c.way, "way", "方式", "来站、电话、书面、微信")
	o.text(&c.received, "received", "日期", "哪天提出的；不写就是今天")
}

func (c *objectionAdd) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	p, err := k.person(k.args[0])
	if err != nil {
		return answer{}, err
	}
	o := record.Objection{Volunteer: p.ID, Activity: record.ActivityID(c.activity), Claim: c.claim}
	if c.way != "" {
		if o.Way, err = codeIn(record.ObjectionWays(), "objection_way", c.way); err != nil {
			return answer{}, err
		}
	}
	if o.Received, err = readDay("received", c.received, k.today()); err != nil {
		return answer{}, err
	}
	id, err := db.RaiseObjection(k.ctx, o)
	if err != nil {
		return answer{}, err
	}
	if o, err = db.Objection(k.ctx, id); err != nil {
		return answer{}, err
	}
	return answer{doc: k.objectionDoc(o), text: said("已登记异议：%s，最晚 %s 答复。异议编号 %s", p.Name, o.Due, id)}, nil
}

type objectionAnswer struct{ outcome, answer string }

func (c *objectionAnswer) options(o *options) {
	o.text(&c.outcome, "outcome", "结果", "更正、补充、维持")
	o.text(&c.answer, "answer", "文字", "答复内容")
}

func (c *objectionAnswer) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	outcome := ""
	if c.outcome != "" {
		if outcome, err = codeIn(record.Outcomes(), "outcome", c.outcome); err != nil {
			return answer{}, err
		}
	}
	id := record.ObjectionID(k.args[0])
	if err := db.AnswerObjection(k.ctx, id, store.Answer{Outcome: outcome, Text: c.answer}); err != nil {
		return answer{}, err
	}
	o, err := db.Objection(k.ctx, id)
	return answer{doc: k.objectionDoc(o), text: said("已答复；打印答复用 rongyuan objection print %s", id)}, err
}

type objectionPrint struct{ outputFlag }

func (c *objectionPrint) run(k *call) (answer, error) {
	if _, err := c.kind(".pdf"); err != nil {
		return answer{}, err
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	o, err := db.Objection(k.ctx, record.ObjectionID(k.args[0]))
	if err != nil {
		return answer{}, err
	}
	p, _ := db.Person(o.Volunteer)
	a, _ := db.Activity(k.ctx, o.Activity) // an objection may be about no activity
	paper := reports.ObjectionPaper{Station: k.station, Made: k.moment(), By: k.by(), Name: p.Name, Number: p.Number, Activity: a, Objection: o}
	n := store.Note{Action: store.ActionPrint, Subject: string(o.ID), Detail: "objection"}
	serial, err := k.paper(c.out, n, func(w io.Writer, serial string) error {
		paper.Serial = serial
		return reports.ObjectionPDF(w, paper)
	})
	return printedAnswer(printed{Output: c.out, Serial: serial, Rows: 1}), err
}
