package roster

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// mangling is one way in which a number is ruined on its way into a roster.
type mangling struct {
	name string
	// ruin gives the cell; nil when this number cannot be ruined this way.
	ruin func(r *rand.Rand, id string) any
	want record.Code // "" when the number must be recovered
}

func text(f func(id string) string) func(*rand.Rand, string) any {
	return func(_ *rand.Rand, id string) any { return f(id) }
}

// allDigits makes a cell of a number that ends with a digit.
func allDigits(f func(id string) any) func(*rand.Rand, string) any {
	return func(_ *rand.Rand, id string) any {
		if strings.HasSuffix(id, "X") {
			return nil
		}
		return f(id)
	}
}

func asFloat(id string) float64 {
	f, err := strconv.ParseFloat(id, 64)
	if err != nil {
		panic(err) // the caller gives digits
	}
	return f
}

func manglings() []mangling {
	insert := func(s string, at int, with string) string { return s[:at] + with + s[at:] }
	return []mangling{
		{"spaces", text(func(id string) string { return " " + insert(insert(id, 14, " "), 6, "　") + " " }), ""},
		{"apostrophe", text(func(id string) string { return "'" + id }), ""},
		{"no-break space", text(func(id string) string { return "\u00a0" + id + "\u00a0" }), ""},
		{"zero width", text(func(id string) string { return insert(id, 9, "\u200b") + "\ufeff" }), ""},
		{"full width", text(func(id string) string {
			return strings.Map(func(r rune) rune { return r + 0xFEE0 }, id)
		}), ""},
		{"dashes", text(func(id string) string { return insert(insert(id, 14, "-"), 6, "-") }), ""},
		{"line break", text(func(id string) string { return insert(id, 12, "\n") }), ""},
		{"small x", func(_ *rand.Rand, id string) any {
			if !strings.HasSuffix(id, "X") {
				return nil
			}
			return strings.ToLower(id)
		}, ""},
		{"15 digits", func(_ *rand.Rand, id string) any {
			if id[6:8] != "19" {
				return nil
			}
			return id[:6] + id[8:17]
		}, ""},
		{"cut by Excel", allDigits(func(id string) any { return num(id[:15] + "000") }), record.CodeIDDigitsLost},
		{"cut by Excel, exponent", allDigits(func(id string) any { return num(id[:1] + "." + id[1:15] + "E+17") }), record.CodeIDDigitsLost},
		{"float in full", allDigits(func(id string) any { return num(strconv.FormatFloat(asFloat(id), 'f', 0, 64)) }), record.CodeIDDigitsLost},
		{"float, fewest digits", allDigits(func(id string) any { return num(strconv.FormatFloat(asFloat(id), 'f', -1, 64)) }), record.CodeIDDigitsLost},
		{"float, exponent", allDigits(func(id string) any { return num(strconv.FormatFloat(asFloat(id), 'e', 16, 64)) }), record.CodeIDDigitsLost},
		{"float as text", allDigits(func(id string) any { return strconv.FormatFloat(asFloat(id), 'E', 14, 64) }), record.CodeIDDigitsLost},
		{"shown as text", allDigits(func(id string) any { return fmt.Sprintf("%.5E", asFloat(id)) }), record.CodeIDDigitsLost},
		{"masked", text(func(id string) string { return id[:6] + "********" + id[14:] }), record.CodeIDMasked},
		{"a digit lost", func(r *rand.Rand, id string) any { i := r.IntN(18); return id[:i] + id[i+1:] }, record.CodeIDLength},
		{"a digit too many", func(r *rand.Rand, id string) any { return insert(id, r.IntN(17), strconv.Itoa(r.IntN(10))) }, record.CodeIDLength},
		{"a digit mistyped", func(r *rand.Rand, id string) any {
			i := 14 + r.IntN(3)
			return id[:i] + string('0'+(id[i]-'0'+byte(1+r.IntN(9)))%10) + id[i+1:]
		}, record.CodeIDChecksum},
		{"two digits changed places", func(_ *rand.Rand, id string) any {
			if id[15] == id[16] {
				return nil
			}
			return id[:15] + id[16:17] + id[15:16] + id[17:]
		}, record.CodeIDChecksum},
		{"a letter O", func(_ *rand.Rand, id string) any {
			if !strings.Contains(id, "0") {
				return nil
			}
			return strings.Replace(id, "0", "O", 1)
		}, record.CodeIDCharacters},
		{"a Cyrillic letter", text(func(id string) string { return id[:17] + "Х" }), record.CodeIDCharacters},
	}
}

const mangledIDs = 300

type mangledID struct {
	kind string
	cell any
	id   record.IDNumber
	want record.Code
}

// mangle makes the numbers of the corpus; a seed always makes the same.
func mangle() []mangledID {
	r := rand.New(rand.NewPCG(2026, 1123))
	kinds := manglings()
	var out []mangledID
	for i := 0; len(out) < mangledIDs; i++ {
		id := testID(r.IntN(90_000))
		kind := kinds[i%len(kinds)]
		if cell := kind.ruin(r, id); cell != nil {
			out = append(out, mangledID{kind.name, cell, record.IDNumber(id), kind.want})
		}
	}
	return out
}

// goldenLine is a number of the corpus as the list keeps it.
func goldenLine(m mangledID) string {
	cell, kind := fmt.Sprintf("%q", m.cell), "text"
	if n, ok := m.cell.(num); ok {
		cell, kind = string(n), "number"
	}
	return strings.Join([]string{m.kind, kind, cell, string(m.id), string(m.want)}, "\t")
}

// TestMangledIDs: of 300 ruined numbers no wrong one is written, each that can
// be recovered is, and each of the others waits with the reason, the first 15
// digits of those that a float has ruined with it. Every number stands in a
// sheet of its own, beside none that would tell how its writer writes.
func TestMangledIDs(t *testing.T) {
	golden, err := os.ReadFile("testdata/mangled.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(golden), "\n"), "\n")
	wrong, recovered, queued := 0, 0, 0
	for i, m := range mangle() {
		if i >= len(lines) || lines[i] != goldenLine(m) {
			t.Fatalf("number %d is not the one of the list", i+1)
		}
		d := one(t, twoHeads, []any{"王建国", m.cell})
		got := d.Volunteer.IDNumber
		switch {
		case got != "" && got != m.id:
			wrong++
			t.Errorf("%d, %s: a wrong number was taken", i+1, m.kind)
		case m.want == "" && got == m.id:
			recovered++
		case m.want == "":
			t.Errorf("%d, %s: not recovered: %v", i+1, m.kind, d.Problems)
		case !d.Problems.Errors().Has(m.want):
			t.Errorf("%d, %s: %v, want %s", i+1, m.kind, d.Problems, m.want)
		default:
			queued++
		}
		if m.want == record.CodeIDDigitsLost && m.kind != "shown as text" && !d.MayMean(m.id) {
			t.Errorf("%d, %s: %q is left", i+1, m.kind, d.IDPrefix)
		}
	}
	t.Logf("%d wrong, %d recovered, %d wait for a person", wrong, recovered, queued)
	if len(lines) != mangledIDs || wrong+recovered+queued != mangledIDs {
		t.Errorf("%d lines, %d numbers told", len(lines), wrong+recovered+queued)
	}
}

// TestManyFloats: of 20,000 numbers that went through a float, alone or in a
// column of their own kind, not one is taken for a number.
func TestManyFloats(t *testing.T) {
	for _, verb := range []struct {
		name  string
		write func(float64) any
	}{
		{"in full", func(f float64) any { return num(strconv.FormatFloat(f, 'f', 0, 64)) }},
		{"fewest digits", func(f float64) any { return num(strconv.FormatFloat(f, 'f', -1, 64)) }},
		{"cut", func(f float64) any { return num(strconv.FormatFloat(f, 'f', 0, 64)[:15] + "000") }},
		{"text of fewest digits", func(f float64) any { return strconv.FormatFloat(f, 'f', -1, 64) }},
	} {
		t.Run(verb.name, func(t *testing.T) {
			rows := [][]any{twoHeads}
			for i := 0; len(rows) <= 5000; i++ {
				if id := testID(i); !strings.HasSuffix(id, "X") {
					rows = append(rows, []any{"王建国", verb.write(asFloat(id))})
				}
			}
			for _, d := range mustRead(t, bookOf(t, rows)).Drafts {
				if d.Volunteer.IDNumber != "" {
					t.Fatalf("row %d: %s was taken", d.Row, record.MaskID(string(d.Volunteer.IDNumber)))
				}
			}
		})
	}
}

// TestExactNumbers: beside numbers that no float prints, those that one could
// print are believed; alone, or beside a broken one, they wait for a person.
func TestExactNumbers(t *testing.T) {
	var exact, doubtful []string
	for i := 0; len(doubtful) < 5 || len(exact) < 5; i++ {
		switch id := testID(i); {
		case strings.HasSuffix(id, "X"):
		case floatPrint(id):
			doubtful = append(doubtful, id)
		default:
			exact = append(exact, id)
		}
	}
	broken := strconv.FormatFloat(asFloat(exact[0]), 'f', 0, 64)
	for _, c := range []struct {
		name  string
		cells []string
		taken int
	}{
		{"doubtful alone", doubtful[:3], 0},
		{"exact", exact[:3], 3},
		{"doubtful beside exact", []string{doubtful[0], exact[0], doubtful[1], exact[1]}, 4},
		{"doubtful beside exact and broken", []string{doubtful[0], exact[1], broken}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := [][]any{twoHeads}
			for _, text := range c.cells {
				rows = append(rows, []any{"王建国", num(text)})
			}
			taken := 0
			for i, d := range mustRead(t, bookOf(t, rows)).Drafts {
				if id := string(d.Volunteer.IDNumber); id == c.cells[i] {
					taken++
				} else if id != "" || d.IDPrefix == "" {
					t.Errorf("row %d: %v, %q is left", d.Row, d.Problems, d.IDPrefix)
				}
			}
			if taken != c.taken {
				t.Errorf("%d taken, want %d", taken, c.taken)
			}
		})
	}
}
