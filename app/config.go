package app

import (
	"time"

	"fyne.io/fyne/v2"

	"rongyuan/app/look"
	"rongyuan/assets"
	"rongyuan/store"
)

// Config is what a window is opened with.
type Config struct {
	App fyne.App
	// Options say where the station's file is and where time and randomness
	// come from.
	Options store.Options
	// DB is the station's file where the caller has opened it already; nil lets
	// the window open it, and found a station where there is none.
	DB      *store.DB
	Version string
	// Practice is nil at a real station.
	Practice *Practice
	// Opener shows a file with the program of the PC that is meant for it.
	Opener func(path string) error
	// Caret is told where the caret stands in the window, for the window of an
	// input method; it may be nil.
	Caret func(pos fyne.Position)
	// Drives are where a second copy of the backups may go; nil for none.
	Drives Drives
	// Vault is where this PC keeps the secret with which it may open the file
	// unattended; nil where it keeps none.
	Vault store.Vault
}

// Practice is what a practice station says of itself: the banner over the
// window and the account that its login page offers.
type Practice struct {
	Banner            string
	Account, Password string
}

// names of the small values that the window keeps on this PC.
const (
	settingTextSize = "text_size"     // 0, 1, 2: look.Ordinary …
	settingContrast = "high_contrast" // "1" or ""
)

// dress gives the window its theme from the settings of this PC.
func (d *Desk) dress(size look.Size, contrast bool) {
	d.cfg.App.Settings().SetTheme(look.New(look.Options{Regular: assets.SansRegular(), Size: size, HighContrast: contrast}))
}

func (d *Desk) dressFromSettings() {
	size, contrast := look.Ordinary, false
	if d.db != nil {
		text, err := d.db.Setting(d.ctx, settingTextSize)
		if err == nil && len(text) == 1 && text[0] >= '0' && text[0] <= '2' {
			size = look.Size(text[0] - '0')
		}
		text, err = d.db.Setting(d.ctx, settingContrast)
		contrast = err == nil && text == "1"
	}
	d.dress(size, contrast)
}

// today is the station's day by the clock that came in.
func (d *Desk) now() time.Time { return d.clock() }
