package say

import "rongyuan/store/record"

// signedTexts are said of signed papers. Arguments: notice_running the first
// day on which the certificate may be issued; voided the day on which it was
// declared void.
var signedTexts = map[record.Code]text{
	record.CodeStampUnread:       {"这不是戎愿纸面上的二维码内容，或者没有扫全", same, "请把二维码放平、对正，再扫一次。"},
	record.CodeStampForged:       {"签名对不上：内容被改动过，或者不是戎愿签的", same, "请不要采信这张纸，打纸上的单位电话核对。"},
	record.CodeKeyUnknown:        {"签名完好，但这里不认识签名的服务站", same, "请核对密钥指纹后收下对方的密钥文件，再查一次。"},
	record.CodeKeyRevoked:        {"签名用的密钥已经作废", same, "请不要采信这张纸，请出具单位重新出具。"},
	record.CodeKeyFile:           {"这不是密钥文件，或者文件损坏了", same, "请向对方重新要一份。"},
	record.CodeNoticeRunning:     {"公示期还没有满[，最早 {0} 可以出具]", same, "请等公示期满再出具。"},
	record.CodeVoided:            {"这份证明已经作废[（{0}）]", same, "请以重新出具的为准。"},
	record.CodeCertificateNumber: {"证明编号不对，或者抄错了一位", same, "请对照纸面重新输入，横线可以不写。"},
	record.CodeNoService:         {"这一段时间没有可以证明的服务时长", same, "请核对起止日期，或先把时长录入。"},
}
