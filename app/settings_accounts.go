package app

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// accountsSection is who may open the file.
type accountsSection struct {
	d        *Desk
	accounts []store.Account
	grid     *widgets.Grid
	content  fyne.CanvasObject
}

func newAccountsSection(d *Desk) section {
	s := &accountsSection{d: d}
	s.grid = widgets.NewGrid([]widgets.Column{
		{ID: "name", Title: "用户", Width: 160, Value: func(row int) string { return s.accounts[row].Name }},
		{ID: "role", Title: "角色", Width: 110, Value: func(row int) string { return record.Roles().NameOf(string(s.accounts[row].Role)) }},
		{
			ID: "may", Title: "可以做什么", Width: 340, Value: func(row int) string { return roleHint(s.accounts[row].Role) },
			Tone: func(int) widgets.Tone { return widgets.Muted },
		},
		{ID: "state", Title: "状态", Width: 100, Value: func(row int) string {
			if s.accounts[row].Disabled {
				return "已停用"
			}
			return "在用"
		}, Tone: func(row int) widgets.Tone {
			if s.accounts[row].Disabled {
				return widgets.Muted
			}
			return widgets.Normal
		}},
	})
	s.grid.Key = func(row int) string { return s.accounts[row].Name }
	s.grid.OnType = func(r rune) { d.typed(r) }
	own := widgets.NewButton("修改我的密码", s.changeOwn)
	actions := bar(own)
	if d.mayManage() {
		actions = bar(widgets.NewPrimaryButton("新增用户（Ctrl+N）", s.add), own,
			widgets.NewButton("重设密码", s.reset), widgets.NewButton("停用", s.end), spring(), widgets.NewButton("换新的恢复码", s.renewRecovery))
	}
	head := insets(24, 16, 24, 12, stack(12, heading("账号"), actions))
	s.content = edged(whole(head), nil, nil, insets(24, 0, 24, 16, whole(s.grid)))
	return s
}

// roleHint says what a role may do.
func roleHint(r record.Role) string {
	return map[record.Role]string{
		record.RoleAdmin: "日常登记，管账号、备份和设置", record.RoleClerk: "日常登记", record.RoleChief: "查看、审批和确认月份",
		record.RoleViewer: "只看", record.RoleAuditor: "只看审计日志",
	}[r]
}

func (s *accountsSection) name() string               { return "账号" }
func (s *accountsSection) Content() fyne.CanvasObject { return s.content }
func (s *accountsSection) focus()                     { s.d.win.Canvas().Focus(s.grid) }
func (s *accountsSection) unsaved() string            { return "" }

func (s *accountsSection) keys() map[string]func() {
	if !s.d.mayManage() {
		return nil
	}
	return map[string]func(){"Ctrl+N": s.add}
}

func (s *accountsSection) load() {
	accounts, err := s.d.db.Accounts(s.d.ctx)
	if err != nil {
		s.d.trouble(err)
		return
	}
	s.accounts = accounts
	s.grid.SetRows(len(accounts))
	if _, ok := s.grid.Selected(); !ok && len(accounts) > 0 {
		s.grid.Select(0)
	}
}

func (s *accountsSection) current() (store.Account, bool) {
	row, ok := s.grid.Selected()
	if !ok || row >= len(s.accounts) {
		return store.Account{}, false
	}
	return s.accounts[row], true
}

// passwordForm is a dialog that sets a password, typed twice. Its work runs off
// the painting goroutine, so the dialog stays until the work has an answer.
type passwordForm struct {
	d           *Desk
	fields      map[string]*widgets.Field
	rows        []fyne.CanvasObject
	next, again *widgets.Entry
	dialog      *widgets.Dialog
}

func (d *Desk) newPasswordForm() *passwordForm {
	return &passwordForm{d: d, fields: map[string]*widgets.Field{}, next: secretEntry(), again: secretEntry()}
}

// secretEntry is a password's field that a second try replaces.
func secretEntry() *widgets.Entry {
	e := widgets.NewPasswordEntry("")
	e.SelectOnFocus = true
	return e
}

func (f *passwordForm) add(name, label string, control fyne.CanvasObject) *widgets.Field {
	field := widgets.NewField(label, control)
	field.Required = true
	f.fields[name] = field
	f.rows = append(f.rows, field)
	return field
}

// ask shows the dialog; write does the work once the two passwords agree.
func (f *passwordForm) ask(title, ok string, write func(context.Context) error, done func()) {
	f.add("next", "新密码", f.next)
	f.add("again", "再输一次", f.again)
	rule := widgets.NewParagraph("密码"+strings.TrimSuffix(say.Say(record.CodePasswordWeak).Do, "。")+"；不能含用户名。", widgets.Muted)
	rule.Width = 460
	f.dialog = widgets.ShowForm(f.d.win.Canvas(), widgets.FormDialog{
		Title: title, OK: ok, Width: 460, Content: stack(12, rule, widgets.NewForm(1, f.rows...)),
		OnOK: func() bool {
			f.submit(write, done)
			return false // the answer of the work closes it
		},
	})
}

func (f *passwordForm) submit(write func(context.Context) error, done func()) {
	for _, field := range f.fields {
		field.SetError("")
	}
	if f.next.Text != f.again.Text {
		wrong(f.fields["again"], "两次输入的密码不一样")
		return
	}
	f.d.work("正在设置密码", func(ctx context.Context, _ func(int, int)) error { return write(ctx) }, func(err error) {
		if err == nil {
			f.dialog.Close()
			done()
			return
		}
		switch record.CodeOf(err) {
		case record.CodePasswordWeak, record.CodePasswordName:
			f.fields["password"] = f.fields["next"]
			f.d.refuseIn(f.fields, record.FailField("password", record.CodeOf(err)))
		case record.CodeWrongPassword:
			f.d.refuseIn(f.fields, record.FailField("old", record.CodeWrongPassword))
		default:
			f.d.refuseIn(f.fields, err)
		}
	})
}

func (s *accountsSection) add() {
	f := s.d.newPasswordForm()
	name, role := widgets.NewEntry("本人姓名"), tableField(record.Roles())
	f.add("account", "用户", name)
	f.add("role", "角色", role)
	role.SetValue(string(record.RoleClerk))
	f.ask("新增用户", "新增", func(ctx context.Context) error {
		if name.Value() == "" {
			return record.FailField("account", record.CodeRequired)
		}
		return s.d.db.AddAccount(ctx, store.Account{Name: name.Value(), Role: record.Role(role.Value())}, f.next.Text)
	}, func() {
		s.load()
		s.grid.SelectKey(name.Value())
		s.focus()
		s.d.notice(widgets.Good, "已新增用户 "+name.Value()+"。")
	})
}

func (s *accountsSection) changeOwn() {
	f := s.d.newPasswordForm()
	old := secretEntry()
	f.add("old", "现在的密码", old)
	f.ask("修改我的密码", "修改", func(ctx context.Context) error {
		return s.d.db.ChangePassword(ctx, old.Text, f.next.Text)
	}, func() { s.d.notice(widgets.Good, "密码已修改，下次登录用新的。") })
}

func (s *accountsSection) reset() {
	a, ok := s.current()
	if own, _ := s.d.db.Account(); ok && a.Name == own {
		s.changeOwn()
		return
	}
	if !ok || a.Disabled {
		return
	}
	f := s.d.newPasswordForm()
	f.ask("重设 "+a.Name+" 的密码", "重设", func(ctx context.Context) error {
		return s.d.db.ResetPassword(ctx, a.Name, f.next.Text)
	}, func() { s.d.notice(widgets.Good, "已重设 "+a.Name+" 的密码，请当面告诉本人。") })
}

func (s *accountsSection) end() {
	a, ok := s.current()
	if !ok || a.Disabled {
		return
	}
	widgets.ShowConfirm(s.d.win.Canvas(), widgets.Question{
		Title: "停用 " + a.Name, Text: "停用以后，" + a.Name + " 不能再登录；以前的记录和经办人姓名都保留。", Yes: "停用", No: "取消", Danger: true,
	}, func(yes bool) {
		if !yes {
			return
		}
		s.d.work("正在停用", func(ctx context.Context, _ func(int, int)) error {
			return s.d.db.DisableAccount(ctx, a.Name)
		}, func(err error) {
			s.load()
			if err != nil {
				s.d.trouble(err)
				return
			}
			s.d.notice(widgets.Good, "已停用 "+a.Name+"。")
		})
	})
}

// renewRecovery makes a new code for the safe and shows it once.
func (s *accountsSection) renewRecovery() {
	widgets.ShowConfirm(s.d.win.Canvas(), widgets.Question{
		Title: "换新的恢复码", Text: "新的恢复码只显示一次，原来的马上作废。请准备好打印或抄写，锁进保险柜，并销毁旧的那张。", Yes: "换新的", No: "取消", Danger: true,
	}, func(yes bool) {
		if !yes {
			return
		}
		var code string
		var station record.Station
		s.d.work("正在生成恢复码", func(ctx context.Context, _ func(int, int)) (err error) {
			if station, err = s.d.db.Station(ctx); err != nil {
				return err
			}
			code, err = s.d.db.NewRecoveryCode(ctx)
			return err
		}, func(err error) {
			if err != nil {
				s.d.trouble(err)
				return
			}
			s.d.showNewRecovery(station, code)
		})
	})
}

// showNewRecovery shows the code until it is put away.
func (d *Desk) showNewRecovery(station record.Station, code string) {
	big := stack(8)
	for _, part := range splitRecovery(code) {
		big.Add(centred(sized(part, widgets.Accent, theme.SizeNameHeadingText)))
	}
	actions := bar(widgets.NewButton("复制", func() { d.cfg.App.Clipboard().SetContent(strings.TrimSpace(code)) }))
	if onPaper := d.recoveryPrinter(station, code); onPaper != nil {
		actions.Add(widgets.NewButton("打印恢复码", onPaper))
	}
	why := widgets.NewParagraph("忘记密码时，只有它能打开档案。电脑里没有留底，关掉这个窗口就再也看不到。", widgets.Normal)
	why.Width = 520
	widgets.ShowContent(d.win.Canvas(), "新的恢复码", stack(16, why, big, actions), nil)
}
