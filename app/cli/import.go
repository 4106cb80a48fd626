package cli

import (
	"errors"
	"io"
	"os"
	"strings"

	"rongyuan/assets"
	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

type importRoster struct {
	sheet, as, errors, mapping, saveMapping, undo, decide string
	dryRun, makeTeams, fillDown                           bool
}

func (c *importRoster) options(o *options) {
	o.text(&c.sheet, "sheet", "工作表", "只读一张表；不写就读每一张看得见的花名册")
	o.yes(&c.dryRun, "dry-run", "只看会怎样，不写入")
	o.text(&c.as, "as", "volunteers|veterans", "volunteers 志愿者（不写就是）、veterans 只登记为退役军人")
	o.yes(&c.fillDown, "fill-down", "社区、服务队只写在第一行的，下面空着的照上面的行填")
	o.text(&c.errors, "errors", "文件.xlsx", "没有写入的行写回原样的表，加一列红字原因")
	o.text(&c.mapping, "mapping", "文件.json", "哪一列是什么，用以前存下的")
	o.text(&c.saveMapping, "save-mapping", "文件.json", "把这次哪一列是什么存下来")
	o.text(&c.decide, "decide", "keep|theirs|skip", "和已有资料不一样的行：keep 保留已有、theirs 用表里的、skip 不导入；不写就留给人决定")
	o.yes(&c.makeTeams, "make-teams", "表里写了、还没有的队伍一并建立；不写就只编入已有的队伍")
	o.text(&c.undo, "undo", "批次", "撤回以前的一次导入")
}

func (c *importRoster) run(k *call) (answer, error) {
	switch {
	case c.undo != "" && len(k.args) > 0, c.undo == "" && len(k.args) == 0:
		return answer{}, usage("要写一个文件，或 --undo 批次")
	case c.undo != "":
		return c.takeBack(k)
	}
	role := roster.Role(c.as)
	if role != "" && role != roster.Volunteers && role != roster.Veterans {
		return answer{}, usage("--as 后面写 volunteers 或 veterans")
	}
	switch record.Answer(c.decide) {
	case record.AnswerNone, record.AnswerKeep, record.AnswerTheirs, record.AnswerSkip:
	default:
		return answer{}, usage("--decide 后面写 keep、theirs 或 skip")
	}
	if _, err := k.open(); err != nil {
		return answer{}, err
	}
	if _, who := k.db.Account(); !who.May(record.RightWrite) {
		return answer{}, record.Fail(record.CodeNoRight)
	}
	doc, err := c.take(k, role)
	if err != nil {
		return answer{}, refused(err, k.args[0])
	}
	exit := exitDone
	if doc.Conflict+doc.Error > 0 {
		exit = exitPerson
	}
	return answer{doc: doc, text: doc.text, exit: exit}, nil
}

// takeBack undoes an import.
func (c *importRoster) takeBack(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	if err := db.UndoImport(k.ctx, record.BatchID(c.undo)); err != nil {
		return answer{}, err
	}
	doc := struct {
		Undone string `json:"undone"`
	}{c.undo}
	return answer{doc: doc, text: said("已撤回这次导入，原来的资料都恢复了")}, nil
}

// refused is a failure of an import: the failure itself, and that nothing was
// written.
func refused(err error, path string) error {
	return &refusal{err, struct {
		failure
		File    string `json:"file"`
		Written bool   `json:"written"`
	}{failureOf(err), baseName(path), false}}
}

// take reads, decides, and unless this is a dry run writes.
func (c *importRoster) take(k *call, role roster.Role) (importDoc, error) {
	path := k.args[0]
	source, done, err := k.source(path)
	if err != nil {
		return importDoc{}, err
	}
	defer done()
	planner, err := k.db.NewPlanner(k.ctx, store.ImportOptions{})
	if err != nil {
		return importDoc{}, err
	}
	book, err := c.read(k, source, roster.Options{As: role, Each: planner.Add})
	if err != nil {
		return importDoc{}, err
	}
	plan, err := planner.Plan()
	if err != nil {
		return importDoc{}, err
	}
	plan.File, plan.SHA256 = baseName(path), book.SHA256
	decideAll(&plan, record.Answer(c.decide))
	plan.MakeTeams(c.makeTeams)
	doc := importDocOf(plan, book, c.sheet != "")
	if doc.ErrorsFile, err = c.giveBack(k, source, book, plan); err != nil {
		return doc, err
	}
	if c.saveMapping != "" {
		out, err := newFile(c.saveMapping)
		if err != nil {
			return doc, err
		}
		if err := out.finish(func(w io.Writer) error { return book.Mapping().Save(w) }); err != nil {
			return doc, err
		}
	}
	if c.dryRun {
		return doc, nil
	}
	doc.Written = true
	if doc.New+doc.Update+doc.Joined == 0 {
		return doc, nil
	}
	written, err := k.db.CommitImport(k.ctx, plan)
	doc.Batch = written.Batch
	return doc, err
}

// decideAll answers the conflicts. Who is meant by a name, and which of two
// names belongs to a number, is nothing that holds for a whole file: there skip
// alone is an answer.
func decideAll(plan *record.Plan, answer record.Answer) {
	if answer == record.AnswerNone {
		return
	}
	for i := range plan.Len() {
		if plan.Verdict(i) != record.VerdictConflict {
			continue
		}
		if d := plan.At(i); answer == record.AnswerSkip || len(d.Clashes()) > 0 && len(d.Rivals) == 0 && !d.Doubtful {
			plan.Decide(i, record.Choice{Answer: answer})
		}
	}
}

func (c *importRoster) read(k *call, source roster.Source, opt roster.Options) (roster.Book, error) {
	bar := k.progress("读取")
	defer bar.end()
	street := string(k.station.Code)
	street = street[:min(9, len(street))]
	opt.Sheet, opt.Today, opt.Progress, opt.FillDown = c.sheet, k.today(), bar.tell, c.fillDown
	opt.Villages = func(name string) (string, bool) {
		fits := assets.MatchVillages(street, name)
		if len(fits) != 1 {
			return "", false
		}
		return fits[0].Code, true
	}
	if c.mapping != "" {
		f, err := os.Open(c.mapping)
		if err != nil {
			return roster.Book{}, record.Fail(record.CodeFileUnread, baseName(c.mapping)).Because(err)
		}
		defer func() { _ = f.Close() }()
		if opt.Mapping, err = roster.LoadMapping(f); err != nil {
			var own *record.Error
			if !errors.As(err, &own) {
				err = record.Fail(record.CodeFileUnread, baseName(c.mapping)).Because(err)
			}
			return roster.Book{}, err
		}
	}
	return roster.Read(k.ctx, source, opt)
}

// giveBack writes the rows that were not taken as a workbook like theirs, and
// gives its name; "" when none was asked for or no row was left out.
func (c *importRoster) giveBack(k *call, source roster.Source, book roster.Book, plan record.Plan) (string, error) {
	reasons := map[roster.At]string{}
	for i := range plan.Len() {
		if v := plan.Verdict(i); v == record.VerdictError || v == record.VerdictConflict {
			d := plan.At(i)
			book.Drafts = append(book.Drafts, d.Draft)
			reasons[roster.At{Sheet: d.Draft.Sheet, Row: d.Draft.Row}] = reasonOf(d)
		}
	}
	if c.errors == "" || len(reasons) == 0 {
		return "", nil
	}
	if !strings.EqualFold(c.errors[max(0, len(c.errors)-5):], ".xlsx") {
		return "", usage("--errors 的文件名要以 .xlsx 结尾")
	}
	n := store.Note{Action: store.ActionExport, Subject: "import errors", Detail: plan.SHA256}
	_, err := k.paper(c.errors, n, func(w io.Writer, _ string) error {
		return roster.WriteErrors(w, source, book, reasons)
	})
	return c.errors, err
}
