package roster

import (
	"context"
	"path"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// workbook is what the parts beside the sheets say.
type workbook struct {
	files    *archive
	sheets   []sheetPart
	date1904 bool // serial day 0 is 1904-01-01, as on old Macintoshes
	styles   []numberStyle
	strings  *sharedStrings
}

// sheetPart is one sheet of the workbook's list.
type sheetPart struct {
	name   string
	path   string // "" for charts, dialogs and macro sheets
	hidden bool
}

// maxSheets is far above the 30 communities that a large street has.
const maxSheets = 200

func openWorkbook(src Source) (*workbook, error) {
	files, err := openArchive(src)
	if err != nil {
		return nil, err
	}
	b := &workbook{files: files}
	main, err := b.mainPart()
	if err != nil {
		return nil, err
	}
	links, err := b.relations(main)
	if err != nil {
		return nil, err
	}
	if err := b.readMain(main, links); err != nil {
		return nil, err
	}
	if err := b.readStyles(links.of("styles")); err != nil {
		return nil, err
	}
	b.strings, err = readStrings(files, links.of("sharedStrings"))
	return b, err
}

// list gives the sheets. One that is named and missing stays in the list only
// when it matters: the scan of a visible one then says that the file is cut.
func (b *workbook) list() []sheetPart { return b.sheets }

func (b *workbook) size(s sheetPart) int64 { return b.files.size(s.path) }

func (b *workbook) tell(told func(n int)) { b.files.tell = told }

func (b *workbook) from1904() bool { return b.date1904 }

// scan reads a sheet and refuses it when it is cut, broken or out of bounds.
// The refusal names the last row that was whole.
func (b *workbook) scan(ctx context.Context, s sheetPart, visit func(*row) error) (shape, error) {
	if !b.files.has(s.path) {
		return shape{}, record.Fail(record.CodeWorkbookCut)
	}
	r, err := b.files.open(s.path, maxSheet)
	if err != nil {
		return shape{}, err
	}
	defer func() { _ = r.Close() }()
	sc := &sheetScan{x: newXMLReader(r), book: b, visit: visit, ctx: ctx}
	err = sc.run()
	return sc.shape, cutAfter(err, sc.last, s.name)
}

// cutAfter names the last whole row and the sheet in the refusal of a damaged
// one.
func cutAfter(err error, last int, sheet string) error {
	if record.CodeOf(err) != record.CodeSheetDamaged {
		return err
	}
	return record.Fail(record.CodeSheetDamaged, strconv.Itoa(last), sheet).Because(err)
}

// mainPart finds the part that lists the sheets, by the archive's own
// relations or at its usual place.
func (b *workbook) mainPart() (string, error) {
	links, err := b.relations("")
	if err != nil {
		return "", err
	}
	for _, name := range []string{links.of("officeDocument"), "xl/workbook.xml"} {
		if strings.HasSuffix(name, ".bin") {
			return "", record.Fail(record.CodeBinaryWorkbook)
		}
		if name != "" && b.files.has(name) {
			return name, nil
		}
	}
	if b.files.has("content.xml") && b.files.has("mimetype") {
		return "", record.Fail(record.CodeOpenDocument)
	}
	return "", record.Fail(record.CodeNotWorkbook)
}

// link is one relation of a part to another.
type link struct{ id, kind, target string }

type links []link

// of is the target of the first relation of a kind.
func (l links) of(kind string) string {
	for _, one := range l {
		if one.kind == kind {
			return one.target
		}
	}
	return ""
}

func (l links) byID(id string) link {
	for _, one := range l {
		if one.id == id {
			return one
		}
	}
	return link{}
}

// relations reads what a part refers to. Links out of the file are left out:
// nothing is ever fetched.
func (b *workbook) relations(name string) (links, error) {
	dir, file := path.Split(name)
	rels := dir + "_rels/" + file + ".rels"
	if !b.files.has(rels) {
		return nil, nil
	}
	var out links
	err := b.each(rels, func(x *xmlReader) error {
		if string(x.name) != "Relationship" {
			return nil
		}
		mode, _ := x.attr("TargetMode")
		target, _ := x.attr("Target")
		if mode == "External" {
			return nil
		}
		if strings.HasPrefix(target, "/") {
			target = target[1:]
		} else {
			target = path.Join(dir, target)
		}
		id, _ := x.attr("Id")
		kind, _ := x.attr("Type")
		out = append(out, link{id, kind[strings.LastIndex(kind, "/")+1:], target})
		return nil
	})
	return out, err
}

// each calls visit at every start tag of a small part.
func (b *workbook) each(name string, visit func(*xmlReader) error) error {
	r, err := b.files.open(name, maxPart)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	x := newXMLReader(r)
	for {
		k, err := x.next()
		if err != nil || k == tokEOF {
			return err
		}
		if k != tokStart {
			continue
		}
		if err := visit(x); err != nil {
			return err
		}
	}
}

func (b *workbook) readMain(name string, to links) error {
	return b.each(name, func(x *xmlReader) error {
		switch string(x.name) {
		case "workbookPr":
			v, _ := x.attr("date1904")
			b.date1904 = yes(v)
		case "sheet":
			if len(b.sheets) == maxSheets {
				return record.Fail(record.CodeWorkbookBomb)
			}
			title, _ := x.attr("name")
			state, _ := x.attr("state")
			id := relationID(x)
			s := sheetPart{name: title, hidden: state == "hidden" || state == "veryHidden"}
			if to := to.byID(id); to.kind == "worksheet" {
				s.path = to.target
			}
			b.sheets = append(b.sheets, s)
		}
		return nil
	})
}

// relationID is the attribute r:id; sheetId, which has another meaning, ends
// the same way and stands without a prefix.
func relationID(x *xmlReader) string {
	for rest := x.attrs; ; {
		var key, value []byte
		if key, value, rest = nextAttr(rest); key == nil {
			return ""
		}
		if k := string(key); strings.HasSuffix(k, ":id") {
			return string(value)
		}
	}
}

func yes(v string) bool { return v == "1" || v == "true" || v == "on" }
