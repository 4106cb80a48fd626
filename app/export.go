package app

import (
	"context"
	"fmt"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// shownList is the list that an export takes: the one with the focus, else the
// first one on the open screen; nil for none.
func (d *Desk) shownList() *widgets.Grid {
	if d.frame == nil {
		return nil
	}
	if g, ok := d.win.Canvas().Focused().(*widgets.Grid); ok && g.Visible() {
		return g
	}
	return firstGrid(d.frame.middle)
}

func firstGrid(o fyne.CanvasObject) *widgets.Grid {
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *widgets.Grid:
		return o
	case *fyne.Container:
		for _, one := range o.Objects {
			if g := firstGrid(one); g != nil {
				return g
			}
		}
	case *container.Scroll:
		return firstGrid(o.Content)
	}
	return nil
}

// exportList writes the open list as a workbook, the rows and columns as they
// stand on the screen: what is masked there is masked here.
func (d *Desk) exportList() {
	g := d.shownList()
	if g == nil {
		return
	}
	if g.Rows() == 0 {
		d.notice(widgets.Normal, "列表是空的，没有可导出的。")
		return
	}
	paper := reports.ListPaper{Title: doorText(d.door) + "列表", Name: doorText(d.door)}
	for _, c := range g.Columns() {
		column := reports.ListColumn{Title: c.Title}
		if c.Align != widgets.Right {
			column.Kind = reports.ListText // numbers lean to the right; what does not is a name or a code
		}
		paper.Columns = append(paper.Columns, column)
	}
	// Cells read memory, which belongs to the painting goroutine.
	for row := range g.Rows() {
		cells := make([]string, len(paper.Columns))
		for i := range cells {
			cells[i] = g.Text(row, i)
		}
		paper.Rows = append(paper.Rows, cells)
	}
	d.writeList(paper)
}

func (d *Desk) writeList(paper reports.ListPaper) {
	var path, serial string
	d.work("正在导出列表", func(ctx context.Context, _ func(int, int)) error {
		station, err := d.db.Station(ctx)
		if err != nil {
			return err
		}
		by, _ := d.db.Account()
		number, err := d.db.Note(ctx, store.Note{Action: store.ActionExport, Subject: "list", Detail: fmt.Sprintf("%s %d 行", paper.Title, len(paper.Rows))})
		if err != nil {
			return err
		}
		serial = store.Serial(station.Code, number)
		paper.Head = reports.Head{Station: station, Made: record.MomentOf(d.now()), By: by, Serial: serial}
		path, err = d.writePaper(paper.Title+"-"+serial+".xlsx", func(w io.Writer) error { return reports.ListExcel(w, paper) })
		return err
	}, func(err error) {
		if err != nil {
			d.trouble(err)
			return
		}
		d.noticeAction(widgets.Good, fmt.Sprintf("已导出 %d 行（编号 %s）：%s", len(paper.Rows), serial, path), "打开", func() { d.show(path) })
	})
}
