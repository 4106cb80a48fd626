package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Size is one of the three text sizes of the settings page.
type Size int

// The text sizes; the zero value is the ordinary one.
const (
	Ordinary   Size = iota // 普通, 14 points
	Large                  // 大, 16 points
	ExtraLarge             // 特大, 19 points
)

// String is the name a clerk sees in the settings.
func (s Size) String() string {
	switch s {
	case Large:
		return "大"
	case ExtraLarge:
		return "特大"
	default:
		return "普通"
	}
}

// Options are what a theme is made of. Regular must be a static TrueType font
// with Chinese glyphs; Bold may be nil, headings then use Regular.
type Options struct {
	Regular, Bold []byte
	Size          Size
	HighContrast  bool
}

type stationTheme struct {
	regular, bold fyne.Resource
	colours       map[fyne.ThemeColorName]color.Color
	sizes         map[fyne.ThemeSizeName]float32
	fallback      fyne.Theme
}

// New makes the theme. The result is immutable: after a change of settings make
// another one and set it.
func New(o Options) fyne.Theme {
	t := &stationTheme{
		regular:  fyne.NewStaticResource("regular.ttf", o.Regular),
		colours:  lightColours(),
		sizes:    sizes(o.Size),
		fallback: theme.DefaultTheme(),
	}
	t.bold = t.regular
	if len(o.Bold) > 0 {
		t.bold = fyne.NewStaticResource("bold.ttf", o.Bold)
	}
	if o.HighContrast {
		t.colours = contrastColours()
		t.sizes[theme.SizeNameInputBorder] = 2
	}
	return t
}

// Color ignores the system's dark wish: the window is white paper by design.
func (t *stationTheme) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := t.colours[n]; ok {
		return c
	}
	return t.fallback.Color(n, theme.VariantLight)
}

// Font answers every style with the embedded font, monospace and symbols
// included: digits of the font are already of one width.
func (t *stationTheme) Font(s fyne.TextStyle) fyne.Resource {
	if s.Bold {
		return t.bold
	}
	return t.regular
}

func (t *stationTheme) Icon(n fyne.ThemeIconName) fyne.Resource {
	return t.fallback.Icon(n)
}

func (t *stationTheme) Size(n fyne.ThemeSizeName) float32 {
	if v, ok := t.sizes[n]; ok {
		return v
	}
	return t.fallback.Size(n)
}
