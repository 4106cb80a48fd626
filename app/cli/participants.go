package cli

import (
	"slices"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// participants are the flags that say who took part.
type participants struct {
	sheetFlags
	with    []string
	file    string
	teamAll bool
	absent  []string
	source  string
	signIn  string
	missing []string // of the sign-in sheet: nobody, or several, of that name
}

func (c *participants) options(o *options) {
	c.sheetFlags.options(o)
	o.many(&c.with, "with", "人[=分钟]", "参加的人，可以写几次；不写分钟就是活动的时长")
	o.text(&c.file, "participants", "文件", "参加的人，一行一个：编号、身份证号或姓名，后面可以写分钟；- 是标准输入")
	o.text(&c.signIn, "sign-in", "签到表.xlsx", "签到表上的人；没登记过的和重名的列出来，另外登记")
	o.yes(&c.teamAll, "team-all", "活动的服务队今天的全体队员")
	o.many(&c.absent, "absent", "人", "和 --team-all 或 --sheet 一起：这些人没来")
	o.text(&c.source, "source", "来源", "现场签到、补录、导入、外系统；不写就是补录")
}

// entries are the people who took part, with their minutes; 0 is the whole
// activity. Somebody who is named twice stands twice: that is the store's to
// refuse.
func (c *participants) entries(k *call, team record.TeamID) ([]record.Entry, error) {
	source, err := codeIn(record.Sources(), "source", c.source)
	if err != nil {
		return nil, err
	}
	named, err := c.named(k)
	if err != nil {
		return nil, err
	}
	out := make([]record.Entry, 0, len(named))
	for _, one := range named {
		p, err := k.person(one.who)
		if err != nil {
			return nil, err
		}
		out = append(out, record.Entry{Volunteer: p.ID, Minutes: one.minutes, Source: source})
	}
	if c.signIn != "" {
		if out, err = c.signedIn(k, out, source); err != nil {
			return nil, err
		}
	}
	present, err := c.listed(k, team)
	for _, id := range present {
		if !slices.ContainsFunc(out, func(e record.Entry) bool { return e.Volunteer == id }) {
			out = append(out, record.Entry{Volunteer: id, Source: source})
		}
	}
	return out, err
}

// listed are the people of a sheet, a pasted list or the whole team.
func (c *participants) listed(k *call, team record.TeamID) ([]record.VolunteerID, error) {
	out, err := c.rows(k, c.absent)
	if err != nil {
		return nil, err
	}
	more, err := c.pasted(k, team)
	if err != nil || !c.teamAll {
		return append(out, more...), err
	}
	members, err := c.present(k, team)
	return slices.Concat(out, more, members), err
}

type participant struct {
	who     string
	minutes int
}

// named are the people whom the flags and the file name.
func (c *participants) named(k *call) ([]participant, error) {
	var out []participant
	for _, word := range splitWords(c.with) {
		who, minutes, given := strings.Cut(word, "=")
		one, err := participantOf(who, minutes, given)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	if c.file == "" {
		return out, nil
	}
	lines, err := k.lines(c.file)
	if err != nil {
		return nil, err
	}
	for _, line := range lines {
		who, minutes, given := cutMinutes(line)
		one, err := participantOf(who, minutes, given)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// cutMinutes parts a line of the file: a name may hold a space, so minutes are
// what stands behind the last comma, tab or equals sign, or a last word of
// digits behind a space.
func cutMinutes(line string) (who, minutes string, given bool) {
	if i := strings.LastIndexAny(line, ",\t="); i >= 0 {
		return line[:i], line[i+1:], true
	}
	if i := strings.LastIndex(line, " "); i >= 0 && len(line)-i <= 5 && strings.Trim(line[i+1:], "0123456789") == "" {
		return line[:i], line[i+1:], true
	}
	return line, "", false
}

func participantOf(who, minutes string, given bool) (participant, error) {
	out := participant{who: strings.TrimSpace(who)}
	if !given {
		return out, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(minutes))
	if err != nil || n <= 0 {
		return out, record.FailField("minutes", record.CodeMinutesRange)
	}
	out.minutes = n
	return out, nil
}

// present are the members of a team today, less those who were absent.
func (c *participants) present(k *call, team record.TeamID) ([]record.VolunteerID, error) {
	if team == "" {
		return nil, usage("--team-all 要先写 --team 队")
	}
	away := map[record.VolunteerID]bool{}
	for _, who := range splitWords(c.absent) {
		p, err := k.person(who)
		if err != nil {
			return nil, err
		}
		away[p.ID] = true
	}
	list, err := k.db.Members(k.ctx, team)
	if err != nil {
		return nil, err
	}
	var out []record.VolunteerID
	for _, m := range list {
		if m.On(k.today()) && !away[m.Volunteer] && !slices.Contains(out, m.Volunteer) {
			out = append(out, m.Volunteer)
		}
	}
	return out, nil
}
