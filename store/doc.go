// Package store keeps a station's records in one SQLite file that is sealed,
// durable and never silently wrong.
//
// It exists so that no other package has to know about tables, keys or
// transactions: a method takes and gives records, checks them by the rules of
// package record, writes the change and its operation in one transaction, and
// refuses with a record.Code.
//
// It must never write a personal value in the clear, never change a synced
// table without an operation, never trust a clock for order, and never know
// what a window, a sheet of paper or a network is.
package store
