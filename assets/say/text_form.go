package say

import "rongyuan/store/record"

// formTexts. Arguments: form_too_small the sheet, the rows that it has and those
// that are needed; form_place the sheet or cell; form_formula, form_used and
// form_row_unknown the cell; form_no_row the name; form_unread the columns.
var formTexts = map[record.Code]text{
	record.CodeFormKind:       {"这张表不是 .xlsx 表格", same, "请用 Excel 或 WPS 打开，另存为 xlsx，再来填。"},
	record.CodeFormUnknown:    {"还不认识这张表", same, "请先在“报表”的“区级表格”里对一次表头，以后就记住了。"},
	record.CodeFormTooSmall:   {"表里的空行不够[：“{0}”]，没有填", same, "请在表里多插入几行空行，再填一次。"},
	record.CodeFormPlace:      {"表里没有对好的那一格[（{0}）]", same, "表可能换过，请重新对一次表头。"},
	record.CodeFormFormula:    {"有公式的格子没有填[（{0}）]，公式照旧", "公式没有动。", "打开后会自动重算，不用再做什么。"},
	record.CodeFormUsed:       {"填的地方原来有内容[（{0}）]，已改写", "别的格子没有动。", "请看一眼，最好用区里发的空表。"},
	record.CodeFormNoRow:      {"有数字，但表里没有这一行[：{0}]", "别的行都填了。", "请在表里加上这一行，或手工补上。"},
	record.CodeFormRowUnknown: {"表里的这一行没有对上本站的资料[（{0}）]", "这一行没有动。", "请核对名称，或手工填写。"},
	record.CodeFormUnread:     {"有的列没有填[：{0}]", "这些列没有动。", "要填的，请在“区级表格”里选它是什么。"},
}
