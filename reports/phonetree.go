package reports

import (
	"io"
	"strconv"
	"strings"
)

// PhoneTreePaper is the tree by which a team is called together, printed for
// the hour when no computer runs.
type PhoneTreePaper struct {
	Head
	Team string
	// Called is who calls first: the station's clerk or the team's captain.
	Called PhoneTreeMember
	Squads []PhoneTreeSquad
}

// PhoneTreeSquad is a squad, or the members without one.
type PhoneTreeSquad struct {
	Name    string
	Members []PhoneTreeMember // the first is called by the captain and calls the others
}

// PhoneTreeMember is somebody to call.
type PhoneTreeMember struct {
	Name, Role string
	Phones     []string
}

// PhoneTreePDF prints who calls whom, with room for answers. Telephone numbers
// stand in full only when Full is set.
func PhoneTreePDF(w io.Writer, p PhoneTreePaper) error {
	d, err := p.begin(p.Team+"电话通知树", formSheet)
	if err != nil {
		return err
	}
	d.between(d.plain(size5), "集结事由：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿", "发令时间：＿＿月＿＿日＿＿时＿＿分")
	d.heading(2, "第一步：服务站通知"+p.Called.line(p.Head))
	for i, squad := range p.Squads {
		d.section("第二步" + branch(i) + "：" + squad.Name)
		t := table{
			size: 11, least: 7.4,
			columns: []column{{12, centre}, {30, left}, {24, centre}, {44, centre}, {22, centre}, {22, centre}, {24, left}},
			head:    [][]cell{cells("顺序", "姓名", "职务", "电话", "接通时间", "能否到", "预计到达")},
		}
		for n, m := range squad.Members {
			t.rows = append(t.rows, cells(strconv.Itoa(n+1), m.Name, m.Role, strings.Join(p.phones(m.Phones), "\n"), "", "□能 □否", ""))
		}
		d.table(t)
	}
	d.space(2)
	d.note(sizeSmall5, "用法：每队第 1 人由队长通知，再由第 1 人依次通知后面的人；打不通的过三分钟再打一次，仍不通就往下打，最后报队长。人数够了，队长通知停止。"+
		"本表有电话，用后收回。")
	return d.write(w)
}

func (m PhoneTreeMember) line(h Head) string {
	if m.Name == "" {
		return "队长"
	}
	return m.Role + m.Name + "（" + strings.Join(h.phones(m.Phones), "、") + "）"
}

// branch names the calls that run at the same time: 甲, 乙, 丙 …
func branch(i int) string {
	names := []rune("甲乙丙丁戊己庚辛壬癸")
	if i < len(names) {
		return "（" + string(names[i]) + "路）"
	}
	return "（第" + strconv.Itoa(i+1) + "路）"
}
