package record

import "strings"

// Lines are the seven task lines of the policy (articles 9 to 15), codes "1"
// to "7".
func Lines() Table {
	return Table{"line", []Term{
		{"1", "传承红色基因", nil},
		{"2", "助力文明实践", nil},
		{"3", "推动平安创建", nil},
		{"4", "服务经济发展", nil},
		{"5", "协同应急救援", nil},
		{"6", "开展双拥共建", nil},
		{"7", "关爱困难老兵", nil},
	}}
}

// SubLines are the kinds of work within a task line; the code begins with the
// line's: "1.3".
func SubLines() Table {
	table := Table{Name: "sub_line"}
	for _, line := range []string{
		"1 红色宣讲 英烈宣传 国防教育 学生军训 辅导员 征兵宣传 民兵骨干",
		"2 理论学习 主流价值 文化生活 移风易俗 五类创建 节点主题 赛会服务",
		"3 邻里守望 治安巡逻 交通引导 社区防范 调解 边境",
		"4 京津冀 乡村振兴 生态保护 区域协调 一带一路 重点工程",
		"5 抢险救灾 事故 公共卫生 专业救援 秩序维护 心理调适 跨区域",
		"6 双拥创建 民族团结 拥军优属 支前 走访部队 军属帮困",
		"7 走访 情暖老兵 一帮一 创业支持 心理关爱 康养慰藉 帮困",
	} {
		words := strings.Fields(line)
		for i, name := range words[1:] {
			table.Terms = append(table.Terms, Term{words[0] + "." + string(rune('1'+i)), name, nil})
		}
	}
	return table
}

// SubLinesOf are the sub-codes of one task line.
func SubLinesOf(line string) Table {
	table := Table{Name: "sub_line"}
	for _, term := range SubLines().Terms {
		if strings.HasPrefix(term.Code, line+".") {
			table.Terms = append(table.Terms, term)
		}
	}
	return table
}

// ActivityKinds say what an activity is, and so whether it gives service time.
// Decree 67, article 19: what is no volunteer service is neither recorded nor
// certified as such; article 8: learning has its own total.
func ActivityKinds() Table {
	return Table{"activity_kind", []Term{
		{KindService, "志愿服务", nil},
		{KindTraining, "培训学习", []string{"培训"}},
		{KindDuty, "履职值班", []string{"履职", "值班"}},
		{KindMeeting, "会议", nil},
		{KindDonation, "捐款捐物", []string{"捐款", "捐物"}},
		{KindPaid, "有酬劳务", []string{"有酬"}},
	}}
}

// The kinds of activities.
const (
	KindService  = "service"  // gives service time
	KindTraining = "training" // gives learning time, a total of its own
	KindDuty     = "duty"     // work that the person is paid or bound to do
	KindMeeting  = "meeting"
	KindDonation = "donation"
	KindPaid     = "paid"
)

// Counting reports whether an activity of this kind gives service time.
func Counting(kind string) bool { return kind == KindService }

// Spirits are the five parts of the spirit that articles 4 to 8 of the policy
// name; an activity may bear one as a tag.
func Spirits() Table {
	return Table{"spirit", []Term{
		{"4", "传承军魂", nil}, {"5", "奉献社会", nil}, {"6", "勇于担当", nil}, {"7", "团结奋斗", nil}, {"8", "崇尚荣誉", nil},
	}}
}

// Sources grade how an entry of service time came about.
func Sources() Table {
	return Table{"source", []Term{
		{SourceOnSite, "现场签到", nil},
		{SourceLater, "补录", nil},
		{SourceImport, "导入", nil},
		{SourceExternal, "外系统", nil},
	}}
}

// The grades of service time by origin.
const (
	SourceOnSite   = "onsite"
	SourceLater    = "later"
	SourceImport   = "import"
	SourceExternal = "external"
)
