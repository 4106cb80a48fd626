package assets

import "embed"

//go:embed icons/app.png
var icon []byte

//go:embed icons/door_*.svg
var doors embed.FS

// Icon is the program's icon, a PNG of 512 × 512 pixels.
func Icon() []byte { return icon }

// DoorIcon is the icon of a door of the window, an SVG of 24 × 24 units made of
// black filled shapes only, since the window's theme recolours fills and leaves
// strokes alone. The names are today, people, activity, visit, emergency,
// report, exchange and settings; any other name gives nil.
func DoorIcon(name string) []byte {
	b, err := doors.ReadFile("icons/door_" + name + ".svg")
	if err != nil {
		return nil
	}
	return b
}
