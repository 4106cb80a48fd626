package app

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// loginPage asks who sits at the desk.
type loginPage struct {
	d        *Desk
	account  *widgets.ChoiceEntry
	password *widgets.Entry
	button   *widgets.Button
	fields   [2]*widgets.Field
	more     *widgets.Paragraph // what to do after a refusal, in whole sentences
	content  fyne.CanvasObject
	checking bool
}

// showLogin reads the accounts and shows the page.
func (d *Desk) showLogin() {
	accounts, err := d.db.Accounts(d.ctx)
	if err != nil {
		d.showClosed(err)
		return
	}
	station, err := d.db.Station(d.ctx)
	if err != nil {
		d.showClosed(err)
		return
	}
	p := newLoginPage(d, station.Name, accounts)
	d.showPage(p)
}

// showPage fills the window with a page.
func (d *Desk) showPage(p page) {
	d.frame, d.page = nil, p
	d.setStage(p.Content())
	p.Open()
}

func newLoginPage(d *Desk, station string, accounts []store.Account) *loginPage {
	p := &loginPage{d: d, password: widgets.NewPasswordEntry("")}
	var choices []widgets.Choice
	for _, a := range accounts {
		if !a.Disabled {
			choices = append(choices, widgets.Choice{Key: a.Name, Text: a.Name, Hint: record.Roles().NameOf(string(a.Role))})
		}
	}
	p.account = widgets.NewChoiceEntry(choices, nil)
	if len(choices) > 0 {
		p.account.SetValue(choices[0].Key)
	}
	p.password.OnEnter = p.submit
	p.button = widgets.NewPrimaryButton("进入", p.submit)
	p.fields = [2]*widgets.Field{widgets.NewField("用户名", p.account), widgets.NewField("密码", p.password)}
	box := stack(0, heading(station), insets(0, 4, 0, 20, text("退役军人志愿服务登记", widgets.Muted)),
		p.fields[0], p.fields[1])
	if d.cfg.Practice != nil {
		p.account.SetValue(d.cfg.Practice.Account)
		p.password.SetValue(d.cfg.Practice.Password)
		box.Add(insets(0, 0, 0, 12, caption("这是练习站，用户名和密码已经填好，按 Enter 进入。")))
	}
	p.more = hiddenText(400)
	box.Add(p.more)
	forgot := widgets.NewButton("忘记密码", func() { d.showForgot(accounts) })
	forgot.Importance = widget.LowImportance
	box.Add(insets(0, 8, 0, 0, edged(nil, nil, nil, p.button)))
	box.Add(insets(0, 12, 0, 0, bar(spring(), forgot)))
	p.content = d.pageFrame(box, 400)
	return p
}

// pageFrame sets a page's content into the middle of a quiet ground.
func (d *Desk) pageFrame(box fyne.CanvasObject, width float32) fyne.CanvasObject {
	sheet := onGround(sheetColour, padded(32, 40, container.New(&fixed{width: width}, box)))
	return onGround(look.Panel, stacked(d.banner(), centredBoth(sheet)))
}

// Content is the page.
func (p *loginPage) Content() fyne.CanvasObject { return p.content }

// Open puts the cursor where the next word is missing.
func (p *loginPage) Open() {
	if p.account.Value() == "" {
		p.fields[0].Focus()
		return
	}
	p.fields[1].Focus()
}

// Keys are none of its own: Enter in the password logs in.
func (p *loginPage) Keys() map[string]func() { return nil }

// submit checks the password off the painting goroutine, for argon2id takes its
// time by design.
func (p *loginPage) submit() {
	account, password := p.account.Value(), p.password.Text
	if account == "" {
		p.fields[0].SetError("请选择用户名")
		p.fields[0].Focus()
		return
	}
	if password == "" {
		p.fields[1].SetError("请输入密码")
		p.fields[1].Focus()
		return
	}
	if p.checking {
		return
	}
	p.checking = true
	p.fields[1].SetError("")
	p.fields[1].SetHint("正在核对…")
	p.more.Hide()
	p.d.work("正在打开档案", func(ctx context.Context, _ func(int, int)) error {
		return p.d.db.Unlock(ctx, account, password)
	}, p.answer)
}

func (p *loginPage) answer(err error) {
	p.checking = false
	p.fields[1].SetHint("")
	switch {
	case err == nil:
		p.password.SetValue("")
		p.d.dressFromSettings()
		p.d.showFrame()
	case errors.Is(err, record.Fail(record.CodeWrongPassword)), errors.Is(err, record.Fail(record.CodeAccountLocked)):
		p.password.SetValue("")
		s := say.Error(err)
		p.fields[1].SetError(s.What)
		p.fields[1].Focus()
		if errors.Is(err, record.Fail(record.CodeAccountLocked)) {
			p.more.SetText(s.Do)
			p.more.Show()
			p.content.Refresh()
		}
	default:
		p.d.trouble(err)
	}
}
