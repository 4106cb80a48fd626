package say

import "rongyuan/store/record"

// moveTexts speak of moves between stations and of the national number.
var moveTexts = map[record.Code]text{
	record.CodeNationalNumber: {"全国志愿者编号的样子不对", reminder, "编号只有数字和大写字母，中间没有空格。请对照全国系统核对。"},
	record.CodeTransferSelf:   {"写的是本站自己的编码", unsaved, "请填对方服务站的编码。"},
	record.CodeTransferCity:   {"对方不是本市的服务站", unsaved, "市内转移才这样办；搬出本市的，把状态改为“迁出”。"},
	record.CodeTransferOpen:   {"这个人已经有一份转移申请", same, "请先办结或取消那一份。"},
	record.CodeTransferClosed: {"这份转移已经办结或取消", same, "请刷新后再看。"},
	record.CodeNotHere:        {"这个人现在不在册", unsaved, "请先核对人员状态。"},
	record.CodeEpochOld:       {"归属号比已知的小", unsaved, "请核对转移单上的归属号；转移单可能是旧的。"},
}
