package roster

import (
	"context"
	"os"
	"slices"
	"testing"
)

// Samples are values of each column from below the heads; of the column of
// units there are none.
func TestSamples(t *testing.T) {
	for _, name := range []string{"整齐花名册", "街道花名册"} {
		f, err := os.Open("testdata/" + name + ".xlsx")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		st, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		src := Source{Name: name, Size: st.Size(), ReaderAt: f}
		book, err := Read(context.Background(), src, Options{Today: "2026-10-20"})
		if err != nil {
			t.Fatal(err)
		}
		sheet := book.Sheets[0]
		got, err := Samples(context.Background(), src, sheet, 3)
		if err != nil {
			t.Fatal(err)
		}
		for letter, field := range sheet.Mapping {
			if field == fieldName && (len(got[letter]) != 3 || !slices.Contains(got[letter], book.Drafts[0].Volunteer.Name)) {
				t.Errorf("%s: names %v", name, got[letter])
			}
		}
		for _, note := range sheet.Notes {
			if note.Code == "sensitive" && len(got[note.Args[1]]) > 0 {
				t.Errorf("%s: samples of a column that may be secret", name)
			}
		}
	}
}
