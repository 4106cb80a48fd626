package reports

import (
	"io"

	"rongyuan/store/record"
)

// ObjectionPaper is the station's answer to a volunteer who objected to his
// record (Decree 67, article 13).
type ObjectionPaper struct {
	Station record.Station
	Made    record.Moment
	By      string
	Serial  string
	// Name and Number are the volunteer's.
	Name, Number string
	// Activity is what the objection is about; the zero value for none.
	Activity  record.Activity
	Objection record.Objection
}

// ObjectionPDF prints the answer on one page; without an answer it is the
// receipt of the objection, with the day by which it is answered.
func ObjectionPDF(w io.Writer, p ObjectionPaper) error {
	o := p.Objection
	title := "志愿服务记录异议答复"
	if o.Open() {
		title = "志愿服务记录异议受理单"
	}
	d, err := newDocument(title, slipSheet, imprint{maker: p.By, serial: p.Serial, made: p.Made})
	if err != nil {
		return err
	}
	d.numbers = ofAll
	d.fittedTitle(d.strong(size4), issuerOf(p.Station))
	d.fittedTitle(d.strong(18), title)
	d.space(2)
	st := d.plain(11)
	d.fields(st, 7.5, fill("姓　　名", p.Name), fill("志愿者编号", p.Number))
	d.fields(st, 7.5, fill("提出日期", o.Received.Chinese()), fill("提出方式", record.ObjectionWays().NameOf(o.Way)))
	if p.Activity.Title != "" {
		d.fields(st, 7.5, fill("相关活动", p.Activity.Start.Day().Chinese()+" "+p.Activity.Title))
	}
	d.fields(st, 7.5, fill("受 理 人", o.TakenBy), fill("答复期限", o.Due.Chinese()))
	d.space(2)
	d.note(11, "异议内容："+o.Claim)
	d.space(2)
	if o.Open() {
		d.note(11, "本站已经受理，将在"+o.Due.Chinese()+"以前核实并答复。")
	} else {
		d.note(11, "核实结果："+record.Outcomes().NameOf(o.Outcome)+"。")
		d.note(11, "答复内容："+o.Answer)
		d.fields(st, 9, fill("答 复 人", o.AnsweredBy), fill("答复日期", o.Answered.Chinese()))
	}
	d.space(2)
	d.note(sizeSmall5, "依据《志愿服务记录与证明出具办法（试行）》（民政部令第67号）第十二条、第十三条。更正服务时长的，原记录保留，另记更正，并写明申请、核实和批准的人。")
	if p.Station.Phone != "" {
		d.note(sizeSmall5, "联系电话："+p.Station.Phone)
	}
	return d.write(w)
}
