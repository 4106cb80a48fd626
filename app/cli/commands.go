package cli

import (
	"strings"

	"rongyuan/store/record"
)

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
func commands() []command { //nolint:funlen // a table, one line a command
	return []command{
		{"init", "", 0, 0, "建站：站点编码、站名和第一个管理员；恢复码只显示这一次", func() worker { return &initStation{} }},
		{"demo", "", 0, 0, "建一个练习站，全是虚构的人，不碰真实资料", func() worker { return &demo{} }},
		{"station show", "", 0, 0, "看本站", func() worker { return &stationShow{} }},
		{"station set", "", 0, 0, "改站名、出具单位、查询电话", func() worker { return &stationSet{} }},
		{"import", "[文件.xlsx]", 0, 1, "导入花名册；- 是从标准输入粘贴的名单；--undo 撤回一次导入", func() worker { return &importRoster{} }},
		{"volunteer list", "", 0, 0, "人员名单；身份证号和电话默认隐去中间几位", func() worker { return &volunteerList{} }},
		{"volunteer show", "人", 1, 1, "一个人的资料、服务队和活动", func() worker { return &volunteerShow{} }},
		{"volunteer add", "", 0, 0, "登记一个人", func() worker { return &volunteerAdd{} }},
		{"volunteer edit", "人", 1, 1, "改一个人的资料；只改写了的各项", func() worker { return &volunteerEdit{} }},
		{"volunteer seal", "人", 1, 1, "封存一个人：名单、报表里都不再出现", func() worker { return &volunteerSeal{} }},
		{"volunteer sealed", "", 0, 0, "封存的人", func() worker { return &volunteerSealed{} }},
		{"volunteer unseal", "人", 1, 1, "解除封存", func() worker { return &volunteerUnseal{} }},
		{"volunteer purge", "人", 1, 1, "封存满 10 年后清除一个人的资料；时长数字留着", func() worker { return &volunteerPurge{} }},
		{"consent list", "人", 1, 1, "一个人的单独同意，如照片用于宣传", func() worker { return &consentList{} }},
		{"consent give", "人", 1, 1, "记下一个人的单独同意", func() worker { return &consentGive{} }},
		{"consent end", "人", 1, 1, "一个人撤回单独同意：从今天起不再用", func() worker { return &consentEnd{} }},
		{"training list", "人", 1, 1, "一个人的培训", func() worker { return &trainingList{} }},
		{"training add", "人", 1, 1, "记下一个人的一次培训", func() worker { return &trainingAdd{} }},
		{"honour list", "人", 1, 1, "一个人的荣誉", func() worker { return &honourList{} }},
		{"honour add", "人", 1, 1, "记下一个人的荣誉：级别、文号、日期、颁发单位", func() worker { return &honourAdd{} }},
		{"transfer list", "[人]", 0, 1, "一个人的市内转移；不写人就是等对方接收的", func() worker { return &transferList{} }},
		{"transfer ask", "人", 1, 1, "申请转到本市另一个服务站", func() worker { return &transferAsk{} }},
		{"transfer done", "人", 1, 1, "对方接收了：从那天起不再算本站的人", func() worker { return &transferDone{} }},
		{"transfer cancel", "人", 1, 1, "取消转出申请", func() worker { return &transferCancel{} }},
		{"transfer in", "人", 1, 1, "登记好的人是从本市另一个服务站转来的", func() worker { return &transferIn{} }},
		{"search", "文字", 1, several, "按姓名、拼音首字母、身份证或电话末几位找人", func() worker { return &search{} }},
		{"team list", "", 0, 0, "服务队名单", func() worker { return &teamList{} }},
		{"team show", "队", 1, 1, "一支队和它的队员", func() worker { return &teamShow{} }},
		{"team health", "", 0, 0, "各队人数、年龄、90 天内活跃的人、缺的技能", func() worker { return &teamHealth{} }},
		{"team coverage", "", 0, 0, "哪些社区（村）还没有队", func() worker { return &teamCoverage{} }},
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
		{"activity attach", "活动编号 文件…", 2, several, "加材料：方案、签到表、照片、简报；照片自动缩小，去掉拍摄地点", func() worker { return &activityAttach{} }},
		{"activity evidence", "活动编号", 1, 1, "一次活动的材料，还缺什么；-o 文件夹 全部写出来", func() worker { return &activityEvidence{} }},
		{"activity detach", "材料编号", 1, 1, "拿掉一份材料；能撤销", func() worker { return &activityDetach{} }},
		{"activity repeat", "活动编号", 1, 1, "再安排：每周一次，或某一天", func() worker { return &activityRepeat{} }},
		{"activity templates", "", 0, 0, "活动模板：列出、存、删", func() worker { return &activityTemplates{} }},
		{"activity dates", "", 0, 0, "三十天内的节点里，还没有安排活动的", func() worker { return &activityDates{} }},
		{"hours add", "活动编号", 1, 1, "给一次活动补记时长", func() worker { return &hoursAdd{} }},
		{"hours correct", "时长编号", 1, 1, "更正一条时长；0 分钟就是撤回", func() worker { return &hoursCorrect{} }},
		{"hours list", "", 0, 0, "一个人或一次活动的时长，含更正", func() worker { return &hoursList{} }},
		{"hours check", "", 0, 0, "查不可能的时长：重叠、超过一天、去世或退出以后等", func() worker { return &hoursCheck{} }},
		{"hours queue", "", 0, 0, "待核的时长：为什么待核；核过以前不计入", func() worker { return &hoursQueue{} }},
		{"hours approve", "待核编号…", 1, several, "站长核对通过，计入时长；要写理由", func() worker { return &hoursDecide{approve: true} }},
		{"hours refuse", "待核编号…", 1, several, "站长不通过，冲回；要写理由", func() worker { return &hoursDecide{} }},
		{"hours limits", "", 0, 0, "看或改超过多少要核；站长才能改", func() worker { return &hoursLimits{} }},
		{"correction list", "", 0, 0, "在办的更正申请", func() worker { return &correctionList{} }},
		{"correction check", "更正编号", 1, 1, "记下核实的依据；申请的人不能核实", func() worker { return &correctionCheck{} }},
		{"correction approve", "更正编号", 1, 1, "站长批准并更正；申请的人不能批准", func() worker { return &correctionDecide{approve: true} }},
		{"correction refuse", "更正编号", 1, 1, "站长不批准", func() worker { return &correctionDecide{} }},
		{"objection list", "", 0, 0, "志愿者对记录的异议和最晚答复日期", func() worker { return &objectionList{} }},
		{"objection add", "人", 1, 1, "登记一个人的异议", func() worker { return &objectionAdd{} }},
		{"objection answer", "异议编号", 1, 1, "答复异议", func() worker { return &objectionAnswer{} }},
		{"objection print", "异议编号", 1, 1, "打印异议答复", func() worker { return &objectionPrint{} }},
		{"ledger compare", "", 0, 0, "两本账对照：本站的和外系统的；不相加", func() worker { return &ledgerCompare{} }},
		{"ledger add", "人", 1, 1, "记一条外系统的时长", func() worker { return &ledgerAdd{} }},
		{"ledger remove", "编号", 1, 1, "撤掉一条外系统的时长", func() worker { return &ledgerRemove{} }},
		{"calendar list", "", 0, 0, "工作日历：节假日和调休上班日", func() worker { return &calendarList{} }},
		{"calendar set", "日期", 1, 1, "记一个节假日；加 --worked 是调休上班日", func() worker { return &calendarSet{} }},
		{"calendar remove", "日期", 1, 1, "改回平常的一天", func() worker { return &calendarRemove{} }},
		{"month check", "月份", 1, 1, "月底检查：红灯要处理完才能月结", func() worker { return &monthCheck{} }},
		{"month close", "月份", 1, 1, "月结：站长确认，锁定这个月，给出封签", func() worker { return &monthClose{} }},
		{"month reopen", "月份", 1, 1, "重开已月结的月份；要写原因，再月结就是更正版", func() worker { return &monthReopen{} }},
		{"month list", "", 0, 0, "各月月结到哪一版", func() worker { return &monthList{} }},
		{"month verify", "月份", 1, 1, "核对封签：月结以后有没有变过，变了哪几条", func() worker { return &monthVerify{} }},
		{"month explain", "月份", 1, 1, "数字为什么和上个月、和印出去的不一样", func() worker { return &monthExplain{} }},
		{"month rows", "月份 指标代码", 2, 2, "一个数字背后的名单和口径", func() worker { return &monthRows{} }},
		{"report month", "月份", 1, 1, "月报：写成 PDF 或 Excel，或看数字", func() worker { return &reportPeriod{kind: record.PeriodMonth} }},
		{"report quarter", "季度", 1, 1, "季报，如 2026-Q4", func() worker { return &reportPeriod{kind: record.PeriodQuarter} }},
		{"report half", "半年", 1, 1, "半年报，如 2026-H2", func() worker { return &reportPeriod{kind: record.PeriodHalf} }},
		{"report year", "年份", 1, 1, "年报，如 2026", func() worker { return &reportPeriod{kind: record.PeriodYear} }},
		{"report verify", "文字", 1, several, "查报表二维码里的文字：签名对不对，是哪些数字；- 是从标准输入读", func() worker { return &reportVerify{} }},
		{"report list", "", 0, 0, "有哪些报表", func() worker { return &reportList{} }},
		{"form fill", "区里的表.xlsx", 1, 1, "填区里发的表：没填的格子、公式、样式原样不动", func() worker { return &formFill{} }},
		{"form read", "区里的表.xlsx", 1, 1, "看区里的表：认出了哪些列，还有哪些列不认识", func() worker { return &formRead{} }},
		{"print roster", "", 0, 0, "花名册：PDF 或 Excel；默认隐去号码中间几位", func() worker { return &printRoster{} }},
		{"print signin", "[活动编号]", 0, 1, "签到表：空白的，或印好队员的", func() worker { return &printSignIn{} }},
		{"print slip", "人", 1, 1, "一个人的时长单", func() worker { return &printSlip{} }},
		{"print person", "人", 1, 1, "本人信息查询单：本站存的全部，不隐去；要写原因", func() worker { return &printPerson{} }},
		{"print registration", "[人]", 0, 1, "登记表：空白的，或按资料填好的", newPrintRegistration},
		{"print team", "队", 1, 1, "一支队的名册：PDF 或 Excel", newPrintTeam},
		{"print badges", "队", 1, 1, "一支队的胸牌，每页 10 张", newPrintBadges},
		{"print phonetree", "队", 1, 1, "一支队的电话通知树；电话默认隐去中间几位", newPrintPhoneTree},
		{"print labels", "", 0, 0, "地址标签，每页 24 张；要写原因", newPrintLabels},
		{"print ledger", "人", 1, 1, "一个人的服务台账", newPrintLedger},
		{"print year", "人", 1, 1, "一个人的年度实绩表", newPrintYear},
		{"print stars", "", 0, 0, "星级名单和临近的人：PDF 或 Excel", newPrintStars},
		{"print activity", "活动编号", 1, 1, "活动记录表", newPrintDeed},
		{"print notice", "", 0, 0, "记录证明申请的公示名单", newPrintNotice},
		{"print register", "", 0, 0, "记录证明出具登记簿：PDF 或 Excel", newPrintRegister},
		{"print certificate", "证明编号…", 1, several, "志愿服务记录证明：正本和存根", newPrintCertificate},
		{"certificate apply", "人", 1, 1, "受理一个人的记录证明申请，开始公示", func() worker { return &certificateApply{} }},
		{"certificate list", "", 0, 0, "申请和出具过的记录证明", func() worker { return &certificateList{} }},
		{"certificate show", "编号", 1, 1, "一份记录证明；出具以后记录变了会说明", func() worker { return &certificateShow{} }},
		{"certificate issue", "申请编号", 1, 1, "公示期满，出具记录证明：给编号、签名", func() worker { return &certificateIssue{} }},
		{"certificate void", "编号", 1, 1, "作废一份记录证明，或不再办理一份申请；要写原因", func() worker { return &certificateVoid{} }},
		{"certificate reissue", "证明编号", 1, 1, "作废并按现在的记录重新出具；要写原因", func() worker { return &certificateReissue{} }},
		{"certificate notice", "", 0, 0, "出具前公示几天", func() worker { return &certificateNotice{} }},
		{"certificate verify", "二维码内容", 1, several, "离线核对证明或报表的二维码；- 是从标准输入读", func() worker { return &certificateVerify{} }},
		{"key show", "", 0, 0, "签名密钥：本站的和收下的", func() worker { return &keyShow{} }},
		{"key export", "", 0, 0, "写出本站的密钥文件，给别的站核对证明用", func() worker { return &keyExport{} }},
		{"key trust", "密钥文件", 1, 1, "核对指纹，收下别的站或区里的密钥", func() worker { return &keyTrust{} }},
		{"key end", "", 0, 0, "停用或作废本站的签名密钥；要写原因", func() worker { return &keyEnd{} }},
		{"undo", "", 0, 0, "撤回自己最后做的一步", func() worker { return &undo{} }},
		{"backup", "", 0, 0, "备份：写完核对，旧的自动减少", func() worker { return &backup{} }},
		{"backup list", "", 0, 0, "有哪些备份", func() worker { return &backupList{} }},
		{"restore", "备份文件", 1, 1, "从备份恢复；原来的文件挪到一边，不删", func() worker { return &restore{} }},
		{"enrol", "", 0, 0, "接入区里", func() worker { return &enrol{} }},
		{"sync", "", 0, 0, "和区里交换一次", func() worker { return &syncRound{} }},
		{"status", "", 0, 0, "和区里交换到哪一步", func() worker { return &status{} }},
		{"verify", "", 0, 0, "把文件、记录和加密内容全查一遍，再打开最近的备份看一遍", func() worker { return &verify{} }},
		{"account list", "", 0, 0, "有哪些账号", func() worker { return &accountList{} }},
		{"account add", "用户名", 1, 1, "建账号", func() worker { return &accountAdd{} }},
		{"account disable", "用户名", 1, 1, "停用账号", func() worker { return &accountDisable{} }},
		{"account password", "", 0, 0, "改自己的密码", func() worker { return &accountPassword{} }},
		{"account reset", "用户名", 1, 1, "管理员给别人定新密码，并解锁", func() worker { return &accountReset{} }},
		{"account recover", "", 0, 0, "忘了密码：用保险柜里的恢复码定新密码", func() worker { return &accountRecover{} }},
		{"account recovery-code", "", 0, 0, "换一个恢复码；只显示这一次，旧的作废", func() worker { return &accountRecoveryCode{} }},
		{"account escrow-on", "", 0, 0, "再交区里托管一把钥匙；接入区里时自动交过", func() worker { return &escrowOn{} }},
		{"account escrow-off", "", 0, 0, "不再交区里托管", func() worker { return &escrowOff{} }},
		{"account escrow-request", "", 0, 0, "密码和恢复码都丢了：写一份申请给区里", func() worker { return &escrowRequest{} }},
		{"account escrow-accept", "答复.json", 1, 1, "用区里的答复打开，定新密码，换恢复码", func() worker { return &escrowAccept{} }},
		{"account rekey", "", 0, 0, "换数据密钥；断了再运行一次就接着做", func() worker { return &accountRekey{} }},
		{"unattended on", "", 0, 0, "让这台电脑不登录也能备份、交换", func() worker { return &unattendedOn{} }},
		{"unattended off", "", 0, 0, "不再让这台电脑自己备份、交换", func() worker { return &unattendedOff{} }},
		{"unattended status", "", 0, 0, "这台电脑能不能自己备份、交换", func() worker { return &unattendedStatus{} }},
		{"letter list", "", 0, 0, "区里发来的通知，没看过的紧急通知在最前", func() worker { return &letterList{} }},
		{"letter read", "编号", 1, 1, "看一份通知，并记下看过", func() worker { return &letterRead{} }},
		{"audit list", "", 0, 0, "审计日志：谁看过、打印过、导出过，谁登录过", func() worker { return &auditList{} }},
		{"bench", "[人数]", 0, 1, "在临时文件夹里量一量快慢；不写人数就是 3000", func() worker { return &bench{} }},
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
