package app

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"rongyuan/app/papers"
	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// ask offers what may be done with the selected certificate, and the papers of
// the whole register.
func (p *certificatesPane) ask() {
	var deeds []deed
	title := "记录证明"
	if c, ok := p.current(); ok {
		title = holderName(c) + " 的记录证明"
		deeds = p.deeds(c)
	}
	deeds = append(deeds,
		deed{"打印公示名单", func() {
			p.d.printPaper("公示名单", func(ctx context.Context, from papers.Desk) (papers.Print, error) { return from.Notice(ctx) })
		}},
		deed{"打印出具登记簿", func() {
			p.d.printPaper("登记簿", func(ctx context.Context, from papers.Desk) (papers.Print, error) { return from.Register(ctx) })
		}},
		deed{"打印星级名单", func() {
			p.d.printPaper("星级名单", func(ctx context.Context, from papers.Desk) (papers.Print, error) { return from.Stars(ctx, 20) })
		}},
		deed{"打印空白登记表", func() {
			p.d.printPaper("登记表", func(ctx context.Context, from papers.Desk) (papers.Print, error) { return from.Registration(ctx, "") })
		}})
	if p.d.mayManage() {
		deeds = append(deeds, deed{"改公示天数", p.askNotice})
	}
	p.d.askWhich(title, "办什么", deeds)
}

// askNotice sets how long applications are in public notice here.
func (p *certificatesPane) askNotice() {
	days, err := p.d.db.NoticeDays(p.d.ctx)
	if err != nil {
		p.d.trouble(err)
		return
	}
	const none = "不公示"
	choices := []string{"7 天", "10 天", "15 天", none}
	pick := widgets.NewRadio(choices, nil)
	pick.SetValue(none)
	if days > 0 {
		pick.SetValue(fmt.Sprintf("%d 天", days))
	}
	why := widgets.NewParagraph("民发〔2015〕149号要求公示不少于 7 天；民政部令第67号没有要求。按本区的规定选。", widgets.Muted)
	why.Width = 420
	widgets.ShowForm(p.d.win.Canvas(), widgets.FormDialog{
		Title: "出具前公示几天", Content: stack(12, why, widgets.NewField("公示", pick)), OK: "保存", Width: 440,
		OnOK: func() bool {
			var n int
			if _, err := fmt.Sscanf(pick.Value(), "%d", &n); err != nil {
				n = 0 // 不公示
			}
			p.d.act("正在保存", "已保存。", func(ctx context.Context) error { return p.d.db.SaveNoticeDays(ctx, n) })
			return true
		},
	})
}

func (p *certificatesPane) deeds(c record.Certificate) []deed {
	decides := p.d.mayDecide()
	var out []deed
	switch c.State {
	case record.CertificateNoticed:
		if decides {
			out = append(out, deed{"出具", func() { p.issue(c) }}, deed{"不再办理", func() { p.end(c) }})
		}
	case record.CertificateIssued:
		out = append(out, deed{"打印正本和存根", func() { p.print(c, false) }}, deed{"补发（原件丢失）", func() { p.print(c, true) }})
		if decides {
			out = append(out, deed{"作废", func() { p.end(c) }}, deed{"作废并重新出具", func() { p.reissue(c) }})
		}
	}
	return out
}

func (p *certificatesPane) print(c record.Certificate, again bool) {
	p.d.printPaper("记录证明", func(ctx context.Context, from papers.Desk) (papers.Print, error) {
		return from.Certificates(ctx, []string{string(c.ID)}, again)
	})
}

func (p *certificatesPane) issue(c record.Certificate) {
	p.wanted = c.ID
	p.d.act("正在出具", "已出具 "+holderName(c)+" 的记录证明，按 Ctrl+P 打印。", func(ctx context.Context) error {
		_, err := p.d.db.IssueCertificate(ctx, c.ID)
		return err
	})
}

func (p *certificatesPane) end(c record.Certificate) {
	q := reasonQuestion{title: "不再办理 " + holderName(c) + " 的申请", ok: "不再办理", usual: []string{"本人撤回申请", "公示期有异议"}, text: "申请留在登记簿里，写明原因。"}
	said := "申请已不再办理。"
	if c.State == record.CertificateIssued {
		q = reasonQuestion{title: "作废 " + c.Number, ok: "作废", usual: []string{"内容有误", "本人交回"}, text: "编号留在登记簿里，不再使用。扫码核对会说已经作废。"}
		said = "证明已作废。"
	}
	p.d.askReason(q, func(reason string) {
		p.d.act("正在作废", said, func(ctx context.Context) error { return p.d.db.EndCertificate(ctx, c.ID, reason) })
	})
}

func (p *certificatesPane) reissue(c record.Certificate) {
	p.d.askReason(reasonQuestion{
		title: "重新出具 " + c.Number, ok: "重新出具", usual: []string{"姓名有误", "时长更正后重开"}, text: "原证明作废，按现在的记录给新的编号。请收回原件。",
	}, func(reason string) {
		p.d.act("正在重新出具", "已重新出具。", func(ctx context.Context) error {
			next, err := p.d.db.ReissueCertificate(ctx, c.ID, reason)
			p.wanted = next.ID
			return err
		})
	})
}

// askCertificate takes somebody's application.
func (d *Desk) askCertificate(v record.Volunteer) {
	from, to := d.dateField(), d.dateField()
	from.SetValue(cmp.Or(string(v.Joined), string(d.today()[:4])+"-01-01"))
	to.SetValue(string(d.today()))
	to.Max = string(d.today())
	use := widgets.NewEntry("例如 评先评优")
	whole := widgets.NewRadio([]string{"隐去中间几位", "写完整"}, nil)
	whole.SetValue("隐去中间几位")
	fields := map[string]*widgets.Field{
		"from": widgets.NewField("从哪天起", from), "to": widgets.NewField("到哪天止", to), "use": widgets.NewField("用途", use), "id": widgets.NewField("身份证号", whole),
	}
	fields["to"].SetHint("按这几天里的服务记录出具")
	widgets.ShowForm(d.win.Canvas(), widgets.FormDialog{
		Title: "受理 " + v.Name + " 的记录证明申请", OK: "受理", Width: 460,
		Content: widgets.NewForm(1, fields["from"], fields["to"], fields["use"], fields["id"]),
		OnOK: func() bool {
			if from.Value() == "" || to.Value() == "" || !from.Valid() || !to.Valid() || from.Value() > to.Value() {
				fields["from"].SetError("起止日期不对")
				return false
			}
			d.act("正在受理", "已受理 "+v.Name+" 的申请，在“人员”的“证明”页里可以看到。", func(ctx context.Context) error {
				_, err := d.db.ApplyCertificate(ctx, store.Application{
					Volunteer: v.ID, Use: use.Value(), FullID: whole.Value() == "写完整",
					Span: record.Period{From: record.Day(from.Value()), To: record.Day(to.Value())},
				})
				return err
			})
			return true
		},
	})
}

// askStamp takes what a scanner types and says whether the paper can be
// believed.
func (d *Desk) askStamp() {
	code := widgets.NewEntry("")
	field := widgets.NewField("二维码内容", code)
	why := widgets.NewParagraph("光标放在框里，用扫码枪扫证明或报表上的二维码；不用联网。", widgets.Muted)
	why.Width = 460
	var dialog *widgets.Dialog
	dialog = widgets.ShowForm(d.win.Canvas(), widgets.FormDialog{
		Title: "扫码核对", Content: stack(12, why, field), OK: "核对", Width: 480,
		OnOK: func() bool {
			v, err := d.db.VerifyStamp(d.ctx, code.Value())
			if err != nil {
				field.SetError(strings.TrimSuffix(say.Error(err).What, "。"))
				return false
			}
			dialog.Close() // before the answer opens over it
			d.showJudgement(v)
			return false
		},
	})
}

func (d *Desk) showJudgement(v record.Judgement) {
	title, text := "签名有效，内容没有改动", ""
	if code := v.Code(); code != "" {
		s := say.Say(code, v.Voided.Chinese())
		title, text = s.What, s.Do+"\n\n"
	}
	if c := v.Claim; c != nil {
		text += fmt.Sprintf("%s（%s）\n%s 至 %s，%s，%d 次活动\n%s　%s\n编号 %s\n\n",
			c.Name, c.ID, c.From, c.To, hoursWords(int(c.Minutes)), c.Lines, c.Issued.Chinese(), c.Issuer, c.Number)
	}
	text += "签名的站 " + string(v.Station) + "，密钥指纹 " + v.Key
	if v.By != "" {
		text += "（" + v.By + "）"
	}
	widgets.ShowMessage(d.win.Canvas(), title, text+"。\n请与纸面逐项对照。这里查的是出具单位的签名，不是全国系统。", nil)
}
