package record_test

import (
	"fmt"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// told is a month of which texts tell: 18 activities, 60 people, 138 visits,
// 459 hours.
func told() record.PeriodReport {
	r := record.PeriodReport{Period: record.Month(2026, 10)}
	r.Figures = record.Tally(r.Period, record.Facts{}).Figures
	for code, value := range map[string]int64{
		"teams": 4, "brands": 1, "volunteers": 60, "volunteers_veteran": 45, "volunteers_party": 20, "volunteers_joined": 6,
		"activities": 18, "people": 60, "participations": 138, "minutes": 459 * 60, "training_minutes": 90, "served": 567,
		"guests": 18, "activities_urgent": 2, "late_records": 1,
		"activities.3": 3, "people.3": 16, "participations.3": 22, "minutes.3": 66*60 + 20, "served.3": 63,
	} {
		r.Figures[code] = value
	}
	return r
}

// TestContradictions is a table of texts of which each says one thing that
// cannot follow from the figures.
func TestContradictions(t *testing.T) {
	for i, c := range []struct{ text, want string }{
		{"本月开展志愿服务活动19场次。", "figure_differs 志愿服务活动 19场次 18场次"},
		{"本月开展志愿服务活动18场次，61人参加。", "figure_differs 参加人数 61人 60人"},
		{"本月开展志愿服务活动18场次，60人参加，共183人次。", "figure_differs 参加人次 183人次 138人次"},
		{"本月志愿服务时长495小时。", "figure_differs 服务时长 495小时 459小时"},
		{"本月志愿服务时长459小时30分。", "figure_differs 服务时长 459.5小时 459小时"},
		{"本月开展活动18场，服务对象576人次。", "figure_differs 服务对象 576人次 567人次"},
		{"月末在建志愿服务队5支。", "figure_differs 志愿服务队 5支 4支"},
		{"月末有品牌项目2个。", "figure_differs 品牌项目 2个 1个"},
		{"在册志愿者66人。", "figure_differs 注册志愿者 66人 60人"},
		{"在册志愿者60人，其中退役军人54人。", "figure_differs 退役军人 54人 45人"},
		{"在册志愿者60人，其中党员12人。", "figure_differs 党员 12人 20人"},
		{"本月新增志愿者16人。", "figure_differs 本期新增志愿者 16人 6人"},
		{"活动中有急难险重任务3场次。", "figure_differs 急难险重任务 3场次 2场次"},
		{"另有未注册参与者81人次协助。", "figure_differs 未注册参与者 81人次 18人次"},
		{"本月有2场次活动在结束10个工作日后才作记录。", "figure_differs 超期记录 2场次 1场次"},
		{"本月组织培训学习，学习时长2小时。", "figure_differs 培训时长 2小时 1.5小时"},
		{"推动平安创建4场次、22人次。", "figure_differs 推动平安创建的志愿服务活动 4场次 3场次"},
		{"推动平安创建3场次、122人次。", "figure_differs 推动平安创建的参加人次 122人次 22人次"},
		{"推动平安创建3场次、66小时。", "figure_differs 推动平安创建的服务时长 66小时 66小时20分"},
		{"本月开展活动１８场次，共１３９人次。", "figure_differs 参加人次 139人次 138人次"},
		{"本月共1,380人次参加活动。", "figure_differs 参加人次 1380人次 138人次"},
		{"本月开展活动20余场次。", "figure_differs 志愿服务活动 20场次 18场次"},
		{"本月60人参加，共38人次。", "figures_clash 参加人次 38人次 参加人数 60人"},
		{"本月138人参加，共60人次。", "figures_clash 参加人次 60人次 参加人数 138人"},
		{"本月开展活动2场次，60人参加，共138人次。", "figures_clash 参加人次 138人次 志愿服务活动 2场次"},
		{"本月服务时长4590小时。", "figures_clash 服务时长 4590小时 参加人次 138人次"},
		{"本月开展活动0场次。", "figures_clash 参加人次 138人次 志愿服务活动 0场次"},
		{"在册志愿者40人，其中退役军人45人。", "figures_clash 退役军人 45人 注册志愿者 40人"},
		{"急难险重任务28场次。", "figures_clash 急难险重任务 28场次 志愿服务活动 18场次"},
		{"推动平安创建300场次。", "figures_clash 推动平安创建的志愿服务活动 300场次 志愿服务活动 18场次"},
		{"本月未开展志愿服务活动。", "text_denies 未开展志愿服务活动"},
		{"本月各场活动均在结束后10个工作日内作了记录。", "text_denies 均在结束后10个工作日内作了记录"},
	} {
		found := told().CheckText([]string{"天津市示范区。", c.text})
		var got []string
		for _, p := range found {
			if p.Level != record.LevelWarning || p.Field != "text" {
				t.Errorf("%d: %v is no warning about the text", i+1, p)
			}
			got = append(got, string(p.Code)+" "+strings.Join(p.Args, " "))
		}
		if !strings.Contains(strings.Join(got, "\n")+"\n", c.want+"\n") {
			t.Errorf("%d: %s\nfinds %q\nwant  %s", i+1, c.text, got, c.want)
		}
	}
}

func TestTextsWithoutContradictions(t *testing.T) {
	for _, text := range []string{
		"本月开展志愿服务活动18场次，60人参加，共138人次，服务时长459小时，服务对象567人次。",
		"较上月，活动增加3场次，参加人数增加16人，参加人次减少8人次，服务时长增加39小时。同比活动增加5场次。",
		"本月开展活动10余场次，共100多人次。",
		"推动平安创建3场次、22人次、66小时20分；上月开展15场次。",
		"老兵先锋队开展巡逻6场，22人次。",
		"在册志愿者60人，其中退役军人45人、党员20人；本月新增志愿者6人。",
		"坚持一人一档，一人参加多场只计一次，2026年10月5日走访3户。",
		"下一步，计划在12月5日前后组织集中服务5场次，走访困难老兵20人。",
		"人均服务7小时，每场8人次。",
		"",
	} {
		if found := told().CheckText(strings.Split(text, "\n")); len(found) > 0 {
			t.Errorf("%s\nfinds %s", text, fmt.Sprint(found))
		}
	}
}
