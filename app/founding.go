package app

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/assets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// foundingPage makes the file of a new station: the first thing that somebody
// sees on a new PC.
type foundingPage struct {
	d                        *Desk
	street                   *widgets.Picker
	name, admin, pass, again *widgets.Entry
	fields                   map[string]*widgets.Field
	named                    string // the name that the program proposed
	content                  fyne.CanvasObject
	first                    *widgets.Field
}

func (d *Desk) showFounding() { d.showPage(newFoundingPage(d)) }

func newFoundingPage(d *Desk) *foundingPage {
	p := &foundingPage{
		d: d, street: widgets.NewPicker(findStreets), name: widgets.NewEntry("例如 小站镇退役军人服务站"),
		admin: widgets.NewEntry("您的姓名"), pass: secretEntry(), again: secretEntry(),
	}
	p.street.SetPlaceHolder("街镇名称，或九位代码")
	p.street.OnPick = p.propose
	p.again.OnEnter = p.submit
	p.fields = map[string]*widgets.Field{
		"station_code": widgets.NewField("所在街镇", p.street),
		"station_name": widgets.NewField("服务站名称", p.name),
		"account":      widgets.NewField("管理员", p.admin),
		"password":     widgets.NewField("密码", p.pass),
		"again":        widgets.NewField("再输一次", p.again),
	}
	p.first = p.fields["station_code"]
	p.pass.SetHint("16 个字以上的一句话，或 10 位含三种字符；不含用户名")
	p.again.OnChanged = func(string) { p.compare(false) }
	intro := widgets.NewParagraph("这台电脑上还没有服务站的档案。填好下面五项就建好了，以后随时可以改名称。", widgets.Muted)
	intro.Width = 460
	form := widgets.NewForm(1)
	for _, name := range []string{"station_code", "station_name", "account", "password", "again"} {
		p.fields[name].Required = true
		form.Add(p.fields[name])
	}
	box := stack(0, heading("建立服务站"), insets(0, 6, 0, 16, intro), form, insets(0, 8, 0, 0, widgets.NewPrimaryButton("建立", p.submit)),
		insets(0, 16, 0, 0, bar(text("换了新电脑，或者文件丢了？", widgets.Muted), spring(), widgets.NewButton("从备份恢复…", func() { d.showRestore(d.showFounding) }))))
	p.content = d.pageFrame(box, 460)
	return p
}

// findStreets finds a street or town by code, by part of its name or by the
// initials of its name.
func findStreets(typed string, limit int) []widgets.Choice {
	var out []widgets.Choice
	for _, s := range assets.Streets() {
		if len(out) >= limit {
			break
		}
		if spelled(s.Name, typed) || strings.HasPrefix(s.Code, typed) {
			district, _ := assets.DivisionByCode(s.Parent)
			out = append(out, widgets.Choice{Key: s.Code, Text: s.Name, Hint: district.Name + " " + s.Code})
		}
	}
	return out
}

// propose names the station after the street, unless a name was typed.
func (p *foundingPage) propose(c widgets.Choice) {
	if c.Key == "" || p.name.Value() != p.named {
		return
	}
	p.named = c.Text + "退役军人服务站"
	p.name.SetValue(p.named)
}

// Content is the page.
func (p *foundingPage) Content() fyne.CanvasObject { return p.content }

// Open puts the cursor into the first field.
func (p *foundingPage) Open() { p.first.Focus() }

// Keys save with Ctrl+S, as every form.
func (p *foundingPage) Keys() map[string]func() { return map[string]func(){"Ctrl+S": p.submit} }

// compare holds the two passwords against each other; while typing only a wrong
// beginning is shown.
func (p *foundingPage) compare(finished bool) bool {
	a, b := p.pass.Text, p.again.Text
	same := a == b || !finished && strings.HasPrefix(a, b)
	if same {
		p.fields["again"].SetError("")
	} else {
		p.fields["again"].SetError("两次输入的密码不一样")
	}
	return same
}

func (p *foundingPage) code() record.StationCode {
	return record.StationCode(p.street.Chosen().Key)
}

func (p *foundingPage) submit() {
	if !p.compare(true) {
		p.fields["again"].Focus()
		return
	}
	for _, f := range p.fields {
		f.SetError("")
	}
	founding := store.Founding{
		Station: record.Station{Code: p.code(), Name: p.name.Value()},
		Admin:   p.admin.Value(), Password: p.pass.Text,
	}
	var db *store.DB
	var recovery string
	p.d.work("正在建立服务站", func(ctx context.Context, _ func(int, int)) (err error) {
		db, recovery, err = store.Create(ctx, p.d.cfg.Options, founding)
		return err
	}, func(err error) {
		if err != nil {
			p.refused(err)
			return
		}
		p.d.db, p.d.owned = db, true
		p.d.showRecovery(founding.Station, recovery)
	})
}

// refused shows an error beside its field where it has one on this page.
func (p *foundingPage) refused(err error) {
	var e *record.Error
	if errors.As(err, &e) {
		if f, has := p.fields[e.Field]; has {
			said := say.Error(err).What
			if e.Code == record.CodePasswordWeak {
				said += "：要 16 个字以上，或 10 位含三种字符"
			}
			f.SetError(said)
			f.Focus()
			return
		}
	}
	p.d.trouble(err)
}
