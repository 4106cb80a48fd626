package record

// Code names one kind of refusal, warning or note. Codes are append-only:
// they are printed by the command line, cross the wire unchanged and are
// kept in logs, so a code is never renamed and never reused.
type Code string

// General codes.
const (
	CodeRequired      Code = "required"        // a field that must be filled is empty
	CodeTooLong       Code = "too_long"        // text longer than the field holds
	CodeInvalid       Code = "invalid"         // a value that the field cannot hold
	CodeUnknownCode   Code = "unknown_code"    // a word that the code table does not know
	CodeControlChars  Code = "control_chars"   // control or direction-override characters
	CodeNotFound      Code = "not_found"       // the record does not exist
	CodeStale         Code = "stale"           // the record changed since it was read
	CodeNothingToDo   Code = "nothing_to_do"   // the change changes nothing
	CodeUsage         Code = "usage"           // a command line that cannot be understood
	CodeInternal      Code = "internal"        // a fault of the program itself
	CodeCancelled     Code = "cancelled"       // stopped by the person at the keyboard
	CodeFileUnread    Code = "file_unreadable" // a named file cannot be read
	CodeFileUnwritten Code = "file_unwritable" // a named file cannot be written
)

// Codes of the citizen identity number (GB 11643-1999).
const (
	CodeIDLength     Code = "id_length"      // neither 18 nor 15 digits
	CodeIDCharacters Code = "id_characters"  // a character that is no digit and no final X
	CodeIDChecksum   Code = "id_checksum"    // the 18th digit does not fit the other 17
	CodeIDBirth      Code = "id_birth"       // no such day in the calendar, or in the future
	CodeIDAge        Code = "id_age"         // older than 120 years
	CodeIDMasked     Code = "id_masked"      // a masked number, 1201****
	CodeIDDigitsLost Code = "id_digits_lost" // a spreadsheet kept only 15 significant digits
	CodeIDRepeated   Code = "id_repeated"    // all digits alike, or several numbers in one
	CodeIDTaken      Code = "id_taken"       // another person here has this number
	CodeIDConverted  Code = "id_converted"   // 15 digits extended to 18
	CodeIDNormalised Code = "id_normalised"  // spaces, quotes or full-width characters removed
	CodeIDAreaOld    Code = "id_area_old"    // an area code that was retired; valid
	CodeIDAreaOdd    Code = "id_area_odd"    // an area code outside every province; kept
	CodeIDMissing    Code = "id_missing"     // no number yet; to be supplied
	CodeIDSex        Code = "id_sex"         // sex given differs from the number's
	CodeIDBirthGiven Code = "id_birth_given" // birth date given differs from the number's
)

// Codes of people.
const (
	CodeNameShort      Code = "name_short"        // fewer than two characters
	CodeNameCharacters Code = "name_characters"   // digits or signs in a name
	CodeNameNormalised Code = "name_normalised"   // spaces or dots in a name put right
	CodeNamePrivateUse Code = "name_private_use"  // a private-use character that other PCs cannot show
	CodePhone          Code = "phone"             // no telephone number
	CodePhoneFixed     Code = "phone_normalised"  // prefix, spaces or separators removed
	CodeDate           Code = "date"              // no date
	CodeDateAmbiguous  Code = "date_ambiguous"    // a number that may be two dates, as 1985.1
	CodeDateFixed      Code = "date_normalised"   // another way of writing a date put right
	CodeDateFuture     Code = "date_future"       // a date that has not come yet
	CodeDateOrder      Code = "date_order"        // a date before the one that must precede it
	CodeMinor          Code = "minor"             // under 18: guardian consent asked for
	CodeAgreement      Code = "agreement"         // no agreement of the volunteer (Decree 67, article 6)
	CodeDuplicate      Code = "duplicate"         // very likely the same person as another
	CodeSensitive      Code = "sensitive"         // may be secret: unit numbers are not stored
	CodeDeceased       Code = "deceased"          // a mark that the person has died
	CodeAgreementTaken Code = "agreement_assumed" // agreement date taken from the roster's import
)

// Codes of moves between stations.
const (
	CodeNationalNumber Code = "national_number" // no number as the national system gives them
	CodeTransferSelf   Code = "transfer_self"   // a move to the own station
	CodeTransferCity   Code = "transfer_city"   // a move out of the city: the person leaves
	CodeTransferOpen   Code = "transfer_open"   // a move of this person is under way
	CodeTransferClosed Code = "transfer_closed" // the move has ended or was cancelled
	CodeNotHere        Code = "not_here"        // the person has moved, left or died
	CodeEpochOld       Code = "epoch_old"       // a home number lower than the one that is known
)

// Codes of teams, activities and service time.
const (
	CodeEndBeforeStart    Code = "end_before_start"   // an activity that ends before it starts
	CodeTooLongActivity   Code = "activity_too_long"  // longer than 24 hours
	CodeBreakTooLong      Code = "break_too_long"     // the break is as long as the activity
	CodeDayOver24Hours    Code = "day_over_24h"       // one person, one day, over 24 hours
	CodeDayOver8Hours     Code = "day_over_8h"        // one person, one day, over 8 hours
	CodeOverlap           Code = "overlap"            // one person in two places at one time
	CodeTwiceInActivity   Code = "twice_in_activity"  // the same person twice in one activity
	CodeMinutesRange      Code = "minutes_range"      // minutes below zero or over the activity's length
	CodeNotCounting       Code = "not_counting"       // this kind of activity gives no service time (Decree 67, article 19)
	CodeLateRecord        Code = "late_record"        // later than 10 working days (Decree 67, article 11)
	CodeReasonRequired    Code = "reason_required"    // a correction without a reason
	CodeAlreadyReversed   Code = "already_reversed"   // an entry that was taken back before
	CodeActivityCancelled Code = "activity_cancelled" // service time on a cancelled activity
	CodeFutureActivity    Code = "activity_future"    // service time for an activity that has not ended
	CodeNotServing        Code = "not_serving"        // the person is no registered volunteer
	CodeBeforeJoining     Code = "before_joining"     // service before the person became a volunteer
	CodeCaptainOutside    Code = "captain_outside"    // the captain is not a member of the team
	CodeTeamCycle         Code = "team_cycle"         // a team that would stand above itself
	CodeTeamNameTaken     Code = "team_name_taken"    // another team has this name
	CodeAlreadyMember     Code = "already_member"     // the person is in the team now
	CodeNotSealed         Code = "not_sealed"         // only a sealed person may be purged
	CodeTooEarly          Code = "too_early"          // the time of keeping is not over
	CodeMonthLocked       Code = "month_locked"       // the month is closed
	CodeMonthNotOver      Code = "month_not_over"     // a month is closed when it is over
	CodeMonthUnready      Code = "month_unready"      // something must be put right before the month is closed
	CodeMonthOpen         Code = "month_open"         // the month is not closed
	CodeNotUndoable       Code = "not_undoable"       // a step that has its own way back
	CodeAfterDeath        Code = "after_death"        // service after the day on which the person died
	CodeAfterLeaving      Code = "after_leaving"      // service after the person left or moved away
	CodeRecordedBefore    Code = "recorded_before"    // service time that was recorded before the activity's day
	CodeSamePattern       Code = "same_pattern"       // many people with the very same minutes, time after time
	CodeWeekOverLimit     Code = "week_over_limit"    // one person, one week, over the station's limit
	CodeNightService      Code = "night_service"      // service in the hours of the night
	CodeAgeOverLimit      Code = "age_over_limit"     // nobody has looked at a person of this age this year
	CodeBackfillCheck     Code = "backfill_check"     // recorded from memory, above what one person may
	CodeNoSignOut         Code = "no_sign_out"        // signed in and not out: the time is the rule's
	CodeTwoPersons        Code = "two_persons"        // whoever asked may not decide
	CodeApprovalNeeded    Code = "approval_needed"    // an entry of another day is corrected with an approval
	CodeCorrectionOpen    Code = "correction_open"    // this entry has a correction that is not decided
	CodeOutsideLedger     Code = "outside_ledger"     // time of another system is no entry of this station
)

// Codes of evidence.
const (
	CodePhotoReused       Code = "photo_reused"       // a photo that another activity has
	CodePhotoTime         Code = "photo_time"         // the camera's time does not fit the activity
	CodePhotoMany         Code = "photo_many"         // more photos than an activity keeps
	CodePhotoUnread       Code = "photo_unreadable"   // not an image that can be read
	CodeAttachmentMissing Code = "attachment_missing" // a kept file is not in its folder
)

// Codes of workbooks.
const (
	CodeFileEmpty       Code = "file_empty"       // 0 bytes
	CodeNotWorkbook     Code = "not_workbook"     // neither a workbook nor a table
	CodeOldWorkbook     Code = "old_workbook"     // older than Excel 97
	CodeOpenDocument    Code = "open_document"    // .ods
	CodeBinaryWorkbook  Code = "binary_workbook"  // .xlsb
	CodeWebTable        Code = "web_table"        // a web page whose table lies in other files
	CodeWorkbookLocked  Code = "workbook_locked"  // protected by a password
	CodeWorkbookCut     Code = "workbook_cut"     // the file ends too early
	CodeSheetDamaged    Code = "sheet_damaged"    // a sheet's XML is cut or broken
	CodeWorkbookBomb    Code = "workbook_bomb"    // unpacks to far more than a roster
	CodeWorkbookHostile Code = "workbook_hostile" // DOCTYPE, path tricks and the like
	CodeTooManyRows     Code = "too_many_rows"    // over the row limit
	CodeTooManyColumns  Code = "too_many_columns" // over the column limit
	CodeNoSheet         Code = "no_sheet"         // no such sheet, or none with a table
	CodeNoHeader        Code = "no_header"        // no row with the heads of a roster
	CodeNoNameColumn    Code = "no_name_column"   // no column with names
	CodeSignInSheet     Code = "sign_in_sheet"    // a sign-in sheet, not a roster
	CodeCellError       Code = "cell_error"       // #REF!, #N/A and the like
	CodeCellTooLong     Code = "cell_too_long"    // over 32,767 characters
	CodeCellFormula     Code = "cell_formula"     // a formula's stored value was taken
	CodeColumnIgnored   Code = "column_ignored"   // a column that is not read
	CodeSheetHidden     Code = "sheet_hidden"     // a hidden sheet that was not read
	CodeRowsHidden      Code = "rows_hidden"      // hidden rows that were read
	CodeColumnsHidden   Code = "columns_hidden"   // hidden columns that were read
	CodeFillDown        Code = "fill_down"        // a community that stands once above its people, not merged
	CodeRowTwice        Code = "row_twice"        // the same person twice in the file
	CodeRowConflict     Code = "row_conflict"     // the file and the store disagree
	CodeIDTwoNames      Code = "id_two_names"     // one number, two names
	CodeFormKind        Code = "form_kind"        // a form that is no .xlsx
	CodeFormUnknown     Code = "form_unknown"     // nobody has said yet what its cells mean
	CodeFormTooSmall    Code = "form_too_small"   // fewer rows than there is to write
	CodeFormPlace       Code = "form_place"       // the mapping names what the form does not have
	CodeFormFormula     Code = "form_formula"     // a cell with a formula was left
	CodeFormUsed        Code = "form_used"        // a cell that was not empty was overwritten
	CodeFormNoRow       Code = "form_no_row"      // figures for which the form has no row
	CodeFormRowUnknown  Code = "form_row_unknown" // a row of the form that no record means
	CodeFormUnread      Code = "form_unread"      // columns that were not filled
	CodeFileChanged     Code = "file_changed"     // the file changed after the preview
	CodeVillageUnknown  Code = "village_unknown"  // a community that the code table does not know
	CodeTwoValues       Code = "two_values"       // two values in one cell
	CodeAlreadyImported Code = "already_imported" // the same file again: nothing new
)

// Codes of the file, its keys and its accounts.
const (
	CodeLocked        Code = "locked"         // the file is locked: log in first
	CodeWrongPassword Code = "wrong_password" // wrong name or password
	CodeNoRight       Code = "no_right"       // the role may not do this
	CodeAccountLocked Code = "account_locked" // too many failures
	CodePasswordWeak  Code = "password_weak"  // too short or too simple
	CodePasswordName  Code = "password_name"  // contains the account's name
	CodeAccountTaken  Code = "account_taken"  // an account with this name exists
	CodeWrongRecovery Code = "wrong_recovery" // not the recovery code of this file
	CodeRecoveryTypo  Code = "recovery_typo"  // a group of the code was mistyped
	CodeInUse         Code = "in_use"         // another program holds the file
	CodeNoStation     Code = "no_station"     // no station here yet
	CodeStationExists Code = "station_exists" // there is a station here already
	CodeStationCode   Code = "station_code"   // not nine digits, or not the code of a street or town
	CodeFileMissing   Code = "file_missing"   // a station should be here, and is not
	CodeFileForeign   Code = "file_foreign"   // not a file of this program
	CodeFileTruncated Code = "file_truncated" // the file is shorter than its header says
	CodeFileDamaged   Code = "file_damaged"   // the check of the file failed
	CodeFileNewer     Code = "file_newer"     // written by a newer program
	CodeSlotDamaged   Code = "slot_damaged"   // a key slot is damaged
	CodeSealBroken    Code = "seal_broken"    // a sealed value does not open
	CodeFolderRefused Code = "folder_refused" // cloud, network or removable folder
	CodeDiskFull      Code = "disk_full"      // no space left
	CodeReadOnly      Code = "read_only"      // the folder cannot be written
	CodeLogBroken     Code = "log_broken"     // the operation log's chain does not hold
	CodeMonthAltered  Code = "month_altered"  // the rows of a closed month are not those of its seal
	CodeNoVault       Code = "no_vault"       // the operating system keeps no secret for this program
	CodeLastAdmin     Code = "last_admin"     // the last administrator cannot go
	CodeSlotUnknown   Code = "slot_unknown"   // a key slot of an unknown kind
	CodeNoEscrow      Code = "no_escrow"      // the district holds no key to this file
	CodeEscrowPaper   Code = "escrow_paper"   // no request to a district or answer of one, or it was altered
	CodeEscrowRequest Code = "escrow_request" // a request of a station that is unknown here, or whose slot does not open
	CodeEscrowAnswer  Code = "escrow_answer"  // an answer that does not fit this file and its request
	CodeEscrowUsed    Code = "escrow_used"    // no request waits here for this answer: used, or asked elsewhere
)

// Codes of a report's written part.
const (
	CodeFigureDiffers Code = "figure_differs" // the text states a figure that was not counted
	CodeFiguresClash  Code = "figures_clash"  // two figures of the text cannot both be right
	CodeTextDenies    Code = "text_denies"    // the text says in words what the figures deny
)

// Codes of signed papers.
const (
	CodeStampUnread   Code = "stamp_unreadable" // no text of one of our QR codes, or cut off
	CodeStampForged   Code = "stamp_forged"     // the signature does not fit the text
	CodeKeyUnknown    Code = "key_unknown"      // the signature fits, and nobody here knows the key
	CodeKeyRevoked    Code = "key_revoked"      // the key that signed was revoked
	CodeKeyFile       Code = "key_file"         // no key file, or a damaged one
	CodeNoticeRunning Code = "notice_running"   // the days of public notice are not over
	CodeVoided        Code = "voided"           // the certificate was declared void
	CodeNoService     Code = "no_service"       // no service time that could be certified

	CodeCertificateNumber Code = "certificate_number" // no number of a certificate, or mistyped
)

// Codes of the exchange.
const (
	CodeNotEnrolled      Code = "not_enrolled"      // the station is not enrolled at a district
	CodeAlreadyEnrolled  Code = "already_enrolled"  // the station is enrolled
	CodeNoConnection     Code = "no_connection"     // the district does not answer
	CodeNotDistrict      Code = "not_district"      // what answers is no district server, or another one
	CodeEnrolCode        Code = "enrol_code"        // wrong, used or expired code
	CodeRevoked          Code = "revoked"           // the device was revoked
	CodeUnauthorised     Code = "unauthorised"      // the signature does not hold
	CodeForked           Code = "forked"            // the logs of station and district part
	CodeGap              Code = "gap"               // an operation is missing between two
	CodeMalformed        Code = "malformed"         // a message that cannot be read
	CodeTooLarge         Code = "too_large"         // a message over the limits
	CodeTooManyRequests  Code = "too_many_requests" // slow down
	CodeVersionTooOld    Code = "version_too_old"   // the station's program is too old
	CodeVersionTooNew    Code = "version_too_new"   // the district's server is too old
	CodeUnknownOperation Code = "unknown_operation" // an operation that this version cannot apply yet
	CodeForeignRecord    Code = "foreign_record"    // a record of another station
	CodeParentMissing    Code = "parent_missing"    // the record that this one belongs to is not here yet
	CodeQuarantined      Code = "quarantined"       // held back until a person decides
	CodeConflict         Code = "conflict"          // both sides changed the same field
	CodeHeld             Code = "held"              // waits for an earlier operation on the same record
	CodeServerBusy       Code = "server_busy"       // try again later
)
