package reports

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rongyuan/store/record"
)

// formCase is a template of testdata/forms and what is true of it. The truth is
// written by hand: where which value belongs, not what the program says.
type formCase struct {
	File, Writer, Features string
	Tables                 []struct {
		Sheet, Kind, Who string
		First, Step      int
		Names            map[string]int
		Columns          map[string]string
	}
	Cells, Sums map[string]string
	Told        []record.Code
}

func formCases(t testing.TB) []formCase {
	t.Helper()
	raw, err := os.ReadFile("testdata/forms/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []formCase
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func openForm(t testing.TB, raw []byte) *Form {
	t.Helper()
	f, err := OpenForm(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestForms(t *testing.T) {
	world := newFormWorld()
	writers, results := map[string]int{}, map[string][]byte{}
	for _, c := range formCases(t) {
		writers[c.Writer]++
		t.Run(c.File, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join("testdata/forms", c.File))
			if err != nil {
				t.Fatal(err)
			}
			f := openForm(t, raw)
			mapping := f.Suggest()
			if len(c.Tables) > 0 {
				mapping.Parts[0].Who = c.Tables[0].Who
			}
			var out bytes.Buffer
			done, err := f.Fill(&out, FormFill{Source: world.source, Mapping: mapping})
			if err != nil {
				t.Fatal(err)
			}
			want := world.expected(c)
			for _, p := range done.Problems {
				if !slices.Contains(c.Told, p.Code) {
					t.Errorf("told %s %v", p.Code, p.Args)
				}
			}
			for _, code := range c.Told {
				if !done.Problems.Has(code) {
					t.Errorf("%s is not told", code)
				}
			}
			if done.Cells != len(want) {
				t.Errorf("%d cells were written, want %d", done.Cells, len(want))
			}
			checkUntouched(t, raw, out.Bytes(), want)
			checkParts(t, raw, out.Bytes())
			results[c.File] = out.Bytes()
			if openForm(t, raw).Fingerprint() != f.Fingerprint() {
				t.Error("the fingerprint changes")
			}
		})
	}
	computed := recalculated(t, results)
	for _, c := range formCases(t) {
		checkRecalculated(t, c, results[c.File], computed[c.File])
	}
	for _, writer := range []string{"openpyxl", "exceljs", "libreoffice", "excelize"} {
		if writers[writer] < 2 {
			t.Errorf("%d templates of %s", writers[writer], writer)
		}
	}
}

// checkUntouched reads both workbooks with another reader: the filled cells
// hold what they should, every other one the value, the formula and the style
// that it had.
func checkUntouched(t *testing.T, before, after []byte, want map[string]any) {
	t.Helper()
	a, b := excel(t, before), excel(t, after)
	if !slices.Equal(a.GetSheetList(), b.GetSheetList()) {
		t.Fatal("other sheets")
	}
	seen := 0
	for place, sheet := range a.GetSheetList() {
		rows, cols := extent(t, a, sheet)
		covered := coveredCells(t, a, sheet)
		own := openForm(t, before).sheets[place].lastRow()
		moreRows, moreCols := extent(t, b, sheet)
		for row := 1; row <= max(rows, moreRows); row++ {
			for col := 1; col <= max(cols, moreCols); col++ {
				cell := cellName(col-1, row)
				if value, filled := want[sheet+"!"+cell]; filled {
					seen++
					checkFilled(t, b, sheet, cell, value)
				} else if !covered[cell] { // the reader gives a covered cell the value of the first
					sameCell(t, a, b, sheet, cell)
				}
				// A new row looks like the one before it.
				if x, y := styleOf(t, a, sheet, cell), styleOf(t, b, sheet, cell); x != y && row <= own {
					t.Errorf("%s!%s: style %d became %d", sheet, cell, x, y)
				}
			}
		}
		x, errX := a.GetMergeCells(sheet)
		y, errY := b.GetMergeCells(sheet)
		if errX != nil || errY != nil || len(x) != len(y) {
			t.Errorf("%s: %d merged areas became %d", sheet, len(x), len(y))
		}
	}
	if seen != len(want) {
		t.Errorf("%d of %d filled cells were looked at", seen, len(want))
	}
}

// coveredCells are the cells of merged areas but the first of each.
func coveredCells(t *testing.T, f *excelize.File, sheet string) map[string]bool {
	t.Helper()
	all, err := f.GetMergeCells(sheet)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, one := range all {
		whole, ok := readArea(one.GetStartAxis() + ":" + one.GetEndAxis())
		if !ok {
			t.Fatalf("%s is no area", one.GetStartAxis())
		}
		for row := whole.top; row <= whole.bottom; row++ {
			for col := whole.left; col <= whole.right; col++ {
				out[cellName(col-1, row)] = row != whole.top || col != whole.left
			}
		}
	}
	return out
}

func excel(t *testing.T, raw []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func extent(t *testing.T, f *excelize.File, sheet string) (rows, cols int) {
	t.Helper()
	all, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all {
		cols = max(cols, len(row))
	}
	return max(len(all), 25), max(cols, 14)
}

func sameCell(t *testing.T, a, b *excelize.File, sheet, cell string) {
	t.Helper()
	x, errX := a.GetCellFormula(sheet, cell)
	y, errY := b.GetCellFormula(sheet, cell)
	if errX != nil || errY != nil || x != y {
		t.Errorf("%s!%s: formula %q became %q", sheet, cell, x, y)
	}
	v, errX := a.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	w, errY := b.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if x != "" {
		v = "" // what a formula had computed is stale, and goes
	}
	if errX != nil || errY != nil || v != w {
		t.Errorf("%s!%s: %q became %q", sheet, cell, v, w)
	}
}

func styleOf(t *testing.T, f *excelize.File, sheet, cell string) int {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// checkFilled holds a cell against a text or a number, of its type as well.
func checkFilled(t *testing.T, f *excelize.File, sheet, cell string, want any) {
	t.Helper()
	got, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	kind, errKind := f.GetCellType(sheet, cell)
	if err != nil || errKind != nil {
		t.Fatal(err, errKind)
	}
	switch want := want.(type) {
	case string:
		if got != want || kind != excelize.CellTypeInlineString {
			t.Errorf("%s!%s: %q of type %d, want the text %q", sheet, cell, got, kind, want)
		}
	case float64:
		n, err := strconv.ParseFloat(got, 64)
		if err != nil || math.Abs(n-want) > 0.00501 || kind != excelize.CellTypeUnset {
			t.Errorf("%s!%s: %q of type %d, want the number %v", sheet, cell, got, kind, want)
		}
	}
}

var (
	rowsOfSheet = regexp.MustCompile(`(?s)<(x:)?sheetData.*</(x:)?sheetData>|<(x:)?sheetData\s*/>`)
	reachOf     = regexp.MustCompile(`<dimension ref="[^"]*"`)
	calcOfBook  = regexp.MustCompile(`<calcPr[^>]*>(</calcPr>)?`)
)

// checkParts compares the archives byte by byte: of the sheets nothing but the
// rows differs, of the workbook nothing but its wish to be computed, of
// everything else nothing.
func checkParts(t *testing.T, before, after []byte) {
	t.Helper()
	a, b := partsOf(t, before), partsOf(t, after)
	if len(a) != len(b) {
		t.Fatalf("%d parts became %d", len(a), len(b))
	}
	for name, x := range a {
		y, has := b[name]
		switch {
		case !has:
			t.Errorf("%s is gone", name)
		case strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml"):
			for _, cut := range []*regexp.Regexp{rowsOfSheet, reachOf} {
				x, y = cut.ReplaceAllString(x, "<>"), cut.ReplaceAllString(y, "<>")
			}
			if x != y {
				t.Errorf("%s differs outside its rows", name)
			}
		case name == "xl/workbook.xml":
			if !strings.Contains(y, `fullCalcOnLoad="1"`) {
				t.Error("the workbook does not ask to be computed")
			}
			if x, y = calcOfBook.ReplaceAllString(x, ""), calcOfBook.ReplaceAllString(y, ""); x != y {
				t.Errorf("%s differs", name)
			}
		case x != y:
			t.Errorf("%s differs", name)
		}
	}
}

func partsOf(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}

// checkRecalculated adds the filled cells up and holds the totals of the form
// against it: as LibreOffice computes them where it is installed, else as
// excelize does.
func checkRecalculated(t *testing.T, c formCase, filled, computed []byte) {
	t.Helper()
	f := excel(t, filled)
	for at, of := range c.Sums {
		sheet, cell, _ := strings.Cut(at, "!")
		source := sheet
		if other, area, _ := strings.Cut(of, ":"); strings.Count(of, ":") == 2 {
			source, of = other, area
		}
		want := added(t, f, source, of)
		var text string
		var err error
		if computed != nil {
			text, err = excel(t, computed).GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		} else {
			text, err = f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		}
		got, bad := strconv.ParseFloat(text, 64)
		if err != nil || bad != nil || math.Abs(got-want) > 0.01 || want == 0 {
			t.Errorf("%s: %s is computed as %q, want %v (%v)", c.File, at, text, want, err)
		}
	}
	if computed == nil {
		return
	}
	f = excel(t, computed)
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for _, text := range row {
				if strings.HasPrefix(text, "#") || strings.HasPrefix(text, "Err:") {
					t.Errorf("%s: %s row %d is computed as %s", c.File, sheet, i+1, text)
				}
			}
		}
	}
}

// added is the sum of a column; what is covered by a merged cell counts once.
func added(t *testing.T, f *excelize.File, sheet, of string) (sum float64) {
	t.Helper()
	whole, ok := readArea(of)
	if !ok {
		t.Fatalf("%s is no area", of)
	}
	covered := coveredCells(t, f, sheet)
	for row := whole.top; row <= whole.bottom; row++ {
		cell := cellName(whole.left-1, row)
		text, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		n, _ := strconv.ParseFloat(text, 64) // what is empty counts nothing
		if !covered[cell] {
			sum += n
		}
	}
	return sum
}

// recalculated lets LibreOffice open the filled forms, compute them and save
// them, all in one run; none where it is not installed.
func recalculated(t *testing.T, filled map[string][]byte) map[string][]byte {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Log("LibreOffice is not installed: the totals are computed by excelize alone")
		return nil
	}
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in"), filepath.Join(dir, "out")
	if err := os.Mkdir(in, 0o700); err != nil {
		t.Fatal(err)
	}
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", out}
	for name, raw := range filled {
		path := filepath.Join(in, name)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	if text, err := exec.CommandContext(t.Context(), office, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	computed := map[string][]byte{}
	for name := range filled {
		if computed[name], err = os.ReadFile(filepath.Join(out, name)); err != nil {
			t.Errorf("LibreOffice does not open it: %v", err)
		}
	}
	return computed
}
