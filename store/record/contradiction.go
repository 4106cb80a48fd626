package record

import (
	"strconv"
	"strings"
)

// Paragraphs are the paragraphs of a text, a line each; blank lines and the
// indents that people type are left out.
func Paragraphs(text string) []string {
	out := []string{}
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// CheckText finds what the written part of a report says against the figures,
// or against itself. All findings are warnings about the field text: a person
// decides. The codes are figure_differs (figure, typed, counted), figures_clash
// (figure, value, figure, value) and text_denies (the words).
func (r PeriodReport) CheckText(paragraphs []string) Problems {
	text := strings.Join(paragraphs, "\n")
	c := textCheck{figures: r.counted(), typed: Figures{}}
	for _, one := range claims(text) {
		c.claim(one)
	}
	c.clashes()
	c.words(text)
	return c.found
}

// counted are the figures of the period, those of its task lines included.
func (r PeriodReport) counted() Figures {
	out := Figures{}
	for code, value := range r.Figures {
		out[code] = value
	}
	return out
}

type textCheck struct {
	figures, typed Figures
	found          Problems
}

// FigureName is what a figure is called: 参加人次, 关爱困难老兵的参加人次.
func FigureName(code string) string {
	base, line, ofLine := strings.Cut(code, ".")
	name := base
	for _, one := range Indicators() {
		if one.Code == base {
			name = strings.TrimPrefix(one.Name, "其中")
		}
	}
	if ofLine {
		return Lines().NameOf(line) + "的" + name
	}
	return name
}

// figureText writes a figure with its unit.
func figureText(code string, value int64) string {
	base, _, _ := strings.Cut(code, ".")
	if base == FigureMinutes || base == FigureTraining {
		if text := HoursText(int(value)); strings.Contains(text, "小时") {
			return text
		}
		return HoursText(int(value)) + "小时"
	}
	for _, one := range Indicators() {
		if one.Code == base {
			return strconv.FormatInt(value, 10) + one.Unit
		}
	}
	return strconv.FormatInt(value, 10)
}

func (c *textCheck) warn(code Code, args ...string) {
	for _, one := range c.found {
		if one.Code == code && strings.Join(one.Args, "\n") == strings.Join(args, "\n") {
			return
		}
	}
	c.found.Add(LevelWarning, "text", code, args...)
}

func (c *textCheck) claim(one claim) {
	counted := c.figures[one.code]
	c.typed[one.code] = one.value
	if one.about && counted >= one.value || counted == one.value {
		return
	}
	c.warn(CodeFigureDiffers, FigureName(one.code), figureText(one.code, one.value), figureText(one.code, counted))
}

// value is a figure as the text has it, or else as it was counted.
func (c *textCheck) value(code string) int64 {
	if v, has := c.typed[code]; has {
		return v
	}
	return c.figures[code]
}

// clashes finds figures that cannot both be right, whatever was counted. Only
// pairs of which the text states one are looked at.
func (c *textCheck) clashes() {
	places := []string{""}
	for _, term := range Lines().Terms {
		places = append(places, "."+term.Code)
	}
	for _, at := range places {
		c.ofActivities(at)
		for _, base := range []string{FigureActivities, FigureParticipations, FigureMinutes, FigureServed, FigurePeople} {
			if at != "" {
				c.clash(base+at, base, c.value(base+at) > c.value(base))
			}
		}
	}
	for _, part := range []string{FigureVeterans, FigureParty} {
		c.clash(part, FigureVolunteers, c.value(part) > c.value(FigureVolunteers))
	}
	for _, part := range []string{FigureUrgent, FigureLate} {
		c.clash(part, FigureActivities, c.value(part) > c.value(FigureActivities))
	}
}

// ofActivities holds 场次, 人数, 人次 and hours against each other, for the whole
// or for a task line.
func (c *textCheck) ofActivities(at string) {
	activities, people, visits := FigureActivities+at, FigurePeople+at, FigureParticipations+at
	minutes, served := FigureMinutes+at, FigureServed+at
	n, p, v, m := c.value(activities), c.value(people), c.value(visits), c.value(minutes)
	c.clash(visits, people, v < p)
	c.clash(people, visits, p == 0 && v > 0)
	c.clash(visits, activities, n > 0 && v > p*n)
	c.clash(minutes, visits, m > v*DayMost)
	c.clash(minutes, visits, m == 0 && v > 0)
	c.clash(people, activities, n == 0 && p > 0)
	c.clash(visits, activities, n == 0 && v > 0)
	c.clash(served, activities, n == 0 && c.value(served) > 0)
	if at == "" {
		c.clash(FigureGuests, activities, n == 0 && c.value(FigureGuests) > 0)
	}
}

func (c *textCheck) clash(a, b string, clashes bool) {
	_, typedA := c.typed[a]
	_, typedB := c.typed[b]
	if clashes && (typedA || typedB) {
		c.warn(CodeFiguresClash, FigureName(a), figureText(a, c.value(a)), FigureName(b), figureText(b, c.value(b)))
	}
}

// words finds sentences that the figures deny.
func (c *textCheck) words(text string) {
	if strings.Contains(text, "未开展志愿服务活动") && c.figures[FigureActivities] > 0 {
		c.warn(CodeTextDenies, "未开展志愿服务活动")
	}
	if strings.Contains(text, "均在结束后10个工作日内") && c.figures[FigureLate] > 0 {
		c.warn(CodeTextDenies, "均在结束后10个工作日内作了记录")
	}
}
