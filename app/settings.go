package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/look"
	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// section is one part of the settings.
type section interface {
	name() string
	Content() fyne.CanvasObject
	// load reads what the part shows anew.
	load()
	// focus puts the cursor into the part.
	focus()
	keys() map[string]func()
	unsaved() string
}

// settingsScreen is the door 设置: the parts to the left, the chosen one beside
// them.
type settingsScreen struct {
	d        *Desk
	sections []section
	offered  []int // the sections that the role may see
	at       int
	list     *widgets.Grid
	body     *fyne.Container
	content  fyne.CanvasObject
}

// The parts of the settings, in order.
const (
	sectionStation = iota
	sectionCalendar
	sectionDisplay
	sectionAccounts
	sectionBackup
	sectionSealed
	sectionAudit
	sectionAbout
)

func newSettingsScreen(d *Desk) screen {
	s := &settingsScreen{d: d, body: container.NewStack()}
	s.sections = []section{
		newStationSection(d), newCalendarSection(d), newDisplaySection(d), newAccountsSection(d), newBackupSection(d),
		newSealedSection(d), newAuditSection(d), newAboutSection(d),
	}
	for i := range s.sections {
		if i == sectionSealed && !d.mayDecide() || i == sectionAudit && !d.may(record.RightAudit) {
			continue
		}
		s.offered = append(s.offered, i)
	}
	s.list = widgets.NewGrid([]widgets.Column{{ID: "name", Title: "设置", Width: 140, Value: func(row int) string { return s.sections[s.offered[row]].name() }}})
	s.list.OnSelect = s.show
	s.list.OnOpen = func(row int) { s.sections[s.offered[row]].focus() }
	s.list.OnType = func(r rune) { d.typed(r) }
	s.list.SetRows(len(s.offered))
	s.list.Select(0)
	s.content = container.New(&sectionsLayout{}, s.list, onGround(look.RowLine, container.NewStack()), s.body)
	return s
}

// sectionsLayout sets the list of parts beside the open one.
type sectionsLayout struct{}

const sectionsWidth = 168

func (sectionsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(sectionsWidth+400, 300)
}

func (sectionsLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for i, at := range [][2]float32{{0, sectionsWidth - 1}, {sectionsWidth - 1, 1}, {sectionsWidth, s.Width - sectionsWidth}} {
		o[i].Move(fyne.NewPos(at[0], 0))
		o[i].Resize(fyne.NewSize(at[1], s.Height))
	}
}

// show opens a part; what is half-typed in another one stays there.
func (s *settingsScreen) show(row int) {
	if row < 0 {
		return
	}
	s.at = s.offered[row]
	s.body.Objects = []fyne.CanvasObject{s.sections[s.at].Content()}
	s.body.Refresh()
	s.sections[s.at].load()
}

// choose opens a part by its place in the list.
func (s *settingsScreen) choose(section int) {
	row := slices.Index(s.offered, section)
	if at, ok := s.list.Selected(); ok && at == row {
		s.show(row)
		return
	}
	if row >= 0 {
		s.list.Select(row)
	}
}

// Content is the screen.
func (s *settingsScreen) Content() fyne.CanvasObject { return s.content }

// Open loads the part that was open.
func (s *settingsScreen) Open() {
	s.sections[s.at].load()
	s.focusList()
}

func (s *settingsScreen) focusList() { s.d.win.Canvas().Focus(s.list) }

// Refresh follows a change of the data.
func (s *settingsScreen) Refresh() {
	if s.sections[s.at].unsaved() == "" {
		s.sections[s.at].load()
	}
}

// Keys are those of the open part; Escape goes back to the list of parts first.
func (s *settingsScreen) Keys() map[string]func() {
	keys := s.sections[s.at].keys()
	if keys == nil {
		keys = map[string]func(){}
	}
	if f := s.d.win.Canvas().Focused(); f != nil && f != fyne.Focusable(s.list) {
		keys["Escape"] = s.focusList
	}
	return keys
}

// Unsaved is what stands half-typed in any of the parts.
func (s *settingsScreen) Unsaved() string {
	for _, one := range s.sections {
		if lost := one.unsaved(); lost != "" {
			return lost
		}
	}
	return ""
}

// panel lays a part out: its title, and the rest below.
func panel(title string, rest ...fyne.CanvasObject) fyne.CanvasObject {
	return insets(24, 16, 24, 16, stack(12, append([]fyne.CanvasObject{heading(title)}, rest...)...))
}

// narrow keeps fields from becoming wider than they need.
func narrow(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&atMost{560}, o)
}

type atMost struct{ width float32 }

func (l *atMost) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l *atMost) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(min(s.Width, l.width), s.Height))
}

// mayManage reports whether whoever is logged in may change the settings of the
// station.
func (d *Desk) mayManage() bool {
	_, role := d.db.Account()
	return role.May(record.RightManage)
}

// onlyManagers is the line that stands over what one may see and not change.
func onlyManagers() fyne.CanvasObject {
	return text("这些内容由管理员修改。", widgets.Muted)
}

// fixedWide gives an object a least width.
func fixedWide(width float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&fixed{width: width}, o)
}
