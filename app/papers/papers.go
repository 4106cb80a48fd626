package papers

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"rongyuan/assets"
	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// Desk is where papers are gathered: the open file and the minute.
type Desk struct {
	DB   *store.DB
	Made record.Moment
	// Full shows identity and telephone numbers in full. Whoever sets it has
	// asked for the right and the reason.
	Full bool
}

// Print is a paper that is ready but for its serial number.
type Print struct {
	// Name is the paper's Chinese name, for the file.
	Name string
	// Note goes into the audit log before the paper is written.
	Note store.Note
	// Rows is how many people or activities stand on it.
	Rows int
	// PDF writes it; Excel is nil where there is none.
	PDF, Excel func(w io.Writer, serial string) error
}

// head is what every paper says of itself.
func (d Desk) head(ctx context.Context) (reports.Head, error) {
	station, err := d.DB.Station(ctx)
	by, _ := d.DB.Account()
	return reports.Head{Station: station, Made: d.Made, By: by, Full: d.Full}, err
}

// today is the day of the print.
func (d Desk) today() record.Day { return d.Made.Day() }

func printNote(subject, detail string) store.Note {
	return store.Note{Action: store.ActionPrint, Subject: subject, Detail: detail}
}

// village is the name of somebody's community.
func village(v record.Volunteer) string {
	if v.VillageName != "" || v.Village == "" {
		return v.VillageName
	}
	division, found := assets.DivisionByCode(v.Village)
	if !found {
		return v.Village
	}
	return assets.VillageStem(division.Name)
}

// mainTeam is the name of somebody's team today and the post in it.
func (d Desk) mainTeam(ctx context.Context, id record.VolunteerID) (team, post string, err error) {
	list, err := d.DB.TeamsOf(ctx, id)
	if err != nil {
		return "", "", err
	}
	list = slices.DeleteFunc(list, func(m record.Membership) bool { return !m.On(d.today()) })
	slices.SortStableFunc(list, func(a, b record.Membership) int { return cmp.Compare(rank(b), rank(a)) })
	if len(list) == 0 {
		return "", "", nil
	}
	one, err := d.DB.Team(ctx, list[0].Team)
	return one.Name, record.TeamRoles().NameOf(list[0].Role), err
}

func rank(m record.Membership) int {
	if m.Main {
		return 1
	}
	return 0
}

// Registration is the registration form, blank when id is empty.
func (d Desk) Registration(ctx context.Context, id record.VolunteerID) (Print, error) {
	head, err := d.head(ctx)
	if err != nil {
		return Print{}, err
	}
	paper := reports.RegistrationPaper{Head: head}
	subject := "registration"
	if id != "" {
		subject = string(id)
		if paper.Person, err = d.DB.Volunteer(ctx, id); err != nil {
			return Print{}, err
		}
		paper.Village = village(paper.Person)
		if paper.Team, _, err = d.mainTeam(ctx, id); err != nil {
			return Print{}, err
		}
	}
	return Print{Name: "登记表", Note: printNote(subject, "志愿者登记表"), Rows: 1, PDF: func(w io.Writer, serial string) error {
		paper.Serial = serial
		return reports.RegistrationPDF(w, paper)
	}}, nil
}

// members are a team's people of today, leaders first.
func (d Desk) members(ctx context.Context, id record.TeamID) ([]record.Membership, error) {
	list, err := d.DB.Members(ctx, id)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(m record.Membership) bool {
		_, has := d.DB.Person(m.Volunteer)
		return !has || !m.On(d.today())
	})
	order := map[string]int{}
	for i, term := range record.TeamRoles().Terms {
		order[term.Code] = i
	}
	slices.SortStableFunc(list, func(a, b record.Membership) int { return cmp.Compare(post(order, a), post(order, b)) })
	return list, nil
}

// post puts the captain first and plain members last.
func post(order map[string]int, m record.Membership) int {
	switch m.Role {
	case "captain":
		return -1
	case "member":
		return len(order)
	}
	return order[m.Role]
}

// TeamRoster is the roster of one team.
func (d Desk) TeamRoster(ctx context.Context, id record.TeamID) (Print, error) {
	head, err := d.head(ctx)
	if err != nil {
		return Print{}, err
	}
	team, err := d.DB.Team(ctx, id)
	if err != nil {
		return Print{}, err
	}
	list, err := d.members(ctx, id)
	if err != nil {
		return Print{}, err
	}
	paper := reports.RosterPaper{Station: head.Station, Title: team.Name + "队员名册", Made: head.Made, By: head.By, Full: head.Full}
	for _, m := range list {
		v, err := d.DB.Volunteer(ctx, m.Volunteer)
		if err != nil {
			return Print{}, err
		}
		row := reports.RosterRowOf(v)
		row.Team, row.Post, row.Village = "", record.TeamRoles().NameOf(m.Role), village(v)
		paper.Rows = append(paper.Rows, row)
	}
	with := func(write func(io.Writer, reports.RosterPaper) error) func(io.Writer, string) error {
		return func(w io.Writer, serial string) error {
			paper.Serial = serial
			return write(w, paper)
		}
	}
	return Print{
		Name: team.Name + "名册", Note: printNote(string(id), fmt.Sprintf("队员名册 %d 人", len(paper.Rows))), Rows: len(paper.Rows),
		PDF: with(reports.RosterPDF), Excel: with(reports.RosterExcel),
	}, nil
}

// Badges are those of a team's members.
func (d Desk) Badges(ctx context.Context, id record.TeamID) (Print, error) {
	head, err := d.head(ctx)
	if err != nil {
		return Print{}, err
	}
	team, err := d.DB.Team(ctx, id)
	if err != nil {
		return Print{}, err
	}
	list, err := d.members(ctx, id)
	if err != nil {
		return Print{}, err
	}
	paper := reports.BadgePaper{Head: head}
	for _, m := range list {
		p, _ := d.DB.Person(m.Volunteer)
		paper.Rows = append(paper.Rows, reports.Badge{Name: p.Name, Number: p.Number, Team: team.Name, Role: record.TeamRoles().NameOf(m.Role)})
	}
	return Print{
		Name: team.Name + "胸牌", Note: printNote(string(id), fmt.Sprintf("胸牌 %d 张", len(paper.Rows))), Rows: len(paper.Rows),
		PDF: func(w io.Writer, serial string) error {
			paper.Serial = serial
			return reports.BadgesPDF(w, paper)
		},
	}, nil
}

// PhoneTree is how a team is called together: its squads are the teams below it.
func (d Desk) PhoneTree(ctx context.Context, id record.TeamID) (Print, error) {
	head, err := d.head(ctx)
	if err != nil {
		return Print{}, err
	}
	team, err := d.DB.Team(ctx, id)
	if err != nil {
		return Print{}, err
	}
	all, err := d.DB.Teams(ctx)
	if err != nil {
		return Print{}, err
	}
	paper := reports.PhoneTreePaper{Head: head, Team: team.Name}
	rows := 0
	for _, one := range append([]record.Team{team}, slices.DeleteFunc(all, func(t record.Team) bool { return t.Parent != id || t.Dissolved != "" })...) {
		squad, err := d.squad(ctx, one, &paper.Called)
		if err != nil {
			return Print{}, err
		}
		if len(squad.Members) > 0 {
			paper.Squads, rows = append(paper.Squads, squad), rows+len(squad.Members)
		}
	}
	return Print{
		Name: team.Name + "电话通知树", Note: printNote(string(id), fmt.Sprintf("电话通知树 %d 人", rows)), Rows: rows,
		PDF: func(w io.Writer, serial string) error {
			paper.Serial = serial
			return reports.PhoneTreePDF(w, paper)
		},
	}, nil
}

// squad are the people of one team; the first captain met is called by the
// station and stands in no squad.
func (d Desk) squad(ctx context.Context, team record.Team, called *reports.PhoneTreeMember) (reports.PhoneTreeSquad, error) {
	out := reports.PhoneTreeSquad{Name: team.Name}
	list, err := d.members(ctx, team.ID)
	for _, m := range list {
		p, _ := d.DB.Person(m.Volunteer)
		one := reports.PhoneTreeMember{Name: p.Name, Role: record.TeamRoles().NameOf(m.Role), Phones: p.Phones}
		if m.Role == "captain" && called.Name == "" {
			*called = one
			continue
		}
		out.Members = append(out.Members, one)
	}
	return out, err
}

// Labels are address labels of the people that a filter chooses; those without
// an address are left out, and Rows says how many remain. An address is shown in
// full, so Full must be set.
func (d Desk) Labels(ctx context.Context, f store.PeopleFilter) (Print, error) {
	head, err := d.head(ctx)
	if err != nil {
		return Print{}, err
	}
	if !d.Full {
		return Print{}, record.Fail(record.CodeReasonRequired)
	}
	list, err := d.DB.People(ctx, f)
	if err != nil {
		return Print{}, err
	}
	paper := reports.LabelPaper{Head: head}
	for _, p := range list {
		v, err := d.DB.Volunteer(ctx, p.ID)
		if err != nil {
			return Print{}, err
		}
		if v.Address != "" {
			paper.Rows = append(paper.Rows, reports.Label{Name: v.Name, Address: v.Address})
		}
	}
	return Print{
		Name: "地址标签", Note: printNote("labels", fmt.Sprintf("地址标签 %d 张", len(paper.Rows))), Rows: len(paper.Rows),
		PDF: func(w io.Writer, serial string) error {
			paper.Serial = serial
			return reports.LabelsPDF(w, paper)
		},
	}, nil
}
