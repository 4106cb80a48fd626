// Package photo makes a photo fit to be kept as evidence: small, without the
// place where it was taken, and recognisable when it comes a second time.
//
// It must never know a database or a record, write a file, or read the clock;
// it takes bytes and gives bytes. What it cannot decode it refuses and never
// passes on, since an image that was not drawn anew may still carry a position.
package photo
