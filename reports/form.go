package reports

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"rongyuan/store/record"
)

// The limits of a form. A real one is a few pages; what is larger is none.
const (
	mostFormParts  = 2000
	mostFormBytes  = 64 << 20 // unpacked
	mostSheetBytes = 16 << 20
	mostFormCells  = 400_000
)

// Form is a workbook that a district has sent to be filled in. It is changed in
// place: a library that reads a workbook and writes it anew loses what it does
// not know, and of a form every cell that is not filled must stay as it was.
// So only the cells that are filled are written, into the XML of their sheets,
// and everything else is copied byte for byte.
type Form struct {
	files  []*zip.File
	book   part // xl/workbook.xml
	sheets []*gridSheet
	looks  []cellLook // by the number of a cell's style
	from04 bool       // serial day 0 is 1904-01-01
}

// part is a file of the archive, unpacked.
type part struct {
	name string
	xml  []byte
}

// OpenForm reads a form. What is no .xlsx, protected by a password, damaged or
// hostile is refused.
func OpenForm(src io.ReaderAt, size int64) (*Form, error) {
	head := make([]byte, 8)
	if n, err := src.ReadAt(head, 0); n == 0 && err != nil {
		if size == 0 {
			return nil, record.Fail(record.CodeFileEmpty)
		}
		return nil, record.Fail(record.CodeFileUnread).Because(err)
	}
	if bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}) {
		return nil, compoundForm(src, size)
	}
	if !bytes.HasPrefix(head, []byte("PK")) {
		return nil, record.Fail(record.CodeFormKind)
	}
	archive, err := zip.NewReader(src, size)
	if err != nil {
		return nil, record.Fail(record.CodeWorkbookCut).Because(err)
	}
	f := &Form{files: archive.File}
	if err := f.checkArchive(); err != nil {
		return nil, err
	}
	return f, f.load()
}

// compoundForm tells an old workbook from one that is locked by a password:
// both are compound files, and the second holds a stream of that name.
func compoundForm(src io.ReaderAt, size int64) error {
	b, err := io.ReadAll(io.NewSectionReader(src, 0, min(size, 4<<20)))
	if err != nil {
		return record.Fail(record.CodeFileUnread).Because(err)
	}
	name := strings.Join(strings.Split("EncryptedPackage", ""), "\x00")
	if bytes.Contains(b, []byte(name)) {
		return record.Fail(record.CodeWorkbookLocked)
	}
	return record.Fail(record.CodeFormKind)
}

func (f *Form) checkArchive() error {
	if len(f.files) > mostFormParts {
		return record.Fail(record.CodeWorkbookBomb)
	}
	total := uint64(0)
	for _, one := range f.files {
		if strings.Contains(one.Name, "..") || strings.HasPrefix(one.Name, "/") || strings.Contains(one.Name, `\`) {
			return record.Fail(record.CodeWorkbookHostile)
		}
		if one.Flags&1 != 0 {
			return record.Fail(record.CodeWorkbookLocked)
		}
		if total += one.UncompressedSize64; total > mostFormBytes {
			return record.Fail(record.CodeWorkbookBomb)
		}
	}
	return nil
}

func (f *Form) file(name string) *zip.File {
	for _, one := range f.files {
		if strings.EqualFold(one.Name, name) {
			return one
		}
	}
	return nil
}

// read unpacks a part; a part that is not there has no bytes.
func (f *Form) read(name string) (part, error) {
	file := f.file(name)
	if file == nil {
		return part{name: name}, nil
	}
	r, err := file.Open()
	if err != nil {
		return part{}, record.Fail(record.CodeWorkbookCut).Because(err)
	}
	b, err := io.ReadAll(io.LimitReader(r, mostSheetBytes+1))
	if closing := r.Close(); err == nil {
		err = closing
	}
	switch {
	case err != nil:
		return part{}, record.Fail(record.CodeWorkbookCut).Because(err)
	case len(b) > mostSheetBytes:
		return part{}, record.Fail(record.CodeWorkbookBomb)
	case bytes.Contains(b, []byte("<!DOCTYPE")), bytes.Contains(b, []byte("<!ENTITY")):
		return part{}, record.Fail(record.CodeWorkbookHostile)
	}
	return part{file.Name, b}, nil
}

// load reads the workbook, its styles and texts, and every sheet.
func (f *Form) load() error {
	main, err := f.mainPart()
	if err != nil {
		return err
	}
	if f.book, err = f.read(main); err != nil {
		return err
	}
	if len(f.book.xml) == 0 {
		return record.Fail(record.CodeFormKind)
	}
	links, err := f.links(f.book.name)
	if err != nil {
		return err
	}
	var texts []string
	for _, one := range links {
		switch path.Base(one.Type) {
		case "sharedStrings":
			if texts, err = f.texts(one.Target); err != nil {
				return err
			}
		case "styles":
			if err := f.styles(one.Target); err != nil {
				return err
			}
		}
	}
	return f.loadSheets(links, texts)
}

// link is a relation between two parts of the workbook.
type link struct {
	ID, Type, Target string
}

// mainPart is the name of the workbook's own part, mostly xl/workbook.xml.
func (f *Form) mainPart() (string, error) {
	links, err := f.links("")
	if err != nil {
		return "", err
	}
	for _, one := range links {
		if path.Base(one.Type) == "officeDocument" {
			return one.Target, nil
		}
	}
	return "", record.Fail(record.CodeFormKind)
}

// links are the relations of a part, with targets as names in the archive.
func (f *Form) links(of string) ([]link, error) {
	dir, base := path.Split(of)
	p, err := f.read(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil, err
	}
	var all struct {
		Relationship []struct {
			ID         string `xml:"Id,attr"`
			Type       string `xml:"Type,attr"`
			Target     string `xml:"Target,attr"`
			TargetMode string `xml:"TargetMode,attr"`
		}
	}
	if len(p.xml) > 0 {
		if err := xml.Unmarshal(p.xml, &all); err != nil {
			return nil, record.Fail(record.CodeWorkbookCut).Because(err)
		}
	}
	var out []link
	for _, r := range all.Relationship {
		target := r.Target
		if strings.HasPrefix(target, "/") {
			target = strings.TrimPrefix(target, "/")
		} else {
			target = path.Join(dir, target)
		}
		if r.TargetMode != "External" {
			out = append(out, link{r.ID, r.Type, target})
		}
	}
	return out, nil
}

// loadSheets reads the sheets in the order of the workbook; one without cells,
// a chart, keeps its place.
func (f *Form) loadSheets(links []link, texts []string) error {
	var book struct {
		Props struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := xml.Unmarshal(f.book.xml, &book); err != nil {
		return record.Fail(record.CodeSheetDamaged).Because(err)
	}
	f.from04 = book.Props.Date1904 == "1" || book.Props.Date1904 == "true"
	for _, one := range book.Sheets {
		s := &gridSheet{name: one.Name, hidden: one.State != "" && one.State != "visible", form: f}
		f.sheets = append(f.sheets, s)
		for _, l := range links {
			for _, a := range one.Attrs {
				if a.Name.Local == "id" && a.Value == l.ID && path.Base(l.Type) == "worksheet" {
					p, err := f.read(l.Target)
					if err != nil {
						return err
					}
					s.part = p
				}
			}
		}
		if len(s.part.xml) == 0 {
			continue
		}
		if err := s.parse(texts); err != nil {
			return err
		}
	}
	if len(f.sheets) == 0 {
		return record.Fail(record.CodeNoSheet)
	}
	return nil
}

// Fingerprint stands for the heads of the form: it is the same next month,
// whatever the title says of the period and however many rows there are.
func (f *Form) Fingerprint() string {
	sum := sha256.New()
	for _, s := range f.sheets {
		if s.hidden || len(s.part.xml) == 0 {
			continue
		}
		for _, one := range s.headTexts() {
			_, _ = io.WriteString(sum, one+"\x00") // a hash takes every byte
		}
		_, _ = io.WriteString(sum, "\x01")
	}
	return hex.EncodeToString(sum.Sum(nil)[:12])
}
