package photo

import (
	"image"
	"math"
	"math/bits"
	"slices"

	xdraw "golang.org/x/image/draw"
)

// A mark is the signs of the lowest 63 frequencies of a picture of 32 × 32 grey
// points against their median: it stays nearly the same when the picture is made
// smaller, lighter or saved again. A part that somebody cut out has marks of its
// own, so marks of parts are kept too.
const (
	markEdge = 32
	markLow  = 8
	// near is how many of 64 signs may differ between a picture and its copy.
	near = 10
)

// parts are the shares of the edge that are kept of a picture, in the middle,
// at the corners and at the edges.
var parts = []float64{0.94, 0.88, 0.82, 0.76}

// marks are those of the whole picture, which stands first, and of its parts.
func marks(img image.Image) []uint64 {
	// Points of a small copy are enough, and quick.
	small := fitted(img, 256)
	b := small.Bounds()
	out := []uint64{markOf(small, b)}
	for _, share := range parts {
		w, h := int(float64(b.Dx())*share), int(float64(b.Dy())*share)
		dx, dy := b.Dx()-w, b.Dy()-h
		for _, at := range []image.Point{{dx / 2, dy / 2}, {0, 0}, {dx, 0}, {0, dy}, {dx, dy}, {dx / 2, 0}, {dx / 2, dy}, {0, dy / 2}, {dx, dy / 2}} {
			out = append(out, markOf(small, image.Rect(at.X, at.Y, at.X+w, at.Y+h)))
		}
	}
	return out
}

// Alike reports whether one picture is the other, or cut out of it.
func Alike(a, b []uint64) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	return slices.ContainsFunc(a, func(m uint64) bool { return closeTo(m, b[0]) }) ||
		slices.ContainsFunc(b, func(m uint64) bool { return closeTo(m, a[0]) })
}

func closeTo(a, b uint64) bool { return bits.OnesCount64(a^b) <= near }

func markOf(img image.Image, part image.Rectangle) uint64 {
	grey := image.NewGray(image.Rect(0, 0, markEdge, markEdge))
	xdraw.BiLinear.Scale(grey, grey.Bounds(), img, part, xdraw.Src, nil)
	low := lowest(grey)
	ordered := slices.Clone(low)
	slices.Sort(ordered)
	median := (ordered[len(ordered)/2-1] + ordered[len(ordered)/2]) / 2
	var out uint64
	for i, v := range low {
		if v > median {
			out |= 1 << i
		}
	}
	return out
}

// lowest are the lowest frequencies of the cosine transform of the grey points,
// without the mean.
func lowest(grey *image.Gray) []float64 {
	var rows [markEdge][markLow + 1]float64
	for y := range markEdge {
		for u := range markLow + 1 {
			for x := range markEdge {
				rows[y][u] += float64(grey.Pix[y*grey.Stride+x]) * wave(x, u)
			}
		}
	}
	out := make([]float64, 0, markLow*markLow)
	for v := range markLow {
		for u := range markLow {
			if u == 0 && v == 0 {
				u, v := markLow, 0 // in place of the mean
				out = append(out, column(&rows, u, v))
				continue
			}
			out = append(out, column(&rows, u, v))
		}
	}
	return out
}

func column(rows *[markEdge][markLow + 1]float64, u, v int) float64 {
	sum := 0.0
	for y := range markEdge {
		sum += rows[y][u] * wave(y, v)
	}
	return sum
}

func wave(at, frequency int) float64 {
	return math.Cos(math.Pi * (2*float64(at) + 1) * float64(frequency) / (2 * markEdge))
}
