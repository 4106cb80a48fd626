// Package reports turns values into paper: PDF and Excel, written to an
// io.Writer. A station lives by paper, and what is printed is what is believed,
// so every figure here is taken as it was counted ([record.Tally]) and never
// counted a second time.
//
// Its typesetting core (document, breakLines, table) stands over gofpdf and
// works around three faults of it in one place: gofpdf loses a Chinese
// character at each line that it breaks itself, it panics on characters outside
// the BMP, and it parses a font of 11 MB anew for every document. Lines are
// broken here, and each document hands gofpdf a small font that holds the used
// glyphs only, the rare ones under private codes with a table that leads back
// to the true characters.
//
// It must never import the store, read a clock, a disk or a network, and never
// leave a person out because a name cannot be drawn: a character that no font
// has is printed as a box with its code point. The same values give the same
// bytes.
package reports
