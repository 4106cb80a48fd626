package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	lin := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}

func ratio(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func TestTextStandsOutFromItsGround(t *testing.T) {
	texts := []fyne.ThemeColorName{
		theme.ColorNameForeground, theme.ColorNamePrimary, theme.ColorNameError,
		theme.ColorNameWarning, theme.ColorNameSuccess, Muted,
	}
	grounds := []fyne.ThemeColorName{theme.ColorNameBackground, Panel, AccentSoft, RowIdle, RowHover}
	for _, high := range []bool{false, true} {
		th, least := New(Options{HighContrast: high}), 4.0
		for _, fg := range texts {
			for _, bg := range grounds {
				if got := ratio(th.Color(fg, 0), th.Color(bg, 0)); got < least {
					t.Errorf("high=%v %s on %s: contrast %.1f, want %.1f", high, fg, bg, got, least)
				}
			}
			if got := ratio(th.Color(fg, 0), th.Color(theme.ColorNameBackground, 0)); high && got < 7 {
				t.Errorf("high contrast %s: %.1f, want 7", fg, got)
			}
		}
	}
}

func TestDarkVariantStaysWhite(t *testing.T) {
	th := New(Options{})
	for n := range lightColours() {
		if th.Color(n, theme.VariantDark) != th.Color(n, theme.VariantLight) {
			t.Errorf("%s differs in the dark variant", n)
		}
	}
}

func TestOneFontForEveryStyle(t *testing.T) {
	th := New(Options{Regular: []byte("r")})
	for _, s := range []fyne.TextStyle{{}, {Bold: true}, {Italic: true}, {Monospace: true}, {Symbol: true}, {Bold: true, Italic: true}} {
		if got := string(th.Font(s).Content()); got != "r" {
			t.Errorf("%+v: font %q", s, got)
		}
	}
	th = New(Options{Regular: []byte("r"), Bold: []byte("b")})
	if got := string(th.Font(fyne.TextStyle{Bold: true}).Content()); got != "b" {
		t.Errorf("bold: %q", got)
	}
}

func TestSizesGrowTogether(t *testing.T) {
	names := []fyne.ThemeSizeName{theme.SizeNameText, theme.SizeNameCaptionText, theme.SizeNameInlineIcon, RowHeight}
	for _, n := range names {
		last := float32(0)
		for _, s := range []Size{Ordinary, Large, ExtraLarge} {
			v := New(Options{Size: s}).Size(n)
			if v <= last {
				t.Errorf("%s at %s: %v, not above %v", n, s, v, last)
			}
			last = v
		}
	}
	if v := New(Options{}).Size(RowHeight); v != 34 {
		t.Errorf("row height %v", v)
	}
}
