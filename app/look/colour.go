package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colours beyond Fyne's own names.
const (
	Muted      fyne.ThemeColorName = "rongyuanMuted"      // labels, hints, secondary text
	AccentSoft fyne.ThemeColorName = "rongyuanAccentSoft" // ground of a selected row while its list has the focus
	RowIdle    fyne.ThemeColorName = "rongyuanRowIdle"    // ground of a selected row while the focus is elsewhere
	RowHover   fyne.ThemeColorName = "rongyuanRowHover"   // ground under the pointer
	RowLine    fyne.ThemeColorName = "rongyuanRowLine"    // hair line between rows
	Panel      fyne.ThemeColorName = "rongyuanPanel"      // ground of side bar, header and status bar
	WarnSoft   fyne.ThemeColorName = "rongyuanWarnSoft"   // ground of a notice that wants attention
	BadSoft    fyne.ThemeColorName = "rongyuanBadSoft"    // ground of a notice about something wrong
)

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff} //nolint:gosec // the shifts cut on purpose
}

func alpha(v uint32, a uint8) color.NRGBA {
	c := rgb(v)
	c.A = a
	return c
}

func lightColours() map[fyne.ThemeColorName]color.Color {
	const green, ink, red = 0x3d5229, 0x20241c, 0xb3261e
	return map[fyne.ThemeColorName]color.Color{
		theme.ColorNameBackground:          rgb(0xffffff),
		theme.ColorNameForeground:          rgb(ink),
		theme.ColorNamePrimary:             rgb(green),
		theme.ColorNameHyperlink:           rgb(green),
		theme.ColorNameForegroundOnPrimary: rgb(0xffffff),
		theme.ColorNameFocus:               alpha(green, 0x40),
		theme.ColorNameSelection:           alpha(0x6d8a4e, 0x55),
		theme.ColorNameButton:              rgb(0xeef0ea),
		theme.ColorNameDisabledButton:      rgb(0xf4f5f2),
		theme.ColorNameDisabled:            rgb(0x9a9f93),
		theme.ColorNamePlaceHolder:         rgb(0x878d80),
		theme.ColorNameInputBackground:     rgb(0xffffff),
		theme.ColorNameInputBorder:         rgb(0xbcc1b5),
		theme.ColorNameHeaderBackground:    rgb(0xf5f6f3),
		theme.ColorNameHover:               alpha(0x20241c, 0x0c),
		theme.ColorNamePressed:             alpha(0x20241c, 0x20),
		theme.ColorNameMenuBackground:      rgb(0xffffff),
		theme.ColorNameOverlayBackground:   rgb(0xffffff),
		theme.ColorNameSeparator:           rgb(0xdde0d8),
		theme.ColorNameScrollBar:           rgb(0xb4b9ad),
		theme.ColorNameScrollBarBackground: rgb(0xf1f2ef),
		theme.ColorNameShadow:              alpha(0x20241c, 0x38),
		theme.ColorNameError:               rgb(red),
		theme.ColorNameForegroundOnError:   rgb(0xffffff),
		theme.ColorNameSuccess:             rgb(0x38721c),
		theme.ColorNameForegroundOnSuccess: rgb(0xffffff),
		theme.ColorNameWarning:             rgb(0x8a5a00),
		theme.ColorNameForegroundOnWarning: rgb(0xffffff),
		Muted:                              rgb(0x646b5c),
		AccentSoft:                         rgb(0xdfe8d3),
		RowIdle:                            rgb(0xeceeea),
		RowHover:                           rgb(0xf6f7f4),
		RowLine:                            rgb(0xeceee8),
		Panel:                              rgb(0xf5f6f3),
		WarnSoft:                           rgb(0xfbf3df),
		BadSoft:                            rgb(0xfbe9e7),
	}
}

// contrastColours keep the light ground but leave no grey that a tired eye could
// miss: text on ground is at least 7:1 everywhere.
func contrastColours() map[fyne.ThemeColorName]color.Color {
	const green, ink, red = 0x1f3310, 0x000000, 0x8f0000
	c := lightColours()
	for n, v := range map[fyne.ThemeColorName]color.Color{
		theme.ColorNameForeground:  rgb(ink),
		theme.ColorNamePrimary:     rgb(green),
		theme.ColorNameHyperlink:   rgb(green),
		theme.ColorNameFocus:       alpha(green, 0x70),
		theme.ColorNameDisabled:    rgb(0x4a4a4a),
		theme.ColorNamePlaceHolder: rgb(0x4a4a4a),
		theme.ColorNameInputBorder: rgb(ink),
		theme.ColorNameButton:      rgb(0xe2e5dc),
		theme.ColorNameSeparator:   rgb(0x6b6b6b),
		theme.ColorNameScrollBar:   rgb(0x4a4a4a),
		theme.ColorNameError:       rgb(red),
		theme.ColorNameSuccess:     rgb(0x1d4d00),
		theme.ColorNameWarning:     rgb(0x5c3a00),
		Muted:                      rgb(0x333333),
		AccentSoft:                 rgb(0xc3d8a8),
		RowIdle:                    rgb(0xd9d9d9),
		RowLine:                    rgb(0xb0b0b0),
	} {
		c[n] = v
	}
	return c
}
