package reports

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"rongyuan/store/record"
)

// scanned reads the QR codes of a grey picture with a program that is not ours.
func scanned(t testing.TB, g grey) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, g.image()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "scan.png")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.Command("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("zbarimg (zbar-tools): %v\n%s", err, stderr.String())
	}
	return strings.TrimSuffix(string(out), "\n")
}

func (g grey) image() *image.Gray {
	return &image.Gray{Pix: g.pix, Stride: g.w, Rect: image.Rect(0, 0, g.w, g.h)}
}

// cut is a part of a page rendered at 300 dpi, from corner to corner in
// millimetres.
func (g grey) cut(x0, y0, x1, y1 float64) grey {
	px := func(mm float64) int { return int(mm / 25.4 * 300) }
	out := grey{w: px(x1) - px(x0), h: px(y1) - px(y0)}
	for y := px(y0); y < px(y0)+out.h; y++ {
		out.pix = append(out.pix, g.pix[y*g.w+px(x0):][:out.w]...)
	}
	return out
}

// copied is what a copier makes of a sheet: smaller, blurred by its optics, with
// greyish white and washed-out black.
func (g grey) copied(percent int) grey {
	small := image.NewGray(image.Rect(0, 0, g.w*percent/100, g.h*percent/100))
	draw.BiLinear.Scale(small, small.Rect, g.image(), g.image().Rect, draw.Src, nil)
	out := grey{small.Rect.Dx(), small.Rect.Dy(), make([]byte, len(small.Pix))}
	noise := uint32(1)
	for i, v := range small.Pix {
		noise = noise*1664525 + 1013904223
		out.pix[i] = byte(40 + int(v)*185/255 + int(noise>>28))
	}
	return out
}

// symbolPaper is a sheet with one QR code of the least size.
func symbolPaper(w io.Writer, text string) error {
	d, err := newDocument("", officialSheet, imprint{station: station.Name, made: "2026-11-02T09:30"})
	if err != nil {
		return err
	}
	s, err := newSymbol(text)
	if err != nil {
		return err
	}
	d.stamp(s, 40, 60, s.side())
	return d.write(w)
}

func TestSymbolsReadBackFromPaper(t *testing.T) {
	for name, text := range map[string]string{
		"short":   "RY1",
		"digits":  strings.Repeat("0123456789", 20),
		"scanner": strings.Repeat("ABC-129999.2026:10 $%*+/", 14),
		"chinese": "王𬭎𬱖 志愿服务记录证明",
		"long":    strings.Repeat("SIGNED-TEXT:0123456789.", 26),
	} {
		t.Run(name, func(t *testing.T) {
			pdf := made(t, func(w io.Writer) error { return symbolPaper(w, text) })
			page := pages(t, pdf, 300)[0].cut(25, 45, 135, 155)
			for kind, g := range map[string]grey{"copied": page.copied(70), "copied twice": page.copied(84).copied(84)} {
				if got := scanned(t, g); got != text {
					t.Errorf("%s: reads %q, want %q", kind, got, text)
				}
			}
		})
	}
}

func TestSymbolRefusesWhatItCannotHold(t *testing.T) {
	_, err := newSymbol(strings.Repeat("x", 3000))
	if !errors.Is(err, errSymbol) || strings.Contains(fmt.Sprint(err), "xx") {
		t.Errorf("got %v", err)
	}
}

// TestAreasCoverTheModules compares the rectangles with the modules one by one.
func TestAreasCoverTheModules(t *testing.T) {
	const side = 23
	black := func(x, y int) bool { return (x*7+y*y*3)%5 < 3 }
	covered := map[[2]int]int{}
	for _, a := range areas(side, black) {
		for x := a.x; x < a.x+a.w; x++ {
			for y := a.y; y < a.y+a.h; y++ {
				covered[[2]int{x, y}]++
			}
		}
	}
	for x := range side {
		for y := range side {
			if want := boolInt(black(x, y)); covered[[2]int{x, y}] != want {
				t.Fatalf("module %d, %d is covered %d times, want %d", x, y, covered[[2]int{x, y}], want)
			}
		}
	}
}

func BenchmarkSymbol(b *testing.B) {
	text := strings.Repeat("ABC-129999.2026:10 $%*+/", 14)
	for b.Loop() {
		if _, err := newSymbol(text); err != nil {
			b.Fatal(err)
		}
	}
}

// TestReportsReadBackFromPaper takes the signed figures off a printed, greyed
// and shrunken report and finds the figures of the report.
func TestReportsReadBackFromPaper(t *testing.T) {
	for _, r := range []record.PeriodReport{signedMonth(), quarter(), year()} {
		pdf := made(t, func(w io.Writer) error { return PeriodPDF(w, r) })
		var text string
		for _, page := range signedPages(t, pdf) {
			if text = scanned(t, page.copied(70)); text != "" {
				break
			}
		}
		stamp, err := record.ReadStamp(text)
		if err != nil || !stamp.Holds() {
			t.Fatalf("%s: %v", r.Period, err)
		}
		s, err := record.ReadStatement(stamp.Message)
		if err != nil || s.Period != r.Period {
			t.Fatalf("%v, %v", s, err)
		}
		for code, value := range s.Figures {
			if r.Figures[code] != value {
				t.Errorf("%s: %s reads as %d, want %d", r.Period, code, value, r.Figures[code])
			}
		}
	}
}

// signedPages are the pages of a report on which signatures go, at 300 dpi.
func signedPages(t *testing.T, pdf []byte) []grey {
	t.Helper()
	for i, text := range strings.Split(poppler(t, pdf, "pdftotext", "-layout"), "\f") {
		if strings.Contains(text, "（盖章）") {
			return pages(t, pdf, 300, "-f", fmt.Sprint(i+1), "-l", fmt.Sprint(i+1))
		}
	}
	t.Fatal("no page with a place for the seal")
	return nil
}
