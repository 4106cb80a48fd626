package roster

import (
	"strings"
	"unicode"

	"rongyuan/store/record"
)

// synonyms are the heads that rosters use, without spaces and brackets, by the
// field they mean.
var synonyms = map[string]string{
	fieldName:         "姓名 名字 志愿者姓名 队员姓名 人员姓名 退役军人姓名 服务人员 服务对象姓名 本人姓名 志愿者 优抚对象姓名 成员姓名",
	fieldID:           "身份证号 身份证号码 公民身份号码 公民身份证号码 公民身份证号 居民身份证号 居民身份证号码 居民身份证 证件号码 证件号 身份证 身份号码 有效证件号 有效证件号码 身份证件号码 身份证件号 二代身份证号 本人身份证号",
	fieldSex:          "性别 男女 男/女 性別",
	fieldBirth:        "出生日期 出生年月 出生年月日 生日 出生时间 出生 出生年 出生日",
	fieldEthnic:       "民族 族别",
	fieldPhones:       "联系电话 联系方式 手机号 手机号码 移动电话 电话 电话号码 本人电话 手机 联系手机 固定电话 固话 座机 住宅电话 家庭电话 备用电话 联系号码 电话手机 通讯方式 通讯电话 联系电话1 联系电话2",
	fieldPolitics:     "政治面貌 党员 是否党员 面貌 政治面目 政治身份 党派 是否中共党员",
	fieldPartyOrg:     "党组织关系 党组织关系所在地 组织关系 所在党支部 党支部 所属党组织 所在党组织 组织关系所在地 组织关系所在党支部",
	fieldEducation:    "文化程度 学历 最高学历 教育程度 文化水平 受教育程度",
	fieldEmployer:     "工作单位 单位 现工作单位 就业单位 工作单位及职务 职业 现职业 从业情况 工作情况 就业情况 单位及职务",
	fieldVillage:      "村社区 村 村居 社区 所属社区 所在村 所属村居 居委会 所属行政区划 网格 所在社区 所属村社区 社区村 所属村 村居社区 所在村社区 所在村居 社区名称 村名 村居名称 所属居委会 所在居委会 所属网格 居住社区 居住区域 村委会 村居委会 社区居委会 管辖社区 所属社区村",
	fieldAddress:      "家庭住址 现住址 居住地址 户籍地址 户籍所在地 户口所在地 通讯地址 详细地址 住址 地址 家庭地址 现居住地址 现居住地 居住地 现住地址 户籍地 联系地址 常住地址 户口地址 户籍住址",
	fieldSkills:       "特长 技能特长 专业特长 个人特长 专长 擅长 服务特长 专业技能 技能 服务技能 军事特长 特长技能 有何特长 特长爱好 爱好特长 志愿服务特长",
	fieldCategories:   "服务意向 服务类别 志愿服务类别 意向服务类别 志愿服务意向 参与意向 服务领域 意愿服务项目",
	fieldEnlisted:     "入伍时间 入伍年月 入伍日期 参军时间 入伍 参军年月 入伍年份 参军日期 入伍年 参军 入伍年月日 批准入伍时间",
	fieldDischarged:   "退役时间 退伍时间 退伍年月 转业时间 复员时间 退出现役时间 离队时间 退役年月 退役日期 退伍日期 退役 退伍 退伍年份 退役年份 退役年 退伍年 退役转业时间 退伍转业时间 退役年月日 批准退役时间 转业复员时间",
	fieldBranch:       "军种 军兵种 军种兵种 军种类别 服役军种 所属军种",
	fieldArm:          "兵种 专业兵种 兵种专业",
	fieldRank:         "军衔 退役时身份 退役时军衔 原军衔 服役身份 退役前身份 职级 军衔职级",
	fieldMerits:       "立功情况 获奖情况 表彰奖励 荣誉 立功受奖 立功受奖情况 奖励情况 受奖情况 获得荣誉 立功 荣誉情况 所获荣誉 立功获奖情况",
	fieldDisability:   "残疾等级 伤残等级 残疾情况 伤残情况 残疾等级及性质 评残等级 残疾性质",
	fieldTeam:         "所在队伍 服务队 志愿服务队 分队 所属队伍 队伍名称 服务队名称 所在服务队 所属服务队 志愿服务队名称 所在分队 队伍 所属志愿服务队 所在志愿服务队 所属分队",
	fieldRole:         "队内职务 职务 队长 队内职务 服务队职务 担任职务 岗位 队内岗位",
	fieldJoined:       "入队时间 加入时间 加入日期 注册时间 登记时间 入队日期 注册日期 登记日期 加入志愿者时间 加入队伍时间 入队年月",
	fieldAgreed:       "同意日期 同意时间 承诺日期 签署日期 同意书日期 协议日期 签订日期",
	fieldEmergency:    "紧急联系人 紧急联系人姓名 应急联系人 应急联系人姓名 家属姓名 备用联系人",
	fieldEmergencyTel: "紧急联系人电话 紧急联系电话 应急联系电话 应急联系人电话 紧急联系人手机 紧急联系人联系电话 紧急联系方式 紧急联系人联系方式 家属电话 家属联系电话 紧急联系人手机号 备用联系人电话",
	fieldRelation:     "与本人关系 紧急联系人关系 与联系人关系 关系 紧急联系人与本人关系",
	fieldHealth:       "健康状况 身体状况 健康情况 身体情况 身体健康状况",
	fieldNumber:       "志愿者编号 队员编号 志愿者证号 志愿者号 人员编号",
	fieldNational:     "全国系统编号 全国志愿者编号 志愿服务系统编号 志愿者注册号 注册编号 注册号",
	fieldStatus:       "状态 人员状态 在册状态",
	fieldNote:         "备注 说明 其他 备注说明 备注信息 其它 其他情况 备考",
	fieldSerial:       "序号 编号 序 顺序 号 no 次序 排序 不能导入的原因",
	fieldUnit:         "服役部队 原部队 所在部队 部别 原部队代号 部队代号 部队番号 番号 原服役部队 部队 服役单位 原部队番号 服役部队代号 服役部队番号 所在部队番号 部队名称 原所在部队 入伍部队 退役部队 退役前部队",
	fieldSigned:       "签到 签退 签名 签字 签到时间 签退时间 本人签字 本人签名 签到签名 到会 到场 出勤",
	fieldDerived:      "年龄 周岁 实际年龄 街道 街镇 乡镇 镇街 所属街道 区 所属区 县区 街道乡镇 所在街道 所属街镇 区县 市 省 所属乡镇 服役年限 军龄 党龄 服务年限 镇 乡 所属区县",
}

// candidates are the heads that mean one thing in one street and another in
// the next: the values below decide. The first that fits wins a draw.
var candidates = map[string][]string{
	"服役时间":   {fieldService, fieldEnlisted},
	"服役起止":   {fieldService},
	"服役起止时间": {fieldService},
	"起止时间":   {fieldService},
	"服役年月":   {fieldService, fieldEnlisted},
	"服务时间":   {fieldService, fieldJoined},
	"时间":     {fieldJoined, fieldEnlisted},
	"日期":     {fieldJoined},
	"人员类别":   {fieldKind, fieldDischarge, fieldRank, fieldPolitics},
	"对象类别":   {fieldKind, fieldDischarge, fieldRank},
	"优抚类别":   {fieldKind},
	"身份类别":   {fieldKind, fieldRank, fieldDischarge},
	"类别":     {fieldKind, fieldDischarge, fieldRank, fieldCategories, fieldBranch},
	"人员类型":   {fieldKind, fieldDischarge, fieldRank},
	"身份":     {fieldKind, fieldRank, fieldPolitics},
	"人员身份":   {fieldKind, fieldRank},
	"退役类型":   {fieldDischarge, fieldKind, fieldRank},
	"退役类别":   {fieldDischarge, fieldKind, fieldRank},
	"退役方式":   {fieldDischarge, fieldKind},
	"退伍方式":   {fieldDischarge, fieldKind},
	"安置方式":   {fieldDischarge, fieldKind},
	"安置类型":   {fieldDischarge, fieldKind},
	"安置情况":   {fieldDischarge, fieldKind},
	"性质":     {fieldKind, fieldDisability},
}

// headTable is the synonym table by head.
var headTable = func() map[string]string {
	out := map[string]string{}
	for field, heads := range synonyms {
		for _, head := range strings.Fields(heads) {
			out[head] = field
		}
	}
	for head := range candidates {
		out[head] = fieldUnclear
	}
	return out
}()

// others are words by which a head speaks of somebody else than the person of
// the row.
var others = []string{
	"紧急", "应急联系", "家属", "配偶", "父亲", "母亲", "父母", "子女", "监护", "负责人", "推荐人", "介绍人", "社区联系", "填表", "经办", "审核", "烈士姓名", "帮扶人", "结对",
}

// partial are words that tell the field inside a longer head, tried in order.
var partial = []struct{ word, field string }{
	{"身份证", fieldID},
	{"公民身份", fieldID},
	{"证件号", fieldID},
	{"姓名", fieldName},
	{"部队番号", fieldUnit},
	{"部队代号", fieldUnit},
	{"番号", fieldUnit},
	{"手机", fieldPhones},
	{"联系电话", fieldPhones},
	{"联系方式", fieldPhones},
	{"电话", fieldPhones},
	{"出生", fieldBirth},
	{"政治面貌", fieldPolitics},
	{"文化程度", fieldEducation},
	{"学历", fieldEducation},
	{"入伍时间", fieldEnlisted},
	{"入伍年月", fieldEnlisted},
	{"入伍日期", fieldEnlisted},
	{"参军时间", fieldEnlisted},
	{"退役时间", fieldDischarged},
	{"退伍时间", fieldDischarged},
	{"退役年月", fieldDischarged},
	{"退役日期", fieldDischarged},
	{"退伍年月", fieldDischarged},
	{"住址", fieldAddress},
	{"居住地址", fieldAddress},
	{"户籍地址", fieldAddress},
	{"所属社区", fieldVillage},
	{"所在社区", fieldVillage},
	{"特长", fieldSkills},
	{"立功", fieldMerits},
	{"备注", fieldNote},
	{"签到", fieldSigned},
	{"签名", fieldSigned},
	{"签字", fieldSigned},
	{"年龄", fieldDerived},
}

// head is the text of a head, ready to be looked up.
type head struct {
	full  string // without spaces, brackets opened: 村社区
	short string // without what stands in brackets: 村
}

// newHead normalises what a head cell says: spaces, line breaks, stars, colons
// and full-width forms go, brackets are kept as a hint.
func newHead(text string) head {
	var full, short strings.Builder
	depth := 0
	for _, r := range strings.ToLower(record.Narrow(text)) {
		switch {
		case strings.ContainsRune("([{【〔〈《", r):
			depth++
		case strings.ContainsRune(")]}】〕〉》", r):
			depth = max(0, depth-1)
		case unicode.IsSpace(r) || strings.ContainsRune("*※★:、,，。._-—", r):
		default:
			full.WriteRune(r)
			if depth == 0 {
				short.WriteRune(r)
			}
		}
	}
	return head{full.String(), short.String()}
}

// field is what a head means, and whether it is known at all. An unknown head
// has no field.
func (h head) field() (string, bool) {
	if len(h.full) > 60 {
		return fieldNothing, false
	}
	for _, text := range []string{h.full, h.short} {
		if field, ok := headTable[strings.ReplaceAll(text, "/", "")]; ok && text != "" {
			return field, true
		}
	}
	for _, word := range others {
		if strings.Contains(h.full, word) {
			return fieldNothing, false
		}
	}
	if len([]rune(h.short)) > 12 {
		return fieldNothing, false
	}
	for _, one := range partial {
		if strings.Contains(h.short, one.word) {
			return one.field, true
		}
	}
	return fieldNothing, false
}

// choices are the fields that an unclear head may mean.
func (h head) choices() []string {
	if found := candidates[h.full]; found != nil {
		return found
	}
	return candidates[h.short]
}

// monthOnly reports a head that asks for year and month: 入伍年月.
func (h head) monthOnly() bool {
	return strings.HasSuffix(h.full, "年月") || strings.HasSuffix(h.short, "年月")
}
