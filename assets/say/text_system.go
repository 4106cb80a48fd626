package say

import "rongyuan/store/record"

// fileTexts. Arguments: account_locked the minutes to wait; recovery_typo the
// group's number from 1; in_use the file's name.
var fileTexts = map[record.Code]text{
	record.CodeLocked:        {"还没有登录", "资料好好地锁着。", "请先登录。"},
	record.CodeWrongPassword: {"用户名或密码不对", same, "请再试一次，注意大小写；连着错 5 次会锁一会儿。"},
	record.CodeNoRight:       {"您的账号不能做这件事", same, "需要的话，请找管理员或站长。"},
	record.CodeAccountLocked: {"密码错得太多，账号先锁住了", same, "请过一会儿[（约 {0} 分钟）]再试，或请另一位管理员解锁。"},
	record.CodePasswordWeak:  {"密码太简单", same, "至少 10 位，大写、小写、数字、符号用上三样；或用 16 个字以上的一句话。"},
	record.CodePasswordName:  {"密码里不能有用户名", same, "请换一个密码。"},
	record.CodeAccountTaken:  {"已经有这个用户名了", same, "请换一个用户名。"},
	record.CodeWrongRecovery: {"恢复码不是这个站的", same, "请拿保险柜里的那一份核对。"},
	record.CodeRecoveryTypo:  {"恢复码[第 {0} 组]抄错了", same, "请对照纸面重新输入。"},
	record.CodeInUse:         {"文件[“{0}”]正被另一个程序使用", same, "请先关掉用它的程序（戎愿窗口、Excel 或 WPS），再试一次。"},
	record.CodeNoStation:     {"这里还没有建站", "什么都没有写入。", "请先建站，或核对数据文件夹。"},
	record.CodeStationExists: {"这里已经有一个站了", same, "请直接登录；要另建一个，请换个文件夹。"},
	record.CodeStationCode:   {"站点编码不对", "什么都没有写入。", "请填街道（乡镇）的 9 位编码。"},
	record.CodeFileMissing:   {"站里的资料文件不见了", "程序没有另建空的，备份不受影响。", "请先找回文件，或从最近的备份恢复。"},
	record.CodeFileForeign:   {"这不是戎愿的资料文件", "文件没有动过。", "请核对选的文件或文件夹。"},
	record.CodeFileTruncated: {"资料文件不完整，少了一截", "文件原样留着，没有动过。", "请从最近的备份恢复。"},
	record.CodeFileDamaged:   {"资料文件损坏了", "文件原样留着，没有动过。", "请从最近的备份恢复。"},
	record.CodeFileNewer:     {"资料文件是新版程序写的", "文件没有动过。", "请安装新版程序再打开。"},
	record.CodeSlotDamaged:   {"用来开锁的那一小块数据坏了", "资料还在，没有动过。", "请用恢复码打开，再重设密码。"},
	record.CodeSealBroken:    {"有一项加密的内容打不开", "别的资料不受影响，也没有动过它。", "请先不要改这一条，复制详情发给技术人员。"},
	record.CodeFolderRefused: {"这个文件夹不能放资料（网盘、共享盘或 U 盘）", "什么都没有写入。", "请选本机硬盘上的文件夹。"},
	record.CodeDiskFull:      {"磁盘满了", "这一步没有保存，以前的资料都在。", "请清理磁盘，再试一次。"},
	record.CodeReadOnly:      {"这个文件夹只能看，不能写", "这一步没有保存，以前的资料都在。", "请换个文件夹，或请管理员开通写入。"},
	record.CodeLogBroken:     {"操作记录前后对不上", "程序没有改动任何资料。", "请先停止录入，复制详情发给技术人员。"},
	record.CodeNoVault:       {"这台电脑没有替程序保管钥匙", "资料没有动过。", "请用密码登录；需要无人值守时，请管理员在“设置”里重新打开。"},
	record.CodeLastAdmin:     {"最后一个管理员不能停用", "资料没有动过。", "请先给另一位同事管理员角色，再停用这个账号。"},
	record.CodeSlotUnknown:   {"这种开锁方式，本版程序还不认识", "资料没有动过。", "请换一种方式登录，或安装新版程序。"},
}

var exchangeTexts = map[record.Code]text{
	record.CodeNotEnrolled:      {"还没有接入区里", "数据已经存在本机，接入后会接着上报。", "请向区里要接入码，在“交换”里接入。"},
	record.CodeAlreadyEnrolled:  {"本站已经接入区里了", same, "不用再接入。"},
	record.CodeNoConnection:     {"现在连不上区里", waiting, "请照常工作；网络好了，再到“交换”里试一次。"},
	record.CodeNotDistrict:      {"连上的不是区级服务器", "什么都没有发出去，数据存在本机。", "请核对区级地址；上网要先登录网页的，请先登录。"},
	record.CodeEnrolCode:        {"接入码不对，或者用过了、过期了", "什么都没有发出去，数据存在本机。", "请向区里要一个新的接入码。"},
	record.CodeRevoked:          {"区里已经停用这台电脑", "数据都在本机，先不上报。", "请联系区里，重新接入。"},
	record.CodeUnauthorised:     {"区里认不出这台电脑", waiting, "请联系区里，核对接入情况。"},
	record.CodeForked:           {"本机和区里的记录对不上", "两边的数据都在，谁也没有盖掉谁。", "请先不要再交换，联系区里处理。"},
	record.CodeGap:              {"上报的记录中间缺了一段", "数据都在本机，没有丢。", "请再交换一次；还不行，请联系区里。"},
	record.CodeMalformed:        {"收到的内容看不懂", "没有写入，本机的数据都在。", helpDesk},
	record.CodeTooLarge:         {"一次传的内容太多", waiting, "请再交换一次，程序会分批传。"},
	record.CodeTooManyRequests:  {"传得太密，区里请我们慢一点", waiting, "请过几分钟再试。"},
	record.CodeVersionTooOld:    {"本机的程序太旧了", waiting, "请照常录入，装好新版再交换。"},
	record.CodeVersionTooNew:    {"区里的程序还没有升级", waiting, "请照常录入，等区里升级。"},
	record.CodeUnknownOperation: {"有一条内容，本版程序还不认识", kept, "装好新版后会接着处理。"},
	record.CodeForeignRecord:    {"这条记录在其他站建档", "别站的数据没有动过。", "请联系区里核对。"},
	record.CodeParentMissing:    {"这一条要等它所属的记录先到", kept, "到了会自己接上，不用处理。"},
	record.CodeQuarantined:      {"区里先收下了这一条，等人核对", kept, "请等区里处理，或打电话问一声。"},
	record.CodeConflict:         {"{field}两边都改过", "两边的内容都留着。", "请选用哪一个，或等区里定。"},
	record.CodeHeld:             {"这一条要等前一条处理完", kept, "前一条好了会自己接上，不用处理。"},
	record.CodeServerBusy:       {"区里的服务器正忙", waiting, "请过一会儿再交换。"},
}
