// Package look is how the window looks: the Fyne theme with the station's
// colours, text sizes, paddings and its one embedded font.
//
// One static font answers for every text style, because falling back to system
// fonts flickers between faces and base lines. The package must never read a
// font, a setting or a file by itself: bytes and choices come in.
package look
