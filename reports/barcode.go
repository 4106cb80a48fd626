package reports

import "rongyuan/store/record"

// bars are the widths of the bars and gaps of a symbol of Code 128 (ISO/IEC
// 15417), by its value; 105 is the start of pairs of digits, 106 the stop.
const bars = "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221" +
	"223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313" +
	"132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321" +
	"331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211" +
	"241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341" +
	"131141114113114311411113411311113141114131311141411131211412211214211232"

const (
	startPairs = 105
	stopValue  = 106
	stopBars   = "2331112"
	// narrow is the narrowest bar in millimetres: a scanner for shops reads
	// 0.25 from a copy too.
	narrow = 0.254
)

// pairsCode is the widths, a bar first, of an even number of digits in Code 128;
// "" for anything else.
func pairsCode(digits string) string {
	if digits == "" || len(digits)%2 != 0 {
		return ""
	}
	out, sum := pattern(startPairs), startPairs
	for i := 0; i < len(digits); i += 2 {
		a, b := digits[i], digits[i+1]
		if a < '0' || a > '9' || b < '0' || b > '9' {
			return ""
		}
		value := int(a-'0')*10 + int(b-'0')
		sum += value * (i/2 + 1)
		out += pattern(value)
	}
	return out + pattern(sum%103) + stopBars
}

func pattern(value int) string { return bars[value*6 : value*6+6] }

// bar is a filled rectangle.
type bar struct{ x, y, w, h float64 }

func (b bar) draw(p *press) {
	p.pdf.Rect(b.x, b.y, b.w, b.h, "F")
}

// barcode draws digits as bars in the middle of a width. The white beside them
// is left by whoever chooses the width: ten modules on either side.
func (d *document) barcode(digits string, in place, height float64) {
	code := pairsCode(digits)
	total := 0.0
	for _, w := range code {
		total += float64(w-'0') * narrow
	}
	x := in.x + (in.width-total)/2
	for i, w := range code {
		wide := float64(w-'0') * narrow
		if i%2 == 0 {
			d.page.marks = append(d.page.marks, bar{x, in.top, wide, height})
		}
		x += wide
	}
}

// rowCode is the code of a row of a numbered sheet, "" for a sheet without a
// number.
func (p SignInPaper) rowCode(row int) string {
	if !record.IsSheetNumber(p.Sheet) {
		return ""
	}
	return record.RowCode(p.Sheet, row)
}
