// Package papers gathers what the daily papers and certificates say from the
// store, once for the window and for the commands, so that both print the same.
// It must never show a window, read a clock or choose where a file goes: a
// [Print] is written by whoever asked for it, after the audit log gave it its
// serial number.
package papers
