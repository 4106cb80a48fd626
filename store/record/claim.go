package record

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// A report's written part may be changed by hand, and that is where figures
// begin to disagree: somebody types 人次 where 人数 was meant, or leaves last
// month's number standing. [PeriodReport.CheckText] finds what cannot be.

// claim is a figure that a text states. Time is in minutes.
type claim struct {
	code string
	// value as typed; about marks 余 and 多: at least so many.
	value int64
	about bool
}

// claimPattern is a number with its unit. Numbers in words are left alone: in
// 一带一路 and 只计一次 they count nothing.
var claimPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)\s*(余|多)?\s*(?:个)?(小时(?:\s*[0-9]+\s*分)?|场次|人次|场|人|名|支|个)`)
})

// narrowDigits narrows digits and the decimal point; other signs keep their
// width, since the full-width comma parts figures and the narrow one thousands.
func narrowDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' || r == '．' {
			return r - 0xFEE0
		}
		return r
	}, s)
}

// claims are the figures that a text states of the whole period or of a task
// line. Numbers of other times, of single teams and changes are none.
func claims(text string) []claim {
	var out []claim
	for _, sentence := range strings.FieldsFunc(narrowDigits(text), func(r rune) bool { return strings.ContainsRune("。；;\n！？", r) }) {
		from := 0
		for _, at := range claimPattern().FindAllStringSubmatchIndex(sentence, -1) {
			s := stated{
				whole: sentence[:at[0]], before: sentence[from:at[0]], after: sentence[at[1]:], unit: sentence[at[6]:at[7]],
			}
			code := s.code()
			from = at[1]
			if code == "" {
				continue
			}
			value, ok := amount(sentence[at[2]:at[3]], s.unit)
			if ok {
				out = append(out, claim{code, value, at[4] >= 0})
			}
		}
	}
	return out
}

// amount reads a typed number in the unit of its figure.
func amount(number, unit string) (int64, bool) {
	v, err := strconv.ParseFloat(strings.ReplaceAll(number, ",", ""), 64)
	if err != nil || v > 1e12 {
		return 0, false
	}
	rest, hours := strings.CutPrefix(unit, "小时")
	if !hours {
		return int64(v), v == float64(int64(v))
	}
	minutes, _ := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "分"))) // none: 0
	return int64(v*60+0.5) + int64(minutes), true
}

// stated is a number in its sentence.
type stated struct{ whole, before, after, unit string }

func (s stated) says(words ...string) bool {
	for _, word := range words {
		if strings.Contains(s.before, word) {
			return true
		}
	}
	return false
}

// changed reports a number that says by how much, not how much.
func (s stated) changed() bool {
	before := strings.TrimRight(s.before, "了约为近 ")
	for _, word := range []string{"增加", "减少", "增长", "下降", "上升", "提高", "多", "少", "平均", "人均", "每场", "场均"} {
		if strings.HasSuffix(before, word) {
			return true
		}
	}
	for _, word := range []string{"上月", "上季度", "上个半年", "上年", "去年", "同期", "同比", "环比", "累计至", "计划", "下月", "明年"} {
		if strings.Contains(s.whole, word) {
			return true
		}
	}
	return false
}

// line is the task line that the sentence has named last, "" for none.
func (s stated) line() string {
	found, last := "", -1
	for _, term := range Lines().Terms {
		if at := strings.LastIndex(s.whole, term.Name); at > last {
			found, last = term.Code, at
		}
	}
	return found
}

// code is the figure that is meant, "" when that cannot be told.
func (s stated) code() string {
	if s.changed() {
		return ""
	}
	code := s.standing()
	if code == "" {
		code = s.done()
	}
	if line := s.line(); line != "" && code != "" {
		switch code {
		case FigureActivities, FigurePeople, FigureParticipations, FigureMinutes, FigureServed:
			return code + "." + line
		}
		return ""
	}
	return code
}

// standing are the figures of what stands at the end.
func (s stated) standing() string {
	people := s.unit == "人" || s.unit == "名"
	switch {
	case s.unit == "支" && s.says("队"):
		return FigureTeams
	case s.unit == "个" && s.says("品牌"):
		return FigureBrands
	case people && s.says("新增", "新注册", "新加入"):
		return FigureJoined
	case people && s.says("退役军人") && s.ofAll():
		return FigureVeterans
	case people && s.says("党员") && s.ofAll():
		return FigureParty
	case people && s.says("在册", "注册志愿者", "登记志愿者"):
		return FigureVolunteers
	}
	return ""
}

// ofAll reports a sentence about everybody on the list.
func (s stated) ofAll() bool {
	return strings.Contains(s.whole, "在册") || strings.Contains(s.whole, "注册")
}

// done are the figures of what was done.
func (s stated) done() string {
	switch {
	case strings.HasPrefix(s.unit, "小时"):
		if s.says("培训", "学习") {
			return FigureTraining
		}
		return s.total(FigureMinutes, "服务", "时长", "累计")
	case strings.HasPrefix(s.unit, "场"):
		switch {
		case s.says("急难险重"):
			return FigureUrgent
		case s.says("超期", "逾期") || strings.Contains(s.whole, "有") && strings.Contains(s.after, "工作日后"):
			return FigureLate
		}
		return s.total(FigureActivities, "开展", "活动", "举办", "组织")
	case s.unit == "人次":
		switch {
		case s.says("服务对象", "服务群众", "受益", "惠及"):
			return FigureServed
		case s.says("未注册", "协助"):
			return FigureGuests
		}
		return s.total(FigureParticipations, "共", "参加", "参与", "出动", "，", "、")
	case s.unit == "人" || s.unit == "名":
		if strings.HasPrefix(strings.TrimPrefix(s.after, "志愿者"), "参加") || s.says("参加人数", "参与人数", "参加志愿者", "参与志愿者", "出动志愿者") {
			return s.total(FigurePeople, "")
		}
	}
	return ""
}

// total is a code for a number that is said of the whole period or of a task
// line, with one of the words before it.
func (s stated) total(code string, words ...string) string {
	whole := s.line() != ""
	for _, word := range []string{"本月", "本季度", "本半年", "本年", "本期", "全年", "全月", "全站", "我站", "本站", "共开展", "总计", "合计"} {
		whole = whole || strings.Contains(s.whole, word)
	}
	if !whole || s.line() == "" && !s.says(words...) {
		return ""
	}
	return code
}
