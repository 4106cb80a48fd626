package assets_test

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"image/png"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/image/font/sfnt"

	"rongyuan/assets"
)

// standard8105 is 通用规范汉字表 in code point order.
//
//go:embed testdata/standard8105.txt
var standard8105 string

func TestFontsDrawEveryStandardCharacter(t *testing.T) {
	fonts := map[string][]byte{
		"sans":       assets.SansRegular(),
		"serif":      assets.SerifRegular(),
		"serif bold": assets.SerifBold(),
	}
	wanted := strings.Join(strings.Fields(standard8105), "")
	if n := len([]rune(wanted)); n != 8105 {
		t.Fatalf("the table has %d characters, want 8105", n)
	}
	for name, data := range fonts {
		t.Run(name, func(t *testing.T) {
			if !bytes.HasPrefix(data, []byte{0, 1, 0, 0}) {
				t.Fatal("not a TrueType font with glyf outlines")
			}
			if bytes.Contains(data[:1024], []byte("fvar")) {
				t.Fatal("a variable font: the window would show its default instance only")
			}
			font, err := sfnt.Parse(data)
			if err != nil {
				t.Fatal(err)
			}
			if missing := lacking(t, font, wanted+"军𬭎𬱖𫖯0Az，。、·—…“”□√①℃"); missing != "" {
				t.Errorf("no glyph for %s", missing)
			}
			if lacking(t, font, "\U00020BB7") == "" {
				t.Error("𠮷 is there: the doc comment says that it is missing")
			}
		})
	}
}

// lacking is the characters of text for which font has no glyph.
func lacking(t *testing.T, font *sfnt.Font, text string) string {
	t.Helper()
	var buf sfnt.Buffer
	missing := ""
	for _, r := range text {
		glyph, err := font.GlyphIndex(&buf, r)
		if err != nil {
			t.Fatal(err)
		}
		if glyph == 0 {
			missing += string(r)
		}
	}
	return missing
}

func TestIcon(t *testing.T) {
	conf, err := png.DecodeConfig(bytes.NewReader(assets.Icon()))
	if err != nil {
		t.Fatal(err)
	}
	if conf.Width != 512 || conf.Height != 512 {
		t.Errorf("the icon is %d × %d, want 512 × 512", conf.Width, conf.Height)
	}
	if n := len(assets.Icon()); n > 40<<10 {
		t.Errorf("the icon has %d bytes, want at most 40 KB", n)
	}
}

func TestDoorIconsAreBlackFillsOnly(t *testing.T) {
	for _, name := range []string{"today", "people", "activity", "visit", "emergency", "report", "exchange", "settings"} {
		t.Run(name, func(t *testing.T) {
			svg := assets.DoorIcon(name)
			if svg == nil {
				t.Fatal("no icon")
			}
			var root struct {
				ViewBox string `xml:"viewBox,attr"`
				Shapes  []struct {
					Fill   string `xml:"fill,attr"`
					Stroke string `xml:"stroke,attr"`
				} `xml:",any"`
			}
			if err := xml.Unmarshal(svg, &root); err != nil {
				t.Fatal(err)
			}
			if root.ViewBox != "0 0 24 24" || len(root.Shapes) == 0 {
				t.Errorf("viewBox %q with %d shapes", root.ViewBox, len(root.Shapes))
			}
			for _, s := range root.Shapes {
				if s.Fill != "#000000" || s.Stroke != "" {
					t.Errorf("a shape with fill %q and stroke %q cannot be recoloured", s.Fill, s.Stroke)
				}
			}
		})
	}
	if assets.DoorIcon("nowhere") != nil {
		t.Error("an unknown door has an icon")
	}
}

func TestStandardTableIsHan(t *testing.T) {
	for _, r := range strings.Join(strings.Fields(standard8105), "") {
		if !unicode.Is(unicode.Han, r) {
			t.Errorf("%U is no Han character", r)
		}
	}
}
