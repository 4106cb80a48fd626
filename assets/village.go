package assets

import (
	"slices"
	"strings"
)

// committees are the endings that a community's or a village's name carries or
// lacks at will, longest first, since 居委会 also ends 社区居委会.
var committees = []string{
	"社区居民委员会", "村民委员会", "居民委员会", "社区居委会",
	"居委会", "村委会", "委员会", "社区",
}

// VillageStem cuts the committee off a community's or a village's name, so that
// 东风里, 东风里社区 and 东风里社区居委会 can be held against each other. A name
// that is nothing but such an ending is left as it is.
//
// The stem names no place by itself: it is unique neither in a district (一街
// stands four times in 武清区) nor, in four cases, in a street (东姜井 is both a
// community and a village).
func VillageStem(name string) string {
	name = strings.TrimSpace(name)
	for _, ending := range committees {
		if stem, cut := strings.CutSuffix(name, ending); cut && stem != "" {
			return stem
		}
	}
	return name
}

// MatchVillages finds the villages and communities of a street that text, as
// written in a roster or by a clerk, may mean: the one of exactly that name, or
// those with the same stem, narrowed to the kind (社区 or 村) that text names
// where it names one. More than one row asks for a person's decision; none
// means that the table does not know the place.
func MatchVillages(street, text string) []Division {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	all := VillagesOf(street)
	if exact := keep(all, func(d Division) bool { return d.Name == text }); len(exact) > 0 {
		return exact
	}
	stem := looseStem(text)
	same := keep(all, func(d Division) bool { return looseStem(d.Name) == stem })
	if kind := keep(same, func(d Division) bool { return strings.HasPrefix(d.Name, text) }); len(kind) > 0 && text != stem {
		return kind
	}
	return same
}

// looseStem also drops a closing 村, which 王家庄 and 王家庄村委会 lack and 王家庄村
// has. It creates no new doubles inside a street.
func looseStem(name string) string {
	stem := VillageStem(name)
	if short, cut := strings.CutSuffix(stem, "村"); cut && short != "" {
		return short
	}
	return stem
}

// keep is the rows that want accepts, in a slice of its own.
func keep(rows []Division, want func(Division) bool) []Division {
	return slices.DeleteFunc(slices.Clone(rows), func(d Division) bool { return !want(d) })
}

// VillageName is how papers call a community or a village by its code: 东风里社区
// for 东风里社区居委会, the stem for a village; the code itself when the table does
// not know it.
func VillageName(code string) string {
	division, found := DivisionByCode(code)
	if !found {
		return code
	}
	if place, cut := strings.CutSuffix(division.Name, "社区居委会"); cut {
		return place + "社区"
	}
	return VillageStem(division.Name)
}
