package say

import "rongyuan/store/record"

// text is what is said about one code, as templates.
type text struct{ what, safe, do string }

// texts are never written to after the program has started.
var texts = []map[record.Code]text{
	generalTexts, identityTexts, peopleTexts, serviceTexts, writtenTexts, workbookTexts, fileTexts, exchangeTexts, signedTexts, moveTexts,
	formTexts,
}

func textOf(code record.Code) (text, bool) {
	for _, some := range texts {
		if t, ok := some[code]; ok {
			return t, true
		}
	}
	return text{}, false
}

// What is said of the data, again and again. A code may stop a form or one row
// of an import, so the words fit both.
const (
	unsaved  = "这一条还没有保存，原来的资料没有变。"
	same     = "原来的资料没有变。"
	reminder = "这只是提醒，可以照样保存。"
	queued   = "已经记下，站长核对通过以前不计入时长。"
	tidied   = "内容没有变，只是统一了写法。"
	unread   = "一行都没有写入，原来的资料没有变。"
	waiting  = "数据已经存在本机，连上后会接着上报，不会丢。"
	kept     = "内容已经留着，没有丢。"
	saveAs   = "请用 Excel 或 WPS 打开，另存为 xlsx 再导入。"
	lookOver = "请看一眼对不对。"
	helpDesk = "请再试一次；还不行，请复制详情发给技术人员。"
)

// generalTexts. Arguments: too_long the most characters; unknown_code the word;
// usage the word of the command line; file_unreadable and file_unwritable the
// file's name.
var generalTexts = map[record.Code]text{
	record.CodeRequired:      {"{field}没有填", unsaved, "请补填。"},
	record.CodeTooLong:       {"{field}太长了", unsaved, "请缩短一些[，最多 {0} 个字]。"},
	record.CodeInvalid:       {"{field}填得不对", unsaved, "请核对后重新填。"},
	record.CodeUnknownCode:   {"{field}[“{0}”]不在可选的范围里", unsaved, "请从列表里选一项。"},
	record.CodeControlChars:  {"{field}里有看不见的特殊字符", unsaved, "请删掉，重新打一遍，不要粘贴。"},
	record.CodeNotFound:      {"找不到这条记录", same, "请刷新列表再找，或核对编号。"},
	record.CodeStale:         {"这条记录刚才在别处改过", "别处的改动都在，您这次的还没有保存。", "请看过最新内容，再改一次。"},
	record.CodeNothingToDo:   {"没有要改的内容", same, "不用再做什么。"},
	record.CodeUsage:         {"命令写得不对[：{0}]", "什么都没有做。", "请用 help 查看写法。"},
	record.CodeInternal:      {"程序出了问题，这一步没有做成", "已经保存的资料都在。", helpDesk},
	record.CodeCancelled:     {"已经按您的要求停下", "已经保存的资料都在。", "需要时可以重新开始。"},
	record.CodeFileUnread:    {"文件[“{0}”]打不开", same, "请先关闭 Excel 或 WPS，看看文件还在不在，再试一次。"},
	record.CodeFileUnwritten: {"文件[“{0}”]写不进去", same, "请先关闭 Excel 或 WPS 里的同名文件，或换个文件夹再试。"},
}

// identityTexts. Argument: id_length the number of characters found.
var identityTexts = map[record.Code]text{
	record.CodeIDLength:     {"身份证号位数不对[，现在是 {0} 位]", unsaved, "应为 18 位，请对照证件重新填。"},
	record.CodeIDCharacters: {"身份证号里有不该有的字符", unsaved, "只能是数字，最后一位可以是 X，请核对。"},
	record.CodeIDChecksum:   {"身份证号最后一位对不上", unsaved, "请逐位对照证件。"},
	record.CodeIDBirth:      {"身份证号里的出生日期不对", unsaved, "请核对第 7 到第 14 位。"},
	record.CodeIDAge:        {"按身份证号算，已超过 120 岁", unsaved, "请核对第 7 到第 14 位。"},
	record.CodeIDMasked:     {"身份证号是脱敏数据，有几位是星号", unsaved, "请向提供的人要完整号码。"},
	record.CodeIDDigitsLost: {"身份证号被 Excel 改成数字，后几位已丢失", unsaved, "请把这一格设为“文本”，对照证件重新填。"},
	record.CodeIDRepeated:   {"身份证号全是同一个数字，或一格写了几个号码", unsaved, "请只填一个真实号码。"},
	record.CodeIDTaken:      {"这个身份证号已登记在另一个人名下", unsaved, "请先查到那个人，看看是不是同一位。"},
	record.CodeIDConverted:  {"15 位旧身份证号已换成 18 位", "号码还是同一个，可以保存。", "请对照证件看一眼。"},
	record.CodeIDNormalised: {"身份证号里的空格或符号已去掉", tidied, lookOver},
	record.CodeIDAreaOld:    {"身份证号开头是老的地区代码，仍然有效", reminder, "不用改。"},
	record.CodeIDAreaOdd:    {"身份证号开头的地区代码查不到", reminder, "请核对前 6 位；证件上就是这样，就不用改。"},
	record.CodeIDMissing:    {"还没有身份证号", "可以先登记，已记为待补。", "拿到号码后请补上。"},
	record.CodeIDSex:        {"性别与身份证号不一致", reminder, "请对照证件，改正其中一个。"},
	record.CodeIDBirthGiven: {"出生日期与身份证号不一致", reminder, "请对照证件，改正其中一个。"},
}

// peopleTexts. Argument: date_order the name of the field that comes first.
var peopleTexts = map[record.Code]text{
	record.CodeNameShort:      {"姓名少于两个字", unsaved, "请填完整姓名。"},
	record.CodeNameCharacters: {"姓名里有数字或符号", unsaved, "这里只填姓名，别的请写到备注里。"},
	record.CodeNameNormalised: {"姓名里的空格或间隔点已统一", tidied, lookOver},
	record.CodeNamePrivateUse: {"姓名里有别的电脑显示不了的生僻字", "可以照样保存，已记为待核对。", "请用输入法重新打这个字。"},
	record.CodePhone:          {"电话号码不对", unsaved, "手机 11 位，座机可带区号，请核对。"},
	record.CodePhoneFixed:     {"电话里的空格或符号已去掉", tidied, lookOver},
	record.CodeDate:           {"{field}写得不对", unsaved, "请写成 1985-07-01，只知道年月就写 1985-07。"},
	record.CodeDateAmbiguous:  {"{field}有两种读法，程序没有猜", unsaved, "请把年份写四位，写成 1985-01 或 1985-10 这样。"},
	record.CodeDateFixed:      {"{field}的写法已统一", tidied, lookOver},
	record.CodeDateFuture:     {"{field}还没有到", unsaved, "请核对年份。"},
	record.CodeDateOrder:      {"{field}的先后不对[，早于{0.label}]", unsaved, "请核对这两个日期。"},
	record.CodeMinor:          {"年龄不满 18 周岁", reminder, "请留下监护人的同意。"},
	record.CodeAgreement:      {"还没有本人同意登记的日期", unsaved, "请让本人在登记表上签字，再填同意日期。"},
	record.CodeDuplicate:      {"很可能已经登记过这个人", same, "请先看看是不是同一位；不是，再照样保存。"},
	record.CodeSensitive:      {"{field}可能涉密，部队番号等不录入", "这部分内容没有存下来。", "请删掉涉密内容。"},
	record.CodeDeceased:       {"姓名后面注明已去世", "状态先记为去世，已有的服务时长都留着。", "请核实；写错了，请把状态改回来。"},
	record.CodeAgreementTaken: {"同意日期先按导入花名册的日子记", reminder, "拿到本人签字的表后，请改成签字日期。"},
}
