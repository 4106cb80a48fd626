package papers

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"rongyuan/reports"
	"rongyuan/store/record"
)

// Certificates are issued certificates, two copies each; again marks a second
// print for somebody who lost the first. The code is not_found for one that was
// never issued or that the station may show no more.
func (d Desk) Certificates(ctx context.Context, names []string, again bool) (Print, error) {
	head, err := d.head(ctx)
	if err != nil {
		return Print{}, err
	}
	paper := reports.CertificatePaper{Station: head.Station, Made: head.Made, By: head.By, Again: again}
	detail := "记录证明"
	for _, name := range names {
		c, err := d.DB.Certificate(ctx, name)
		if err != nil {
			return Print{}, err
		}
		if c.Number == "" || c.Stamp == "" {
			return Print{}, record.FailField("certificate", record.CodeNotFound)
		}
		paper.List = append(paper.List, c)
		detail += " " + c.Number
	}
	if again {
		detail += " 补发"
	}
	return Print{
		Name: "记录证明", Note: printNote("certificate", detail), Rows: len(paper.List),
		PDF: func(w io.Writer, serial string) error {
			paper.Serial = serial
			return reports.CertificatesPDF(w, paper)
		},
	}, nil
}

// Notice is the public notice of all applications that are in notice today.
func (d Desk) Notice(ctx context.Context) (Print, error) {
	head, err := d.head(ctx)
	if err != nil {
		return Print{}, err
	}
	all, err := d.DB.Certificates(ctx)
	if err != nil {
		return Print{}, err
	}
	all = slices.DeleteFunc(all, func(c record.Certificate) bool {
		return c.State != record.CertificateNoticed || c.PostedTo < d.today() || c.Holder.Name == ""
	})
	slices.SortStableFunc(all, func(a, b record.Certificate) int { return cmp.Compare(a.Holder.Number, b.Holder.Number) })
	paper := reports.NoticePaper{Head: head, List: all}
	for i, c := range all {
		if i == 0 || c.Posted < paper.From {
			paper.From = c.Posted
		}
		paper.To = max(paper.To, c.PostedTo)
	}
	return Print{
		Name: "公示名单", Note: printNote("notice", fmt.Sprintf("公示名单 %d 人", len(all))), Rows: len(all),
		PDF: func(w io.Writer, serial string) error {
			paper.Serial = serial
			return reports.NoticePDF(w, paper)
		},
	}, nil
}

// Register is the register of certificates, for the file and for inspections.
func (d Desk) Register(ctx context.Context) (Print, error) {
	head, err := d.head(ctx)
	if err != nil {
		return Print{}, err
	}
	all, err := d.DB.Certificates(ctx)
	if err != nil {
		return Print{}, err
	}
	paper := reports.ListPaper{Head: head, Title: "志愿服务记录证明出具登记簿", Name: "登记簿", Signed: true, Columns: []reports.ListColumn{
		{Title: "证明编号", Kind: reports.ListText, Share: 56},
		{Title: "姓名"},
		{Title: "志愿者编号"},
		{Title: "起止日期"},
		{Title: "小时", Kind: reports.ListHours},
		{Title: "申请日期"},
		{Title: "出具日期"},
		{Title: "经办人"},
		{Title: "状态"},
		{Title: "说明"},
	}}
	for _, c := range all {
		paper.Rows = append(paper.Rows, []string{
			c.Number, cmp.Or(c.Holder.Name, "（已封存）"), c.Holder.Number, string(c.From) + "至" + string(c.To), decimalHours(c.Minutes),
			string(c.Applied), string(c.Issued), c.Handler, record.CertificateStates().NameOf(string(c.State)), c.Reason,
		})
	}
	return listPrint("出具登记簿", "register", paper), nil
}
