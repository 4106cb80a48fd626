package app

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// enrolForm makes the station known to its district: address and one-time code,
// then the fingerprint that is held against the district's slip.
type enrolForm struct {
	s             *exchangeScreen
	d             *Desk
	address, code *widgets.Entry
	fields        map[string]*widgets.Field
	content       fyne.CanvasObject
}

func newEnrolForm(s *exchangeScreen) *enrolForm {
	f := &enrolForm{s: s, d: s.d, address: widgets.NewEntry("例如 https://10.12.0.8:8443"), code: widgets.NewEntry("四组，每组四个字")}
	f.code.OnEnter = f.submit
	f.fields = map[string]*widgets.Field{
		"district": widgets.NewField("区级地址", f.address), "code": widgets.NewField("接入码", f.code),
	}
	f.fields["district"].Required, f.fields["code"].Required = true, true
	f.code.SetHint("一次有效，72 小时内用完")
	intro := widgets.NewParagraph("接入以后，保存的记录会自动上报区里；没有网络时照常工作，联网后再报。地址和接入码写在区里给的接入单上。", widgets.Muted)
	intro.Width = 480
	box := stack(0, heading("接入区级"), insets(0, 6, 0, 16, intro))
	if _, role := s.d.db.Account(); !role.May(record.RightManage) {
		box.Add(text("请管理员登录后接入。", widgets.Normal))
	} else {
		box.Add(widgets.NewForm(1, f.fields["district"], f.fields["code"]))
		box.Add(insets(0, 8, 0, 0, bar(widgets.NewPrimaryButton("接入（Ctrl+S）", f.submit))))
	}
	f.content = centredBoth(padded(24, 24, box))
	return f
}

func (f *enrolForm) focus() {
	if _, role := f.d.db.Account(); role.May(record.RightManage) {
		f.fields["district"].Focus()
	}
}

// found is what answered at the address.
type foundDistrict struct{ fingerprint, name string }

// submit fetches the fingerprint of what answers, and has it compared before the
// code is sent.
func (f *enrolForm) submit() {
	address, code := f.address.Value(), f.code.Value()
	for name, value := range map[string]string{"district": address, "code": code} {
		f.fields[name].SetError("")
		if value == "" {
			f.fields[name].SetError(say.Problem(record.Problem{Field: name, Code: record.CodeRequired}))
		}
	}
	if address == "" || code == "" {
		return
	}
	var found foundDistrict
	f.d.work("正在联系区里", func(ctx context.Context, _ func(int, int)) error {
		err := f.d.exchange.client.Enrol(ctx, address, code, "", func(fingerprint, name string) bool {
			found = foundDistrict{fingerprint, name}
			return false // nothing is sent before a person has compared
		})
		if found.fingerprint != "" && record.CodeOf(err) == record.CodeNotDistrict {
			return nil
		}
		return err
	}, func(err error) {
		if err != nil {
			f.refuse(err)
			return
		}
		f.compare(address, code, found)
	})
}

// compare shows the fingerprint for comparison with the slip.
func (f *enrolForm) compare(address, code string, found foundDistrict) {
	groups := strings.Fields(found.fingerprint)
	fingerprint := strings.Join(groups, " ")
	if n := len(groups); n > 4 {
		fingerprint = strings.Join(groups[:n/2], " ") + "\n" + strings.Join(groups[n/2:], " ")
	}
	widgets.ShowConfirm(f.d.win.Canvas(), widgets.Question{
		Title: "请核对区级指纹",
		Text:  found.name + "\n\n" + fingerprint + "\n\n请和接入单上的指纹一组一组地核对。完全一样才是自己的区；不一样就不要接入，给区里打电话。",
		Yes:   "一样，接入", No: "不一样", Danger: true,
	}, func(yes bool) {
		if yes {
			f.enrol(address, code, found)
		}
	})
}

func (f *enrolForm) enrol(address, code string, found foundDistrict) {
	f.d.work("正在接入", func(ctx context.Context, _ func(int, int)) error {
		return f.d.exchange.client.Enrol(ctx, address, code, found.fingerprint, nil)
	}, func(err error) {
		if err != nil {
			f.refuse(err)
			return
		}
		f.code.SetValue("")
		f.d.notice(widgets.Good, "已接入 "+found.name+"，记录开始上报。")
		f.d.exchange.run()
		f.d.exchanged()
	})
}

// refuse says beside the field what is wrong, where it is about one.
func (f *enrolForm) refuse(err error) {
	var e *record.Error
	name := ""
	if errors.As(err, &e) {
		name = e.Field
	}
	switch record.CodeOf(err) {
	case record.CodeEnrolCode:
		name = "code"
	case record.CodeNoConnection, record.CodeNotDistrict:
		name = "district"
	}
	field, has := f.fields[name]
	if !has {
		f.d.trouble(err)
		return
	}
	field.SetError(say.Error(err).What)
	field.Focus()
}
