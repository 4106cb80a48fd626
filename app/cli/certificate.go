package cli

import (
	"cmp"
	"fmt"
	"io"
	"strconv"

	"rongyuan/store"
	"rongyuan/store/record"
)

// certificateDoc is a certificate as commands print it. The identity number is
// masked also where the paper shows it.
type certificateDoc struct {
	ID        record.CertificateID    `json:"id"`
	Number    string                  `json:"number,omitempty"`
	State     record.CertificateState `json:"state"`
	StateName string                  `json:"state_name"`
	Name      string                  `json:"name"`
	IDNumber  string                  `json:"id_number,omitempty"`
	Member    string                  `json:"member,omitempty"`
	From      record.Day              `json:"from"`
	To        record.Day              `json:"to"`
	Minutes   int64                   `json:"minutes"`
	Rows      int                     `json:"activities"`
	Applied   record.Day              `json:"applied"`
	Posted    record.Day              `json:"posted,omitempty"`
	PostedTo  record.Day              `json:"posted_to,omitempty"`
	First     record.Day              `json:"first_issue,omitempty"`
	Issued    record.Day              `json:"issued,omitempty"`
	Replaces  string                  `json:"replaces,omitempty"`
	Ended     record.Day              `json:"ended,omitempty"`
	Reason    string                  `json:"reason,omitempty"`
	Stamp     string                  `json:"stamp,omitempty"`
	Drift     *record.Drift           `json:"drift,omitempty"`
}

func certificateDocOf(c record.Certificate) certificateDoc {
	out := certificateDoc{
		ID: c.ID, Number: c.Number, State: c.State, StateName: record.CertificateStates().NameOf(string(c.State)),
		Name: c.Holder.Name, IDNumber: record.MaskID(string(c.Holder.IDNumber)), Member: c.Holder.Number, From: c.From, To: c.To,
		Minutes: c.Minutes, Rows: len(c.Lines), Applied: c.Applied, Posted: c.Posted, PostedTo: c.PostedTo, Issued: c.Issued,
		Replaces: c.Replaces, Ended: c.Ended, Reason: c.Reason, Stamp: c.Stamp,
	}
	if c.State == record.CertificateNoticed {
		out.First = c.FirstIssue()
	}
	return out
}

func certificateAnswer(c record.Certificate, drift *record.Drift) answer {
	doc := certificateDocOf(c)
	doc.Drift = drift
	return answer{doc: doc, text: func(w io.Writer) {
		rows := [][]string{
			{"申请编号", string(doc.ID)},
			{"证明编号", doc.Number},
			{"状态", doc.StateName},
			{"姓名", doc.Name},
			{"身份证号", doc.IDNumber},
			{"志愿者编号", doc.Member},
			{"起止日期", string(doc.From) + " 至 " + string(doc.To)},
			{"服务时长", fmt.Sprintf("%s 小时，%d 次活动", record.HoursText(int(doc.Minutes)), doc.Rows)},
			{"申请日期", string(doc.Applied)},
			{"公示", string(doc.Posted) + " 至 " + string(doc.PostedTo)},
			{"最早出具", string(doc.First)},
			{"出具日期", string(doc.Issued)},
			{"替代", doc.Replaces},
			{"作废日期", string(doc.Ended)},
			{"说明", doc.Reason},
		}
		if doc.Posted == "" {
			rows[9][1] = "不公示"
		}
		columns(w, rows)
		if drift != nil && !drift.None() {
			fmt.Fprintf(w, "出具以后记录有变：现在是 %s 小时、%d 次活动。已出具的证明不变；要按现在的记录，请作废后重新出具。\n",
				record.HoursText(int(drift.Minutes)), drift.Lines)
		}
	}}
}

type certificateApply struct {
	from, to, use, posted string
	full                  bool
}

func (c *certificateApply) options(o *options) {
	o.text(&c.from, "from", "日期", "从哪天起；不写就是加入的那天")
	o.text(&c.to, "to", "日期", "到哪天止；不写就是今天")
	o.text(&c.use, "use", "用途", "证明用来做什么")
	o.text(&c.posted, "posted", "日期", "公示从哪天起；不写就是今天")
	o.yes(&c.full, "full-id", "证明上写完整的身份证号；不写就隐去中间几位")
}

func (c *certificateApply) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	p, err := k.person(k.args[0])
	if err != nil {
		return answer{}, err
	}
	from, err := readDay("from", cmp.Or(c.from, string(p.Joined), string(k.today())), k.today())
	if err != nil {
		return answer{}, err
	}
	to, err := readDay("to", cmp.Or(c.to, string(k.today())), k.today())
	if err != nil {
		return answer{}, err
	}
	posted, err := readDay("posted", c.posted, k.today())
	if err != nil {
		return answer{}, err
	}
	one, err := db.ApplyCertificate(k.ctx, store.Application{
		Volunteer: p.ID, Use: c.use, Span: record.Period{From: from, To: to}, FullID: c.full, Posted: posted,
	})
	if err != nil {
		return answer{}, err
	}
	return certificateAnswer(one, nil), nil
}

type certificateList struct{}

func (*certificateList) options(*options) {}

func (*certificateList) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	all, err := db.Certificates(k.ctx)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Certificates []certificateDoc `json:"certificates"`
	}{make([]certificateDoc, 0, len(all))}
	var rows [][]string
	for _, c := range all {
		one := certificateDocOf(c)
		doc.Certificates = append(doc.Certificates, one)
		rows = append(rows, []string{cmp.Or(one.Number, string(one.ID)), one.Name, record.HoursText(int(one.Minutes)), string(one.Applied), string(one.Issued), one.StateName})
	}
	return answer{doc: doc, text: listed([]string{"编号", "姓名", "小时", "申请", "出具", "状态"}, rows)}, nil
}

type certificateShow struct{}

func (*certificateShow) options(*options) {}

func (*certificateShow) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	c, err := db.Certificate(k.ctx, k.args[0])
	if err != nil {
		return answer{}, err
	}
	if c.State != record.CertificateIssued {
		return certificateAnswer(c, nil), nil
	}
	drift, err := db.CertificateDrift(k.ctx, c)
	return certificateAnswer(c, &drift), err
}

type certificateIssue struct{}

func (*certificateIssue) options(*options) {}

func (*certificateIssue) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	before, err := db.Certificate(k.ctx, k.args[0])
	if err != nil {
		return answer{}, err
	}
	c, err := db.IssueCertificate(k.ctx, before.ID)
	return certificateAnswer(c, nil), err
}

type certificateVoid struct{ reasonFlag }

func (c *certificateVoid) run(k *call) (answer, error) {
	reason, err := c.given()
	if err != nil {
		return answer{}, err
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	before, err := db.Certificate(k.ctx, k.args[0])
	if err != nil {
		return answer{}, err
	}
	if err := db.EndCertificate(k.ctx, before.ID, reason); err != nil {
		return answer{}, err
	}
	after, err := db.Certificate(k.ctx, string(before.ID))
	return certificateAnswer(after, nil), err
}

type certificateReissue struct{ reasonFlag }

func (c *certificateReissue) run(k *call) (answer, error) {
	reason, err := c.given()
	if err != nil {
		return answer{}, err
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	before, err := db.Certificate(k.ctx, k.args[0])
	if err != nil {
		return answer{}, err
	}
	after, err := db.ReissueCertificate(k.ctx, before.ID, reason)
	return certificateAnswer(after, nil), err
}

type certificateNotice struct{ days string }

func (c *certificateNotice) options(o *options) {
	o.text(&c.days, "days", "天数", "改成公示几天：至少 7 天；0 是不公示")
}

func (c *certificateNotice) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	if c.days != "" {
		days, err := strconv.Atoi(c.days)
		if err != nil {
			return answer{}, usage("--days 要写数字")
		}
		if err := db.SaveNoticeDays(k.ctx, days); err != nil {
			return answer{}, err
		}
	}
	days, err := db.NoticeDays(k.ctx)
	text := fmt.Sprintf("申请记录证明，公示 %d 天后出具", days)
	if days == 0 {
		text = "申请记录证明不公示，当天可以出具"
	}
	return answer{doc: map[string]int{"notice_days": days}, text: said("%s", text)}, err
}
