package app

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// stationSection is what the station says of itself on every paper.
type stationSection struct {
	d                  *Desk
	code               *words
	title, issuer, tel *widgets.Entry
	fields             map[string]*widgets.Field
	before             record.Station
	content            fyne.CanvasObject
}

func newStationSection(d *Desk) section {
	s := &stationSection{d: d, code: text("", widgets.Normal), title: widgets.NewEntry(""), issuer: widgets.NewEntry("空着就用站名"), tel: widgets.NewEntry("印在时长单和证明上")}
	s.fields = map[string]*widgets.Field{
		"name": widgets.NewField("站名", s.title), "issuer": widgets.NewField(say.Field("issuer"), s.issuer), "phone": widgets.NewField(say.Field("station.phone"), s.tel),
	}
	s.fields["name"].Required = true
	s.fields["station_name"] = s.fields["name"] // as the store calls it
	s.fields["issuer"].SetHint("出具证明的单位，用谁的章就写谁")
	s.tel.OnEnter = s.save
	form := widgets.NewForm(1, widgets.NewField(say.Field("station_code"), centredHigh(s.code)), s.fields["name"], s.fields["issuer"], s.fields["phone"])
	rest := []fyne.CanvasObject{narrow(form)}
	if d.mayManage() {
		rest = append(rest, bar(widgets.NewPrimaryButton("保存（Ctrl+S）", s.save)))
	} else {
		for _, e := range []*widgets.Entry{s.title, s.issuer, s.tel} {
			e.Disable()
		}
		rest = append([]fyne.CanvasObject{onlyManagers()}, rest...)
	}
	s.content = panel("本站", rest...)
	return s
}

func (s *stationSection) name() string               { return "本站" }
func (s *stationSection) Content() fyne.CanvasObject { return s.content }
func (s *stationSection) focus()                     { s.fields["name"].Focus() }

func (s *stationSection) load() {
	if s.unsaved() != "" {
		return
	}
	station, err := s.d.db.Station(s.d.ctx)
	if err != nil {
		s.d.trouble(err)
		return
	}
	s.before = station
	s.code.SetText(string(station.Code))
	s.title.SetValue(station.Name)
	s.issuer.SetValue(station.Issuer)
	s.tel.SetValue(station.Phone)
}

func (s *stationSection) read() record.Station {
	after := s.before
	after.Name, after.Issuer, after.Phone = s.title.Value(), s.issuer.Value(), s.tel.Value()
	return after
}

func (s *stationSection) unsaved() string {
	if s.before.Code == "" || s.read() == s.before {
		return ""
	}
	return "本站的资料"
}

func (s *stationSection) keys() map[string]func() {
	if !s.d.mayManage() {
		return nil
	}
	return map[string]func(){"Ctrl+S": s.save}
}

func (s *stationSection) save() {
	after := s.read()
	for _, f := range s.fields {
		f.SetError("")
	}
	if after == s.before {
		return
	}
	s.d.work("正在保存", func(ctx context.Context, _ func(int, int)) error {
		return s.d.db.SaveStation(ctx, after)
	}, func(err error) {
		if err != nil {
			s.d.refuseIn(s.fields, err)
			return
		}
		s.before = after
		s.d.notice(widgets.Good, "已保存 "+after.Name+"。")
		s.d.changed()
	})
}

// refuseIn says an error beside its field where it has one among these, else in
// a dialog.
func (d *Desk) refuseIn(fields map[string]*widgets.Field, err error) {
	var e *record.Error
	if errors.As(err, &e) {
		if f, has := fields[bareField(e.Field)]; has {
			f.SetError(say.Error(err).What)
			f.Focus()
			return
		}
	}
	d.trouble(err)
}
