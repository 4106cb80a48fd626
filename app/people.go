package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/look"
	"rongyuan/store/record"
)

// pane is one of the lists behind the door 人员.
type pane interface {
	screen
	refresher
	unsaver
	caretFollower
	// head are the controls beside the tabs, nil while a form is open: a form
	// takes the whole room.
	head() fyne.CanvasObject
}

// peopleScreen is the door 人员: people, teams, brands, and the import of
// rosters.
type peopleScreen struct {
	d       *Desk
	people  *peoplePane
	teams   *teamsPane
	brands  *brandsPane
	panes   []pane
	at      int
	tabs    *tabs
	body    *fyne.Container
	content fyne.CanvasObject
	roster  *rosterWizard // nil while no roster is open
}

func newPeopleScreen(d *Desk) screen {
	s := &peopleScreen{d: d, body: container.NewStack()}
	s.people = newPeoplePane(s)
	s.teams = newTeamsPane(s)
	s.brands = newBrandsPane(s)
	s.panes = []pane{s.people, s.teams, s.brands, newCertificatesPane(s), newHealthPane(s)}
	s.tabs = newTabs([]string{"人员", "队伍", "品牌", "证明", "状况"}, func(i int) { s.show(i) })
	s.tabs.choose(0)
	s.content = s.body
	return s
}

// Content is the screen.
func (s *peopleScreen) Content() fyne.CanvasObject { return s.content }

// Open shows the pane that was open before.
func (s *peopleScreen) Open() {
	s.layOut()
	if s.roster != nil {
		s.roster.Open()
		return
	}
	s.panes[s.at].Open()
}

func (s *peopleScreen) show(i int) {
	s.at = i
	s.tabs.choose(i)
	s.Open()
}

// layOut puts the open pane under the tabs, or alone where it takes the room.
func (s *peopleScreen) layOut() {
	if s.d.frame != nil {
		s.d.frame.dismiss()
	}
	if s.roster != nil {
		s.setBody(s.roster.Content())
		return
	}
	p := s.panes[s.at]
	head := p.head()
	if head == nil {
		s.setBody(p.Content())
		return
	}
	top := bar(s.tabs.content, spring(), head)
	s.setBody(edged(stack(0, padded(6, 16, top), line()), nil, nil, p.Content()))
}

func (s *peopleScreen) setBody(o fyne.CanvasObject) {
	s.body.Objects = []fyne.CanvasObject{o}
	s.body.Refresh()
}

// Keys are those of the open pane; the tabs are within reach unless a form is
// open.
func (s *peopleScreen) Keys() map[string]func() {
	if s.roster != nil {
		return s.roster.Keys()
	}
	keys := s.panes[s.at].Keys()
	if s.panes[s.at].head() != nil {
		for i, key := range []string{"Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5"} {
			keys[key] = func() { s.show(i) }
		}
		if s.d.may(record.RightWrite) {
			keys["Ctrl+I"] = func() { s.openRoster(nil) }
			keys["Ctrl+V"] = s.pasteRoster
		}
	}
	return keys
}

// KeyNames say what the keys do here.
func (s *peopleScreen) KeyNames() map[string]string {
	if s.roster != nil {
		return s.roster.KeyNames()
	}
	names := map[string]string{
		"Ctrl+1": "人员", "Ctrl+2": "队伍", "Ctrl+3": "品牌", "Ctrl+4": "证明", "Ctrl+5": "队伍状况和社区覆盖", "Ctrl+M": "办理：状态、培训、荣誉、转移、同意、封存", "Ctrl+O": "打开疑似重复的人", "Ctrl+P": "打印时长单", "Ctrl+V": "粘贴名单",
	}
	switch s.at {
	case 1:
		names["Ctrl+P"] = "打印名册、胸牌、电话通知树"
	case 3:
		names["Ctrl+P"], names["Ctrl+M"], names["Ctrl+O"] = "打印记录证明", "办理：出具、作废、公示名单", "扫码核对"
	}
	if x, ok := s.people.current(); ok && s.at == 0 && s.people.form == nil && !x.Serving {
		names[keySpace] = "转为志愿者"
	}
	return names
}

// Refresh follows a change of the data.
func (s *peopleScreen) Refresh() {
	if s.roster == nil {
		s.panes[s.at].Refresh()
	}
}

// Unsaved is what stands half-typed in any of the panes.
func (s *peopleScreen) Unsaved() string {
	for _, p := range s.panes {
		if lost := p.Unsaved(); lost != "" {
			return lost
		}
	}
	return ""
}

func (s *peopleScreen) follow(pos fyne.Position) {
	if s.roster == nil {
		s.panes[s.at].follow(pos)
	}
}

// Go opens a person, a team, a list or a roster.
func (s *peopleScreen) Go(at place) {
	switch {
	case len(at.Files) > 0:
		s.openRoster(at.Files)
	case at.Team != "":
		s.show(1)
		s.teams.choose(at.Team)
	case at.Person != "":
		s.show(0)
		s.people.choose(at.Person)
	case at.New:
		s.show(0)
		s.people.add()
	case at.People != "":
		s.show(0)
		s.people.view(at.People)
	}
}

// Drop takes a roster that is dragged onto the window.
func (s *peopleScreen) Drop(paths []string) bool {
	if !rosterFile(paths[0]) {
		return false
	}
	s.openRoster(paths)
	return true
}

// split sets a list and the card of its selected row beside each other.
func split(list, card fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&splitLayout{}, list, onGround(look.RowLine, container.NewStack()), card)
}

const cardShare = 324

type splitLayout struct{}

func (splitLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(400+cardShare, max(o[0].MinSize().Height, 200))
}

func (splitLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := s.Width - cardShare
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(w-1, s.Height))
	o[1].Move(fyne.NewPos(w-1, 0))
	o[1].Resize(fyne.NewSize(1, s.Height))
	o[2].Move(fyne.NewPos(w, 0))
	o[2].Resize(fyne.NewSize(cardShare, s.Height))
}
