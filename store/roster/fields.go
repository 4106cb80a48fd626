package roster

// The fields that a column can be mapped to, by their names in records. Those
// of the last group are understood and not stored.
const (
	fieldName         = "name"
	fieldID           = "id_number"
	fieldSex          = "sex"
	fieldBirth        = "birth"
	fieldEthnic       = "ethnic"
	fieldPhones       = "phones"
	fieldPolitics     = "politics"
	fieldPartyOrg     = "party_org"
	fieldEducation    = "education"
	fieldEmployer     = "employer"
	fieldVillage      = "village"
	fieldAddress      = "address"
	fieldSkills       = "skills"
	fieldCategories   = "categories"
	fieldKind         = "kind"
	fieldEnlisted     = "enlisted"
	fieldDischarged   = "discharged"
	fieldService      = "service" // enlistment and discharge in one cell
	fieldBranch       = "branch"
	fieldArm          = "arm"
	fieldRank         = "rank"
	fieldDischarge    = "discharge_kind"
	fieldMerits       = "merits"
	fieldDisability   = "disability"
	fieldTeam         = "team_name"
	fieldRole         = "role_name"
	fieldJoined       = "joined"
	fieldAgreed       = "agreement_date"
	fieldEmergency    = "emergency_name"
	fieldEmergencyTel = "emergency_phone"
	fieldRelation     = "emergency_relation"
	fieldHealth       = "health"
	fieldNumber       = "number"
	fieldNational     = "national_number"
	fieldStatus       = "status"
	fieldNote         = "note"

	fieldNothing = ""
	fieldSerial  = "-serial" // 序号, and the reason column of an error workbook
	fieldUnit    = "-unit"   // 部队代号: may be secret
	fieldSigned  = "-signed" // 签到, 签名
	fieldDerived = "-derived"
	fieldUnclear = "-unclear" // decided by the values below
)

// Fields are the fields that a column can be mapped to by hand, in the order in
// which a form asks for them.
func Fields() []string {
	return []string{
		fieldName, fieldID, fieldSex, fieldBirth, fieldEthnic, fieldPhones, fieldVillage, fieldAddress,
		fieldPolitics, fieldPartyOrg, fieldEducation, fieldEmployer, fieldSkills, fieldCategories,
		fieldKind, fieldEnlisted, fieldDischarged, fieldService, fieldBranch, fieldArm, fieldRank,
		fieldDischarge, fieldMerits, fieldDisability, fieldTeam, fieldRole, fieldJoined, fieldAgreed,
		fieldEmergency, fieldRelation, fieldEmergencyTel, fieldHealth, fieldNumber, fieldNational,
		fieldStatus, fieldNote,
	}
}

// several are the fields that more than one column may feed.
func several(field string) bool {
	return field == fieldPhones || field == fieldSkills || field == fieldNote
}

// ignored reports whether a field is understood and not stored.
func ignored(field string) bool { return field == fieldNothing || field[0] == '-' }
