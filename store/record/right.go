package record

// Right is something that a role may or may not do.
type Right string

// The rights.
const (
	RightRead    Right = "read"    // see people, teams, activities, figures
	RightWrite   Right = "write"   // the daily work
	RightUnmask  Right = "unmask"  // see identity numbers and telephones in full, with a reason
	RightConfirm Right = "confirm" // confirm months, approve unmasked exports, sealing and certificates
	RightManage  Right = "manage"  // accounts, keys, backup, settings, enrolment
	RightAudit   Right = "audit"   // read the audit log
)

// May reports whether a role has a right. The administrator of a small station
// is its clerk as well; the chief approves and does not record, so that two
// people stand behind a confirmed month; the auditor sees the log and nobody's
// record.
func (r Role) May(right Right) bool {
	rights := map[Role][]Right{
		RoleAdmin:   {RightRead, RightWrite, RightUnmask, RightManage, RightAudit},
		RoleClerk:   {RightRead, RightWrite, RightUnmask},
		RoleChief:   {RightRead, RightUnmask, RightConfirm, RightAudit},
		RoleViewer:  {RightRead},
		RoleAuditor: {RightAudit},
	}[r]
	for _, have := range rights {
		if have == right {
			return true
		}
	}
	return false
}
