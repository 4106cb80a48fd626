package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

type reportMonth struct{ out string }

func (c *reportMonth) options(o *options) {
	o.text(&c.out, "o out", "文件", "写成 .pdf 或 .xlsx；不写就只看数字")
}

// reportDoc are the figures behind a report, by indicator code.
type reportDoc struct {
	Period     string             `json:"period"`
	Station    record.Station     `json:"station"`
	Figures    record.Figures     `json:"figures"`
	Previous   record.Figures     `json:"previous,omitempty"`
	Lines      []record.Row       `json:"lines"`
	Teams      []record.Row       `json:"teams"`
	Activities []reportedActivity `json:"activities"`
	Made       record.Moment      `json:"made"`
	By         string             `json:"by"`
	Output     string             `json:"output,omitempty"`
	Serial     string             `json:"serial,omitempty"`
	Edition    int                `json:"edition,omitempty"`
	Seal       string             `json:"seal,omitempty"`
}

// reportedActivity is a line of the report's list of activities.
type reportedActivity struct {
	ID           record.ActivityID `json:"id"`
	Title        string            `json:"title"`
	Line         string            `json:"line"`
	Start        record.Moment     `json:"start"`
	Team         string            `json:"team,omitempty"`
	Participants int64             `json:"participants"`
	Minutes      int64             `json:"minutes"`
	Served       int               `json:"served"`
	Late         bool              `json:"late"`
}

func (c *reportMonth) run(k *call) (answer, error) {
	period, err := record.ReadMonth(k.args[0])
	if err != nil {
		return answer{}, err
	}
	write, err := reportWriter(c.out)
	if err != nil {
		return answer{}, err
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	r, err := db.Report(k.ctx, period)
	if err != nil {
		return answer{}, err
	}
	if write != nil {
		n := store.Note{Action: paperAction(c.out), Subject: "月报", Detail: period.String()}
		r.Serial, err = k.paper(c.out, n, func(w io.Writer, serial string) error {
			r.Serial = serial
			return write(w, r)
		})
		if err != nil {
			return answer{}, err
		}
	}
	doc := reportDocOf(r, c.out)
	return answer{doc: doc, text: func(w io.Writer) { reportText(w, r, c.out) }}, nil
}

// reportWriter is chosen by the suffix; nil when no file is asked for.
func reportWriter(path string) (func(io.Writer, record.PeriodReport) error, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".pdf":
		return reports.PeriodPDF, nil
	case ".xlsx":
		return reports.PeriodExcel, nil
	case "":
		if path == "" {
			return nil, nil
		}
	}
	return nil, usage("文件名要以 .pdf 或 .xlsx 结尾")
}

// paperAction tells a print from an export: a workbook goes on to other hands
// as data.
func paperAction(path string) store.Action {
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return store.ActionExport
	}
	return store.ActionPrint
}

func reportDocOf(r record.PeriodReport, out string) reportDoc {
	doc := reportDoc{
		Period: r.Period.String(), Station: r.Station, Figures: r.Figures, Previous: r.Previous, Lines: r.Lines,
		Teams: append([]record.Row{}, r.Teams...), Activities: []reportedActivity{}, Made: r.Made, By: r.By, Output: out, Serial: r.Serial,
		Edition: r.Edition, Seal: r.Seal,
	}
	for _, row := range r.Activities {
		doc.Activities = append(doc.Activities, reportedActivity{
			row.ID, row.Activity.Title, row.Activity.Line, row.Activity.Start, row.Team,
			row.Participants, row.Minutes, row.Activity.Served, row.Late,
		})
	}
	return doc
}

func reportText(w io.Writer, r record.PeriodReport, out string) {
	fmt.Fprintf(w, "%s %s\n", r.Station.Name, r.Period.Chinese())
	if r.Edition > 0 {
		fmt.Fprintf(w, "已月结：%s，封签 %s\n", editionText(r.Edition), r.Seal)
	}
	rows := make([][]string, 0, len(record.Indicators()))
	for _, one := range record.Indicators() {
		value, unit := fmt.Sprint(r.Figures[one.Code]), one.Unit
		if unit == "分钟" {
			value, unit = record.HoursText(int(r.Figures[one.Code])), "小时"
		}
		rows = append(rows, []string{"  " + one.Name, value, unit})
	}
	columns(w, rows)
	rows = [][]string{{"  任务线", "场次", "人数", "人次", "小时"}}
	for _, line := range r.Lines {
		rows = append(rows, []string{
			"  " + line.Name, fmt.Sprint(line.Activities), fmt.Sprint(line.People), fmt.Sprint(line.Participations), record.HoursText(int(line.Minutes)),
		})
	}
	columns(w, rows)
	if out != "" {
		fmt.Fprintf(w, "已写好：%s（打印编号 %s）\n", out, r.Serial)
	}
}

type reportList struct{}

func (*reportList) options(*options) {}

func (*reportList) run(*call) (answer, error) {
	doc := struct {
		Reports []reportKind `json:"reports"`
	}{reportKinds()}
	rows := [][]string{}
	for _, one := range doc.Reports {
		rows = append(rows, []string{one.Name, one.About, strings.Join(one.Formats, "、")})
	}
	return answer{doc: doc, text: listed([]string{"报表", "说明", "格式"}, rows)}, nil
}

// reportKind is a report that can be made.
type reportKind struct {
	Name    string   `json:"name"`
	About   string   `json:"about"`
	Formats []string `json:"formats"`
}

func reportKinds() []reportKind {
	return []reportKind{{"month", "月报：指标、各任务线、各队、活动清单", []string{"pdf", "xlsx"}}}
}
