package reports

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// personPaper has something in every field, and a correction.
func personPaper() PersonPaper {
	p := PersonPaper{
		Station: station, Made: "2026-11-02T09:30", By: "李样本", Serial: "129999001-000127", Reason: "本人到站查询",
		Village: "和平里社区", Minutes: 370, Training: 90,
		Person: record.Volunteer{
			Number: "129999001-00012", NationalNumber: "QG-0001", Name: "王𬭎𬱖", IDNumber: "129999198507011239", Sex: record.Male, Birth: "1985-07-01",
			Ethnic: "01", Phones: []string{"13800000000", "022-00000000"}, Address: "和平里9号楼3门501", Politics: "01", PartyOrg: "和平里社区党支部",
			Education: "40", Employer: "示例物业公司", Skills: []string{"s01"}, SkillNote: "持救护员证，会开叉车和冲锋舟，能带新人", Categories: nil,
			Veteran: true, Serving: true, Kind: "2", Enlisted: "2003-12", Discharged: "2008-12", Branch: "army", Arm: "工兵", Rank: "sergeant",
			DischargeKind: "self", Merits: "三等功一次", Disability: "无", Joined: "2021-09-08",
			Agreement: record.Agreement{Date: "2021-09-08", Version: "2026-1", Way: "paper"}, Notice: record.Agreement{Date: "2021-09-08", Version: "2026-1", Way: "oral"},
			Emergency: record.Contact{Name: "张示例", Relation: "妻子", Phone: "13900000000"}, Health: "良好", Note: "周末有空",
			Status: record.StatusActive, StatusSince: "2021-09-08",
		},
		Teams: []PersonTeam{{"老兵先锋综合服务队", "队员", "2021-09-08", "2025-12-31"}, {"应急救援突击队", "副队长", "2026-01-10", ""}},
		Consents: []record.Consent{
			{Purpose: "publicity", Given: "2026-01-10", Form: "2026-1", Way: "paper", Ended: "2026-06-01"},
			{Purpose: "group", Given: "2026-01-10", Form: "2026-1", Way: "oral"},
		},
		Times: []PersonTime{
			{"2026-10-05", "重阳节走访慰问困难老兵", "和平里社区党群服务中心", "现场签到", 150, "2026-10-06", ""},
			{"2026-10-12", "防汛应急拉动演练", "文化广场", "补录", 240, "2026-10-13", ""},
			{"2026-10-12", "防汛应急拉动演练", "文化广场", "补录", -240, "2026-10-20", "提前离开，现场负责人核实"},
			{"2026-10-12", "防汛应急拉动演练", "文化广场", "补录", 220, "2026-10-20", "提前离开，现场负责人核实"},
			{"2026-10-19", "急救培训", "", "现场签到", 90, "2026-10-20", ""},
		},
		Seen: []PersonSight{{"2026-10-20T09:12", "李样本", "看完整信息", "核对电话"}, {"2026-09-01T15:40", "张示例", "打印", "时长单"}},
	}
	return p
}

func TestPersonPaperSaysAllThatIsHeld(t *testing.T) {
	p := personPaper()
	text := squeezed(poppler(t, made(t, func(w io.Writer) error { return PersonPDF(w, p) }), "pdftotext", "-layout"))
	v := p.Person
	want := []string{
		v.Number, v.NationalNumber, v.Name, string(v.IDNumber), "男", "1985年7月1日", "汉族", v.Phones[0], v.Phones[1], v.Address, v.PartyOrg,
		v.Employer, "2003年12月", "2008年12月", v.Arm, v.Merits, v.Emergency.Name, v.Emergency.Phone, v.Health, v.Note, "在册", p.Serial, p.Reason,
		"2021年9月8日，口头，版本2026-1", "照片和事迹用于宣传2026年1月10日纸面2026-12026年6月1日", "加入联络群2026年1月10日口头2026-1有效",
		"应急救援突击队副队长2026年1月10日在队", "-240", "服务时长6小时10分（370分钟）", "2026-10-2009:12李样本看完整信息核对电话",
	}
	for _, one := range want {
		if !strings.Contains(text, squeezed(one)) {
			t.Errorf("the paper lacks %q", one)
		}
	}
	if n := strings.Count(text, "2026-10-12"); n != 3 {
		t.Errorf("the corrected activity stands there %d times", n)
	}
}

func TestPersonPaperOfALongLife(t *testing.T) {
	p := personPaper()
	p.Person.Note = strings.Repeat("情况说明", 250)
	for i := range 300 {
		p.Times = append(p.Times, PersonTime{Day: "2026-10-05", Title: fmt.Sprintf("第T%03d场", i), Minutes: 60, Recorded: "2026-10-06"})
	}
	text := squeezed(poppler(t, made(t, func(w io.Writer) error { return PersonPDF(w, p) }), "pdftotext", "-raw"))
	for i := range 300 {
		if strings.Count(text, fmt.Sprintf("T%03d", i)) != 1 {
			t.Fatalf("entry %d is not there once", i)
		}
	}
	if n := strings.Count(text, "情况说明"); n < 245 {
		t.Errorf("the long note is cut to %d of 250 parts", n)
	}
}
