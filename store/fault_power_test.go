package store_test

import (
	"testing"
)

// cuts lets the power go n times in the life of stations and reports what was
// corrupt and what was lost.
func cuts(t *testing.T, n int, synchronous string) (total tally, losing int) {
	t.Helper()
	const perStation = 20
	for from := 0; from < n; from += perStation {
		seed := *faultSeed + uint64(from)
		s := newShaken(t, seed, synchronous)
		for cut := range min(perStation, n-from) {
			// A change of the log costs some ten changes of the disk.
			s.disk.CutAt(1 + s.rng.IntN(120))
			for quiet := 1 + s.rng.IntN(12); quiet > 0 && !s.disk.Off(); quiet-- {
				if err := s.work(); err != nil && !s.disk.Off() {
					t.Fatalf("seed %d, cut %d: %v", seed, cut, err)
				}
			}
			s.cutAndReturn()
			found := s.judge()
			if !found.clean() {
				total.corrupt, total.lost = append(total.corrupt, found.corrupt...), append(total.lost, found.lost...)
				if synchronous == "FULL" {
					t.Errorf("seed %d, cut %d: %s", seed, cut, found)
				}
			}
			if len(found.lost) > 0 {
				losing++
			}
			if len(found.corrupt) > 0 {
				break
			}
			s.resync()
		}
	}
	return total, losing
}

// TestFaultPowerCuts: at 1,000 cuts nothing is corrupt and nothing that was
// acknowledged is lost; and the same cuts do lose changes where SQLite is told
// to sync less, so that the harness is known to see a loss.
func TestFaultPowerCuts(t *testing.T) {
	control := scaled(20, 200)
	_, losing := cuts(t, control, "NORMAL")
	if losing == 0 {
		t.Fatalf("the control lost nothing in %d cuts: the harness is blind", control)
	}
	n := scaled(60, 1200)
	total, _ := cuts(t, n, "FULL")
	figure(t, "%d cuts, %d corrupt, %d lost; control: lost in %d of %d", n, len(total.corrupt), len(total.lost), losing, control)
}
