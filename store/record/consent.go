package record

// Consent is a person's agreement to one voluntary extra (PIPL, articles 14, 23
// and 29). The registration itself rests on [Agreement]; without a consent the
// extra is simply not done. Withdrawal ends the use at once.
type Consent struct {
	ID      ConsentID `json:"-"`
	Version int64     `json:"-"`

	Volunteer VolunteerID `json:"volunteer"`
	Purpose   string      `json:"purpose"`
	Given     Day         `json:"given"`
	// Form is the version of the wording that was agreed to; Way paper or oral.
	Form string `json:"form"`
	Way  string `json:"way"`
	// Ended is the day of withdrawal; "" while the consent holds.
	Ended Day `json:"ended,omitempty"`
	// Withdrawn marks a record that was taken back: it is in no list or figure.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Purposes are the extras that need a consent of their own.
func Purposes() Table {
	return Table{"purpose", []Term{
		{"publicity", "照片和事迹用于宣传", nil},
		{"group", "加入联络群", nil},
		{"handover", "提供给其他单位", nil},
		{"health", "登记健康情况", nil},
	}}
}

// Holds reports whether the consent covers a day.
func (c Consent) Holds(d Day) bool {
	return !c.Withdrawn && c.Given <= d && (c.Ended == "" || c.Ended > d)
}

// Check finds what is wrong with a consent.
func (c Consent) Check(today Day) Problems {
	var p Problems
	if c.Volunteer == "" {
		p.Add(LevelError, "volunteer", CodeRequired)
	}
	if c.Purpose == "" {
		p.Add(LevelError, "purpose", CodeRequired)
	}
	Purposes().check(&p, "purpose", c.Purpose)
	if c.Given == "" {
		p.Add(LevelError, "given", CodeRequired)
	}
	checkDay(&p, "given", c.Given, today)
	checkDay(&p, "ended", c.Ended, today)
	if c.Form == "" {
		p.Add(LevelError, "form", CodeRequired)
	}
	p.checkText("form", c.Form, 40)
	p.checkText("way", c.Way, 40)
	if c.Ended != "" && c.Ended < c.Given {
		p.Add(LevelError, "ended", CodeDateOrder, "given")
	}
	return p
}
