package cli

import "strings"

// command is one line of the table of commands.
type command struct {
	name  string // "volunteer list"
	words string // what stands behind it beside flags
	least int    // words at least and at most
	most  int
	about string
	make  func() worker
}

// line is the command as it is written, flags apart.
func (c command) line() string { return strings.TrimSpace(c.name + " " + c.words) }

const several = 10000

// commands are all that this version does, in the order of the help.
func commands() []command {
	return []command{
		{"init", "", 0, 0, "建站：站点编码、站名和第一个管理员；恢复码只显示这一次", func() worker { return &initStation{} }},
		{"demo", "", 0, 0, "建一个练习站，全是虚构的人，不碰真实资料", func() worker { return &demo{} }},
		{"station show", "", 0, 0, "看本站", func() worker { return &stationShow{} }},
		{"station set", "", 0, 0, "改站名、出具单位、查询电话", func() worker { return &stationSet{} }},
		{"import", "[文件.xlsx]", 0, 1, "导入花名册；--undo 撤回一次导入", func() worker { return &importRoster{} }},
		{"volunteer list", "", 0, 0, "人员名单；身份证号和电话默认隐去中间几位", func() worker { return &volunteerList{} }},
		{"volunteer show", "人", 1, 1, "一个人的资料、服务队和活动", func() worker { return &volunteerShow{} }},
		{"volunteer add", "", 0, 0, "登记一个人", func() worker { return &volunteerAdd{} }},
		{"volunteer edit", "人", 1, 1, "改一个人的资料；只改写了的各项", func() worker { return &volunteerEdit{} }},
		{"volunteer seal", "人", 1, 1, "封存一个人：名单、报表里都不再出现", func() worker { return &volunteerSeal{} }},
		{"search", "文字", 1, several, "按姓名、拼音首字母、身份证或电话末几位找人", func() worker { return &search{} }},
		{"team list", "", 0, 0, "服务队名单", func() worker { return &teamList{} }},
		{"team show", "队", 1, 1, "一支队和它的队员", func() worker { return &teamShow{} }},
		{"team found", "", 0, 0, "建一支服务队", func() worker { return &teamFound{} }},
		{"team edit", "队", 1, 1, "改一支队的资料", func() worker { return &teamEdit{} }},
		{"team join", "队 人…", 2, several, "加队员", func() worker { return &teamJoin{} }},
		{"team leave", "队 人", 2, 2, "队员离队", func() worker { return &teamLeave{} }},
		{"brand list", "", 0, 0, "品牌项目", func() worker { return &brandList{} }},
		{"brand create", "", 0, 0, "建一个品牌项目", func() worker { return &brandCreate{} }},
		{"activity add", "", 0, 0, "登记一次活动和参加的人", func() worker { return &activityAdd{} }},
		{"activity list", "", 0, 0, "活动名单", func() worker { return &activityList{} }},
		{"activity show", "活动编号", 1, 1, "一次活动和参加的人", func() worker { return &activityShow{} }},
		{"activity close", "活动编号", 1, 1, "计划的活动办完了：记下参加的人", func() worker { return &activityClose{} }},
		{"hours add", "活动编号", 1, 1, "给一次活动补记时长", func() worker { return &hoursAdd{} }},
		{"hours correct", "时长编号", 1, 1, "更正一条时长；0 分钟就是撤回", func() worker { return &hoursCorrect{} }},
		{"hours list", "", 0, 0, "一个人或一次活动的时长，含更正", func() worker { return &hoursList{} }},
		{"calendar list", "", 0, 0, "工作日历：节假日和调休上班日", func() worker { return &calendarList{} }},
		{"calendar set", "日期", 1, 1, "记一个节假日；加 --worked 是调休上班日", func() worker { return &calendarSet{} }},
		{"calendar remove", "日期", 1, 1, "改回平常的一天", func() worker { return &calendarRemove{} }},
		{"report month", "月份", 1, 1, "月报：写成 PDF 或 Excel，或看数字", func() worker { return &reportMonth{} }},
		{"report list", "", 0, 0, "有哪些报表", func() worker { return &reportList{} }},
		{"print roster", "", 0, 0, "花名册：PDF 或 Excel；默认隐去号码中间几位", func() worker { return &printRoster{} }},
		{"print signin", "[活动编号]", 0, 1, "签到表：空白的，或印好队员的", func() worker { return &printSignIn{} }},
		{"print slip", "人", 1, 1, "一个人的时长单", func() worker { return &printSlip{} }},
		{"enrol", "", 0, 0, "接入区里", func() worker { return &enrol{} }},
		{"sync", "", 0, 0, "和区里交换一次", func() worker { return &syncRound{} }},
		{"status", "", 0, 0, "和区里交换到哪一步", func() worker { return &status{} }},
		{"verify", "", 0, 0, "把文件、记录和加密内容全查一遍", func() worker { return &verify{} }},
		{"version", "", 0, 0, "版本", func() worker { return &version{} }},
		{"help", "命令", 0, 2, "命令的写法", func() worker { return &help{} }},
	}
}

func commandOf(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

// verbsOf are the commands that begin with a noun.
func verbsOf(noun string) []command {
	var out []command
	for _, c := range commands() {
		if strings.HasPrefix(c.name, noun+" ") {
			out = append(out, c)
		}
	}
	return out
}
