// Command rongyuan-district is a district's server and its commands: it makes
// the district, runs exchange and console, gives out enrolment codes, and prints
// people, figures and stations for scripts.
//
// It is a main around sync/district: it must hold no rule of the exchange and
// no storage of its own, must build without a C compiler and without a window,
// and must print a password, a code's hash or a Go error nowhere.
package main
