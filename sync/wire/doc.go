// Package wire holds the messages that a station and its district exchange,
// their versions, their limits and the bytes that are signed. Both sides import
// it, so that no message can be written by one and misread by the other.
//
// A session is Hello, then as many Push as there are operations to send; Enrol
// comes once in a device's life. Hello, Enrol and every answer are one JSON
// document; a Push is a [Batch], NDJSON in a zstd stream. Every request carries
// headers that sign it, see [Signed]; every answer that claims something is
// stored carries a receipt that the district signs.
//
// The package must never open a connection, a file or a database, must never
// read a clock, and must never put a value that it read into an error: errors
// are codes with a pointer to the place.
package wire
