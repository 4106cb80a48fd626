// Package sync is the station's side of the exchange with its district: it
// enrols a device, and brings the operations that the district does not have
// yet, in batches, until both logs end in the same hash.
//
// It knows no database: it declares the few methods that it needs as [Store],
// and *store.DB has them. It must never block or change a local save: a record
// is saved when the store says so, whether there is a district or not. It must
// never decide anything by a clock, never trust another authority than the one
// that was pinned at enrolment, and never report as sent what no signed receipt
// confirms.
//
// Importers write dsync "rongyuan/sync": the name sync is Go's own.
package sync
