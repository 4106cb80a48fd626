package record

import (
	"cmp"
	"maps"
	"slices"
)

// Figures are the numbers of a period by indicator code. The station's screen,
// its papers, its JSON and the district read the same map, made by [Tally].
type Figures map[string]int64

// Indicator says what a number counts.
type Indicator struct {
	Code, Name, Unit, Definition string
}

// InMinutes reports whether the figure is a time, which screens and papers show
// in hours.
func (i Indicator) InMinutes() bool { return i.Unit == "分钟" }

// The indicator codes. Those of a task line carry a dot and the line's code:
// activities.3.
const (
	FigureTeams          = "teams"
	FigureBrands         = "brands"
	FigureVolunteers     = "volunteers"
	FigureVeterans       = "volunteers_veteran"
	FigureParty          = "volunteers_party"
	FigureJoined         = "volunteers_joined"
	FigureActivities     = "activities"
	FigurePeople         = "people"
	FigureParticipations = "participations"
	FigureMinutes        = "minutes"
	FigureTraining       = "training_minutes"
	FigureServed         = "served"
	FigureGuests         = "guests"
	FigureUrgent         = "activities_urgent"
	FigureLate           = "late_records"
	FigureWaiting        = "minutes_waiting"
)

// Indicators are all indicators without those of single lines, in the order of
// the report.
func Indicators() []Indicator {
	return []Indicator{
		{FigureTeams, "志愿服务队", "支", "期末仍在建的志愿服务队数"},
		{FigureBrands, "品牌项目", "个", "期末仍在开展的品牌项目数"},
		{FigureVolunteers, "注册志愿者", "人", "期末在册（含暂停）的志愿者人数，一人只计一次"},
		{FigureVeterans, "其中退役军人", "人", "期末在册志愿者中的退役军人数"},
		{FigureParty, "其中党员", "人", "期末在册志愿者中的中共党员和预备党员数"},
		{FigureJoined, "本期新增志愿者", "人", "加入日期在本期内的志愿者人数"},
		{FigureActivities, "志愿服务活动", "场次", "本期开始并已举行的志愿服务活动场次，不含培训、会议、履职、捐赠和有酬劳务"},
		{FigurePeople, "参加人数", "人", "本期有服务时长的志愿者人数，一人参加多场只计一次"},
		{FigureParticipations, "参加人次", "人次", "本期每场活动有服务时长的志愿者人数之和"},
		{FigureMinutes, "服务时长", "分钟", "本期活动的服务时长合计，扣除休息和更正，不含往返途中、待核和外系统的时长"},
		{FigureWaiting, "待核时长", "分钟", "本期活动中已经录入、等人核对的时长（超过限额、时间重叠、夜间、高龄、补录较长、忘记签退）；核对通过以前不计入服务时长、人数和人次"},
		{FigureTraining, "培训时长", "分钟", "本期培训学习的时长合计，与服务时长分开计算"},
		{FigureServed, "服务对象", "人次", "本期活动登记的服务对象人次之和"},
		{FigureGuests, "未注册参与者", "人次", "本期活动中未注册的协助人员人次，不计服务时长"},
		{FigureUrgent, "急难险重任务", "场次", "本期标为急难险重的活动场次"},
		{FigureLate, "超期记录", "场次", "活动结束后超过10个工作日才记录的活动场次（民政部令第67号第十一条）"},
	}
}

// Facts are the records that figures are counted from; of people only the
// fields that are not sealed are needed.
type Facts struct {
	Volunteers []Volunteer
	Teams      []Team
	Brands     []Brand
	Activities []Activity
	Entries    []Entry
	// Reviews are those of the entries; what they hold back is not counted.
	Reviews []Review
}

// Row is a line of a report's table: figures of one task line or one team.
type Row struct {
	Code           string `json:"code"`
	Name           string `json:"name"`
	Activities     int64  `json:"activities"`
	People         int64  `json:"people"`
	Participations int64  `json:"participations"`
	Minutes        int64  `json:"minutes"`
	Served         int64  `json:"served"`
}

// Tallied is the outcome of [Tally].
type Tallied struct {
	Figures Figures `json:"figures"`
	Lines   []Row   `json:"lines"`
	Teams   []Row   `json:"teams"`
	// Villages has a row for each community in which activities were held; its
	// code is a division's, "" for activities without one, and its name empty.
	Villages []Row `json:"villages"`
	// Activities are the counted activities in order of time.
	Activities []ActivityRow `json:"activities"`
}

// ActivityRow is an activity with its own figures.
type ActivityRow struct {
	Activity Activity   `json:"activity"`
	ID       ActivityID `json:"id"`
	Team     string     `json:"team,omitempty"`
	// Participants is the number of people with service time in it.
	Participants int64 `json:"participants"`
	Minutes      int64 `json:"minutes"`
	Late         bool  `json:"late,omitempty"`
}

// Late reports whether an activity was recorded after its deadline (Decree 67,
// article 11). The deadline is kept with the activity, so that a holiday
// calendar edited later changes no figure.
func (a Activity) Late() bool {
	return a.Held() && a.Deadline != "" && a.Recorded > a.Deadline
}

// Tally counts the figures of a period. An activity belongs to the period in
// which it starts; an entry of service time belongs to its activity, whenever
// it was written, so that a correction changes the figure of the month that it
// corrects. Somebody takes part in an activity when the entries, reversals
// included, add up to more than nothing.
func Tally(period Period, facts Facts) Tallied {
	t := tallier{period: period, figures: Figures{}, sums: sums(Counted(facts.Entries, facts.Reviews)), waiting: WaitingMinutes(facts.Entries, facts.Reviews)}
	t.standing(facts)
	t.activities(facts)
	return Tallied{
		Figures: t.figures, Lines: t.lineRows(), Teams: t.teamRows(facts.Teams),
		Villages: t.villageRows(), Activities: t.rows,
	}
}

type tallier struct {
	period   Period
	figures  Figures
	sums     map[ActivityID]map[VolunteerID]int64
	lines    map[string]*group
	teams    map[string]*group
	villages map[string]*group
	rows     []ActivityRow
	waiting  map[ActivityID]int64
}

// group adds up the rows of one task line or one team.
type group struct {
	row    Row
	people map[VolunteerID]bool
}

func sums(entries []Entry) map[ActivityID]map[VolunteerID]int64 {
	out := map[ActivityID]map[VolunteerID]int64{}
	for _, e := range entries {
		if out[e.Activity] == nil {
			out[e.Activity] = map[VolunteerID]int64{}
		}
		out[e.Activity][e.Volunteer] += int64(e.Minutes)
	}
	return out
}

func (t *tallier) standing(facts Facts) {
	for _, indicator := range Indicators() {
		t.figures[indicator.Code] = 0
	}
	end := t.period.To
	for _, team := range facts.Teams {
		if !team.Withdrawn && (team.Founded == "" || team.Founded <= end) && (team.Dissolved == "" || team.Dissolved > end) {
			t.figures[FigureTeams]++
		}
	}
	for _, brand := range facts.Brands {
		if !brand.Withdrawn && (brand.Started == "" || brand.Started <= end) && (brand.Ended == "" || brand.Ended > end) {
			t.figures[FigureBrands]++
		}
	}
	for _, v := range facts.Volunteers {
		if v.Serving && !v.Withdrawn && t.period.Holds(v.Joined) {
			t.figures[FigureJoined]++
		}
		if !v.ActiveOn(end) {
			continue
		}
		t.figures[FigureVolunteers]++
		if v.Veteran {
			t.figures[FigureVeterans]++
		}
		if PartyMember(v.Politics) {
			t.figures[FigureParty]++
		}
	}
}

func (t *tallier) activities(facts Facts) {
	names := map[TeamID]string{}
	for _, team := range facts.Teams {
		names[team.ID] = team.Name
	}
	t.lines, t.teams, t.villages = map[string]*group{}, map[string]*group{}, map[string]*group{}
	everybody := map[VolunteerID]bool{}
	held := slices.DeleteFunc(slices.Clone(facts.Activities), func(a Activity) bool {
		return !a.Held() || !t.period.Holds(a.Start.Day())
	})
	slices.SortFunc(held, func(a, b Activity) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID))
	})
	for _, a := range held {
		present := t.sums[a.ID]
		t.figures[FigureWaiting] += t.waiting[a.ID]
		if !Counting(a.Kind) {
			t.learning(a, present)
			continue
		}
		t.count(a, present, everybody, names[a.Team])
	}
	t.figures[FigurePeople] = int64(len(everybody))
}

func (t *tallier) learning(a Activity, present map[VolunteerID]int64) {
	if a.Kind != KindTraining {
		return
	}
	for _, minutes := range present {
		t.figures[FigureTraining] += minutes
	}
}

func (t *tallier) count(a Activity, present map[VolunteerID]int64, everybody map[VolunteerID]bool, team string) {
	row := ActivityRow{Activity: a, ID: a.ID, Team: team, Late: a.Late()}
	line, own, place := groupOf(t.lines, a.Line), groupOf(t.teams, string(a.Team)), groupOf(t.villages, a.Village)
	for person, minutes := range present {
		if minutes <= 0 {
			continue
		}
		row.Participants++
		row.Minutes += minutes
		everybody[person], line.people[person], own.people[person], place.people[person] = true, true, true, true
	}
	for _, g := range []*group{line, own, place} {
		g.row.Activities++
		g.row.Participations += row.Participants
		g.row.Minutes += row.Minutes
		g.row.Served += int64(a.Served)
	}
	t.figures[FigureActivities]++
	t.figures[FigureParticipations] += row.Participants
	t.figures[FigureMinutes] += row.Minutes
	t.figures[FigureServed] += int64(a.Served)
	t.figures[FigureGuests] += int64(a.Guests)
	if a.Urgent {
		t.figures[FigureUrgent]++
	}
	if row.Late {
		t.figures[FigureLate]++
	}
	t.rows = append(t.rows, row)
}

func groupOf(groups map[string]*group, code string) *group {
	g := groups[code]
	if g == nil {
		g = &group{row: Row{Code: code}, people: map[VolunteerID]bool{}}
		groups[code] = g
	}
	return g
}

func (g *group) finished(name string) Row {
	g.row.Name, g.row.People = name, int64(len(g.people))
	return g.row
}

// lineRows has a row for each of the seven lines, also for those without
// activities, and puts their figures into the map.
func (t *tallier) lineRows() []Row {
	var out []Row
	for _, term := range Lines().Terms {
		row := groupOf(t.lines, term.Code).finished(term.Name)
		out = append(out, row)
		t.figures[FigureActivities+"."+term.Code] = row.Activities
		t.figures[FigurePeople+"."+term.Code] = row.People
		t.figures[FigureParticipations+"."+term.Code] = row.Participations
		t.figures[FigureMinutes+"."+term.Code] = row.Minutes
		t.figures[FigureServed+"."+term.Code] = row.Served
	}
	return out
}

// LineRows are the rows of the task lines as figures have them, where there is
// nothing to count them from.
func LineRows(f Figures) []Row {
	var out []Row
	for _, term := range Lines().Terms {
		out = append(out, Row{
			Code: term.Code, Name: term.Name, Activities: f[FigureActivities+"."+term.Code], People: f[FigurePeople+"."+term.Code],
			Participations: f[FigureParticipations+"."+term.Code], Minutes: f[FigureMinutes+"."+term.Code], Served: f[FigureServed+"."+term.Code],
		})
	}
	return out
}

// teamRows has a row for each team that stood in the period or has activities in
// it, and one without a name for activities of the station itself.
func (t *tallier) teamRows(teams []Team) []Row {
	var out []Row
	for _, team := range teams {
		gone := team.Withdrawn || team.Dissolved != "" && team.Dissolved < t.period.From
		if (gone || team.Founded > t.period.To) && t.teams[string(team.ID)] == nil {
			continue
		}
		out = append(out, groupOf(t.teams, string(team.ID)).finished(team.Name))
	}
	if own, has := t.teams[""]; has {
		out = append(out, own.finished("站直接组织"))
	}
	return out
}

// villageRows has the communities in the order of their codes, activities
// without one last.
func (t *tallier) villageRows() []Row {
	out := []Row{}
	for _, code := range slices.Sorted(maps.Keys(t.villages)) {
		if code != "" {
			out = append(out, t.villages[code].finished(""))
		}
	}
	if none, has := t.villages[""]; has {
		out = append(out, none.finished(""))
	}
	return out
}

// MonthRow is what was done in one month of a longer period.
type MonthRow struct {
	Month          Period `json:"month"`
	Activities     int64  `json:"activities"`
	Participations int64  `json:"participations"`
	Minutes        int64  `json:"minutes"`
}

// ByMonth adds the counted activities of a period up by month, with a row for
// each month of it.
func ByMonth(p Period, rows []ActivityRow) []MonthRow {
	out := []MonthRow{}
	for _, month := range p.Months() {
		one := MonthRow{Month: month}
		for _, row := range rows {
			if month.Holds(row.Activity.Start.Day()) {
				one.Activities++
				one.Participations += row.Participants
				one.Minutes += row.Minutes
			}
		}
		out = append(out, one)
	}
	return out
}

// Blank reports figures of a time in which nothing stood and nothing was done:
// there is nothing to compare with.
func (f Figures) Blank() bool {
	for _, value := range f {
		if value != 0 {
			return false
		}
	}
	return true
}

// PeriodReport is what a month, quarter, half-year or year report says.
type PeriodReport struct {
	Station Station `json:"station"`
	Period  Period  `json:"period"`
	Tallied
	// Previous are the figures of the period before, for comparison; nil when
	// there is none.
	Previous Figures `json:"previous,omitempty"`
	// LastYear are the figures of the same period a year before (同比); nil when
	// there is none.
	LastYear Figures `json:"last_year,omitempty"`
	// KeyDates are the key dates of the period with what was planned and done.
	KeyDates []KeyDateRow `json:"key_dates"`
	// Text is the written part as a person changed it, a paragraph an element;
	// nil for the one that is written from the figures.
	Text []string `json:"-"`
	// Stamp is the text of the QR code that holds the signed figures, "" for
	// none.
	Stamp string `json:"-"`
	// Made is when the report was made and By by whom.
	Made Moment `json:"made"`
	By   string `json:"by"`
	// Serial is the print's serial number in the station's log, "" on screen.
	Serial string `json:"serial,omitempty"`
	// Edition and Seal are those of the month's close: 0 and "" while the month
	// is open, above 1 after it was reopened and closed again (更正版).
	Edition int    `json:"edition,omitempty"`
	Seal    string `json:"seal,omitempty"`
}
