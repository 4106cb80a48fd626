package record

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// NoticeDays is how long an application is shown to the members before a
// certificate is issued, at least (民发〔2015〕149号). Decree 67 knows no such
// notice, so a station may go without; a shorter one is none.
const NoticeDays = 7

// CertificateState is where an application stands.
type CertificateState string

// The states.
const (
	CertificateNoticed CertificateState = "noticed" // applied for, in public notice or waiting to be issued
	CertificateIssued  CertificateState = "issued"
	CertificateVoided  CertificateState = "voided"  // issued and then declared void; the number stays
	CertificateDropped CertificateState = "dropped" // never issued: withdrawn, or an objection held
)

// Certificate is a 志愿服务记录证明 (Decree 67, articles 14–17) from the
// application on. What it says of service is a snapshot of the day of issue:
// later corrections do not change a paper that somebody holds.
type Certificate struct {
	ID      CertificateID `json:"-"`
	Version int64         `json:"-"`

	Volunteer VolunteerID      `json:"volunteer"`
	State     CertificateState `json:"state"`
	// Applied is the day of the application, Use what the paper is for.
	Applied Day    `json:"applied"`
	Use     string `json:"use,omitempty"`
	From    Day    `json:"from"`
	To      Day    `json:"to"`
	// FullID prints the identity number in full, as the applicant asked.
	FullID bool `json:"full_id,omitempty"`
	// Posted and PostedTo are the days of the public notice, both included;
	// empty where there was none.
	Posted   Day `json:"posted,omitempty"`
	PostedTo Day `json:"posted_to,omitempty"`

	// Number is given at issue and never used again. Replaces is the number of
	// the certificate that this one stands for.
	Number   string `json:"number,omitempty"`
	Issued   Day    `json:"issued,omitempty"`
	Replaces string `json:"replaces,omitempty"`
	// Ended is the day on which it was voided or dropped, for Reason.
	Ended  Day    `json:"ended,omitempty"`
	Reason string `json:"reason,omitempty"`

	Issuer  string `json:"issuer,omitempty"`
	Handler string `json:"handler,omitempty"` // who issued it
	Phone   string `json:"phone,omitempty"`
	// Holder, Lines and Minutes are the snapshot.
	Holder   Holder            `json:"holder"`
	Lines    []CertificateLine `json:"lines,omitempty"`
	Minutes  int64             `json:"minutes"`
	Training int64             `json:"training,omitempty"`
	// Stamp is the text of the QR code as it was signed.
	Stamp string `json:"stamp,omitempty"`
	// Erased marks a certificate whose snapshot was erased with the person's
	// record; number and days stay.
	Erased bool `json:"erased,omitempty"`
}

// Holder is the identity block of a certificate.
type Holder struct {
	Name     string   `json:"name"`
	IDNumber IDNumber `json:"id_number,omitempty"`
	Number   string   `json:"number,omitempty"`
}

// CertificateLine is one activity on a certificate.
type CertificateLine struct {
	Day       Day    `json:"day"`
	Title     string `json:"title"`
	Organiser string `json:"organiser,omitempty"`
	Minutes   int    `json:"minutes"`
}

// Span are the days that the certificate covers.
func (c Certificate) Span() Period { return Period{c.From, c.To} }

// IDShown is the holder's identity number as the paper shows it.
func (c Certificate) IDShown() string {
	if c.FullID {
		return string(c.Holder.IDNumber)
	}
	return MaskID(string(c.Holder.IDNumber))
}

// FirstIssue is the first day on which the certificate may be issued.
func (c Certificate) FirstIssue() Day {
	if c.PostedTo == "" {
		return c.Applied
	}
	return c.PostedTo.AddDays(1)
}

// Check finds what is wrong with an application.
func (c Certificate) Check(today Day) Problems {
	var p Problems
	checkDay(&p, "applied", c.Applied, today)
	checkDay(&p, "from", c.From, today)
	checkDay(&p, "to", c.To, today)
	if c.From == "" || c.To == "" {
		p.Add(LevelError, "from", CodeRequired)
	}
	if reversed(c.From, c.To) {
		p.Add(LevelError, "to", CodeDateOrder, "from")
	}
	if (c.Posted == "") != (c.PostedTo == "") || c.Posted != "" && (!c.Posted.Valid() || c.PostedTo < c.Posted.AddDays(NoticeDays-1)) {
		p.Add(LevelError, "posted", CodeInvalid)
	}
	p.checkText("use", c.Use, 100)
	p.checkText("reason", c.Reason, 200)
	return p
}

// CertificateNumber is TJ-<district>-<street>-<year>-<sequence>-<check>; a
// community's station has its three digits behind the street's. No national
// format is known, so the number is the station's own. The last two digits make
// the whole number leave 1 when divided by 97, which catches every mistyped
// digit and every two that were swapped.
func CertificateNumber(code StationCode, year int, seq int64) string {
	body := string(code[:6]) + "-" + string(code[6:9])
	if len(code) > 9 {
		body += "-" + string(code[9:])
	}
	body += fmt.Sprintf("-%04d-%05d", year, seq)
	return fmt.Sprintf("TJ-%s-%02d", body, 98-mod97(digitsIn(body)+"00"))
}

// ReadCertificateNumber reads a number as somebody types it. The code is
// certificate_number.
func ReadCertificateNumber(typed string) (string, error) {
	text := strings.ToUpper(strings.Join(strings.Fields(Narrow(typed)), ""))
	digits := digitsIn(text)
	if len(digits) != 20 && len(digits) != 23 || mod97(digits) != 1 {
		return "", FailField("number", CodeCertificateNumber)
	}
	code := StationCode(digits[:len(digits)-11])
	year, _ := strconv.Atoi(digits[len(digits)-11 : len(digits)-7])
	seq, _ := strconv.ParseInt(digits[len(digits)-7:len(digits)-2], 10, 64)
	return CertificateNumber(code, year, seq), nil
}

func digitsIn(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func mod97(digits string) int64 {
	n, _ := new(big.Int).SetString(digits, 10)
	return n.Mod(n, big.NewInt(97)).Int64()
}

// Claim is what the QR code of a certificate says, signed: enough to compare
// the paper with, and no full identity number.
type Claim struct {
	Number  string `json:"number"`
	Issued  Day    `json:"issued"`
	Issuer  string `json:"issuer"`
	Name    string `json:"name"`
	ID      string `json:"id_number"` // masked
	Member  string `json:"member"`    // the station's number of the volunteer
	From    Day    `json:"from"`
	To      Day    `json:"to"`
	Minutes int64  `json:"minutes"`
	Lines   int    `json:"activities"`
}

// claimParts is the number of parts of a claim's message.
const claimParts = 10

// ClaimOf is what the certificate's QR code says.
func ClaimOf(c Certificate) Claim {
	return Claim{
		c.Number, c.Issued, c.Issuer, c.Holder.Name, MaskID(string(c.Holder.IDNumber)), c.Holder.Number,
		c.From, c.To, c.Minutes, len(c.Lines),
	}
}

// Message is the claim as it is signed, a part to a line.
func (c Claim) Message() []byte {
	parts := []string{
		c.Number, string(c.Issued), c.Issuer, c.Name, c.ID, c.Member, string(c.From), string(c.To),
		strconv.FormatInt(c.Minutes, 10), strconv.Itoa(c.Lines),
	}
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(part, "\n", " ")
	}
	return []byte(strings.Join(parts, "\n"))
}

// ReadClaim reads the message of a certificate's stamp. The code is
// stamp_unreadable.
func ReadClaim(message []byte) (Claim, error) {
	p := strings.Split(string(message), "\n")
	if len(p) != claimParts {
		return Claim{}, FailField("stamp", CodeStampUnread)
	}
	minutes, err := strconv.ParseInt(p[8], 10, 64)
	if err != nil {
		return Claim{}, FailField("stamp", CodeStampUnread)
	}
	lines, err := strconv.Atoi(p[9])
	if err != nil {
		return Claim{}, FailField("stamp", CodeStampUnread)
	}
	return Claim{p[0], Day(p[1]), p[2], p[3], p[4], p[5], Day(p[6]), Day(p[7]), minutes, lines}, nil
}

// Judgement is what a copy of the program can say of a stamp without a network.
type Judgement struct {
	Purpose Purpose     `json:"purpose"`
	Station StationCode `json:"station"`
	// Key is the fingerprint of the key that signed.
	Key      string   `json:"key"`
	Standing Standing `json:"standing"`
	// By is who vouches for the key, "" for nobody.
	By string `json:"by,omitempty"`
	// Claim is what a certificate says; nil for another paper.
	Claim *Claim `json:"claim,omitempty"`
	// Voided is the day on which the certificate was declared void, as far as
	// this copy of the program knows.
	Voided Day `json:"voided,omitempty"`
}

// Code is the judgement in a word: "" for a paper that can be believed.
func (v Judgement) Code() Code {
	switch {
	case v.Voided != "":
		return CodeVoided
	case v.Standing == StandingRevoked:
		return CodeKeyRevoked
	case v.Standing == StandingUnknown:
		return CodeKeyUnknown
	}
	return ""
}

// Drift is what changed behind a certificate since it was issued.
type Drift struct {
	// Minutes and Lines are what the records give today.
	Minutes int64 `json:"minutes"`
	Lines   int   `json:"activities"`
	// Added, Gone and Changed are activities that came, went or have other
	// minutes.
	Added   []CertificateLine `json:"added,omitempty"`
	Gone    []CertificateLine `json:"gone,omitempty"`
	Changed []CertificateLine `json:"changed,omitempty"`
}

// None reports that the records still say what the certificate says.
func (d Drift) None() bool { return len(d.Added)+len(d.Gone)+len(d.Changed) == 0 }

// DriftOf compares a snapshot with the lines of today.
func DriftOf(snapshot, now []CertificateLine) Drift {
	type key struct {
		day       Day
		title, by string
	}
	of := func(l CertificateLine) key { return key{l.Day, l.Title, l.Organiser} }
	d := Drift{Lines: len(now)}
	before := map[key]CertificateLine{}
	for _, l := range snapshot {
		before[of(l)] = l
	}
	seen := map[key]bool{}
	for _, l := range now {
		d.Minutes += int64(l.Minutes)
		was, had := before[of(l)]
		seen[of(l)] = true
		switch {
		case !had:
			d.Added = append(d.Added, l)
		case was.Minutes != l.Minutes:
			d.Changed = append(d.Changed, l)
		}
	}
	for _, l := range snapshot {
		if !seen[of(l)] {
			d.Gone = append(d.Gone, l)
		}
	}
	return d
}

// Judge says of a stamp what follows from it and from the keys that are known;
// whether a certificate was declared void is for the register to add. The codes
// are stamp_forged and stamp_unreadable.
func Judge(s Stamp, known []TrustedKey) (Judgement, error) {
	v := Judgement{Purpose: s.Purpose, Station: s.Signature.Station, Key: KeyOf(s.Signature.Public).Fingerprint()}
	if !s.Holds() {
		return v, FailField("stamp", CodeStampForged)
	}
	standing, by := s.Signature.Standing(known)
	v.Standing = standing
	if by != nil {
		v.By = by.Name
	}
	if s.Purpose != PurposeCertificate {
		return v, nil
	}
	claim, err := ReadClaim(s.Message)
	if err != nil {
		return v, err
	}
	v.Claim = &claim
	return v, nil
}

// CertificateStates is the table of states.
func CertificateStates() Table {
	return Table{"certificate_state", []Term{
		{string(CertificateNoticed), "公示或待出具", nil},
		{string(CertificateIssued), "已出具", nil},
		{string(CertificateVoided), "已作废", nil},
		{string(CertificateDropped), "未出具", nil},
	}}
}

// Star is a level of volunteers' stars by hours of service.
type Star struct {
	Name  string
	Hours int64
}

// Stars are the levels from the lowest (100 to 1500 hours, as Tianjin counts
// them). A level is applied for and granted; the hours alone grant nothing.
func Stars() []Star {
	return []Star{{"一星", 100}, {"二星", 300}, {"三星", 600}, {"四星", 1000}, {"五星", 1500}}
}

// StarOf is the level that so many minutes have reached, "" for none, and the
// next one, nil at the top.
func StarOf(minutes int64) (reached string, next *Star) {
	for _, one := range Stars() {
		if minutes < one.Hours*60 {
			return reached, &one
		}
		reached = one.Name
	}
	return reached, nil
}
