package record

import "strconv"

// Training is one training that a person took part in: what Decree 67, article
// 8, wants on the record. The time of trainings that the station holds itself is
// service of the kind training and stands in the entries; this is the person's
// certificate of having learnt, also elsewhere.
type Training struct {
	ID      TrainingID `json:"-"`
	Version int64      `json:"-"`

	Volunteer VolunteerID `json:"volunteer"`
	Day       Day         `json:"day"`
	Title     string      `json:"title"`
	// Minutes is how long it took, 0 where nobody knows.
	Minutes int    `json:"minutes,omitempty"`
	Host    string `json:"host,omitempty"`
	Result  string `json:"result,omitempty"`
	Note    string `json:"note,omitempty"`
	// Withdrawn marks a record that was taken back: it is in no list or figure.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// TrainingMost is the longest training in minutes: thirty days of eight hours.
const TrainingMost = 30 * 8 * 60

// TrainingResults are how a training ended.
func TrainingResults() Table {
	return Table{"training_result", []Term{
		{"attended", "参加", []string{"未考核"}},
		{"passed", "合格", []string{"通过", "结业"}},
		{"excellent", "优秀", []string{"优秀学员"}},
		{"failed", "不合格", []string{"未通过"}},
	}}
}

// Check finds what is wrong with a training.
func (t Training) Check(today Day) Problems {
	var p Problems
	checkPersonal(&p, t.Volunteer, t.Day, today)
	p.checkTitle(t.Title)
	if t.Minutes < 0 || t.Minutes > TrainingMost {
		p.Add(LevelError, "minutes", CodeMinutesRange, strconv.Itoa(TrainingMost))
	}
	p.checkText("host", t.Host, 100)
	TrainingResults().check(&p, "result", t.Result)
	p.checkText("note", t.Note, 400)
	return p
}

// checkPersonal is what every record that hangs on a person needs.
func checkPersonal(p *Problems, of VolunteerID, day, today Day) {
	if of == "" {
		p.Add(LevelError, "volunteer", CodeRequired)
	}
	if day == "" {
		p.Add(LevelError, "day", CodeRequired)
	}
	checkDay(p, "day", day, today)
}

func (p *Problems) checkTitle(title string) {
	if title == "" {
		p.Add(LevelError, "title", CodeRequired)
	}
	p.checkText("title", title, 100)
}
