package reports

import (
	"fmt"

	"rongyuan/store/record"
)

// Head is what every daily paper says of itself: whose it is, when and by whom
// it was printed, and under which number the audit log knows the print.
type Head struct {
	Station record.Station
	Made    record.Moment
	By      string
	Serial  string
	// Full prints identity and telephone numbers in full. The zero value masks
	// them, so that nobody prints them by oversight.
	Full bool
}

func (h Head) imprint() imprint {
	return imprint{station: h.Station.Name, maker: h.By, serial: h.Serial, made: h.Made}
}

func (h Head) number(id string) string {
	if h.Full {
		return id
	}
	return record.MaskID(id)
}

func (h Head) phones(phones []string) []string {
	if h.Full {
		return phones
	}
	return record.MaskPhones(phones)
}

// begin is a new paper with the issuer and its title on top.
func (h Head) begin(title string, s sheet) (*document, error) {
	d, err := newDocument(title, s, h.imprint())
	if err != nil {
		return nil, err
	}
	d.numbers = ofAll
	d.fittedTitle(d.plain(size4), issuerOf(h.Station))
	d.y += 1
	d.fittedTitle(d.strong(size2), title)
	d.space(3)
	return d, nil
}

// gridRow is one row of a form: labels and contents by turns, or one wide cell.
type gridRow struct {
	cells  []cell
	height float64
}

// grid prints a form: rows of cells of their own heights, labels in the middle.
// Columns are shared, cells reach over several of them by their span.
func (d *document) grid(columns []column, size float64, rows []gridRow) {
	columns = fitted(columns, d.sheet.room())
	var all []laid
	for _, row := range rows {
		t := table{size: size, least: row.height, columns: columns}
		all = append(all, d.layRow(t, row.cells, d.plain(size)))
	}
	p := &tablePrinter{d: d}
	p.start(all, 0)
	for _, row := range all {
		p.row(row, row.height)
	}
	p.close()
}

// label is a cell with the name of what stands beside it.
func label(text string) cell { return cell{text: text}.in(centre) }

// over is a cell that reaches over several columns.
func over(span int, text string) cell { return cell{text: text, span: span}.in(left) }

func times(n int) string { return fmt.Sprintf("%d次", n) }
