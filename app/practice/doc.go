// Package practice makes a station and a district of invented people, on which
// everything can be tried: the window's first start, a lesson for new clerks,
// the screenshots of the handbook and the story tests.
//
// It exists so that nobody learns on real people. It must never write into a
// folder that holds a real station, never invent an identity number that could
// be somebody's (the area 129999 does not exist), and never be a place for
// rules: all that it writes goes through the store's own methods, on a clock of
// its own that runs through the past months.
package practice
