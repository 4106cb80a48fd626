package say

// Table is the Chinese name of a code table, 代码表 for an unknown one.
func Table(name string) string {
	if label, ok := tables[name]; ok {
		return label
	}
	return "代码表"
}

var tables = map[string]string{
	"role":              "账号角色",
	"activity_state":    "活动状态",
	"certificate_state": "记录证明状态",
	"period_kind":       "报表种类",
	"cause":             "变动原因",
	"line":              "任务线",
	"sub_line":          "任务子项",
	"activity_kind":     "活动类别",
	"spirit":            "志愿精神",
	"source":            "时长来源",
	"sex":               "性别",
	"politics":          "政治面貌",
	"purpose":           "单独同意的用途",
	"education":         "文化程度",
	"ethnic":            "民族",
	"person_kind":       "人员类别",
	"branch":            "军种",
	"discharge_kind":    "退役方式",
	"rank":              "退役时身份",
	"skill":             "技能特长",
	"category":          "服务类别",
	"team_kind":         "服务队类别",
	"team_role":         "队内职务",
	"status":            "人员状态",
	"honour_level":      "荣誉级别", "team_tier": "服务队层级", "training_result": "培训结果", "transfer_way": "转移方向", "transfer_state": "转移状态",
	"form_crowd":   "填哪些人",
	"review_state": "核对状态", "correction_state": "更正状态", "outcome": "答复结果", "objection_way": "提出方式",
	"system": "外系统", "ledger_match": "对账结果",
	"evidence_kind": "材料种类",
}
