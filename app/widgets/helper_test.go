package widgets

import (
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"rongyuan/app/look"
	"rongyuan/assets"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// start makes the app of a test; widgets read its theme when they are made.
func start(t testing.TB) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Options{Regular: assets.SansRegular()}))
}

// window shows content without padding.
func window(t testing.TB, w, h float32, content fyne.CanvasObject) fyne.Window {
	t.Helper()
	win := test.NewTempWindow(t, content)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	return win
}

// golden compares the window with testdata/name.png.
func golden(t *testing.T, name string, win fyne.Window) {
	t.Helper()
	img := win.Canvas().Capture()
	if *update {
		writePNG(t, filepath.Join("testdata", name+".png"), img)
	}
	test.AssertImageMatches(t, name+".png", img)
}

func writePNG(t *testing.T, path string, img image.Image) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func key(o fyne.Focusable, names ...fyne.KeyName) {
	for _, n := range names {
		o.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

// press types on whatever has the focus, as a keyboard does.
func press(win fyne.Window, names ...fyne.KeyName) {
	for _, n := range names {
		if f := win.Canvas().Focused(); f != nil {
			key(f, n)
		} else if on := win.Canvas().OnTypedKey(); on != nil {
			on(&fyne.KeyEvent{Name: n})
		}
	}
}

func typeText(win fyne.Window, s string) {
	for _, r := range s {
		if f := win.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		}
	}
}

func shifted(o fyne.Focusable, n fyne.KeyName) {
	k := o.(desktop.Keyable)
	k.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(o, n)
	k.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func ctrl(n fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: n, Modifier: fyne.KeyModifierControl}
}

func column(objects ...fyne.CanvasObject) *fyne.Container {
	return container.NewVBox(objects...)
}
