package assets_test

import (
	"slices"
	"strings"
	"testing"

	"rongyuan/assets"
)

func TestTables(t *testing.T) {
	tables := []struct {
		name        string
		rows        []assets.Division
		count       int
		digits, cut int
	}{
		{"districts", assets.Districts(), 16, 6, 2},
		{"streets", assets.Streets(), 299, 9, 6},
		{"villages", assets.Villages(), 5617, 12, 9},
	}
	for _, tt := range tables {
		t.Run(tt.name, func(t *testing.T) {
			if len(tt.rows) != tt.count {
				t.Errorf("%d rows, want %d", len(tt.rows), tt.count)
			}
			for i, d := range tt.rows {
				if len(d.Code) != tt.digits || d.Name == "" || !strings.HasPrefix(d.Parent, d.Code[:tt.cut]) {
					t.Errorf("row %d is %+v", i, d)
				}
				if i > 0 && tt.rows[i-1].Code >= d.Code {
					t.Errorf("%s is out of order", d.Code)
				}
				if got, ok := assets.DivisionByCode(d.Code); !ok || got != d {
					t.Errorf("DivisionByCode(%s) = %+v, %v", d.Code, got, ok)
				}
			}
		})
	}
}

func TestDivisionByCodeUnknown(t *testing.T) {
	for _, code := range []string{"", "12", "129999", "120103999", "120103004999"} {
		if d, ok := assets.DivisionByCode(code); ok {
			t.Errorf("DivisionByCode(%q) = %+v", code, d)
		}
	}
}

func TestSeasideStreetStandsInTwoDistricts(t *testing.T) {
	var codes []string
	for _, s := range assets.Streets() {
		if s.Name == "海滨街道" {
			codes = append(codes, s.Code)
		}
	}
	if want := []string{"120115001", "120116054"}; !slices.Equal(codes, want) {
		t.Errorf("海滨街道 has the codes %v, want %v", codes, want)
	}
}

func TestChildrenAddUp(t *testing.T) {
	streets, villages := 0, 0
	for _, d := range assets.Districts() {
		below := assets.StreetsOf(d.Code)
		streets += len(below)
		for _, s := range below {
			villages += len(assets.VillagesOf(s.Code))
		}
	}
	if streets != len(assets.Streets()) || villages != len(assets.Villages()) {
		t.Errorf("%d streets and %d villages hang below a parent", streets, villages)
	}
	if got := assets.StreetsOf("129999"); len(got) != 0 {
		t.Errorf("an unknown district has streets: %v", got)
	}
}

func TestVillageStem(t *testing.T) {
	names := map[string]string{
		"东风里":         "东风里",
		"东风里社区":       "东风里",
		"东风里居委会":      "东风里",
		"东风里社区居委会":    "东风里",
		"东风里社区居民委员会":  "东风里",
		"东风里居民委员会":    "东风里",
		" 王家庄村委会 ":    "王家庄",
		"王家庄村民委员会":    "王家庄",
		"务本一村村委会":     "务本一村",
		"第一街委员会":      "第一街",
		"名居花园（万科）居委会": "名居花园（万科）",
		"社区":          "社区",
		"":            "",
	}
	for name, want := range names {
		if got := assets.VillageStem(name); got != want {
			t.Errorf("VillageStem(%q) = %q, want %q", name, got, want)
		}
	}
	for _, v := range assets.Villages() {
		stem := assets.VillageStem(v.Name)
		if stem == "" || assets.VillageStem(stem) != stem {
			t.Errorf("the stem of %s is %q, which has an ending left", v.Name, stem)
		}
	}
}

func TestMatchVillages(t *testing.T) {
	tests := []struct {
		name, street, text string
		want               []string
	}{
		{"full name", "120111100", "东姜井村委会", []string{"东姜井村委会"}},
		{"kind named", "120111100", "东姜井社区", []string{"东姜井社区居委会"}},
		{"village named", "120111100", "东姜井村", []string{"东姜井村委会"}},
		{"stem of two", "120111100", "东姜井", []string{"东姜井社区居委会", "东姜井村委会"}},
		{"other ending", "120101001", "滨西居民委员会", []string{"滨西社区居委会"}},
		{"unknown place", "120101001", "不存在里", nil},
		{"no text", "120101001", " ", nil},
		{"unknown street", "129999001", "滨西社区", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, d := range assets.MatchVillages(tt.street, tt.text) {
				got = append(got, d.Name)
			}
			slices.Sort(got)
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestEveryVillageIsFoundByItsOwnStem(t *testing.T) {
	for _, v := range assets.Villages() {
		found := assets.MatchVillages(v.Parent, assets.VillageStem(v.Name))
		if !slices.Contains(found, v) || len(found) > 2 {
			t.Errorf("%s of %s gives %v", v.Name, v.Parent, found)
		}
	}
}
