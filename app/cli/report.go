package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"rongyuan/assets/say"
	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// reportPeriod is the report of a month, a quarter, a half-year or a year.
type reportPeriod struct {
	kind      record.PeriodKind
	out, text string
}

func (c *reportPeriod) options(o *options) {
	o.text(&c.out, "o out", "文件", "写成 .pdf 或 .xlsx；不写就只看数字")
	o.text(&c.text, "text", "文件", "文字说明换成这个文本文件，一行一段；和数字对不上的会列出来")
}

// reportDoc are the figures behind a report, by indicator code.
type reportDoc struct {
	Period   string         `json:"period"`
	Station  record.Station `json:"station"`
	Figures  record.Figures `json:"figures"`
	Previous record.Figures `json:"previous,omitempty"`
	LastYear record.Figures `json:"last_year,omitempty"`
	Lines    []record.Row   `json:"lines"`
	Teams    []record.Row   `json:"teams"`
	// Villages are the communities in which activities were held.
	Villages []record.Row        `json:"villages"`
	KeyDates []record.KeyDateRow `json:"key_dates"`
	// Text is the written part, Problems what it says against the figures.
	Text       []string           `json:"text"`
	Problems   []textProblem      `json:"problems,omitempty"`
	Activities []reportedActivity `json:"activities"`
	Made       record.Moment      `json:"made"`
	By         string             `json:"by"`
	Output     string             `json:"output,omitempty"`
	Serial     string             `json:"serial,omitempty"`
	Edition    int                `json:"edition,omitempty"`
	Seal       string             `json:"seal,omitempty"`
	// Stamp is the text of the paper's QR code.
	Stamp string `json:"stamp,omitempty"`
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

func (c *reportPeriod) run(k *call) (answer, error) {
	period, err := record.ReadPeriod(c.kind, k.args[0])
	if err != nil {
		return answer{}, err
	}
	write, err := reportWriter(c.out)
	if err != nil {
		return answer{}, err
	}
	paragraphs, err := paragraphsIn(c.text)
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
	r.Text = paragraphs
	if write != nil {
		if r, err = c.print(k, r, write); err != nil {
			return answer{}, err
		}
	}
	doc, found := reportDocOf(r, c.out), r.CheckText(reports.Paragraphs(r))
	doc.Problems = textProblems(found)
	exit := exitDone
	if len(found) > 0 {
		exit = exitPerson
	}
	return answer{doc: doc, exit: exit, text: func(w io.Writer) {
		reportText(w, r, c.out)
		for _, one := range found {
			fmt.Fprintln(w, "请核对："+say.Problem(one))
		}
	}}, nil
}

func (c *reportPeriod) print(k *call, r record.PeriodReport, write func(io.Writer, record.PeriodReport) error) (record.PeriodReport, error) {
	r, err := k.db.Stamped(k.ctx, r)
	if err != nil {
		return r, err
	}
	n := store.Note{Action: paperAction(c.out), Subject: string(c.kind) + " report", Detail: r.Period.String()}
	r.Serial, err = k.paper(c.out, n, func(w io.Writer, serial string) error {
		r.Serial = serial
		return write(w, r)
	})
	return r, err
}

// paragraphsIn reads the written part from a file, a paragraph a line; nil
// without a file.
func paragraphsIn(path string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(path)
	if err == nil && !utf8.Valid(raw) {
		err = errors.New("not UTF-8")
	}
	if err != nil {
		return nil, record.Fail(record.CodeFileUnread, baseName(path)).Because(err)
	}
	return record.Paragraphs(string(raw)), nil
}

// textProblem is what the written part says against the figures.
type textProblem struct {
	Code    record.Code `json:"code"`
	Args    []string    `json:"args"`
	Message string      `json:"message"`
}

func textProblems(found record.Problems) []textProblem {
	var out []textProblem
	for _, one := range found {
		out = append(out, textProblem{one.Code, one.Args, say.Problem(one)})
	}
	return out
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
		Period: r.Period.String(), Station: r.Station, Figures: r.Figures, Previous: r.Previous, LastYear: r.LastYear, Lines: r.Lines,
		Teams: append([]record.Row{}, r.Teams...), Activities: []reportedActivity{}, Made: r.Made, By: r.By, Output: out, Serial: r.Serial,
		Edition: r.Edition, Seal: r.Seal, Villages: r.Villages, KeyDates: append([]record.KeyDateRow{}, r.KeyDates...),
		Text: reports.Paragraphs(r), Stamp: r.Stamp,
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
	formats := []string{"pdf", "xlsx"}
	what := "：文字说明、指标、任务线、队伍、社区、时间节点、活动清单"
	return []reportKind{
		{string(record.PeriodMonth), "月报 2026-10" + what, formats},
		{string(record.PeriodQuarter), "季报 2026-Q4" + what, formats},
		{string(record.PeriodHalf), "半年报 2026-H2" + what, formats},
		{string(record.PeriodYear), "年报 2026" + what, formats},
	}
}
