// Package vault keeps the secret with which a PC may open its station's file
// unattended, where the operating system keeps secrets: DPAPI on Windows, the
// desktop's keyring elsewhere.
//
// It must never fall back to a plain file: beside the database such a file
// would be no lock at all.
package vault
