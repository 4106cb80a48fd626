package store_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// The fault tests: the disk, the power and the process fail at moments chosen
// by a seed, and nothing that was acknowledged may be gone. `go test` runs a
// short form; `make faults` the long one, which prints its figures.
var (
	faultsLong = flag.Bool("faults", false, "run the fault tests in their long form")
	faultSeed  = flag.Uint64("faultseed", 20261020, "seed of the fault tests")
)

// scaled is the size of a fault test.
func scaled(short, long int) int {
	if *faultsLong {
		return long
	}
	return short
}

// figure prints a result of the long run.
func figure(t *testing.T, format string, args ...any) {
	t.Helper()
	text := fmt.Sprintf("faults: "+format, args...)
	t.Log(text)
	if *faultsLong {
		if _, err := fmt.Fprintln(os.Stderr, text); err != nil {
			t.Error(err)
		}
	}
}

// some are about most of the numbers 1 to n, spread evenly, with the first and
// the last; all of them in the long form.
func some(n, most int) []int {
	if *faultsLong || n <= most {
		most = n
	}
	var out []int
	for i := range most {
		at := 1
		if most > 1 {
			at = 1 + i*(n-1)/(most-1)
		}
		out = append(out, at)
	}
	return out
}

// coded reports an error that a clerk could be told about.
func coded(err error) bool { return record.CodeOf(err) != record.CodeInternal }

// tally counts what a fault test finds.
type tally struct {
	corrupt, lost []string
}

func (c *tally) isCorrupt(format string, args ...any) {
	c.corrupt = append(c.corrupt, fmt.Sprintf(format, args...))
}

func (c *tally) isLost(format string, args ...any) {
	c.lost = append(c.lost, fmt.Sprintf(format, args...))
}

func (c *tally) clean() bool { return len(c.corrupt)+len(c.lost) == 0 }

func (c *tally) String() string {
	return "corrupt: " + strings.Join(c.corrupt, "; ") + " | lost: " + strings.Join(c.lost, "; ")
}
