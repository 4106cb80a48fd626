// Package cli is the same work as the window, without a window: commands for
// scripts, for automation, for a help desk and for PCs without OpenGL.
//
// It exists so that everything a clerk does can be done, tested and repeated
// from a shell, by the store's own methods and rules. Names, flags, JSON keys
// and exit codes are a contract: other people's scripts rest on them. It must
// never import the window toolkit, take a password from an argument, judge a
// record by a rule of its own, show a Go error, print a personal value unmasked
// that was not asked for with a reason, or leave half a change behind.
package cli
