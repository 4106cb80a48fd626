package app

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"rongyuan/app/look"
	"rongyuan/app/widgets"
)

// displaySection is how the window looks on this PC.
type displaySection struct {
	d        *Desk
	size     *widgets.Radio
	contrast *widgets.Radio
	idle     *widgets.Radio
	now      display
	content  fyne.CanvasObject
}

// display is what is chosen.
type display struct {
	size     look.Size
	contrast bool
}

const (
	lightLook    = "浅色"
	contrastLook = "高对比"
)

func newDisplaySection(d *Desk) section {
	s := &displaySection{d: d}
	var sizes []string
	for _, size := range []look.Size{look.Ordinary, look.Large, look.ExtraLarge} {
		sizes = append(sizes, size.String())
	}
	s.size = widgets.NewRadio(sizes, func(option string) {
		for i, one := range sizes {
			if one == option {
				s.change(display{look.Size(i), s.now.contrast})
			}
		}
	})
	s.contrast = widgets.NewRadio([]string{lightLook, contrastLook}, func(option string) {
		s.change(display{s.now.size, option == contrastLook})
	})
	s.idle = d.newIdleRadio()
	form := widgets.NewForm(1, widgets.NewField("文字大小", s.size), widgets.NewField("颜色", s.contrast), widgets.NewField("自动锁定", s.idle))
	s.content = panel("显示", narrow(form), text("只影响这台电脑，选好马上生效。", widgets.Muted))
	return s
}

func (s *displaySection) name() string               { return "显示" }
func (s *displaySection) Content() fyne.CanvasObject { return s.content }
func (s *displaySection) focus()                     { s.d.win.Canvas().Focus(s.size) }
func (s *displaySection) unsaved() string            { return "" }
func (s *displaySection) keys() map[string]func()    { return nil }

func (s *displaySection) load() {
	s.now = display{}
	if text, err := s.d.db.Setting(s.d.ctx, settingTextSize); err == nil {
		if n, err := strconv.Atoi(text); err == nil && n >= 0 && n <= int(look.ExtraLarge) {
			s.now.size = look.Size(n)
		}
	}
	text, err := s.d.db.Setting(s.d.ctx, settingContrast)
	s.now.contrast = err == nil && text == "1"
	s.show()
}

func (s *displaySection) show() {
	s.size.SetValue(s.now.size.String())
	s.contrast.SetValue(map[bool]string{false: lightLook, true: contrastLook}[s.now.contrast])
	s.idle.SetValue(idleText(s.d.idleMinutes()))
}

// change keeps what was chosen and makes the window anew, for controls take the
// theme when they are made. Half-typed forms would be lost by it, so it asks.
func (s *displaySection) change(to display) {
	s.show()
	s.d.askUnsaved("更换显示", func() {
		s.d.work("正在更换显示", func(ctx context.Context, _ func(int, int)) error {
			contrast := map[bool]string{true: "1"}[to.contrast]
			if err := s.d.db.SaveSetting(ctx, settingTextSize, strconv.Itoa(int(to.size))); err != nil {
				return err
			}
			return s.d.db.SaveSetting(ctx, settingContrast, contrast)
		}, func(err error) {
			if err != nil {
				s.d.trouble(err)
				return
			}
			s.d.dressFromSettings()
			s.d.showFrame()
			s.d.open(doorSettings, place{})
			if settings, ok := s.d.screens[doorSettings].(*settingsScreen); ok {
				settings.choose(sectionDisplay)
				settings.sections[sectionDisplay].focus()
			}
		})
	})
}

// aboutSection says what the program is and where its data lies.
type aboutSection struct {
	d       *Desk
	copied  *widgets.Button
	content fyne.CanvasObject
}

func newAboutSection(d *Desk) section {
	s := &aboutSection{d: d}
	facts := [][2]string{
		{"程序", "戎愿 " + d.cfg.Version},
		{"数据文件夹", d.cfg.Options.Dir},
		{"字体", "思源黑体、思源宋体（Noto Sans SC、Noto Serif SC），SIL Open Font License 1.1"},
		{"区划代码", "国家统计局统计用区划代码，2023年6月30日"},
		{"依据", "民政部令第67号《志愿服务记录与证明出具办法（试行）》"},
	}
	rows := stack(10)
	for _, one := range facts {
		value := widgets.NewParagraph(one[1], widgets.Normal)
		value.Width = 560
		rows.Add(bar(fixedWide(100, text(one[0], widgets.Muted)), value))
	}
	s.copied = widgets.NewButton("复制给维护人员", func() {
		all := ""
		for _, one := range facts {
			all += one[0] + "：" + one[1] + "\n"
		}
		d.cfg.App.Clipboard().SetContent(all)
		d.notice(widgets.Good, "已复制。")
	})
	note := widgets.NewParagraph("其他组成部分的许可证，见程序文件夹里的 THIRD_PARTY.md。", widgets.Muted)
	s.content = panel("关于", rows, note, bar(s.copied))
	return s
}

func (s *aboutSection) name() string               { return "关于" }
func (s *aboutSection) Content() fyne.CanvasObject { return s.content }
func (s *aboutSection) load()                      {}
func (s *aboutSection) focus()                     { s.d.win.Canvas().Focus(s.copied) }
func (s *aboutSection) keys() map[string]func()    { return nil }
func (s *aboutSection) unsaved() string            { return "" }
