package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"rongyuan/assets/say"
	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// formFlags are those of every command about a form.
type formFlags struct{ mapping, saveMapping string }

func (c *formFlags) options(o *options) {
	o.text(&c.mapping, "mapping", "文件.json", "哪一格填什么，用以前存下的；不写就用记住的，没记住的按表头认")
	o.text(&c.saveMapping, "save-mapping", "文件.json", "把哪一格填什么存下来，可以改")
}

type formFill struct {
	formFlags
	outputFlag
	unmasking
	period string
}

func (c *formFill) options(o *options) {
	o.text(&c.period, "period", "期间", "2026-10、2026-Q4、2026-H2 或 2026")
	c.outputFlag.options(o)
	c.formFlags.options(o)
	c.unmasking.options(o)
}

// formDoc is what the commands about forms print.
type formDoc struct {
	Template    string             `json:"template"`
	Fingerprint string             `json:"fingerprint"`
	Known       bool               `json:"known"` // settled by a person, not guessed from the heads
	Period      string             `json:"period,omitempty"`
	Output      string             `json:"output,omitempty"`
	Serial      string             `json:"serial,omitempty"`
	Rows        int                `json:"rows"`
	Cells       int                `json:"cells"`
	Mapping     record.FormMapping `json:"mapping"`
	Unfilled    []formColumn       `json:"unfilled"`
	Problems    []finding          `json:"problems"`
}

// formColumn is a column of a form's table that nothing is written into.
type formColumn struct {
	Sheet  string `json:"sheet"`
	Column string `json:"column"`
	Head   string `json:"head"`
}

// openedForm is a form with its mapping.
type openedForm struct {
	form    *reports.Form
	mapping record.FormMapping
	doc     formDoc
}

// open reads a form and settles how it is filled: as the file says, as it was
// remembered, else as its heads say. done closes the file.
func (c *formFlags) open(k *call) (o openedForm, done func(), err error) {
	path := k.args[0]
	src, done, err := k.source(path)
	if err != nil {
		return o, nil, err
	}
	if o, err = c.settle(k, src, src.Size); err != nil {
		done()
		return o, nil, err
	}
	o.doc.Template = baseName(path)
	return o, done, nil
}

func (c *formFlags) settle(k *call, src io.ReaderAt, size int64) (o openedForm, err error) {
	if o.form, err = reports.OpenForm(src, size); err != nil {
		return o, err
	}
	mark := o.form.Fingerprint()
	saved, err := k.db.FormMappings(k.ctx)
	if err != nil {
		return o, err
	}
	if c.mapping != "" {
		if saved, err = loadFormMappings(c.mapping); err != nil {
			return o, err
		}
	}
	o.mapping, o.doc.Known = saved.For(mark)
	switch {
	case !o.doc.Known && c.mapping != "":
		return o, record.Fail(record.CodeFormUnknown)
	case !o.doc.Known:
		o.mapping = o.form.Suggest()
	}
	if len(o.mapping.Parts) == 0 {
		return o, record.Fail(record.CodeFormUnknown)
	}
	o.doc.Fingerprint, o.doc.Mapping = mark, o.mapping
	o.doc.Unfilled, o.doc.Problems = unfilled(o.form, o.mapping), []finding{}
	return o, c.save(mark, o.mapping)
}

func loadFormMappings(path string) (record.FormMappings, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return record.FormMappings{}, record.Fail(record.CodeFileUnread, baseName(path)).Because(err)
	}
	return record.LoadFormMappings(bytes.NewReader(raw))
}

func (c *formFlags) save(mark string, m record.FormMapping) error {
	if c.saveMapping == "" {
		return nil
	}
	out, err := newFile(c.saveMapping)
	if err != nil {
		return err
	}
	return out.finish(func(w io.Writer) error {
		return record.FormMappings{Forms: map[string]record.FormMapping{mark: m}}.Save(w)
	})
}

// unfilled are the heads under which nothing is written, formulas apart.
func unfilled(f *reports.Form, m record.FormMapping) []formColumn {
	out := []formColumn{}
	for _, s := range f.Sheets() {
		for _, p := range m.Parts {
			if p.Sheet != s.Place || p.Kind == record.FormCells {
				continue
			}
			for _, h := range s.Heads {
				if p.Columns[h.Column] == "" && p.Match != h.Column && !h.Formula {
					out = append(out, formColumn{s.Name, h.Column, h.Head})
				}
			}
		}
	}
	return out
}

func (c *formFill) run(k *call) (answer, error) {
	period, err := readAnyPeriod(c.period)
	if err != nil {
		return answer{}, err
	}
	kind, err := c.kind(".xlsx", ".xlsm")
	if err != nil {
		return answer{}, err
	}
	if !strings.EqualFold(kind, filepath.Ext(k.args[0])) || sameFile(c.out, k.args[0]) {
		return answer{}, usage("-o 要写另一个文件，后缀和区里的表一样")
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	o, done, err := c.open(k)
	if err != nil {
		return answer{}, err
	}
	defer done()
	source, err := db.FormSource(k.ctx, period)
	if err != nil {
		return answer{}, err
	}
	if err := c.allow(k, "form", len(source.People)); err != nil {
		return answer{}, err
	}
	return c.fill(k, o, source)
}

// fill writes the form; its number in the log is asked for first.
func (c *formFill) fill(k *call, o openedForm, source record.FormSource) (answer, error) {
	fill := reports.FormFill{Source: source, Mapping: o.mapping, Full: c.unmask}
	// A form that cannot be filled takes no number.
	if _, err := o.form.Fill(io.Discard, fill); err != nil {
		return answer{}, err
	}
	doc := o.doc
	doc.Period, doc.Output = source.Report.Period.String(), c.out
	n := store.Note{Action: store.ActionExport, Subject: "form", Detail: doc.Fingerprint + " " + doc.Period}
	var err error
	doc.Serial, err = k.paper(c.out, n, func(w io.Writer, serial string) error {
		fill.Source.Serial = serial
		filled, err := o.form.Fill(w, fill)
		doc.Rows, doc.Cells, doc.Problems = filled.Rows, filled.Cells, findings(filled.Problems)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	if _, role := k.db.Account(); c.mapping != "" && role.May(record.RightWrite) {
		if err := k.db.SaveFormMapping(k.ctx, doc.Fingerprint, o.mapping); err != nil {
			return answer{}, err
		}
	}
	exit := exitDone
	if len(doc.Problems) > 0 || !doc.Known && len(doc.Unfilled) > 0 {
		exit = exitPerson
	}
	return answer{doc: doc, text: doc.text, exit: exit}, nil
}

// readAnyPeriod reads a period of any kind by its form.
func readAnyPeriod(s string) (record.Period, error) {
	s = strings.ToUpper(strings.TrimSpace(s))
	kind := record.PeriodMonth
	switch {
	case strings.Contains(s, "Q"):
		kind = record.PeriodQuarter
	case strings.Contains(s, "H"):
		kind = record.PeriodHalf
	case len(s) == 4:
		kind = record.PeriodYear
	}
	return record.ReadPeriod(kind, s)
}

func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

type formRead struct{ formFlags }

func (c *formRead) run(k *call) (answer, error) {
	if _, err := k.open(); err != nil {
		return answer{}, err
	}
	o, done, err := c.open(k)
	if err != nil {
		return answer{}, err
	}
	defer done()
	exit := exitDone
	if len(o.doc.Unfilled) > 0 && !o.doc.Known {
		exit = exitPerson
	}
	return answer{doc: o.doc, text: o.doc.text, exit: exit}, nil
}

func (d formDoc) text(w io.Writer) {
	how := "按表头认出来的，还没有人对过"
	if d.Known {
		how = "以前对过"
	}
	fmt.Fprintf(w, "%s（%s）\n", d.Template, how)
	for _, p := range d.Mapping.Parts {
		fmt.Fprintf(w, "  第 %d 张表：%s\n", p.Sheet, partText(p))
	}
	for _, one := range d.Unfilled {
		fmt.Fprintf(w, "  没有填：%s 的 %s 列“%s”\n", one.Sheet, one.Column, strings.Join(strings.Fields(one.Head), ""))
	}
	for _, p := range d.Problems {
		fmt.Fprintln(w, "  "+p.Message)
	}
	if d.Output != "" {
		fmt.Fprintf(w, "已填好：%s（导出编号 %s，%d 行，%d 格）\n", d.Output, d.Serial, d.Rows, d.Cells)
	}
}

// partText says what a part is filled with.
func partText(p record.FormPart) string {
	if p.Kind == record.FormCells {
		return fmt.Sprintf("单个格子 %d 格", len(p.Cells))
	}
	return fmt.Sprintf("%s，%d 列", say.FormKind(p.Kind), len(p.Wants()))
}
