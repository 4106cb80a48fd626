// Package app is the desk of a station: the one window, its doors and every
// screen behind them.
//
// It exists to turn what a clerk types into calls of the store, and what the
// store answers into Chinese words beside the right field. A file is named
// after the screen or the noun that it shows.
//
// It must never decide what is valid (package record does), never hold a
// sentence for a code (package say does), never wait for a disk or a network on
// the goroutine that paints, and never show a name, a number or a figure that
// did not come out of the store.
package app
