// Package district is the receiving side of the exchange: it takes in the logs
// of the district's stations, keeps them for ever, applies them to its own
// picture of people, teams, activities and service time, counts figures from
// that picture by the same lines as the stations, and shows it to the
// district's officers.
//
// What arrives is first stored and then applied. A receipt means stored
// durably and chained, never applied: an operation that cannot be applied is
// quarantined or held, waits with later operations on the same record, and
// stops nothing else. Nothing that was stored is ever dropped or rewritten.
//
// The package must never take the station's name from a message: it comes from
// the device whose key signed the request. Every method that reads or writes a
// station's data wants a [Scope], which only the authenticator can make. It must
// never write a name, a number or a payload to the disk unsealed, nor to a log,
// nor into an error.
package district
