package say

import (
	"fmt"
	"strings"

	"rongyuan/store/record"
)

// Light is the name of a check of the month and what it looks at; an unknown one
// is 其他检查.
func Light(code record.LightCode) (name, about string) {
	switch code {
	case record.LightOver:
		return "月份已过完", "月底过后才能月结"
	case record.LightUnrecorded:
		return "计划都已补记或取消", "计划的活动办完要记录，没办要取消"
	case record.LightHours:
		return "没有不可能的时长", "重叠、超过一天、去世或退出以后、加入以前、已取消的活动等"
	case record.LightQueue:
		return "没有待核的时长", "超限、补录等要有人核对通过才计入"
	case record.LightNobody:
		return "每场都有参加人员", "没有人的活动也算场次，请核对"
	case record.LightEvidence:
		return "活动资料齐全", "要有地点、内容、负责人（民政部令第67号第七条），和方案、签到表、照片、简报"
	case record.LightUnconfirmed:
		return "活动都已确认", "没有确认的，站长月结时一并确认"
	case record.LightLate:
		return "超期记录都有原因", "活动后10个工作日才记录的，要写明原因"
	}
	return "其他检查", ""
}

// Tone is the word beside a light's colour, since colour alone says nothing to
// some people and to a printer.
func Tone(t record.Tone) string {
	switch t {
	case record.ToneGreen:
		return "通过"
	case record.ToneYellow:
		return "留意"
	case record.ToneRed:
		return "要处理"
	}
	return string(t)
}

// Item is what is wrong with one thing behind a light.
func Item(item record.LightItem) string {
	switch {
	case item.Fault != nil:
		return Fault(*item.Fault)
	case len(item.Missing) > 0:
		labels := make([]string, len(item.Missing))
		for i, field := range item.Missing {
			if labels[i] = record.EvidenceKinds().NameOf(field); labels[i] == "" || labels[i] == field {
				labels[i] = Field(field)
			}
		}
		return "缺" + strings.Join(labels, "、")
	case item.Code != "":
		return Say(item.Code).What
	}
	return ""
}

// Fault is an impossible hour in half a line, without names.
func Fault(f record.Fault) string {
	what := FaultName(f.Code)
	switch {
	case f.People > 1:
		return fmt.Sprintf("%s：%d 人，%d 次", what, f.People, len(f.Activities))
	case f.Most > 0:
		return fmt.Sprintf("%s：记了 %d 分钟，最多 %d 分钟", what, f.Minutes, f.Most)
	}
	return what
}

// FaultName is a fault in a few words, for lists.
func FaultName(code record.Code) string {
	name, short := map[record.Code]string{
		record.CodeOverlap: "时间重叠", record.CodeDayOver24Hours: "一天超过 24 小时", record.CodeAfterDeath: "在去世以后",
		record.CodeAfterLeaving: "在退出或迁出以后", record.CodeBeforeJoining: "在加入以前", record.CodeActivityCancelled: "活动已取消",
		record.CodeFutureActivity: "活动还没有办", record.CodeTwiceInActivity: "同一场记了两次", record.CodeMinutesRange: "超过活动时长",
		record.CodeRecordedBefore: "先记录、后活动", record.CodeNotServing: "不是在册志愿者", record.CodeSamePattern: "名单和时长雷同",
	}[code]
	if !short {
		return Say(code).What
	}
	return name
}

// Remedy is what to do about an impossible hour.
func Remedy(r record.Remedy) string {
	switch r {
	case record.RemedyHours:
		return "打开活动，更正这个人的时长"
	case record.RemedyActivity:
		return "打开活动，核对时间和状态"
	case record.RemedyPerson:
		return "打开人员，核对日期和身份"
	case record.RemedySheet:
		return "打开活动，对照签到表"
	}
	return "打开看看"
}

// Entity is the kind of a record: 活动.
func Entity(kind record.EntityKind) string { return Field(string(kind)) }

// RowHow is how a row of a closed month differs from its seal.
func RowHow(how string) string {
	switch how {
	case record.RowAdded:
		return "月结后多出来"
	case record.RowGone:
		return "月结后不见了"
	case record.RowChanged:
		return "月结后变了"
	case record.RowUnreadable:
		return "打不开"
	}
	return how
}

// Figure is the name of a figure by its code, those of task lines included:
// 服务时长·推动平安创建; "" for an unknown code.
func Figure(code string) string {
	one, line := figure(code)
	if one.Name == "" || line == "" {
		return one.Name
	}
	return one.Name + "·" + line
}

// FigureDefinition says what a figure counts.
func FigureDefinition(code string) string {
	one, line := figure(code)
	if line == "" {
		return one.Definition
	}
	return one.Definition + "；只计任务线“" + line + "”"
}

func figure(code string) (record.Indicator, string) {
	base, line, _ := strings.Cut(code, ".")
	for _, one := range record.Indicators() {
		if one.Code == base {
			if line == "" {
				return one, ""
			}
			if name := record.Lines().NameOf(line); name != "" {
				return one, name
			}
		}
	}
	return record.Indicator{}, ""
}
