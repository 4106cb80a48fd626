package roster

import (
	"context"
	"errors"
	"slices"

	"rongyuan/store/record"
)

// sampleRows is how far down a sheet samples are looked for.
const sampleRows = 200

// Samples gives up to n different values of each column of a sheet, by letter,
// from below its heads: what a person looks at to say what a column means. Of a
// column that may be secret there are none.
func Samples(ctx context.Context, src Source, sheet Sheet, n int) (map[string][]string, error) {
	files, err := openTables(src)
	if err != nil {
		return nil, err
	}
	part, has := (&rejects{wb: files}).part(sheet.Name)
	if !has || len(sheet.HeaderRows) == 0 {
		return nil, record.Fail(record.CodeNoSheet, sheet.Name)
	}
	secret := map[string]bool{}
	for _, note := range sheet.Notes {
		if note.Code == record.CodeSensitive && len(note.Args) > 1 {
			secret[note.Args[1]] = true
		}
	}
	s := sampler{out: map[string][]string{}, most: n, below: sheet.HeaderRows[len(sheet.HeaderRows)-1], secret: secret}
	if _, err := files.scan(ctx, part, s.take); err != nil && !errors.Is(err, errEnough) && s.rows < sampleRows {
		return nil, err
	}
	return s.out, nil
}

type sampler struct {
	out         map[string][]string
	most, below int
	rows        int
	secret      map[string]bool
}

func (s *sampler) take(r *row) error {
	if r.num <= s.below {
		return nil
	}
	if s.rows++; s.rows >= sampleRows {
		return errEnough
	}
	for _, c := range r.cells {
		letter, text := Letters(c.col), visible(c.said())
		had := s.out[letter]
		if text == "" || s.secret[letter] || len(had) >= s.most || slices.Contains(had, text) {
			continue
		}
		s.out[letter] = append(had, text)
	}
	return nil
}
