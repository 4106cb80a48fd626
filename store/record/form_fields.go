package record

import "sync"

// FormField is something that a cell of a form may ask for.
type FormField struct {
	Field, Label string
	// Heads are other words for it, as forms write them, without spaces.
	Heads []string
}

// FormFields are the fields of a kind in the order in which they are offered.
func FormFields(k FormKind) []FormField { return formFields()[k] }

var formFields = sync.OnceValue(func() map[FormKind][]FormField {
	serial := FormField{"row", "序号", []string{"编号", "No"}}
	done := []FormField{
		{"activities", "场次", []string{"活动场次", "活动次数", "开展活动次数", "开展活动场次", "活动数", "次数", "场数", "开展场次", "开展活动", "活动场数", "开展次数"}},
		{"people", "参加人数", []string{"人数", "参与人数", "志愿者人数", "参加志愿者人数"}},
		{"participations", "参加人次", []string{"人次", "参与人次", "志愿者人次", "服务人次", "参加志愿者人次"}},
		{"hours", "服务时长（小时）", []string{"服务时长", "时长", "服务小时", "小时", "小时数", "服务小时数", "累计时长", "服务总时长", "志愿服务时长", "服务时数", "总时长"}},
		{"minutes", "服务时长（分钟）", []string{"分钟", "服务分钟"}},
		{"served", "服务对象人次", []string{"服务对象", "受益人次", "服务群众", "服务群众人次", "受益人数", "服务对象数", "惠及群众"}},
	}
	crowd := []FormField{
		{"volunteers", "注册志愿者人数", []string{"注册志愿者", "志愿者", "志愿者总数", "在册志愿者", "注册人数", "志愿者数", "注册志愿者数"}},
		{"veterans", "其中退役军人", []string{"退役军人", "退役军人志愿者", "退役军人数"}},
		{"party", "其中党员", []string{"党员", "党员数", "党员人数", "党员志愿者"}},
	}
	return map[FormKind][]FormField{
		FormPeople: append([]FormField{serial}, personFormFields()...),
		FormTeams: append([]FormField{
			serial,
			{"name", "队伍名称", []string{"队名", "服务队", "服务队名称", "志愿服务队", "志愿服务队名称", "团队名称", "队伍", "名称"}},
			{"kind", "类别", []string{"队伍类别", "队伍类型", "类型"}},
			{"founded", "成立时间", []string{"成立日期", "组建时间"}},
			{"leader", "队长", []string{"负责人", "队长姓名", "带队人"}},
			{"leader_phone", "队长电话", []string{"联系电话", "电话", "联系方式", "负责人电话"}},
			{"members", "队员人数", []string{"队员数", "现有人数", "队伍人数", "总人数", "成员数", "队员"}},
			{"party", "党员数", []string{"党员", "其中党员", "党员人数"}},
			{"base", "依托单位", []string{"依托", "所属单位"}},
			{"village", "社区（村）", []string{"社区", "所属社区", "村"}},
		}, done...),
		FormActivities: activityFormFields(),
		FormLines:      append([]FormField{serial, {"name", "任务名称", []string{"任务线", "任务类别", "任务", "类别", "项目", "服务类别", "工作任务", "服务内容", "任务领域"}}}, done...),
		FormVillages:   append(append([]FormField{serial, {"name", "社区（村）", []string{"社区", "村", "村居", "社区名称", "所属社区", "村社区"}}}, crowd...), done...),
		FormCells:      cellFormFields(),
	}
})

func personFormFields() []FormField {
	return []FormField{
		{"name", "姓名", []string{"名字", "志愿者姓名", "队员姓名", "人员姓名", "退役军人姓名"}},
		{"sex", "性别", nil},
		{"ethnic", "民族", nil},
		{"birth", "出生日期", []string{"出生年月", "出生时间", "生日", "出生年月日"}},
		{"age", "年龄", []string{"周岁", "年龄周岁"}},
		{"id_number", "身份证号", []string{"身份证", "身份证号码", "公民身份号码", "证件号码", "证件号", "公民身份证号码", "居民身份证号"}},
		{"phones", "联系电话", []string{"电话", "手机", "手机号", "联系方式", "手机号码", "电话号码"}},
		{"politics", "政治面貌", []string{"党派"}},
		{"education", "文化程度", []string{"学历"}},
		{"village", "社区（村）", []string{"社区", "所属社区", "村", "村居", "所在社区", "村社区"}},
		{"address", "家庭住址", []string{"住址", "现住址", "地址", "居住地址"}},
		{"employer", "工作单位", []string{"单位", "现工作单位"}},
		{"person_kind", "人员类别", []string{"类别", "身份类别", "人员类型"}},
		{"enlisted", "入伍时间", []string{"入伍日期", "入伍年月", "参军时间"}},
		{"discharged", "退役时间", []string{"退役日期", "退伍时间", "退役年月", "退伍日期"}},
		{"branch", "军兵种", []string{"军种", "兵种"}},
		{"rank", "军衔", []string{"职级"}},
		{"discharge_kind", "退役方式", []string{"安置方式"}},
		{"merits", "立功受奖", []string{"立功情况", "奖励"}},
		{"skills", "特长", []string{"专长", "技能", "服务技能", "专业技能"}},
		{"team", "所属服务队", []string{"服务队", "所在队伍", "队伍", "队伍名称", "所属队伍"}},
		{"post", "队内职务", []string{"职务", "担任职务"}},
		{"number", "志愿者编号", []string{"编号"}},
		{"joined", "加入日期", []string{"入队时间", "加入时间", "注册时间", "注册日期", "登记日期"}},
		{"activities", "本期参加次数", []string{"参加次数", "活动次数", "服务次数", "参与次数", "场次", "参加活动次数"}},
		{"hours", "本期服务时长（小时）", []string{"服务时长", "时长", "本月时长", "本期时长", "小时", "服务小时", "本月服务时长", "小时数"}},
		{"minutes", "本期服务时长（分钟）", []string{"分钟"}},
		{"year_hours", "本年累计时长（小时）", []string{"累计时长", "年度累计", "本年时长", "累计服务时长", "全年时长", "累计", "累计小时"}},
		{"status", "状态", nil},
		{"note", "备注", nil},
	}
}

func activityFormFields() []FormField {
	return []FormField{
		{"row", "序号", []string{"编号"}},
		{"title", "活动名称", []string{"名称", "活动主题", "主题", "活动", "项目名称"}},
		{"day", "活动日期", []string{"日期", "时间", "活动时间", "开展时间", "开展日期"}},
		{"span", "起止时间", []string{"活动起止时间", "服务时间"}},
		{"place", "活动地点", []string{"地点", "服务地点"}},
		{"village", "社区（村）", []string{"社区", "所属社区"}},
		{"line", "任务线", []string{"任务", "任务类别", "类别", "活动类别", "活动类型", "服务类别"}},
		{"sub", "子项", []string{"任务子项"}},
		{"team", "服务队", []string{"队伍", "组织队伍", "承办队伍", "队伍名称", "志愿服务队", "组织单位"}},
		{"leader", "负责人", []string{"活动负责人", "联系人", "带队人"}},
		{"participants", "参加人次", []string{"人次", "参加人数", "人数", "参与人数", "志愿者人数", "参与志愿者"}},
		{"hours", "服务时长（小时）", []string{"服务时长", "时长", "小时", "总时长", "服务小时"}},
		{"minutes", "服务时长（分钟）", []string{"分钟"}},
		{"served", "服务对象人次", []string{"服务对象", "受益人次", "服务人次", "服务群众", "受益人数", "服务群众人次"}},
		{"guests", "未注册参与者", []string{"协助人员"}},
		{"content", "活动内容", []string{"内容", "主要内容", "服务内容", "活动简介"}},
		{"late", "是否超期记录", []string{"超期"}},
	}
}

// cellFormFields are the indicators, those of single task lines, and what heads
// and feet of forms ask for.
func cellFormFields() []FormField {
	out := []FormField{
		{"station_name", "填报单位", []string{"单位", "单位名称", "服务站", "上报单位", "站名", "报送单位"}},
		{"station_code", "站点编码", nil},
		{"station_phone", "联系电话", []string{"电话"}},
		{"period", "统计期（2026年10月）", []string{"统计期", "统计时间", "统计月份", "报表月份", "月份", "报告期"}},
		{"period_year", "年", nil},
		{"period_month", "月", nil},
		{"made", "填报日期", []string{"日期", "填表日期", "报送日期", "制表日期", "上报日期"}},
		{"by", "填报人", []string{"填表人", "经办人", "制表人", "制表"}},
		{"serial", "导出编号", nil},
	}
	heads := map[string][]string{
		FigureTeams:          {"志愿服务队数", "队伍数", "服务队数", "服务队", "志愿服务队数量", "队伍数量"},
		FigureBrands:         {"品牌数", "品牌", "品牌项目数"},
		FigureVolunteers:     {"注册志愿者人数", "志愿者人数", "志愿者总数", "在册志愿者", "注册志愿者总数", "志愿者"},
		FigureVeterans:       {"退役军人志愿者", "退役军人", "退役军人人数"},
		FigureParty:          {"党员", "党员人数", "党员志愿者"},
		FigureJoined:         {"本月新增", "新增志愿者", "本月新增志愿者", "新增人数"},
		FigureActivities:     {"活动场次", "开展活动场次", "活动次数", "开展活动", "活动数", "开展活动次数", "志愿服务活动场次", "场次"},
		FigurePeople:         {"参与人数", "服务人数"},
		FigureParticipations: {"参与人次", "志愿者人次", "人次"},
		FigureServed:         {"受益人次", "服务对象人次", "服务群众人次", "服务群众", "服务人次"},
		FigureUrgent:         {"急难险重"},
	}
	for _, one := range Indicators() {
		if one.Unit == "分钟" {
			out = append(out, FormField{one.Code, one.Name + "（分钟）", nil})
			continue
		}
		out = append(out, FormField{one.Code, one.Name, heads[one.Code]})
	}
	out = append(out,
		FormField{"hours", "服务时长（小时）", []string{"服务时长", "志愿服务时长", "服务总时长", "总时长", "时长", "服务小时"}},
		FormField{"training_hours", "培训时长（小时）", []string{"培训时长"}})
	for _, line := range Lines().Terms {
		for _, one := range []struct{ code, name string }{
			{FigureActivities, "场次"}, {FigurePeople, "人数"}, {FigureParticipations, "人次"}, {"hours", "小时"}, {FigureServed, "服务对象"},
		} {
			out = append(out, FormField{one.code + "." + line.Code, line.Name + " " + one.name, nil})
		}
	}
	return out
}
