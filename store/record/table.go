package record

import (
	"strings"
	"sync"
)

// Term is one line of a code table.
type Term struct {
	Code string
	Name string
	// Words are other ways in which rosters write it.
	Words []string
}

// Table is a code table. Tables are append-only: a code keeps its meaning for
// ever, since old records hold it. They are built once, as every check of a
// record asks for ten of them, and nobody may write to their Terms.
type Table struct {
	// Name is the table's key in translations and settings.
	Name  string
	Terms []Term
}

// NameOf is the Chinese name of a code, the code itself when it is unknown.
func (t Table) NameOf(code string) string {
	for _, term := range t.Terms {
		if term.Code == code {
			return term.Name
		}
	}
	return code
}

// Has reports whether the table holds the code.
func (t Table) Has(code string) bool {
	for _, term := range t.Terms {
		if term.Code == code {
			return true
		}
	}
	return false
}

// CodeOf finds the code of a word as rosters write it, by code, name or synonym.
func (t Table) CodeOf(word string) (string, bool) {
	word = strings.Join(strings.Fields(Narrow(word)), "")
	if word == "" {
		return "", false
	}
	for _, term := range t.Terms {
		if term.Code == word || term.Name == word {
			return term.Code, true
		}
	}
	for _, term := range t.Terms {
		for _, other := range term.Words {
			if other == word {
				return term.Code, true
			}
		}
	}
	return "", false
}

// check adds a finding when a code is filled and unknown.
func (t Table) check(p *Problems, field, code string) {
	if code != "" && !t.Has(code) {
		p.Add(LevelError, field, CodeUnknownCode, code)
	}
}

// Sex is a code of GB/T 2261.1-2003.
type Sex string

// The sexes of GB/T 2261.1-2003.
const (
	SexUnknown  Sex = "0"
	Male        Sex = "1"
	Female      Sex = "2"
	SexUnstated Sex = "9"
)

// Sexes is GB/T 2261.1-2003.
func Sexes() Table { return sexTable() }

var sexTable = sync.OnceValue(func() Table {
	return Table{"sex", []Term{
		{"1", "男", []string{"男性", "M"}},
		{"2", "女", []string{"女性", "F"}},
		{"0", "未知", nil},
		{"9", "未说明", nil},
	}}
})

// Politics is the political status, GB/T 4762-1984.
func Politics() Table { return politicsTable() }

var politicsTable = sync.OnceValue(func() Table {
	return Table{"politics", []Term{
		{"01", "中共党员", []string{"党员", "中共", "中国共产党党员", "正式党员", "是", "共产党员"}},
		{"02", "预备党员", []string{"中共预备党员"}},
		{"03", "共青团员", []string{"团员"}},
		{"04", "民革", []string{"民革党员", "民革会员"}},
		{"05", "民盟", []string{"民盟盟员"}},
		{"06", "民建", []string{"民建会员"}},
		{"07", "民进", []string{"民进会员"}},
		{"08", "农工党", []string{"农工党党员"}},
		{"09", "致公党", []string{"致公党党员"}},
		{"10", "九三学社", []string{"九三学社社员"}},
		{"11", "台盟", []string{"台盟盟员"}},
		{"12", "无党派", []string{"无党派人士", "无党派民主人士"}},
		{"13", "群众", []string{"群", "普通群众", "无", "否", "普通公民"}},
	}}
})

// PartyMember reports whether a political status counts as a member of the
// Communist Party (full or probationary).
func PartyMember(politics string) bool { return politics == "01" || politics == "02" }

// Educations is the level of education, GB/T 4658-2006 by its main groups.
func Educations() Table { return educationTable() }

var educationTable = sync.OnceValue(func() Table {
	return Table{"education", []Term{
		{"10", "研究生", []string{"硕士", "博士", "硕士研究生", "博士研究生", "研究生教育"}},
		{"20", "大学本科", []string{"本科", "大学", "学士", "大本"}},
		{"30", "大学专科", []string{"大专", "专科", "高职", "大学专科教育"}},
		{"40", "中等职业", []string{"中专", "职高", "技校", "中技", "中职", "职业高中"}},
		{"60", "高中", []string{"普通高中"}},
		{"70", "初中", []string{"中学", "普通初中"}},
		{"80", "小学", []string{"高小", "初小"}},
		{"90", "其他", []string{"文盲", "半文盲", "无"}},
	}}
})

// Ethnics is the ethnic group, GB/T 3304-1991.
func Ethnics() Table { return ethnicTable() }

var ethnicTable = sync.OnceValue(func() Table {
	const names = "01汉 02蒙古 03回 04藏 05维吾尔 06苗 07彝 08壮 09布依 10朝鲜 11满 12侗 13瑶 14白 15土家 16哈尼 17哈萨克 18傣 19黎 20傈僳 21佤 22畲 23高山 24拉祜 25水 26东乡 27纳西 28景颇 29柯尔克孜 30土 31达斡尔 32仫佬 33羌 34布朗 35撒拉 36毛南 37仡佬 38锡伯 39阿昌 40普米 41塔吉克 42怒 43乌孜别克 44俄罗斯 45鄂温克 46德昂 47保安 48裕固 49京 50塔塔尔 51独龙 52鄂伦春 53赫哲 54门巴 55珞巴 56基诺"
	table := Table{Name: "ethnic"}
	for _, one := range strings.Fields(names) {
		table.Terms = append(table.Terms, Term{one[:2], one[2:] + "族", []string{one[2:]}})
	}
	return Table{table.Name, append(table.Terms, Term{"97", "其他", nil}, Term{"98", "外国血统", nil})}
})

// PersonKinds are the twelve classes of the 2018 collection of veterans and
// other entitled persons, with the volunteers from society that article 17 of
// the policy welcomes.
func PersonKinds() Table { return personKindTable() }

var personKindTable = sync.OnceValue(func() Table {
	return Table{"person_kind", []Term{
		{"1", "军队转业干部", []string{"转业干部", "军转干部"}},
		{"2", "退役士兵", []string{"退伍士兵", "退伍军人", "退役军人", "退伍兵", "退役义务兵", "退役士官"}},
		{"3", "军队离退休干部和退休士官", []string{"军休干部", "离退休干部", "退休士官", "军队离退休干部"}},
		{"4", "军队无军籍离退休退职职工", []string{"无军籍职工"}},
		{"5", "退伍红军老战士", []string{"红军老战士"}},
		{"6", "复员军人", []string{"复员干部", "在乡复员军人"}},
		{"7", "残疾军人", []string{"伤残军人"}},
		{"8", "伤残民兵民工", nil},
		{"9", "烈士遗属", []string{"烈属"}},
		{"10", "因公牺牲军人遗属", nil},
		{"11", "病故军人遗属", nil},
		{"12", "现役军人家属", []string{"军属", "现役军属"}},
		{"21", "社会志愿者", []string{"社会人员", "群众志愿者"}},
		{"22", "青年志愿者", nil},
		{"23", "退役军人家属", []string{"家属"}},
		{"24", "社区工作者", nil},
	}}
})

// VeteranKind reports whether a kind of person has served.
func VeteranKind(kind string) bool {
	switch kind {
	case "1", "2", "3", "5", "6", "7":
		return true
	}
	return false
}

// Branches are the services of the armed forces, with those that existed when
// today's veterans served.
func Branches() Table { return branchTable() }

var branchTable = sync.OnceValue(func() Table {
	return Table{"branch", []Term{
		{"army", "陆军", nil},
		{"navy", "海军", nil},
		{"air", "空军", nil},
		{"rocket", "火箭军", nil},
		{"second_artillery", "第二炮兵", []string{"二炮"}},
		{"strategic", "战略支援部队", []string{"战支部队", "战略支援"}},
		{"space", "军事航天部队", nil},
		{"cyber", "网络空间部队", nil},
		{"information", "信息支援部队", nil},
		{"logistics", "联勤保障部队", []string{"联勤"}},
		{"police", "武警部队", []string{"武警", "中国人民武装警察部队", "武警内卫"}},
		{"police_works", "武警水电黄金森林交通部队", []string{"武警水电", "武警黄金", "武警森林", "武警交通"}},
		{"public_security", "公安现役部队", []string{"公安现役", "公安边防", "公安消防", "公安警卫", "消防部队", "边防部队"}},
		{"railway", "铁道兵", nil},
		{"construction", "基建工程兵", []string{"基建兵"}},
		{"headquarters", "总部直属", []string{"军委直属", "军委机关"}},
		{"district", "省军区", []string{"军分区"}},
		{"other", "其他", nil},
	}}
})

// DischargeKinds are the ways of leaving the service (安置条例 2024, article 5,
// with the older words).
func DischargeKinds() Table { return dischargeKindTable() }

var dischargeKindTable = sync.OnceValue(func() Table {
	return Table{"discharge_kind", []Term{
		{"self", "自主就业", []string{"自谋职业", "退伍"}},
		{"assigned", "安排工作", []string{"政府安置", "转业士官"}},
		{"transfer", "转业", []string{"计划分配"}},
		{"own_choice", "自主择业", nil},
		{"monthly", "逐月领取退役金", []string{"逐月"}},
		{"demobilised", "复员", nil},
		{"retired", "退休", []string{"离休"}},
		{"supported", "供养", nil},
	}}
})

// ServiceRanks are the standing at discharge.
func ServiceRanks() Table { return serviceRankTable() }

var serviceRankTable = sync.OnceValue(func() Table {
	return Table{"rank", []Term{
		{"conscript", "义务兵", []string{"士兵", "列兵", "上等兵"}},
		{"sergeant", "军士", []string{
			"士官", "志愿兵", "警士", "下士", "中士", "上士", "一级上士", "二级上士",
			"一级军士长", "二级军士长", "三级军士长", "四级军士长", "初级士官", "中级士官", "高级士官",
		}},
		{"officer", "军官", []string{
			"干部", "警官", "少尉", "中尉", "上尉", "大尉", "少校", "中校", "上校", "大校", "少将", "中将",
		}},
		{"civil", "文职干部", nil},
		{"cadet", "学员", nil},
	}}
})

// Skills are the skills that a call-up or an activity asks for.
func Skills() Table { return skillTable() }

var skillTable = sync.OnceValue(func() Table {
	names := "急救医护 心理疏导 消防 水上救援 山地搜救 无人机 通信 驾驶 工程机械 电工焊工 家电维修 理发 法律 人民调解 宣讲授课 军训教官 体能武术 摄影摄像 文艺书画 计算机 外语手语 烹饪 爆破防化 就业创业辅导 舟桥 工兵 其他"
	words := map[string][]string{
		"急救医护": {"急救", "医疗", "医护", "护理", "卫生员", "救护"}, "心理疏导": {"心理", "心理咨询"}, "消防": {"灭火"},
		"水上救援": {"游泳", "水性"}, "山地搜救": {"搜救"}, "通信": {"电台", "通讯"}, "驾驶": {"开车", "司机", "汽车驾驶", "驾驶员"},
		"工程机械": {"挖掘机", "铲车"}, "电工焊工": {"电工", "焊工", "水电", "水电工", "电焊"}, "家电维修": {"维修", "修理"}, "法律": {"法律咨询", "律师"},
		"人民调解": {"调解"}, "宣讲授课": {"宣讲", "授课", "演讲"}, "军训教官": {"军训", "教官", "队列"}, "体能武术": {"武术", "体能", "体育"},
		"摄影摄像": {"摄影", "摄像", "照相"}, "文艺书画": {"文艺", "书法", "绘画", "书画", "唱歌", "乐器", "舞蹈"}, "计算机": {"电脑"},
		"外语手语": {"外语", "手语", "英语"}, "烹饪": {"厨师", "炊事", "厨艺"}, "爆破防化": {"爆破", "防化"}, "其他": {"无"},
	}
	table := Table{Name: "skill"}
	for i, name := range strings.Fields(names) {
		table.Terms = append(table.Terms, Term{skillCode(i), name, words[name]})
	}
	return table
})

func skillCode(i int) string { return "s" + string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)) }

// ServiceCategories are the categories of volunteer service by which the
// national system filters.
func ServiceCategories() Table { return serviceCategoryTable() }

var serviceCategoryTable = sync.OnceValue(func() Table {
	names := "社区服务 扶贫减贫 支教助学 卫生健康 法律服务 环境保护 科技科普 文化艺术 平安综治 文明风尚 交通引导 志愿消防 应急救援 禁毒宣传 体育健身 旅游服务 关爱特殊群体 大型活动 海外志愿服务 税收服务 疫情防控 其他"
	table := Table{Name: "category"}
	for i, name := range strings.Fields(names) {
		table.Terms = append(table.Terms, Term{"c" + skillCode(i)[1:], name, nil})
	}
	return table
})

// TeamKinds are the kinds of volunteer teams (articles 3, 9 to 16 and 21 of
// the policy; the list is a default that a district may lengthen).
func TeamKinds() Table { return teamKindTable() }

var teamKindTable = sync.OnceValue(func() Table {
	names := "综合服务队 应急救援队 红色宣讲队 国防教育辅导队 征兵宣传队 治安巡逻队 矛盾调解队 文明实践队 法律服务队 医疗心理队 关爱帮扶队 双拥服务队 环保护河队 其他专业队"
	table := Table{Name: "team_kind"}
	for i, name := range strings.Fields(names) {
		table.Terms = append(table.Terms, Term{"t" + skillCode(i)[1:], name, nil})
	}
	return table
})

// TeamRoles are the posts in a team.
func TeamRoles() Table { return teamRoleTable() }

var teamRoleTable = sync.OnceValue(func() Table {
	return Table{"team_role", []Term{
		{"captain", "队长", []string{"组长", "班长"}},
		{"deputy", "副队长", []string{"副组长"}},
		{"liaison", "联络员", []string{"联系人"}},
		{"party", "党小组长", []string{"党支部书记"}},
		{"member", "队员", []string{"组员", "成员"}},
	}}
})
