package record

import "strings"

// Volunteer is one person: a veteran who is served, a volunteer who serves, or
// both. The JSON names are the field names of operations, of the command line
// and of problems: they are append-only. The field groups follow Decree 67,
// articles 5 to 6, and the policy.
type Volunteer struct {
	ID      VolunteerID `json:"-"`
	Version int64       `json:"-"` // number of operations that made it; 0 is new

	// Number is the station's own volunteer number; NationalNumber the one of
	// the national system, which this program never invents.
	Number         string `json:"number,omitempty"`
	NationalNumber string `json:"national_number,omitempty"`

	Name     string   `json:"name"`
	IDNumber IDNumber `json:"id_number,omitempty"`
	Sex      Sex      `json:"sex,omitempty"`
	Birth    Date     `json:"birth,omitempty"`
	Ethnic   string   `json:"ethnic,omitempty"`
	Phones   []string `json:"phones,omitempty"`

	// Village is the code of the community (12 digits) where the table knows
	// it; VillageName what the paper says.
	Village     string `json:"village,omitempty"`
	VillageName string `json:"village_name,omitempty"`
	Address     string `json:"address,omitempty"`

	Politics   string   `json:"politics,omitempty"`
	PartyOrg   string   `json:"party_org,omitempty"`
	Education  string   `json:"education,omitempty"`
	Employer   string   `json:"employer,omitempty"`
	Skills     []string `json:"skills,omitempty"`
	SkillNote  string   `json:"skill_note,omitempty"`
	Categories []string `json:"categories,omitempty"`

	// Veteran and Serving are the two roles; one person may hold both.
	Veteran bool `json:"veteran,omitempty"`
	Serving bool `json:"volunteer,omitempty"`

	Kind          string `json:"kind,omitempty"`
	Enlisted      Date   `json:"enlisted,omitempty"`
	Discharged    Date   `json:"discharged,omitempty"`
	Branch        string `json:"branch,omitempty"`
	Arm           string `json:"arm,omitempty"`
	Rank          string `json:"rank,omitempty"`
	DischargeKind string `json:"discharge_kind,omitempty"`
	Merits        string `json:"merits,omitempty"`
	Disability    string `json:"disability,omitempty"`

	// Joined is the day the person became a volunteer here.
	Joined    Day       `json:"joined,omitempty"`
	Agreement Agreement `json:"agreement,omitzero"`
	Notice    Agreement `json:"notice,omitzero"`
	Emergency Contact   `json:"emergency,omitzero"`
	Health    string    `json:"health,omitempty"`
	Note      string    `json:"note,omitempty"`

	Status      Status `json:"status,omitempty"`
	StatusSince Day    `json:"status_since,omitempty"`
	// Withdrawn marks a record that was taken back, as by undoing an import: it
	// stands in no list and no figure, and its number is free again.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Agreement is a person's agreement to be registered (Decree 67, article 6),
// or the notice that the person was given (PIPL, article 17): the day, the
// version of the form and the way.
type Agreement struct {
	Date    Day    `json:"date,omitempty"`
	Version string `json:"version,omitempty"`
	// Way is paper, oral or import.
	Way string `json:"way,omitempty"`
}

// Contact is the person to call in an emergency.
type Contact struct {
	Name     string `json:"name,omitempty"`
	Relation string `json:"relation,omitempty"`
	Phone    string `json:"phone,omitempty"`
}

// Status says whether a person is active. Nobody is deleted.
type Status string

// What may become of a person.
const (
	StatusActive   Status = "active"
	StatusPaused   Status = "paused"
	StatusMoved    Status = "moved"
	StatusLeft     Status = "left"
	StatusDeceased Status = "deceased"
	StatusSealed   Status = "sealed" // 封存: hidden from every list, report and exchange
)

// Statuses is the table of what may become of a person.
func Statuses() Table {
	return Table{"status", []Term{
		{string(StatusActive), "在册", []string{"正常", "在岗"}},
		{string(StatusPaused), "暂停", nil},
		{string(StatusMoved), "迁出", []string{"转出"}},
		{string(StatusLeft), "退出", []string{"离队"}},
		{string(StatusDeceased), "去世", []string{"死亡", "已故"}},
		{string(StatusSealed), "封存", nil},
	}}
}

// PurgedName stands where a purged person's name was.
const PurgedName = "已清除"

// AgreementVersion is the version of the registration form's agreement that
// the program prints and records.
const AgreementVersion = "2026-1"

// Complete fills what follows from other fields: the normal form of name and
// number, birth and sex from the number where they are empty, the status of a
// new person. It changes nothing that a person has typed otherwise.
func (v Volunteer) Complete(today Day) Volunteer {
	if name, found := ReadName(v.Name); len(found.Errors()) == 0 {
		v.Name = name
	}
	if v.IDNumber != "" {
		if read, err := ReadIDNumber(string(v.IDNumber), today); err == nil {
			v.IDNumber = read.Number
			if v.Birth == "" {
				v.Birth = read.Birth
			}
			if v.Sex == "" || v.Sex == SexUnknown {
				v.Sex = read.Sex
			}
		}
	}
	if v.Status == "" {
		v.Status, v.StatusSince = StatusActive, today
	}
	if v.Serving && v.Joined == "" {
		v.Joined = today
		if v.Agreement.Date != "" {
			v.Joined = v.Agreement.Date
		}
	}
	return v
}

// Check finds what is wrong with a person as of a day. A volunteer needs the
// agreement of Decree 67, article 6; a veteran who does not serve does not.
func (v Volunteer) Check(today Day) Problems {
	var p Problems
	_, names := ReadName(v.Name)
	for _, one := range names {
		if one.Level != LevelFixed {
			p = append(p, one)
		}
	}
	v.checkNumber(&p, today)
	for _, phone := range v.Phones {
		if _, found := ReadPhones(phone); len(found.Errors()) > 0 {
			p.Add(LevelError, "phones", CodePhone)
			break
		}
	}
	v.checkDates(&p, today)
	v.checkCodes(&p)
	v.checkTexts(&p)
	if v.Serving {
		v.checkServing(&p, today)
	}
	return p
}

func (v Volunteer) checkNumber(p *Problems, today Day) {
	if v.IDNumber == "" {
		p.Add(LevelReview, "id_number", CodeIDMissing)
		return
	}
	read, err := ReadIDNumber(string(v.IDNumber), today)
	if err != nil {
		p.Add(LevelError, "id_number", CodeOf(err))
		return
	}
	*p = append(*p, read.Problems...)
	if v.Sex != "" && v.Sex != SexUnknown && v.Sex != SexUnstated && v.Sex != read.Sex {
		p.Add(LevelWarning, "sex", CodeIDSex)
	}
	if n := min(len(v.Birth), 10); n > 0 && string(v.Birth) != string(read.Birth[:n]) {
		p.Add(LevelWarning, "birth", CodeIDBirthGiven)
	}
}

func (v Volunteer) checkDates(p *Problems, today Day) {
	for _, one := range []struct {
		field string
		date  Date
	}{{"birth", v.Birth}, {"enlisted", v.Enlisted}, {"discharged", v.Discharged}} {
		switch {
		case one.date == "":
		case !one.date.Valid():
			p.Add(LevelError, one.field, CodeDate)
		case Date(today).Before(one.date) && one.field == "discharged":
			// Rosters hold the day a term of service will end; the person is real.
			p.Add(LevelWarning, one.field, CodeDateFuture)
		case Date(today).Before(one.date):
			p.Add(LevelError, one.field, CodeDateFuture)
		}
	}
	checkDay(p, "joined", v.Joined, today)
	checkDay(p, "notice_date", v.Notice.Date, today)
	if v.StatusSince != "" && !v.StatusSince.Valid() {
		p.Add(LevelError, "status_since", CodeDate)
	}
	if v.Discharged != "" && v.Enlisted != "" && v.Discharged.Before(v.Enlisted) {
		p.Add(LevelError, "discharged", CodeDateOrder, "enlisted")
	}
	if v.Enlisted != "" && v.Birth != "" && v.Enlisted.Before(v.Birth) {
		p.Add(LevelError, "enlisted", CodeDateOrder, "birth")
	}
}

func (v Volunteer) checkCodes(p *Problems) {
	Sexes().check(p, "sex", string(v.Sex))
	Ethnics().check(p, "ethnic", v.Ethnic)
	Politics().check(p, "politics", v.Politics)
	Educations().check(p, "education", v.Education)
	PersonKinds().check(p, "kind", v.Kind)
	Branches().check(p, "branch", v.Branch)
	ServiceRanks().check(p, "rank", v.Rank)
	DischargeKinds().check(p, "discharge_kind", v.DischargeKind)
	Statuses().check(p, "status", string(v.Status))
	for _, skill := range v.Skills {
		Skills().check(p, "skills", skill)
	}
	for _, category := range v.Categories {
		ServiceCategories().check(p, "categories", category)
	}
	if v.Village != "" && (len(v.Village) != 12 || strings.Trim(v.Village, "0123456789") != "") {
		p.Add(LevelError, "village", CodeUnknownCode, v.Village)
	}
}

func (v Volunteer) checkTexts(p *Problems) {
	p.checkText("number", v.Number, 40)
	p.checkText("national_number", v.NationalNumber, 40)
	if v.NationalNumber != "" && !nationalNumber(v.NationalNumber) {
		p.Add(LevelWarning, "national_number", CodeNationalNumber)
	}
	p.checkText("address", v.Address, 200)
	p.checkText("village_name", v.VillageName, 60)
	p.checkText("employer", v.Employer, 100)
	p.checkText("party_org", v.PartyOrg, 100)
	p.checkText("arm", v.Arm, 40)
	p.checkText("merits", v.Merits, 400)
	p.checkText("disability", v.Disability, 60)
	p.checkText("skill_note", v.SkillNote, 200)
	p.checkText("health", v.Health, 200)
	p.checkText("note", v.Note, 1000)
	p.checkText("emergency", v.Emergency.Name+v.Emergency.Relation, 60)
	if v.Emergency.Phone != "" {
		if _, found := ReadPhones(v.Emergency.Phone); len(found.Errors()) > 0 {
			p.Add(LevelError, "emergency_phone", CodePhone)
		}
	}
}

// nationalNumber reports what may be a number of the national system: digits and
// capitals without spaces. It has no check digit, so that a slip of the pen is
// seen only in what no number holds.
func nationalNumber(s string) bool {
	return len(s) >= 8 && len(s) <= 24 && strings.Trim(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func (v Volunteer) checkServing(p *Problems, today Day) {
	switch {
	case v.Agreement.Date == "":
		p.Add(LevelError, "agreement_date", CodeAgreement)
	case !v.Agreement.Date.Valid():
		p.Add(LevelError, "agreement_date", CodeDate)
	case v.Agreement.Date > today:
		p.Add(LevelError, "agreement_date", CodeDateFuture)
	}
	if v.Agreement.Version == "" {
		p.Add(LevelError, "agreement_version", CodeRequired)
	}
	if age := v.Birth.AgeOn(today); age >= 0 && age < 18 {
		p.Add(LevelWarning, "birth", CodeMinor)
	}
}

// ActiveOn reports whether a person counts as a registered volunteer on a day.
func (v Volunteer) ActiveOn(d Day) bool {
	if v.Withdrawn || !v.Serving || v.Joined == "" || v.Joined > d {
		return false
	}
	return v.Status == StatusActive || v.Status == StatusPaused || v.StatusSince > d
}
