// Package assets holds what the program carries inside itself, so that a
// station PC without a network and without Chinese fonts still shows and prints
// everything: the typefaces, Tianjin's division codes, the icons.
//
// It hands out bytes and plain rows and nothing else. It must never import
// another package of this module, read the disk, or know what a caller draws
// with its bytes: window, reports and commands all stand above it.
//
// Everything it returns is shared by all callers and must be treated as
// read-only.
package assets
