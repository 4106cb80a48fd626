package reports

import (
	"fmt"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// span is what a period is called in a text.
type span struct {
	paper, this, last, end string
}

func spanOf(p record.Period) span {
	switch p.Kind() {
	case record.PeriodMonth:
		return span{"月报", "本月", "上月", "月末"}
	case record.PeriodQuarter:
		return span{"季报", "本季度", "上季度", "季末"}
	case record.PeriodHalf:
		return span{"半年报", "本半年", "上个半年", "期末"}
	case record.PeriodYear:
		return span{"年报", "本年", "上年", "年末"}
	}
	return span{"报告", "本期", "上期", "期末"}
}

// periodName is a period in a title.
func periodName(p record.Period) string { return p.Chinese() }

// hours writes minutes with their unit: 312.5小时, 1小时20分.
func hours(minutes int64) string {
	text := record.HoursText(int(minutes))
	if strings.Contains(text, "小时") {
		return text
	}
	return text + "小时"
}

// Paragraphs are the written part of a report: as a person changed it, or else
// written from the figures.
func Paragraphs(r record.PeriodReport) []string {
	if r.Text != nil {
		return r.Text
	}
	return summary(r)
}

// summary is the written part of the report, one paragraph an element.
func summary(r record.PeriodReport) []string {
	s := spanOf(r.Period)
	f := r.Figures
	out := []string{activityWords(r, s)}
	if f[record.FigureActivities] > 0 {
		out = append(out, lineWords(r.Lines))
	}
	if f[record.FigureTraining] > 0 {
		out = append(out, fmt.Sprintf("%s组织志愿者培训学习，学习时长%s，与服务时长分开计算。", s.this, hours(f[record.FigureTraining])))
	}
	out = append(out, standingWords(f, s))
	if late := f[record.FigureLate]; late > 0 {
		out = append(out, fmt.Sprintf("%s有%d场次活动在结束10个工作日后才作记录，已在活动清单中注明“超期”。", s.this, late))
	} else if f[record.FigureActivities] > 0 {
		out = append(out, s.this+"各场活动均在结束后10个工作日内作了记录。")
	}
	return out
}

func activityWords(r record.PeriodReport, s span) string {
	f := r.Figures
	if f[record.FigureActivities] == 0 {
		text := s.this + "未开展志愿服务活动。"
		if before := r.Previous[record.FigureActivities]; before > 0 {
			text += fmt.Sprintf("%s开展%d场次。", s.last, before)
		}
		return text
	}
	text := fmt.Sprintf("%s开展志愿服务活动%d场次，%d人参加，共%d人次，服务时长%s，服务对象%d人次。",
		s.this, f[record.FigureActivities], f[record.FigurePeople], f[record.FigureParticipations],
		hours(f[record.FigureMinutes]), f[record.FigureServed])
	if urgent := f[record.FigureUrgent]; urgent > 0 {
		text += fmt.Sprintf("活动中有急难险重任务%d场次。", urgent)
	}
	if guests := f[record.FigureGuests]; guests > 0 {
		text += fmt.Sprintf("另有未注册参与者%d人次协助，不计服务时长。", guests)
	}
	for _, c := range comparisons(r, s) {
		lead := "较" + c.name + "，"
		if c.name == lastYear {
			lead = "同比"
		}
		text += lead + changes(f, c.figures) + "。"
	}
	return text
}

// changes says what has changed since another period.
func changes(now, before record.Figures) string {
	var parts []string
	for _, one := range []struct {
		code, name, unit string
	}{
		{record.FigureActivities, "活动", "场次"},
		{record.FigurePeople, "参加人数", "人"},
		{record.FigureParticipations, "参加人次", "人次"},
		{record.FigureMinutes, "服务时长", ""},
	} {
		parts = append(parts, one.name+changeWords(now[one.code]-before[one.code], one.unit))
	}
	return strings.Join(parts, "，")
}

func changeWords(change int64, unit string) string {
	word := "增加"
	switch {
	case change == 0:
		return "持平"
	case change < 0:
		word, change = "减少", -change
	}
	if unit == "" {
		return word + hours(change)
	}
	return word + strconv.FormatInt(change, 10) + unit
}

// lineWords tells what was done in each task line, the idle ones last.
func lineWords(lines []record.Row) string {
	var done, idle []string
	for _, row := range lines {
		if row.Activities == 0 {
			idle = append(idle, row.Name)
			continue
		}
		done = append(done, fmt.Sprintf("%s%d场次、%d人次、%s", row.Name, row.Activities, row.Participations, hours(row.Minutes)))
	}
	text := "按任务线分：" + strings.Join(done, "；") + "。"
	if len(idle) > 0 {
		text += strings.Join(idle, "、") + "未开展活动。"
	}
	return text
}

func standingWords(f record.Figures, s span) string {
	return fmt.Sprintf("%s在建志愿服务队%d支，品牌项目%d个；在册志愿者%d人，其中退役军人%d人、党员%d人；%s新增志愿者%d人。",
		s.end, f[record.FigureTeams], f[record.FigureBrands], f[record.FigureVolunteers],
		f[record.FigureVeterans], f[record.FigureParty], s.this, f[record.FigureJoined])
}

// definitions are the rows of the page that says what each figure counts.
func definitions() [][]string {
	var out [][]string
	for _, one := range record.Indicators() {
		out = append(out, []string{one.Name, shownUnit(one), one.Definition})
	}
	return out
}

// shownUnit is the unit in which the paper shows an indicator: time is counted
// in minutes and shown in hours.
func shownUnit(one record.Indicator) string {
	if minutesOf(one) {
		return "小时"
	}
	return one.Unit
}

func minutesOf(one record.Indicator) bool { return one.InMinutes() }

// shown writes a figure as the paper shows it.
func shown(one record.Indicator, value int64) string {
	if minutesOf(one) {
		return record.HoursText(int(value))
	}
	return strconv.FormatInt(value, 10)
}

// distinctNote explains a total that is not the sum of its column.
const distinctNote = "注：人数合计按人去重，一人参加多项活动只计一次，因此不等于各行之和。"

// keyDateNote says which activities stand with a key date.
const keyDateNote = "注：统计各节点前后数日内的志愿服务活动（多为前7日至后3日），取消的不计；同一活动可计入相邻的节点。"

// keyDateWord says in a word how a key date went.
func keyDateWord(row record.KeyDateRow) string {
	switch {
	case row.Planned == 0:
		return "未安排"
	case row.Done == 0:
		return "未开展"
	case row.Done < row.Planned:
		return "部分开展"
	}
	return "已开展"
}

// rules are the remarks under the definitions.
var rules = []string{
	"一、活动按开始日期归入所属时期；更正服务时长的，更正记录归入被更正的活动所属时期。",
	"二、服务时长以分钟记录，不作取整；表中以小时表示，不足整数且不能写成一位小数的，写作“几小时几分”。",
	"三、记录时限依据《志愿服务记录与证明出具办法（试行）》（民政部令第67号）第十一条，按工作日计算。",
}
