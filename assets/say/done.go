package say

import (
	"slices"
	"strings"

	"rongyuan/store/record"
)

// Operation is what a type of operation did, in a few words: 登记人员. An
// unknown type, as a newer program may have written it, is 改动资料.
func Operation(t record.OperationType) string {
	if text, ok := operations[t]; ok {
		return text
	}
	return "改动资料"
}

var operations = map[record.OperationType]string{
	record.OpStationNamed:        "改本站资料",
	record.OpVolunteerRegistered: "登记人员",
	record.OpVolunteerUpdated:    "改人员资料",
	record.OpTeamFounded:         "建服务队",
	record.OpTeamUpdated:         "改服务队资料",
	record.OpMembershipBegun:     "加队员",
	record.OpMembershipUpdated:   "改队员关系",
	record.OpBrandCreated:        "建品牌项目",
	record.OpBrandUpdated:        "改品牌项目",
	record.OpActivityLogged:      "登记活动",
	record.OpActivityUpdated:     "改活动",
	record.OpServiceRecorded:     "记时长",
	record.OpServiceReversed:     "更正时长",
	record.OpConsentGiven:        "记单独同意",
	record.OpConsentUpdated:      "改单独同意",
	record.OpEvidenceAdded:       "添加材料",
	record.OpEvidenceUpdated:     "改材料",
	record.OpKeyMade:             "制作签名密钥",
	record.OpKeyEnded:            "停用签名密钥",
	record.OpMonthClosed:         "月结",
	record.OpMonthReopened:       "重开月结",
	record.OpCertificateApplied:  "受理记录证明",
	record.OpCertificateIssued:   "出具记录证明",
	record.OpCertificateEnded:    "作废记录证明",
	record.OpTrainingRecorded:    "记培训",
	record.OpTrainingUpdated:     "改培训记录",
	record.OpHonourRecorded:      "记荣誉",
	record.OpHonourUpdated:       "改荣誉记录",
	record.OpTransferAsked:       "办转移",
	record.OpTransferUpdated:     "改转移记录",
	record.OpReviewAsked:         "时长送核",
	record.OpReviewDecided:       "核对时长",
	record.OpCorrectionAsked:     "申请更正时长",
	record.OpCorrectionUpdated:   "核实、批准更正",
	record.OpObjectionRaised:     "登记异议",
	record.OpObjectionUpdated:    "答复异议",
	record.OpOutsideNoted:        "记外系统时长",
	record.OpOutsideUpdated:      "撤外系统时长",
}

// Action is what an entry of the audit log notes, in a few words: 打印. An
// unknown one is 其他.
func Action(name string) string {
	if text, ok := actions[name]; ok {
		return text
	}
	return "其他"
}

// ActionOf is the action that a word names, by its own name or the Chinese one.
func ActionOf(word string) (string, bool) {
	for name, text := range actions {
		if word == name || word == text {
			return name, true
		}
	}
	return "", false
}

// ActionWords are the Chinese names of all actions, for a list to choose from.
func ActionWords() string {
	var out []string
	for _, text := range actions {
		out = append(out, text)
	}
	slices.Sort(out)
	return strings.Join(out, "、")
}

var actions = map[string]string{
	"login": "登录", "unmask": "看完整信息", "print": "打印", "export": "导出", "import": "导入", "enrol": "接入",
	"account": "账号变动", "password": "改密码", "recovery": "换恢复码", "rekey": "换密钥", "unattended": "无人值守", "escrow": "区级托管",
	"seal": "封存", "unseal": "解除封存", "purge": "清除",
	"key": "签名密钥", "certificate": "记录证明", "limits": "时长规则",
}
