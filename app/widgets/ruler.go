package widgets

import (
	"fyne.io/fyne/v2"
)

const ellipsis = '…'

// ruler measures text of one size by adding up rune widths that it has measured
// once. Shaping every string anew costs a hundred times as much, and an
// ellipsis needs many trials.
type ruler struct {
	size   float32
	style  fyne.TextStyle
	widths map[rune]float32
	line   float32
}

func newRuler(size float32, style fyne.TextStyle) *ruler {
	return &ruler{size: size, style: style, widths: map[rune]float32{}}
}

// resize forgets everything when the text size has changed.
func (r *ruler) resize(size float32) {
	if size != r.size {
		r.size, r.line = size, 0
		clear(r.widths)
	}
}

// height of a line of text.
func (r *ruler) height() float32 {
	if r.line == 0 {
		r.line = fyne.MeasureText("国", r.size, r.style).Height
	}
	return r.line
}

func (r *ruler) rune(c rune) float32 {
	w, ok := r.widths[c]
	if !ok {
		w = fyne.MeasureText(string(c), r.size, r.style).Width
		r.widths[c] = w
	}
	return w
}

func (r *ruler) width(s string) float32 {
	var w float32
	for _, c := range s {
		w += r.rune(c)
	}
	return w
}

// fit cuts s with an ellipsis so that it is not wider than room.
func (r *ruler) fit(s string, room float32) string {
	if room <= 0 {
		return ""
	}
	var w float32
	cut, dots := 0, r.rune(ellipsis)
	for i, c := range s {
		if w+dots <= room {
			cut = i
		}
		w += r.rune(c)
		if w > room {
			return s[:cut] + string(ellipsis)
		}
	}
	return s
}
