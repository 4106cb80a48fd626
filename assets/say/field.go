package say

import "strings"

// noField stands where a sentence speaks of a field and none is named.
const noField = "这一项"

// Field is the Chinese label of a field by its name in records, operations,
// commands and findings. A name may carry the kind of its record where the bare
// name means something else there: name is 姓名, team.name 队名. An unknown name
// is 这一项: a clerk never reads the program's own words.
func Field(name string) string {
	if label, ok := fields[name]; ok {
		return label
	}
	if _, bare, qualified := strings.Cut(name, "."); qualified {
		if label, ok := fields[bare]; ok {
			return label
		}
	}
	return noField
}

var fields = map[string]string{
	// People.
	"number": "志愿者编号", "national_number": "全国系统编号",
	"name": "姓名", "id_number": "身份证号", "sex": "性别", "birth": "出生日期", "ethnic": "民族",
	"phones": "联系电话", "phone": "联系电话", "village": "所属社区（村）", "village_name": "社区（村）名称", "address": "家庭住址",
	"politics": "政治面貌", "party_org": "党组织关系", "education": "文化程度", "employer": "工作单位",
	"skills": "技能特长", "skill_note": "特长说明", "categories": "服务类别",
	"veteran": "退役军人", "volunteer": "志愿者", "kind": "类别",
	"enlisted": "入伍时间", "discharged": "退役时间", "branch": "军种", "arm": "兵种", "rank": "退役时身份",
	"discharge_kind": "退役方式", "merits": "立功受奖", "disability": "残疾等级",
	"forms": "区级表格", "parts": "表格的一部分", "columns": "列", "cells": "单个格子", "match": "名称列", "who": "填哪些人",
	"joined": "加入日期", "agreement": "登记同意书", "notice": "个人信息告知", "emergency": "紧急联系人",
	"health": "健康状况", "note": "备注", "status": "人员状态", "status_since": "状态起始日期", "withdrawn": "已撤销登记",
	"agreement.date": "同意日期", "agreement.version": "同意书版本", "agreement.way": "同意方式",
	"agreement_date": "同意日期", "agreement_version": "同意书版本", "agreement_way": "同意方式",
	"notice.date": "告知日期", "notice.version": "告知书版本", "notice.way": "告知方式",
	"notice_date": "告知日期", "notice_version": "告知书版本", "notice_way": "告知方式",
	"emergency.name": "紧急联系人姓名", "emergency.relation": "与本人关系", "emergency.phone": "紧急联系人电话",
	"emergency_name": "紧急联系人姓名", "emergency_relation": "与本人关系", "emergency_phone": "紧急联系人电话",
	"date": "日期", "way": "方式", "relation": "与本人关系", "volunteer.kind": "人员类别",

	// Teams, memberships, brands.
	"team": "服务队", "team.name": "队名", "team.kind": "服务队类别", "team_name": "服务队名称",
	"parent": "上级队", "founded": "成立日期", "slogan": "口号", "base": "依托单位", "officer": "联络辅警", "dissolved": "撤销日期",
	"tier": "层级", "flag": "授旗日期", "banner": "授旗日期", "party_group": "党小组", "partners": "共建单位", "wanted": "应有的技能",
	"purpose": "用途", "form": "同意书版本", "given": "同意日期", "consent": "单独同意", "consent.ended": "撤回日期",
	"membership": "队员", "role": "队内职务", "role_name": "队内职务", "from": "起始日期", "to": "截止日期", "main": "主要队",
	"brand": "品牌项目", "brand.name": "品牌名称", "started": "启动日期", "ended": "结束日期",

	// What hangs on a person.
	"honour": "荣誉", "transfer": "转移", "host": "主办单位", "result": "结果",
	"honour.level": "级别", "document": "文号", "honour.issuer": "颁发单位", "honour.title": "荣誉名称", "training.title": "培训内容",
	"training.minutes": "时长（小时）", "transfer_way": "转移方向", "transfer_state": "转移状态", "transfer.station": "对方服务站编码", "transfer.station_name": "对方服务站",
	"epoch": "归属号", "asked": "申请日期", "transfer.day": "从哪天起",

	// Activities and service time.
	"activity": "活动", "title": "活动名称", "activity.kind": "活动类别", "line": "任务线", "sub": "任务子项",
	"start": "开始时间", "end": "结束时间", "break": "休息时间", "place": "地点",
	"leader": "负责人", "leader_name": "负责人姓名", "content": "活动内容", "brand.content": "项目内容",
	"served": "服务对象人次", "guests": "未注册参与者人次", "spirit": "志愿精神", "urgent": "急难险重",
	"state": "活动状态", "recorded": "记录日期", "deadline": "最晚记录日期", "late_reason": "迟录原因", "late": "超期记录",
	"entry": "服务时长", "minutes": "时长（分钟）", "source": "时长来源", "reverses": "被更正的时长", "reason": "原因",
	"participants": "参加人数",
	"review":       "待核", "grounds": "待核原因", "asked_by": "申请人", "review_state": "核对状态", "decided": "决定日期",
	"decided_by": "批准人", "why": "理由", "correction": "更正", "before": "原时长", "applicant": "申请人", "basis": "核实依据",
	"checked": "核实日期", "checked_by": "核实人", "correction_state": "更正状态", "reversal": "冲正的时长", "fresh": "更正后的时长",
	"objection": "异议", "says": "异议内容", "objection_way": "提出方式", "received": "收到日期", "taken_by": "受理人", "due": "最晚答复日期",
	"outcome": "答复结果", "answer": "答复内容", "answered": "答复日期", "answered_by": "答复人",
	"outside": "外系统时长", "system": "外系统", "outside_number": "外系统编号", "noted": "记入日期",
	"limit_day": "每天上限", "limit_week": "每周上限", "limit_backfill": "补录上限", "limit_age": "年龄线", "limit_sign_out": "忘签退比例",
	"backfill": "补录上限", "week": "每周上限", "age": "年龄线", "sign_out": "忘签退比例", "here": "本站", "there": "外系统",
	"night_from": "夜间开始", "night_to": "夜间结束",
	"evidence": "材料", "evidence.kind": "材料种类", "evidence.name": "材料名称", "size": "大小", "width": "宽", "height": "高",
	"taken": "拍摄时间", "marks": "照片特征",
	"plan": "方案通知", "photos": "照片张数", "report": "简报",

	// Stations, periods and reports.
	"station": "服务站", "code": "编码", "station.name": "站名", "issuer": "出具单位", "station.phone": "查询电话",
	"edition": "版次", "seal": "月结封签", "open": "重开", "closed": "月结时间",
	"rows": "名单", "span": "起止日期", "planned": "计划场次", "done": "已开展场次", "last_year": "上年同期", "text": "文字说明", "month": "月份",
	"villages": "社区（村）", "key_dates": "时间节点",
	"period": "统计时段", "figures": "统计数据", "lines": "各任务线", "teams": "服务队",
	"activities": "活动场次", "people": "参加人数", "participations": "参加人次", "previous": "上期数据",
	"made": "制表时间", "by": "制表人", "serial": "打印编号",

	// Signed papers.
	"stamp": "二维码内容", "key": "密钥文件", "public": "公钥", "alg": "签名算法", "owner": "密钥归属",
	"applied": "申请日期", "use": "用途", "full_id": "显示完整身份证号", "posted": "公示起始日期", "posted_to": "公示截止日期",
	"issued": "出具日期", "replaces": "替代的证明编号", "handler": "经办人", "holder": "持证人", "minutes_total": "服务时长",
	"certificate": "记录证明", "certificate.number": "证明编号", "training": "培训时长", "erased": "内容已清除", "organiser": "组织单位",
	"purpose_use": "用途", "member": "志愿者编号", "issuer_name": "出具单位", "day": "日期", "standing": "可信程度", "voided": "作废日期",
	"claim": "证明内容", "added": "新增的活动", "gone": "不再有的活动", "changed": "时长变了的活动",
	"own": "本站密钥", "since": "起始日期", "format": "文件格式",

	// Accounts and the file.
	"account": "用户名", "user": "用户名", "password": "密码", "recovery": "恢复码", "account.role": "账号角色",
	"station_code": "站点编码", "station_name": "站名", "admin": "管理员用户名", "data": "数据文件夹",
	"file": "文件", "batch": "导入批次", "mapping": "列对应关系",

	// Workbooks and findings.
	"sheet": "工作表", "row": "行", "column": "列", "problems": "发现的问题", "field": "项目", "level": "轻重", "args": "说明", "value": "原来的内容",

	// Operations and the exchange.
	"id": "编号", "version": "版本", "set": "新内容", "was": "原内容",
	"days": "剩余天数", "template": "模板",
	"stream": "通知范围", "at_ms": "发出时间", "read_ms": "阅读时间", "read_by": "阅读人",
	"incarnation": "本机记录编号", "seq": "顺序号", "type": "操作类型", "type_version": "操作版本",
	"entity": "记录种类", "entity_id": "记录编号", "base_version": "改动前版本", "home_epoch": "归属次数", "actor": "经办人",
	"wall_ms": "电脑时间", "mono_ms": "顺序时间", "salt": "校验数据", "payload": "操作内容", "commit": "校验数据", "hash": "校验数据",
	"district": "区级地址", "district_code": "区编码", "district_name": "区级名称", "authority": "区级证书", "district_key": "区级公钥", "escrow_key": "区级托管公钥", "escrow": "区级托管",
	"device": "本机编号", "device_key": "本机密钥", "server_incarnation": "区级库编号", "enrolled": "已接入", "enrolled_ms": "接入时间",
	"head": "末条记录", "stored_seq": "区里已收到", "safe_seq": "区里已备份", "pending": "待上报",
	"oldest_pending_ms": "最早待上报时间", "last_success_ms": "上次交换时间", "clock_offset_ms": "时间差",
	"heads_equal": "两边一致", "cases": "待处理事项", "quarantined": "等待核对", "last_code": "上次失败原因",
	"server_ms": "区级时间", "signature": "签名", "fingerprint": "区级指纹",
}
