// Package desktop opens the window as a program: it reads the words of the
// command line that ask for a window, chooses the folder, starts the practice
// district beside a practice station, and ends all of it cleanly.
//
// It must never do a clerk's work: that is package app's, and the same work
// without a window is package app/cli's.
package desktop
