package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

func newTodayScreen(*Desk) screen { return &emptyScreen{container.NewStack()} }

func newPeopleScreen(*Desk) screen { return &emptyScreen{container.NewStack()} }

// peopleView is a choice of the list of people.
type peopleView string

func (d *Desk) dropped([]fyne.URI) {}
