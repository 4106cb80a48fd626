package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// RowHeight is the height of a list row and of a line in the side bar: 34 at
// the ordinary text size.
const RowHeight fyne.ThemeSizeName = "rongyuanRowHeight"

// sizes keep everything in proportion to the text, so that a larger text size
// does not clip. The inner padding makes an entry as high as a list row.
func sizes(s Size) map[fyne.ThemeSizeName]float32 {
	text, caption, row := float32(14), float32(12), float32(34)
	switch s {
	case Large:
		text, caption, row = 16, 14, 38
	case ExtraLarge:
		text, caption, row = 19, 16, 44
	}
	return map[fyne.ThemeSizeName]float32{
		theme.SizeNameText:           text,
		theme.SizeNameCaptionText:    caption,
		theme.SizeNameSubHeadingText: text + 3,
		theme.SizeNameHeadingText:    text + 8,
		theme.SizeNamePadding:        4,
		theme.SizeNameInnerPadding:   7,
		theme.SizeNameLineSpacing:    4,
		theme.SizeNameInlineIcon:     text + 4,
		theme.SizeNameInputRadius:    4,
		theme.SizeNameButtonRadius:   4,
		theme.SizeNameDialogRadius:   6,
		theme.SizeNameScrollBar:      12,
		theme.SizeNameScrollBarSmall: 5,
		RowHeight:                    row,
	}
}
