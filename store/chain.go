package store

import (
	"context"
	"slices"
	"strings"

	"rongyuan/store/record"
)

// ChainEntry is what a line of a pasted list says, for [DB.MatchChain]; package
// roster reads it.
type ChainEntry struct {
	Serial int
	Words  []string
	Tails  []string
	Absent bool
}

// ChainFound is what a line came to.
type ChainFound struct {
	// People are those whom the line names without doubt.
	People []Person
	// Doubtful are the people of one name of whom nothing tells which is meant,
	// the likeliest first.
	Doubtful []Person
	// Unknown reports a line that seems to name somebody who is not registered.
	Unknown bool
}

// MatchChain finds the people of a pasted list for an activity of a team ("" for
// none). Somebody is found by the whole name only; of several with one name the
// one whose number ends as written, or the only one who belongs to the team or
// has come with it. Whoever stays in doubt is not chosen: that is the clerk's to
// do.
func (db *DB) MatchChain(ctx context.Context, team record.TeamID, lines []ChainEntry) ([]ChainFound, error) {
	people, err := db.People(ctx, PeopleFilter{Serving: true})
	if err != nil {
		return nil, err
	}
	habits, err := db.Habits(ctx, team)
	if err != nil {
		return nil, err
	}
	m := chainMatch{names: map[string][]Person{}, habits: habits}
	for _, p := range people {
		m.names[p.Name] = append(m.names[p.Name], p)
	}
	for _, line := range lines {
		m.numbered = m.numbered || line.Serial > 0
	}
	out := make([]ChainFound, len(lines))
	for i, line := range lines {
		out[i] = m.line(line)
	}
	return out, nil
}

type chainMatch struct {
	names    map[string][]Person
	habits   Habits
	numbered bool
}

func (m *chainMatch) line(line ChainEntry) ChainFound {
	var out ChainFound
	taken := ""
	for _, word := range line.Words {
		if strings.Contains(taken, word) {
			continue // part of a name that was written with spaces
		}
		name, whole := m.nameIn(word)
		switch {
		case name == "" || m.numbered && line.Serial == 0 && !(whole && len(line.Words) == 1):
		default:
			taken += name + " "
			m.take(&out, m.names[name], line.Tails)
		}
	}
	if len(out.People) == 0 && len(out.Doubtful) == 0 {
		out.Unknown = m.seemsName(line)
	}
	return out
}

// take adds the one of a name who is meant, or all of them as doubtful.
func (m *chainMatch) take(out *ChainFound, same []Person, tails []string) {
	if one, sure := m.oneOf(same, tails); sure {
		out.People = append(out.People, one)
		return
	}
	same = slices.Clone(same)
	m.habits.Sort(same)
	out.Doubtful = append(out.Doubtful, same...)
}

// oneOf is the person who is meant among those of one name. A number that is
// written and fits nobody makes even the only one doubtful.
func (m *chainMatch) oneOf(same []Person, tails []string) (Person, bool) {
	if len(tails) > 0 {
		var fit []Person
		for _, p := range same {
			if endsWithAny(p, tails) {
				fit = append(fit, p)
			}
		}
		if len(fit) == 1 {
			return fit[0], true
		}
		if len(fit) == 0 && (len(same) > 1 || slices.ContainsFunc(tails, wholePhone)) {
			return Person{}, false
		}
	}
	if len(same) == 1 {
		return same[0], true
	}
	var known []Person
	for _, p := range same {
		if m.habits.Of(p.ID).Score() > 0 {
			known = append(known, p)
		}
	}
	if len(known) == 1 {
		return known[0], true
	}
	return Person{}, false
}

// wholePhone reports digits that are a telephone and no date or count.
func wholePhone(digits string) bool { return len(digits) == 11 && digits[0] == '1' }

func endsWithAny(p Person, tails []string) bool {
	for _, tail := range tails {
		if strings.HasSuffix(string(p.IDNumber), tail) || strings.HasSuffix(p.Number, tail) && len(tail) >= 4 ||
			slices.ContainsFunc(p.Phones, func(phone string) bool { return strings.HasSuffix(phone, tail) }) {
			return true
		}
	}
	return false
}

// nameIn is the name of somebody that a word is, once titles, words of assent
// and places around it are taken off; whole reports a word that is nothing else.
func (m *chainMatch) nameIn(word string) (name string, whole bool) {
	if len(m.names[word]) > 0 {
		return word, true
	}
	bare := strings.TrimSuffix(word, "的")
	for again := true; again; {
		again = false
		for _, end := range chainEnds() {
			if rest, cut := strings.CutSuffix(bare, end); cut && rest != "" {
				bare, again = rest, true
			}
		}
		if len(m.names[bare]) > 0 {
			return bare, false
		}
		for _, front := range chainFronts() {
			if rest, cut := strings.CutPrefix(bare, front); cut && rest != "" {
				bare, again = rest, true
			}
		}
		if len(m.names[bare]) > 0 {
			return bare, false
		}
	}
	return m.behindPlace(bare), false
}

// behindPlace is the name behind a place or a group: 东风里社区王建国.
func (m *chainMatch) behindPlace(word string) string {
	runes := []rune(word)
	for n := min(4, len(runes)-2); n >= 2; n-- {
		front, name := runes[:len(runes)-n], string(runes[len(runes)-n:])
		if strings.ContainsRune("区里村队楼号门组园街镇班站路院苑庄栋层户委会员长", front[len(front)-1]) && len(m.names[name]) > 0 {
			return name
		}
	}
	return ""
}

// seemsName reports a line that is meant to name somebody: a numbered one with
// words, or in a list without numbers a line as short as a name.
func (m *chainMatch) seemsName(line ChainEntry) bool {
	if len(line.Words) == 0 {
		return line.Serial > 0 && len(line.Tails) > 0
	}
	if m.numbered {
		return line.Serial > 0
	}
	n := len([]rune(line.Words[0]))
	return len(line.Words) == 1 && n >= 2 && n <= 4
}

// chainEnds are what people write behind a name, chainFronts what they write
// before it; the longest first, since 到 ends 收到 too.
func chainEnds() []string {
	return []string{
		"准时参加", "可以参加", "不能参加", "一家两口", "一家三口", "准时到", "能参加", "一定到", "已签到", "副队长", "副班长", "一个人", "来不了", "不能来", "去不了",
		"不参加", "和家属", "带家属", "准时", "参加", "报名", "可以", "能来", "能到", "会来", "一定", "到场", "已到", "到了", "来了", "收到", "签到", "同志",
		"老师", "师傅", "大哥", "大姐", "叔叔", "阿姨", "先生", "女士", "队长", "班长", "站长", "书记", "主任", "党员", "老兵", "上午", "下午", "晚上", "全天",
		"半天", "早上", "一人", "两人", "一位", "本人", "自己", "请假", "有事", "不来", "不去", "取消", "退出", "缺席", "未到", "没来", "家属", "一家", "一起",
		"两口", "三口", "二人", "三人", "到", "来", "去", "男", "女", "已", "也", "等", "补",
	}
}

func chainFronts() []string {
	return []string{
		"参加人员", "退役军人", "志愿者", "副队长", "副班长", "参加", "报名", "签到", "我是", "我叫", "本人", "代报", "代替", "姓名", "队员", "老兵", "党员", "队长",
		"班长", "组长", "书记", "加上", "还有", "请假", "取消", "同志", "代", "替", "帮", "加", "和", "及", "还", "补", "第", "号",
	}
}
