package app

import (
	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
)

// emptyScreen is a door behind which nothing stands yet, and says so.
type emptyScreen struct{ content fyne.CanvasObject }

func newVisitScreen(*Desk) screen {
	return &emptyScreen{widgets.NewEmptyState(widgets.EmptyState{
		Icon: doorIcon(doorVisits), Title: "走访还没有开通",
		Text: "这里将登记结对帮扶和上门走访，到期的走访会列在“今日”。在开通之前，请照旧用纸质走访记录，开通后可以补录。",
	})}
}

func newEmergencyScreen(*Desk) screen {
	return &emptyScreen{widgets.NewEmptyState(widgets.EmptyState{
		Icon: doorIcon(doorEmergency), Title: "应急还没有开通",
		Text: "这里将按技能和远近召集志愿者，并打印点名表。在开通之前，可以先在“人员”的登记表里填好特长，到时候直接使用。",
	})}
}

// Content is the screen.
func (s *emptyScreen) Content() fyne.CanvasObject { return s.content }

// Open has nothing to load.
func (s *emptyScreen) Open() {}

// Keys are none.
func (s *emptyScreen) Keys() map[string]func() { return nil }
