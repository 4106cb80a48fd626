package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"testing"

	xdraw "golang.org/x/image/draw"
)

// scene is an invented photo: ground, sky, and people and things as blobs.
func scene(seed uint64, w, h int) *image.RGBA {
	rng := rand.New(rand.NewPCG(seed, 29))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	horizon := h/3 + rng.IntN(h/3)
	sky, ground := shade(rng), shade(rng)
	for y := range h {
		for x := range w {
			c := sky
			if y > horizon {
				c = ground
			}
			n := uint8(rng.IntN(12))
			img.SetRGBA(x, y, color.RGBA{c.R/2 + uint8(y*100/h) + n, c.G/2 + uint8(x*60/w) + n, c.B/2 + n, 255})
		}
	}
	for range 14 + rng.IntN(20) {
		c := shade(rng)
		cx, cy, rx, ry := rng.IntN(w), rng.IntN(h), w/30+rng.IntN(w/7), h/20+rng.IntN(h/4)
		for y := max(cy-ry, 0); y < min(cy+ry, h); y++ {
			for x := max(cx-rx, 0); x < min(cx+rx, w); x++ {
				dx, dy := float64(x-cx)/float64(rx), float64(y-cy)/float64(ry)
				if math.Hypot(dx, dy) < 1 {
					img.SetRGBA(x, y, c)
				}
			}
		}
	}
	return img
}

func shade(rng *rand.Rand) color.RGBA {
	return color.RGBA{uint8(rng.IntN(256)), uint8(rng.IntN(256)), uint8(rng.IntN(256)), 255}
}

func asJPEG(t testing.TB, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withExif puts tags before a JPEG: orientation, original time, a position.
func withExif(raw []byte, orientation uint16, taken string) []byte {
	o := binary.BigEndian
	tiff := []byte("MM\x00\x2A\x00\x00\x00\x08")
	entry := func(tag, kind uint16, n, value uint32) {
		tiff = o.AppendUint16(tiff, tag)
		tiff = o.AppendUint16(tiff, kind)
		tiff = o.AppendUint32(tiff, n)
		tiff = o.AppendUint32(tiff, value)
	}
	tiff = o.AppendUint16(tiff, 3)
	entry(tagOrientation, 3, 1, uint32(orientation)<<16)
	entry(tagExif, 4, 1, 50)
	entry(tagPosition, 4, 1, 50)
	tiff = o.AppendUint32(tiff, 0)
	tiff = o.AppendUint16(tiff, 1)
	entry(tagOriginal, 2, 20, 68)
	tiff = o.AppendUint32(tiff, 0)
	tiff = append(tiff, taken+"\x00"...)
	body := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, o.AppendUint16(nil, uint16(len(body)+2))...)
	return append(append(out, body...), raw[2:]...)
}

func TestKeepShrinksAndForgetsThePlace(t *testing.T) {
	raw := withExif(asJPEG(t, scene(1, 3000, 2000), 97), 6, "2026:10:19 09:31:05")
	kept, err := Keep(raw)
	if err != nil {
		t.Fatal(err)
	}
	if len(kept.JPEG) > Most || kept.Width > kept.Height || kept.Height != longEdge {
		t.Errorf("%d bytes, %d × %d", len(kept.JPEG), kept.Width, kept.Height)
	}
	if kept.Taken != "2026-10-19T09:31" || !kept.Located {
		t.Errorf("taken %q, located %v", kept.Taken, kept.Located)
	}
	if bytes.Contains(kept.JPEG, []byte("Exif")) || readExif(kept.JPEG) != (told{}) {
		t.Error("the kept photo still has the camera's tags")
	}
	t.Logf("%d KB became %d KB", len(raw)>>10, len(kept.JPEG)>>10)
	again, err := Keep(raw)
	if err != nil || !bytes.Equal(again.JPEG, kept.JPEG) {
		t.Error("the same photo gives other bytes")
	}
}

func TestNoiseFitsToo(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	img := image.NewRGBA(image.Rect(0, 0, 1800, 1800))
	for i := range img.Pix {
		img.Pix[i] = uint8(rng.IntN(256))
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	kept, err := Keep(b.Bytes())
	if err != nil || len(kept.JPEG) > Most {
		t.Errorf("%d bytes, %v", len(kept.JPEG), err)
	}
}

func TestRefusedPhotos(t *testing.T) {
	whole := asJPEG(t, scene(2, 300, 200), 80)
	for name, raw := range map[string][]byte{"empty": nil, "text": []byte("接龙"), "cut": whole[:len(whole)/3], "head": whole[:4]} {
		if _, err := Keep(raw); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	broken := withExif(whole, 1, "2026:10:19 09:31:05")
	for i := range 80 { // broken tags are no reason to refuse, nor to fall over
		bad := bytes.Clone(broken)
		bad[6+i] ^= 0xFF
		_, _ = Keep(bad)
	}
}

// TestReusedPhotos is the inspectors' find: two hundred photos, twenty of them
// others of the two hundred, cut and made smaller.
func TestReusedPhotos(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	var all [][]uint64
	origin := map[int]int{}
	for i := range 180 {
		kept, err := Keep(asJPEG(t, scene(uint64(100+i), 480, 360), 90))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, kept.Marks)
	}
	for i := range 20 {
		from := rng.IntN(180)
		img := scene(uint64(100+from), 480, 360)
		keep := 0.8 + 0.2*rng.Float64()
		w, h := int(480*keep), int(360*keep)
		x, y := rng.IntN(481-w), rng.IntN(361-h)
		small := image.NewRGBA(image.Rect(0, 0, w*3/4, h*3/4))
		xdraw.BiLinear.Scale(small, small.Bounds(), img, image.Rect(x, y, x+w, y+h), xdraw.Src, nil)
		kept, err := Keep(asJPEG(t, small, 60))
		if err != nil {
			t.Fatal(err)
		}
		origin[180+i] = from
		all = append(all, kept.Marks)
	}
	found, wrong := 0, 0
	for i := range all {
		seen := false
		for j := range i {
			if !Alike(all[i], all[j]) {
				continue
			}
			if from, reused := origin[i]; reused && (from == j || origin[j] == from && j >= 180) {
				seen = true
			} else {
				wrong++
			}
		}
		if seen {
			found++
		}
	}
	t.Logf("%d of 20 reused photos found, %d false alarms", found, wrong)
	if found < 18 || wrong > 1 {
		t.Errorf("%d found, %d false; want 18, 1", found, wrong)
	}
}
