package papers

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// rows are somebody's participations in activities that were held, in order of
// days.
func (d Desk) rows(ctx context.Context, id record.VolunteerID, in record.Period) ([]reports.LedgerRow, error) {
	parts, err := d.DB.ParticipationsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	teams, err := d.DB.Teams(ctx)
	if err != nil {
		return nil, err
	}
	names := map[record.TeamID]string{}
	for _, t := range teams {
		names[t.ID] = t.Name
	}
	var out []reports.LedgerRow
	for _, p := range parts {
		a, err := d.DB.Activity(ctx, p.Activity)
		if err != nil {
			return nil, err
		}
		if !a.Held() || !in.Holds(a.Start.Day()) {
			continue
		}
		line := ""
		if a.Line != "" {
			line = record.Lines().NameOf(a.Line)
		}
		out = append(out, reports.LedgerRow{
			Day: a.Start.Day(), Title: a.Title, Place: a.Place, Team: names[a.Team], Line: line,
			Source: record.Sources().NameOf(p.Source), Minutes: p.Minutes, Training: !record.Counting(a.Kind), Urgent: a.Urgent,
		})
	}
	slices.SortStableFunc(out, func(a, b reports.LedgerRow) int { return cmp.Compare(a.Day, b.Day) })
	return out, nil
}

// Ledger is somebody's personal ledger.
func (d Desk) Ledger(ctx context.Context, id record.VolunteerID, in record.Period) (Print, error) {
	head, err := d.head(ctx)
	if err != nil {
		return Print{}, err
	}
	v, err := d.DB.Volunteer(ctx, id)
	if err != nil {
		return Print{}, err
	}
	paper := reports.LedgerPaper{Head: head, Name: v.Name, IDNumber: string(v.IDNumber), Number: v.Number, Joined: v.Joined, Period: in}
	if paper.Team, _, err = d.mainTeam(ctx, id); err != nil {
		return Print{}, err
	}
	if paper.Rows, err = d.rows(ctx, id, in); err != nil {
		return Print{}, err
	}
	return Print{
		Name: "个人台账", Note: printNote(string(id), "个人服务台账 "+in.String()), Rows: len(paper.Rows),
		PDF: func(w io.Writer, serial string) error {
			paper.Serial = serial
			return reports.LedgerPDF(w, paper)
		},
	}, nil
}

// YearSheet is somebody's year.
func (d Desk) YearSheet(ctx context.Context, id record.VolunteerID, year int) (Print, error) {
	head, err := d.head(ctx)
	if err != nil {
		return Print{}, err
	}
	v, err := d.DB.Volunteer(ctx, id)
	if err != nil {
		return Print{}, err
	}
	in := record.Period{From: record.Day(fmt.Sprintf("%04d-01-01", year)), To: record.Day(fmt.Sprintf("%04d-12-31", year))}
	paper := reports.YearPaper{Head: head, Name: v.Name, IDNumber: string(v.IDNumber), Number: v.Number, Joined: v.Joined, Year: year}
	if v.Politics != "" {
		paper.Politics = record.Politics().NameOf(v.Politics)
	}
	if paper.Team, paper.Post, err = d.mainTeam(ctx, id); err != nil {
		return Print{}, err
	}
	if paper.Rows, err = d.rows(ctx, id, in); err != nil {
		return Print{}, err
	}
	all, err := d.rows(ctx, id, record.Period{From: "0000-01-01", To: in.To})
	if err != nil {
		return Print{}, err
	}
	for _, row := range all {
		if !row.Training {
			paper.Total += int64(row.Minutes)
		}
	}
	paper.Star, _ = record.StarOf(paper.Total)
	return Print{
		Name: strconv.Itoa(year) + "年度实绩表", Note: printNote(string(id), fmt.Sprintf("%d 年度实绩表", year)), Rows: len(paper.Rows),
		PDF: func(w io.Writer, serial string) error {
			paper.Serial = serial
			return reports.YearSheetPDF(w, paper)
		},
	}, nil
}

// Stars lists volunteers who have a star, and those who lack up to near hours
// of the next one.
func (d Desk) Stars(ctx context.Context, near int) (Print, error) {
	head, err := d.head(ctx)
	if err != nil {
		return Print{}, err
	}
	people, err := d.DB.People(ctx, store.PeopleFilter{Serving: true})
	if err != nil {
		return Print{}, err
	}
	minutes, err := d.DB.Minutes(ctx)
	if err != nil {
		return Print{}, err
	}
	slices.SortStableFunc(people, func(a, b store.Person) int { return cmp.Compare(minutes[b.ID], minutes[a.ID]) })
	paper := reports.ListPaper{Head: head, Title: "志愿者星级名单", Name: "星级", Signed: true, Columns: []reports.ListColumn{
		{Title: "姓名"},
		{Title: "志愿者编号"},
		{Title: "身份证号", Kind: reports.ListText},
		{Title: "累计时长（小时）", Kind: reports.ListHours},
		{Title: "已达星级"},
		{Title: "下一星级"},
		{Title: "还差（小时）", Kind: reports.ListHours},
		{Title: "备注"},
	}, Notes: []string{"注：一至五星为累计服务时长 100、300、600、1000、1500 小时，须由本人申请、逐级认定，本表只作提示；培训时长不计。身份证号已作隐藏处理。"}}
	for _, p := range people {
		total := int64(minutes[p.ID])
		star, next := record.StarOf(total)
		if star == "" && (next == nil || next.Hours*60-total > int64(near)*60) {
			continue
		}
		row := []string{p.Name, p.Number, record.MaskID(string(p.IDNumber)), decimalHours(total), cmp.Or(star, "—"), "—", "", ""}
		if next != nil {
			lack := next.Hours*60 - total
			row[5], row[6] = next.Name, decimalHours(lack)
			if lack <= int64(near)*60 {
				row[7] = "临近"
			}
		}
		paper.Rows = append(paper.Rows, row)
	}
	return listPrint("星级名单", "stars", paper), nil
}

func decimalHours(minutes int64) string {
	return strconv.FormatFloat(float64(minutes*100/60)/100, 'f', -1, 64)
}

// listPrint is a list as a paper and as a workbook.
func listPrint(name, subject string, paper reports.ListPaper) Print {
	with := func(write func(io.Writer, reports.ListPaper) error) func(io.Writer, string) error {
		return func(w io.Writer, serial string) error {
			paper.Serial = serial
			return write(w, paper)
		}
	}
	return Print{
		Name: name, Note: printNote(subject, fmt.Sprintf("%s %d 行", name, len(paper.Rows))), Rows: len(paper.Rows),
		PDF: with(reports.ListPDF), Excel: with(reports.ListExcel),
	}
}

// Deed is the record of one activity.
func (d Desk) Deed(ctx context.Context, id record.ActivityID, photos int) (Print, error) {
	head, err := d.head(ctx)
	if err != nil {
		return Print{}, err
	}
	a, err := d.DB.Activity(ctx, id)
	if err != nil {
		return Print{}, err
	}
	paper := reports.DeedPaper{Head: head, Activity: a, Photos: photos}
	if a.Line != "" {
		paper.Line = record.Lines().NameOf(a.Line)
	}
	if a.Sub != "" {
		paper.Sub = record.SubLines().NameOf(a.Sub)
	}
	if a.Spirit != "" {
		paper.Spirit = record.Spirits().NameOf(a.Spirit)
	}
	paper.Village = village(record.Volunteer{Village: a.Village})
	leader, _ := d.DB.Person(a.Leader)
	paper.Leader = cmp.Or(leader.Name, a.LeaderName)
	if a.Team != "" {
		team, err := d.DB.Team(ctx, a.Team)
		if err != nil {
			return Print{}, err
		}
		paper.Team = team.Name
	}
	brands, err := d.DB.Brands(ctx)
	if err != nil {
		return Print{}, err
	}
	for _, b := range brands {
		if b.ID == a.Brand {
			paper.Brand = b.Name
		}
	}
	parts, err := d.DB.Participations(ctx, id)
	if err != nil {
		return Print{}, err
	}
	for _, p := range parts {
		one, _ := d.DB.Person(p.Volunteer)
		paper.People = append(paper.People, reports.DeedPerson{Name: cmp.Or(one.Name, "（已封存）"), Minutes: p.Minutes})
	}
	return Print{
		Name: "活动记录表", Note: printNote(string(id), "活动记录表"), Rows: len(paper.People),
		PDF: func(w io.Writer, serial string) error {
			paper.Serial = serial
			return reports.DeedPDF(w, paper)
		},
	}, nil
}
