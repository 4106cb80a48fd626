package reports

import (
	"strconv"

	"rongyuan/store/record"
)

// editionName is which edition of a closed period a paper is: 第1版, 第2版
// （更正版）; "" while the period is open.
func editionName(r record.PeriodReport) string {
	switch r.Edition {
	case 0:
		return ""
	case 1:
		return "第1版"
	}
	return "第" + strconv.Itoa(r.Edition) + "版（更正版）"
}

// sealed is the edition with the code that the close of the month gave it.
func sealed(r record.PeriodReport) string {
	text := editionName(r)
	if text != "" && r.Seal != "" {
		text += "　月结封签：" + r.Seal
	}
	return text
}

// editionLine tells below the title which edition this is; a paper of an open
// period has no such line.
func (d *document) editionLine(r record.PeriodReport) {
	text := sealed(r)
	if text == "" {
		return
	}
	st := d.plain(size4)
	d.space(st.pitch / 2)
	d.begin(st.pitch)
	d.lineIn(st, text, centre)
}
