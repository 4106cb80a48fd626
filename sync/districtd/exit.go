package main

import "rongyuan/store/record"

// The exit codes; scripts rest on them, and the station's program has the same.
const (
	exitDone    = 0
	exitFailed  = 1 // nothing changed
	exitUsage   = 2
	exitRefused = 4 // wrong password or no right
	exitInUse   = 5
	exitDamaged = 6 // or newer than the program
)

func exitOf(code record.Code) int {
	switch code {
	case "":
		return exitDone
	case record.CodeUsage:
		return exitUsage
	case record.CodeLocked, record.CodeWrongPassword, record.CodeNoRight, record.CodeAccountLocked:
		return exitRefused
	case record.CodeInUse, record.CodeServerBusy:
		return exitInUse
	case record.CodeFileMissing, record.CodeFileForeign, record.CodeFileTruncated, record.CodeFileDamaged, record.CodeFileNewer,
		record.CodeSlotDamaged, record.CodeSealBroken, record.CodeLogBroken:
		return exitDamaged
	}
	return exitFailed
}
