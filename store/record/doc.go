// Package record holds the records of a veterans' service station and the
// rules that make them valid: people, teams, activities, service time, the
// operations that change them, and the figures that are counted from them.
//
// It is the leaf of the house: it imports the standard library only, so that
// the window, the command line, the store, the exchange and the district all
// judge a record by the same lines. It must never touch a disk, a network, a
// clock or a source of randomness, and it must never hold a sentence for a
// clerk: a rule that fails answers with a [Code], and package assets has the
// words.
package record
