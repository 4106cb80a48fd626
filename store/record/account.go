package record

// Role is what an account may do.
type Role string

// The roles. There is no default account.
const (
	RoleAdmin   Role = "admin"   // 管理员: accounts, backup, settings
	RoleClerk   Role = "clerk"   // 经办: the daily work
	RoleChief   Role = "chief"   // 站长: confirms months, approves
	RoleViewer  Role = "viewer"  // 查看: reads
	RoleAuditor Role = "auditor" // 审计: reads the log only
)

// RoleUnattended is nobody: the PC itself, which may back up and exchange. It is
// in no table, since no account can have it.
const RoleUnattended Role = "unattended"

// UnattendedAccount is the name under which the PC stands in the log.
const UnattendedAccount = "无人值守"

// Roles is the table of roles.
func Roles() Table {
	return Table{"role", []Term{
		{string(RoleAdmin), "管理员", nil},
		{string(RoleClerk), "经办", nil},
		{string(RoleChief), "站长", nil},
		{string(RoleViewer), "查看", nil},
		{string(RoleAuditor), "审计", nil},
	}}
}
