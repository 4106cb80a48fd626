package cli

import "rongyuan/store/record"

// The exit codes; scripts rest on them.
const (
	exitDone       = 0
	exitFailed     = 1 // nothing changed
	exitUsage      = 2
	exitPerson     = 3 // done, but some rows need a person
	exitRefused    = 4 // wrong password or no right
	exitInUse      = 5
	exitDamaged    = 6 // or newer than the program
	exitNoDistrict = 7 // no connection
)

// exitOf is the exit code of a record code: [exitFailed] unless the table says
// otherwise.
func exitOf(code record.Code) int {
	if code == "" {
		return exitDone
	}
	for exit, codes := range exits() {
		for _, one := range codes {
			if one == code {
				return exit
			}
		}
	}
	return exitFailed
}

// exits are the codes that do not simply mean that the work failed.
func exits() map[int][]record.Code {
	return map[int][]record.Code{
		exitUsage: {record.CodeUsage},
		exitRefused: {
			record.CodeLocked, record.CodeWrongPassword, record.CodeNoRight, record.CodeAccountLocked,
			record.CodeWrongRecovery, record.CodeRecoveryTypo, record.CodeNoVault,
			// The district knows the device no more, or takes it for another.
			record.CodeRevoked, record.CodeUnauthorised, record.CodeEnrolCode,
		},
		exitInUse: {record.CodeInUse},
		exitDamaged: {
			record.CodeFileMissing, record.CodeFileForeign, record.CodeFileTruncated, record.CodeFileDamaged, record.CodeFileNewer,
			record.CodeSlotDamaged, record.CodeSlotUnknown, record.CodeSealBroken, record.CodeLogBroken,
			record.CodeMonthAltered,
		},
		exitNoDistrict: {
			record.CodeNoConnection, record.CodeNotDistrict, record.CodeServerBusy, record.CodeTooManyRequests,
		},
	}
}
