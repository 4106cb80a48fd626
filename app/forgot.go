package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// forgotPage opens the file with the recovery code from the safe and gives an
// administrator a new password.
type forgotPage struct {
	d       *Desk
	code    *widgets.Entry
	account *widgets.ChoiceEntry
	next    *widgets.Entry
	again   *widgets.Entry
	fields  map[string]*widgets.Field
	more    *widgets.Paragraph
	content fyne.CanvasObject
}

func (d *Desk) showForgot(accounts []store.Account) { d.showPage(newForgotPage(d, accounts)) }

func newForgotPage(d *Desk, accounts []store.Account) *forgotPage {
	p := &forgotPage{d: d, code: recoveryEntry(), next: secretEntry(), again: secretEntry(), more: hiddenText(520)}
	var choices []widgets.Choice
	for _, a := range accounts {
		if !a.Disabled && a.Role.May(record.RightManage) {
			choices = append(choices, widgets.Choice{Key: a.Name, Text: a.Name, Hint: record.Roles().NameOf(string(a.Role))})
		}
	}
	p.account = widgets.NewChoiceEntry(choices, nil)
	if len(choices) > 0 {
		p.account.SetValue(choices[0].Key)
	}
	p.again.OnEnter = p.submit
	p.fields = map[string]*widgets.Field{
		"recovery": widgets.NewField("恢复码", p.code), "account": widgets.NewField("管理员", p.account),
		"password": widgets.NewField("新密码", p.next), "again": widgets.NewField("再输一次", p.again),
	}
	form := widgets.NewForm(1)
	for _, name := range []string{"recovery", "account", "password", "again"} {
		p.fields[name].Required = true
		form.Add(p.fields[name])
	}
	intro := widgets.NewParagraph("请从保险柜里取出恢复码，照着输入；大小写、空格和横线都不要紧。别的用户忘了密码，不用恢复码：请管理员登录后在“设置 · 账号”里重设。", widgets.Muted)
	intro.Width = 520
	box := stack(0, heading("忘记密码"), insets(0, 6, 0, 16, intro), form, p.more,
		insets(0, 8, 0, 0, bar(widgets.NewPrimaryButton("打开并换新密码（Ctrl+S）", p.submit), widgets.NewButton("返回（Esc）", d.showLogin))))
	p.content = d.pageFrame(box, 520)
	return p
}

// recoveryEntry takes the code as it stands on the paper, over two lines.
func recoveryEntry() *widgets.Entry {
	e := widgets.NewEntry("八组，每组五个字符")
	e.SelectOnFocus = true
	return e
}

// hiddenText is a paragraph that stands there only when it says something.
func hiddenText(width float32) *widgets.Paragraph {
	p := widgets.NewParagraph("", widgets.Bad)
	p.Width = width
	p.Hide()
	return p
}

// Content is the page.
func (p *forgotPage) Content() fyne.CanvasObject { return p.content }

// Open puts the cursor where the code goes.
func (p *forgotPage) Open() { p.fields["recovery"].Focus() }

// Keys are those of every form.
func (p *forgotPage) Keys() map[string]func() {
	return map[string]func(){"Ctrl+S": p.submit, "Escape": p.d.showLogin}
}

func (p *forgotPage) submit() {
	for _, f := range p.fields {
		f.SetError("")
	}
	account, code := p.account.Value(), p.code.Text
	switch {
	case p.code.Value() == "":
		wrong(p.fields["recovery"], "请输入恢复码")
		return
	case account == "":
		wrong(p.fields["account"], "请选择管理员")
		return
	case p.next.Text != p.again.Text:
		wrong(p.fields["again"], "两次输入的密码不一样")
		return
	}
	next := p.next.Text
	p.d.work("正在打开档案", func(ctx context.Context, _ func(int, int)) error {
		return p.d.db.UnlockRecovery(ctx, code, account, next)
	}, p.answer)
}

func (p *forgotPage) answer(err error) {
	switch record.CodeOf(err) {
	case "":
		p.code.SetValue("")
		p.d.dressFromSettings()
		p.d.showFrame()
		p.d.notice(widgets.Good, "新密码已经生效。恢复码照旧有效，请放回保险柜。")
	case record.CodeRecoveryTypo, record.CodeWrongRecovery:
		wrong(p.fields["recovery"], recoveryText(err))
	case record.CodePasswordWeak, record.CodePasswordName:
		wrong(p.fields["password"], say.Error(err).What+"："+say.Error(err).Do)
	default:
		p.d.refuseIn(p.fields, err)
	}
}

// recoveryText names the group of the code that was copied wrongly.
func recoveryText(err error) string {
	s := say.Error(err)
	return s.What + "，" + s.Do
}
