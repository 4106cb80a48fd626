package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// settle takes what the page says, asks for the reason of whole numbers, and
// fills the form.
func (p *districtForm) settle() {
	if !p.gather() {
		return
	}
	for _, one := range p.periods() {
		if one.String() == p.spans.Value() {
			p.period = one
		}
	}
	m := p.mapping()
	if len(m.Parts) == 0 {
		p.d.notice(widgets.Warn, "还没有选要填什么。")
		return
	}
	if !p.full.Checked || !m.Personal() || !p.d.may(record.RightUnmask) {
		p.fill(m, "")
		return
	}
	p.d.askReason(reasonQuestion{
		title: "写完整号码", text: "这张表里会有完整的身份证号和电话。请写明交给谁、为什么要；会记入日志。", ok: "填表",
		usual: []string{"区里要求报送完整号码", "办理保险"},
	}, func(reason string) { p.fill(m, reason) })
}

// formJob is a form that is to be filled; reason is why numbers are whole, ""
// for masked ones.
type formJob struct {
	from   string // the file that the district has sent
	form   *reports.Form
	fill   reports.FormFill
	reason string
}

// filledForm is what became of a form.
type filledForm struct {
	path, serial string
	done         reports.FormFilled
}

// fill remembers the mapping, takes a number of the log and writes the copy.
func (p *districtForm) fill(m record.FormMapping, reason string) {
	form, period, from := p.form, p.period, p.path
	known := p.d.may(record.RightWrite)
	var out filledForm
	p.d.work("正在填表", func(ctx context.Context, _ func(int, int)) (err error) {
		if known {
			if err := p.d.db.SaveFormMapping(ctx, form.Fingerprint(), m); err != nil {
				return err
			}
		}
		source, err := p.d.db.FormSource(ctx, period)
		if err != nil {
			return err
		}
		out, err = p.d.writeForm(ctx, formJob{from, form, reports.FormFill{Source: source, Mapping: m, Full: reason != ""}, reason})
		return err
	}, func(err error) {
		if err != nil {
			p.d.trouble(err)
			return
		}
		p.known = p.known || known
		p.showFilled(out)
		if p.d.cfg.Opener != nil {
			p.d.show(out.path)
		}
	})
}

// writeForm writes the filled copy beside the reports. A form that cannot be
// filled takes no number of the log.
func (d *Desk) writeForm(ctx context.Context, job formJob) (out filledForm, err error) {
	form, fill := job.form, job.fill
	if _, err := form.Fill(io.Discard, fill); err != nil {
		return out, err
	}
	if fill.Full {
		n := store.Note{Action: store.ActionUnmask, Subject: "form", Detail: fmt.Sprintf("%s；%d 人", job.reason, len(fill.Source.People))}
		if _, err := d.db.Note(ctx, n); err != nil {
			return out, err
		}
	}
	period := fill.Source.Report.Period
	number, err := d.db.Note(ctx, store.Note{Action: store.ActionExport, Subject: "form", Detail: form.Fingerprint() + " " + period.String()})
	if err != nil {
		return out, err
	}
	out.serial = store.Serial(fill.Source.Report.Station.Code, number)
	fill.Source.Serial = out.serial
	dir := filepath.Join(d.cfg.Options.Dir, reportsDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return out, record.Fail(record.CodeFileUnwritten).Because(err)
	}
	kind := filepath.Ext(job.from)
	name := fileName(strings.TrimSuffix(filepath.Base(job.from), kind) + "-" + period.Chinese() + "-" + out.serial)
	out.path, err = writeFile(filepath.Join(dir, name+kind), func(w io.Writer) (err error) {
		out.done, err = form.Fill(w, fill)
		return err
	})
	return out, err
}

// mostTold is how many findings the page has room for.
const mostTold = 10

// showFilled says what was written and what a person must still see to.
func (p *districtForm) showFilled(out filledForm) {
	open := widgets.NewPrimaryButton("打开", func() { p.d.show(out.path) })
	back := func() { p.show(p.sheet) }
	box := stack(14, heading("填好了"), text(shorten(filepath.Base(out.path), 60), widgets.Muted),
		subheading(fmt.Sprintf("填了 %d 行、%d 格，编号 %s。", out.done.Rows, out.done.Cells, out.serial)))
	told := map[string]bool{}
	for _, one := range out.done.Problems {
		said := say.Problem(one)
		if len(told) < mostTold && !told[said] {
			told[said] = true
			box.Add(text(said, widgets.Warn))
		}
	}
	if n := len(out.done.Problems) - len(told); n > 0 {
		box.Add(text(fmt.Sprintf("还有 %d 处，请打开看。", n), widgets.Warn))
	}
	box.Add(text("原来的表没有动；公式在打开时重新计算。", widgets.Muted))
	box.Add(bar(open, widgets.NewButton("再填一次（Esc）", back), widgets.NewButton("换一张表（Ctrl+I）", p.choose), widgets.NewButton("回到报表", p.s.leaveForm)))
	p.step(centredBoth(box), open, nil, back)
}
