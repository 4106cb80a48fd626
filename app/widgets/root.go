package widgets

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Root is the outermost content of a window. It holds the window's keys in one
// place and learns where the caret stands, whatever control has the focus.
type Root struct {
	widget.BaseWidget

	// OnCaret is told the caret's absolute position on focus and on every
	// cursor change, for the window of an input method.
	OnCaret func(fyne.Position)
	// OnKey sees every key that no binding took.
	OnKey func(*fyne.KeyEvent)
	// OnStir follows every key and every movement of the mouse.
	OnStir func()

	canvas    fyne.Canvas
	content   fyne.CanvasObject
	keys      map[fyne.KeyName]func()
	shortcuts map[string]func()
}

var (
	_ keyTaker   = (*Root)(nil)
	_ caretTaker = (*Root)(nil)
)

// NewRoot wraps content and makes itself the canvas's content.
func NewRoot(c fyne.Canvas, content fyne.CanvasObject) *Root {
	r := &Root{canvas: c, content: content, keys: map[fyne.KeyName]func(){}, shortcuts: map[string]func(){}}
	r.ExtendBaseWidget(r)
	c.SetContent(r)
	c.SetOnTypedKey(r.takeKey)
	return r
}

// CreateRenderer is called by Fyne.
func (r *Root) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(r.content)
}

// Bind sets what a key does anywhere in the window: "F1", "Escape", "Ctrl+S",
// "Ctrl+Shift+P", "Ctrl+Z". A later binding of the same key replaces it. An
// unknown modifier is an error of the program and panics.
func (r *Root) Bind(key string, f func()) {
	parts := strings.Split(key, "+")
	name, mods := fyne.KeyName(parts[len(parts)-1]), modifiersNamed(parts[:len(parts)-1])
	if mods == 0 {
		r.keys[name] = f
		return
	}
	s := shortcutFor(name, mods)
	if _, known := r.shortcuts[s.ShortcutName()]; !known {
		r.canvas.AddShortcut(s, r.takeShortcut)
	}
	r.shortcuts[s.ShortcutName()] = f
}

func modifiersNamed(names []string) fyne.KeyModifier {
	var m fyne.KeyModifier
	for _, n := range names {
		switch n {
		case "Ctrl":
			m |= fyne.KeyModifierControl
		case "Shift":
			m |= fyne.KeyModifierShift
		case "Alt":
			m |= fyne.KeyModifierAlt
		default:
			panic(fmt.Sprintf("widgets: unknown modifier %q", n))
		}
	}
	return m
}

// shortcutFor knows that Fyne gives the editing keys shortcuts of their own.
func shortcutFor(name fyne.KeyName, m fyne.KeyModifier) fyne.Shortcut {
	if m == fyne.KeyModifierControl {
		switch name {
		case fyne.KeyZ:
			return &fyne.ShortcutUndo{}
		case fyne.KeyY:
			return &fyne.ShortcutRedo{}
		case fyne.KeyC:
			return &fyne.ShortcutCopy{}
		case fyne.KeyV:
			return &fyne.ShortcutPaste{}
		case fyne.KeyX:
			return &fyne.ShortcutCut{}
		case fyne.KeyA:
			return &fyne.ShortcutSelectAll{}
		}
	}
	return &desktop.CustomShortcut{KeyName: name, Modifier: m}
}

// takeKey also gets the keys typed while nothing is focused; an open dialog
// comes first then too.
func (r *Root) takeKey(ev *fyne.KeyEvent) {
	r.Stir()
	if t, ok := r.canvas.Overlays().Top().(keyTaker); ok {
		t.takeKey(ev)
		return
	}
	if f, ok := r.keys[ev.Name]; ok {
		f()
		return
	}
	if r.OnKey != nil {
		r.OnKey(ev)
	}
}

func (r *Root) takeShortcut(s fyne.Shortcut) {
	if t, ok := r.canvas.Overlays().Top().(keyTaker); ok {
		t.takeShortcut(s)
		return
	}
	if f, ok := r.shortcuts[s.ShortcutName()]; ok {
		f()
	}
}

func (r *Root) takeCaret(pos fyne.Position) {
	r.Stir()
	if r.OnCaret != nil {
		r.OnCaret(pos)
	}
}
