package app

import (
	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
)

// dropped opens files that were dragged anywhere onto the window: the open
// screen may want them, else a workbook is taken for a roster.
func (d *Desk) dropped(uris []fyne.URI) {
	if d.frame == nil || d.win.Canvas().Overlays().Top() != nil {
		return
	}
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	if len(paths) == 0 {
		return
	}
	if s, ok := d.screens[d.door].(dropper); ok && s.Drop(paths) {
		return
	}
	if rosterFile(paths[0]) {
		d.open(doorPeople, place{Files: paths})
		return
	}
	d.notice(widgets.Warn, "这里不认识这种文件。花名册请用 Excel 或 WPS 表格。")
}
