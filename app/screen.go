package app

import (
	"fyne.io/fyne/v2"

	"rongyuan/store/record"
)

// The doors of the window.
const (
	doorToday      = "today"
	doorPeople     = "people"
	doorActivities = "activities"
	doorVisits     = "visits"
	doorEmergency  = "emergency"
	doorReports    = "reports"
	doorExchange   = "exchange"
	doorSettings   = "settings"
)

// screen is what stands behind one door. A screen is made once per login, at
// the first visit, and keeps its state while other doors are open.
type screen interface {
	Content() fyne.CanvasObject
	// Open is called each time the door opens: it loads the data anew and sets
	// the focus.
	Open()
	// Keys are the keys that work now, as [widgets.Root.Bind] names them. The
	// window asks at every key, so the answer may change with the state.
	Keys() map[string]func()
}

// page is what fills the whole window before somebody is logged in.
type page = screen

// refresher is a screen that shows data which another screen may change. The
// window calls it after every save while the screen is the open one.
type refresher interface{ Refresh() }

// goer is a screen that can be opened at a place.
type goer interface{ Go(at place) }

// unsaver is a screen that may hold something half-typed: Unsaved is what would
// be lost ("王建国 的登记表"), "" for nothing.
type unsaver interface{ Unsaved() string }

// dropper is a screen that takes files which are dragged onto the window, and
// says whether it did.
type dropper interface{ Drop(paths []string) bool }

// caretFollower is a screen that scrolls after the caret.
type caretFollower interface{ follow(pos fyne.Position) }

// teller is a screen whose keys do not say by their convention what they do.
type teller interface{ KeyNames() map[string]string }

// place is where a screen shall stand when its door opens. The zero value
// changes nothing; of the fields a screen reads those that it knows.
type place struct {
	Person   record.VolunteerID
	Team     record.TeamID
	Activity record.ActivityID
	// People is a filter of the list of people by its name in the list.
	People peopleView
	// Period and Line narrow the list of activities; Overdue shows those that
	// are over and not yet recorded, Late those that were recorded late.
	Period        record.Period
	Line          string
	Overdue, Late bool
	// Close opens the check and close of the month that Period names.
	Close bool
	// New opens an empty form.
	New bool
	// Letters shows what the district wrote.
	Letters bool
	// Files are to be opened, as a roster that was dropped elsewhere.
	Files []string
}
