package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"rongyuan/assets/say"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// importDoc is what `import --json` prints. Of a single sheet the facts stand
// at the top; without --sheet they stand once per sheet in Sheets.
type importDoc struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
	sheetFacts
	Sheets     []sheetDoc     `json:"sheets,omitempty"`
	Rows       int            `json:"rows"`
	New        int            `json:"new"`
	Update     int            `json:"update"`
	Same       int            `json:"same"`
	Conflict   int            `json:"conflict"`
	Error      int            `json:"error"`
	Skipped    int            `json:"skipped"`
	LeftOut    int            `json:"left_out,omitempty"` // of Same: decided to be left out
	Batch      record.BatchID `json:"batch,omitempty"`
	Written    bool           `json:"written"`
	ErrorsFile string         `json:"errors_file,omitempty"`
	Teams      []namedTeam    `json:"teams,omitempty"`
	Joined     int            `json:"joined,omitempty"` // people who come into a team
	// Problems stays empty: a roster may have a million, which are written one by
	// one from the plan.
	Problems []rowProblem `json:"problems"`
	Notes    []finding    `json:"notes,omitempty"`

	plan    record.Plan
	several bool // sheets
}

type sheetFacts struct {
	Sheet      string            `json:"sheet,omitempty"`
	HeaderRows []int             `json:"header_rows,omitempty"`
	Mapping    map[string]string `json:"mapping,omitempty"`
	Ignored    map[string]string `json:"ignored_columns,omitempty"`
}

type sheetDoc struct {
	sheetFacts
	Rows    int       `json:"rows"`
	Skipped int       `json:"skipped"`
	Hidden  bool      `json:"hidden,omitempty"`
	Notes   []finding `json:"notes,omitempty"`
}

// rowProblem is a finding about a row. Its value is masked.
type rowProblem struct {
	Sheet   string       `json:"sheet,omitempty"`
	Row     int          `json:"row"`
	Column  string       `json:"column,omitempty"`
	Field   string       `json:"field,omitempty"`
	Level   record.Level `json:"level"`
	Code    record.Code  `json:"code"`
	Message string       `json:"message"`
	Value   string       `json:"value,omitempty"`
}

func importDocOf(plan record.Plan, book roster.Book, named bool) importDoc {
	d := importDoc{
		File: plan.File, SHA256: plan.SHA256, Rows: plan.Len(), Skipped: book.Skipped,
		New: plan.Count(record.VerdictNew), Update: plan.Count(record.VerdictUpdate), Same: plan.Count(record.VerdictSame),
		Conflict: plan.Count(record.VerdictConflict), Error: plan.Count(record.VerdictError), Problems: []rowProblem{},
		LeftOut: plan.Count(record.VerdictSkip), Teams: namedTeams(plan), Joined: plan.CountJoining(),
		plan: plan, several: len(book.Sheets) > 1,
	}
	d.Same += d.LeftOut
	if len(book.Notes) > 0 {
		d.Notes = findings(book.Notes)
	}
	for _, s := range book.Sheets {
		one := sheetDoc{sheetFacts: factsOf(s), Rows: s.Rows, Skipped: s.Skipped, Hidden: s.Hidden}
		if len(s.Notes) > 0 {
			one.Notes = findings(s.Notes)
		}
		d.Sheets = append(d.Sheets, one)
	}
	if len(d.Sheets) == 1 {
		d.sheetFacts = d.Sheets[0].sheetFacts
		if named {
			d.Notes = append(d.Notes, d.Sheets[0].Notes...)
			d.Sheets = nil
		}
	}
	return d
}

// namedTeam is a team that the roster names.
type namedTeam struct {
	Name  string `json:"name"`
	Rows  int    `json:"rows"` // of people who are not in it
	Known bool   `json:"known"`
	Ended bool   `json:"ended,omitempty"` // it was dissolved
	Made  bool   `json:"made,omitempty"`
}

func namedTeams(plan record.Plan) []namedTeam {
	var out []namedTeam
	rows := plan.Naming()
	for i, t := range plan.Teams() {
		out = append(out, namedTeam{t.Name, rows[i], t.ID != "", t.Ended, t.Make})
	}
	return out
}

// factsOf says of a sheet what is read and what is not. A role without a team
// is understood and not taken: it says nothing.
func factsOf(s roster.Sheet) sheetFacts {
	f := sheetFacts{s.Name, s.HeaderRows, maps.Clone(s.Mapping), maps.Clone(s.Ignored)}
	teams := slices.Contains(slices.Collect(maps.Values(s.Mapping)), "team_name")
	for column, field := range s.Mapping {
		if field == "role_name" && !teams {
			delete(f.Mapping, column)
			f.Ignored[column] = say.Field(field)
		}
	}
	return f
}

// problems are the findings about the rows, one row in memory at a time.
func (d importDoc) problems() iter.Seq[rowProblem] {
	return func(yield func(rowProblem) bool) {
		for i := range d.plan.Len() {
			draft := d.plan.Draft(i)
			for _, p := range draft.Problems {
				one := rowProblem{
					Row: draft.Row, Column: draft.Columns[p.Field], Field: p.Field, Level: p.Level, Code: p.Code,
					Message: say.Problem(p), Value: p.Value,
				}
				if d.several {
					one.Sheet = draft.Sheet
				}
				if !yield(one) {
					return
				}
			}
		}
	}
}

// writeJSON writes the document with its problems where the empty list stands.
func (d importDoc) writeJSON(to io.Writer) error {
	var frame bytes.Buffer
	if err := writeJSON(&frame, d); err != nil {
		return err
	}
	before, after, _ := strings.Cut(frame.String(), "\n  \"problems\": []")
	w := bufio.NewWriter(to)
	_, _ = w.WriteString(before + "\n  \"problems\": [") // an error of w stays until it is flushed
	e, sep := json.NewEncoder(&frame), "\n    "
	e.SetEscapeHTML(false)
	e.SetIndent("    ", "  ")
	for one := range d.problems() {
		frame.Reset()
		if err := e.Encode(one); err != nil {
			return err
		}
		_, _ = w.WriteString(sep)
		_, _ = w.Write(bytes.TrimRight(frame.Bytes(), "\n"))
		sep = ",\n    "
	}
	if sep[0] == ',' {
		_, _ = w.WriteString("\n  ")
	}
	_, _ = w.WriteString("]" + after)
	return w.Flush()
}

// reasonOf is why a row was not taken, for the red column: what stops it, or
// for a conflict what a person must decide.
func reasonOf(d record.Decision) string {
	level := record.LevelError
	if d.Verdict == record.VerdictConflict {
		level = record.LevelReview
	}
	var out []string
	for _, p := range d.Draft.Problems {
		if text := say.Problem(p); p.Level == level && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return strings.Join(out, "；")
}

// shownMost bounds the findings that people get to read; --json and --errors
// have them all.
const shownMost = 30

// textOfTeams says who comes into a team, and which teams are not there.
func (d importDoc) textOfTeams(w io.Writer) {
	if d.Joined > 0 {
		fmt.Fprintf(w, "  编入队伍 %d 人\n", d.Joined)
	}
	for _, t := range d.Teams {
		switch {
		case t.Ended:
			fmt.Fprintf(w, "  队伍“%s”已解散，表里写它的 %d 人不编队\n", t.Name, t.Rows)
		case !t.Known && !t.Made:
			fmt.Fprintf(w, "  没有队伍“%s”，表里写它的 %d 人不编队；要一并建立，加 --make-teams\n", t.Name, t.Rows)
		}
	}
}

func (d importDoc) text(w io.Writer) {
	done := "写入了"
	if !d.Written {
		done = "只看一遍，没有写入"
	}
	fmt.Fprintf(w, "%s：%d 人，新增 %d，更新 %d，没变 %d，要人决定 %d，有错 %d；跳过 %d 行。%s\n",
		d.File, d.Rows, d.New, d.Update, d.Same, d.Conflict, d.Error, d.Skipped, done)
	d.textOfTeams(w)
	shown := 0
	for p := range d.problems() {
		if p.Level != record.LevelError && p.Level != record.LevelReview {
			continue
		}
		if shown++; shown > shownMost {
			fmt.Fprintln(w, "  ……还有更多，用 --errors 写成表格看")
			break
		}
		fmt.Fprintf(w, "  %s第 %d 行：%s\n", strings.TrimSpace(p.Sheet+" "), p.Row, p.Message)
	}
	if d.Batch != "" {
		fmt.Fprintf(w, "批次 %s；要撤回：rongyuan import --undo %s\n", d.Batch, d.Batch)
	}
	if d.ErrorsFile != "" {
		fmt.Fprintf(w, "没有写入的行在 %s\n", d.ErrorsFile)
	}
}
