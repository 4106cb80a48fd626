package say

import "rongyuan/store/record"

// serviceTexts. Arguments: minutes_range the most minutes; late_record the last
// day in time; month_locked the month; overlap the other activity's name; the
// limits the station's own number.
var serviceTexts = map[record.Code]text{
	record.CodeEndBeforeStart:    {"结束时间要晚于开始时间", unsaved, "请核对；过夜的活动，结束日期写第二天。"},
	record.CodeTooLongActivity:   {"活动超过了 24 小时", unsaved, "请核对起止时间；连着几天的，请一天登记一次。"},
	record.CodeBreakTooLong:      {"休息时间要比活动时间短，也不能是负数", unsaved, "请改正休息的分钟数。"},
	record.CodeDayOver24Hours:    {"同一个人一天的时长超过了 24 小时", unsaved, "请核对时长和日期。"},
	record.CodeDayOver8Hours:     {"同一个人一天超过了[ {0}] 小时", queued, "请站长在“待核”里核对。"},
	record.CodeWeekOverLimit:     {"同一个人一周超过了[ {0}] 小时", queued, "请站长在“待核”里核对。"},
	record.CodeOverlap:           {"同一个人同一时间还在另一个活动里[：{0}]", queued, "请核对两个活动的时间和名单，再请站长核。"},
	record.CodeNightService:      {"夜间[（{0} 至 {1}）]的服务", queued, "请站长在“待核”里核对。"},
	record.CodeAgeOverLimit:      {"年龄超过[ {0} ]周岁，今年还没有核过", queued, "请站长看过身体情况再核；一年核一次。"},
	record.CodeBackfillCheck:     {"补录或导入的时长超过了[ {0}] 小时", queued, "请第二个人对着签到表核。"},
	record.CodeNoSignOut:         {"忘了签退[，先按活动时长的 {0}% 记]", queued, "请问清几点走的，改好分钟再请站长核。"},
	record.CodeTwoPersons:        {"录入或申请的人不能自己批准", same, "请由另一个人用自己的账号办。"},
	record.CodeApprovalNeeded:    {"过了录入当天，更正要有人批准", same, "请申请更正，由站长批准。"},
	record.CodeCorrectionOpen:    {"这条时长已经有一份更正申请在办", same, "请先办完那一份。"},
	record.CodeOutsideLedger:     {"外系统的时长不是本站的时长，另记一本账", unsaved, "请记到“两本账”里，和本站的对照，不相加。"},
	record.CodeTwiceInActivity:   {"同一个人在这次活动里出现了两次", unsaved, "请只留一条。"},
	record.CodeMinutesRange:      {"时长超出了范围[，应在 0 到 {0} 分钟之间]", unsaved, "请核对时长和活动起止时间。"},
	record.CodeNotCounting:       {"这类活动不计志愿服务时长", "活动照样可以登记。", "培训另外计时；别的请核对活动类别。"},
	record.CodeLateRecord:        {"记录晚了，已过活动后 10 个工作日[（最晚 {0.date}）]", reminder, "请写明迟录原因。"},
	record.CodeReasonRequired:    {"没有写原因", unsaved, "请写一句为什么。"},
	record.CodeAlreadyReversed:   {"这条时长以前已经撤回过", same, "请刷新后再看。"},
	record.CodeActivityCancelled: {"活动已经取消，不能记时长", unsaved, "确实办了，请先把活动改为“已完成”。"},
	record.CodeFutureActivity:    {"活动还没有结束，不能记时长", unsaved, "请核对结束时间；办完后先改为“已完成”。"},
	record.CodePhotoReused:       {"这张照片和另一场活动的很像[：{0}]", "照片已经收下。", "同一张照片用在两场活动，检查时会被发现；用错了请拿掉。"},
	record.CodePhotoTime:         {"照片的拍摄时间和活动对不上[，拍摄于 {0}]", "照片已经收下。", "请核对是不是这场活动的照片，或相机的时间准不准。"},
	record.CodePhotoMany:         {"一场活动最多 9 张照片", unsaved, "请先拿掉一张，再加新的。"},
	record.CodePhotoUnread:       {"这张照片打不开", unsaved, "请换一张；苹果手机的原图请先转成普通照片格式再加。"},
	record.CodeAttachmentMissing: {"有材料文件不在数据文件夹里", "其他资料不受影响。", "请从备份恢复，或重新添加同一份文件。"},
	record.CodeNotServing:        {"这个人还不是在册志愿者", unsaved, "请先登记为志愿者，再记时长。"},
	record.CodeBeforeJoining:     {"活动在这个人成为志愿者之前", unsaved, "请核对活动日期和加入日期。"},
	record.CodeCaptainOutside:    {"队长还不是本队队员", unsaved, "请先加为队员，再设为队长。"},
	record.CodeTeamCycle:         {"服务队不能归自己或自己的下级队管", unsaved, "请另选上级队。"},
	record.CodeTeamNameTaken:     {"已经有同名的服务队", unsaved, "请换个名称，或打开原来那支队。"},
	record.CodeAlreadyMember:     {"这个人已经在队里", same, "不用重复添加。"},
	record.CodeNotSealed:         {"只有已经封存的人才能清除", same, "请先封存，到期后再由站长清除。"},
	record.CodeTooEarly:          {"保存期还没有满[，最早 {0} 才能清除]", same, "到期以前，请保持封存。"},
	record.CodeMonthLocked:       {"这个月已经月结锁定[（{0}）]", unsaved, "需要更正，请站长先写明原因、重开这个月。"},
	record.CodeMonthNotOver:      {"这个月还没有过完", same, "请等月底过后再月结。"},
	record.CodeMonthUnready:      {"月底检查还有红灯[：{0} 项]", same, "请先办完标红的各项，再月结。"},
	record.CodeMonthOpen:         {"这个月还没有月结", same, "请先由站长月结。"},
	record.CodeMonthAltered:      {"月结以后的记录和封签对不上[（{0}）]", kept, "请核对封签看是哪几条，并恢复备份或找技术人员。"},
	record.CodeAfterDeath:        {"活动在这个人去世之后", same, "请核对去世日期；时长记错了，请更正。"},
	record.CodeAfterLeaving:      {"活动在这个人退出或迁出之后", same, "请核对退出日期；时长记错了，请更正。"},
	record.CodeRecordedBefore:    {"活动还没有办，时长已经记了", same, "请核对活动日期，或更正时长。"},
	record.CodeSamePattern:       {"许多人多次活动的名单和时长一模一样", reminder, "请对照每次的签到表，看是不是照抄。"},
	record.CodeNotUndoable:       {"这一步不能用撤销收回", same, "月结要站长写明原因重开。"},
}

// writtenTexts are about the written part of a report. Arguments: the figure's
// name, what was typed, and what was counted or the other figure with its value.
var writtenTexts = map[record.Code]text{
	record.CodeFigureDiffers: {"文字里的数和数出来的不一样[：{0}写的是{1}，数出来是{2}]", reminder, "请核对文字；要改数字，请改原始记录。"},
	record.CodeFiguresClash:  {"文字里的数互相矛盾[：{0}{1}，{2}{3}]", reminder, "请分清人数、人次和场次，改对再打印。"},
	record.CodeTextDenies:    {"文字和数字相反[：“{0}”]", reminder, "请改这一句，或核对活动记录。"},
}

// workbookTexts. Arguments: sheet_damaged the last whole row and the sheet's
// name; too_many_rows and too_many_columns the limit; no_sheet and sheet_hidden
// the sheet's name; cell_error the error as the cell shows it; column_ignored
// the column's head; rows_hidden how many; columns_hidden the columns' letters;
// fill_down how many rows; row_twice the other row;
// village_unknown the name as written.
var workbookTexts = map[record.Code]text{
	record.CodeFileEmpty:       {"文件是空的", unread, "请核对是不是选错了文件。"},
	record.CodeNotWorkbook:     {"这个文件不是表格", unread, "请核对文件，或另存为 xlsx 再导入。"},
	record.CodeOldWorkbook:     {"这是 Excel 97 以前的老表格", unread, saveAs},
	record.CodeOpenDocument:    {"这是开放文档格式的表格", unread, saveAs},
	record.CodeBinaryWorkbook:  {"这是二进制格式的表格", unread, saveAs},
	record.CodeWebTable:        {"这是网页格式的表格，里面没有带上内容", unread, saveAs},
	record.CodeWorkbookLocked:  {"表格设了打开密码", unread, "请去掉密码，另存一份再导入。"},
	record.CodeWorkbookCut:     {"文件不完整，可能没下载完", unread, "请重新下载，或重新拷贝一份。"},
	record.CodeSheetDamaged:    {"表格[“{1}”][第 {0} 行后]损坏", unread, "请用 Excel 或 WPS 修复，另存为 xlsx 再导入。"},
	record.CodeWorkbookBomb:    {"文件解开后大得不正常", unread, "请核对文件是谁发的，让对方重新另存一份。"},
	record.CodeWorkbookHostile: {"文件里有不安全的内容", unread, "请核对文件是谁发的，让对方重新另存一份。"},
	record.CodeTooManyRows:     {"行数太多[，超过了 {0} 行]", unread, "请分成几个文件导入。"},
	record.CodeTooManyColumns:  {"列数过多[，超过了 {0} 列]", unread, "请删掉右边没用的列再导入。"},
	record.CodeNoSheet:         {"找不到可以导入的工作表[“{0}”]", unread, "请核对工作表的名称。"},
	record.CodeNoHeader:        {"找不到表头", unread, "请确认表里有“姓名”“身份证号”这样的标题行。"},
	record.CodeNoNameColumn:    {"找不到“姓名”这一列", unread, "请把姓名那一列的标题写成“姓名”。"},
	record.CodeSignInSheet:     {"这是签到表，不是花名册", unread, "请到“活动”里用它记参加的人。"},
	record.CodeCellError:       {"{field}的单元格是错误值[ {0}]", unsaved, "请在表格里改好公式再导入。"},
	record.CodeCellTooLong:     {"{field}的单元格内容太长", unsaved, "请删减后再导入。"},
	record.CodeCellFormula:     {"{field}是公式，取了表格里存的结果", reminder, lookOver},
	record.CodeColumnIgnored:   {"有一列没有读[：{0}]", "别的列照常读取。", "需要这一列，请在预览里指定它是什么。"},
	record.CodeSheetHidden:     {"有隐藏的工作表没有读[：{0}]", "别的工作表照常读取。", "需要它，请先在 Excel 或 WPS 里取消隐藏。"},
	record.CodeRowsHidden:      {"隐藏的行也一起读了[，共 {0} 行]", "还没有写入，先请您看。", "请在预览里核对这些人。"},
	record.CodeColumnsHidden:   {"隐藏的列也一起读了[：{0}]", "还没有写入，先请您看。", "请在预览里核对这些列。"},
	record.CodeFillDown:        {"有的行没写社区（村），上面的行写了[，共 {0} 行]", "没有替您往下填。", "确实要照上面的行填，就在“列的对应”里勾上；不是的，请在表格里补齐。"},
	record.CodeRowTwice:        {"同一个人在文件里出现了两次[，另见第 {0} 行]", "不会登记成两个人。", lookOver},
	record.CodeRowConflict:     {"{field}和已有资料不一样", same, "请选用哪一个。"},
	record.CodeIDTwoNames:      {"同一个身份证号写了两个姓名", "这几行没有写入，别的行不受影响。", "请对照证件改好，再导入这几行。"},
	record.CodeFileChanged:     {"预览之后，文件又改过了", unread, "请重新预览一次。"},
	record.CodeVillageUnknown:  {"查不到这个社区（村）[：{0}]", "名称照原样留着。", "请从列表里选一个社区（村）。"},
	record.CodeTwoValues:       {"{field}一格里有两个内容", same, "请留一个，另一个写到备注里。"},
	record.CodeAlreadyImported: {"这个文件导入过了，没有新内容", same, "不用再导入。"},
}
