package cli

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// mostPaste is more text than a group chat gives.
const mostPaste = 1 << 20

// sheetFlags say who took part by paper or by a pasted list.
type sheetFlags struct {
	sheet string
	paste string
}

func (c *sheetFlags) options(o *options) {
	o.text(&c.sheet, "sheet", "表号", "签到表上的人全到；没来的用 --absent 写序号或人")
	o.text(&c.paste, "paste", "文件", "接龙文字：对得上的人都算参加；- 是标准输入")
}

// rows are the people of a printed sheet less those who were absent, who may be
// named by their rows.
func (c *sheetFlags) rows(k *call, absent []string) ([]record.VolunteerID, error) {
	if c.sheet == "" {
		return nil, nil
	}
	sheet, err := k.db.Sheet(k.ctx, c.sheet)
	if err != nil {
		return nil, err
	}
	away := map[record.VolunteerID]bool{}
	for _, who := range splitWords(absent) {
		id, err := k.onSheet(sheet, who)
		if err != nil {
			return nil, err
		}
		away[id] = true
	}
	return slices.DeleteFunc(slices.Clone(sheet.Rows), func(id record.VolunteerID) bool { return away[id] }), nil
}

// onSheet is somebody by the row's number, by the row's code or by name.
func (k *call) onSheet(sheet record.Sheet, who string) (record.VolunteerID, error) {
	row, err := strconv.Atoi(who)
	if number, coded, ok := record.ReadRowCode(who); ok && number == sheet.Number {
		row, err = coded, nil
	}
	if err == nil && len(who) <= 3 || err == nil && len(who) == 10 {
		if row < 1 || row > len(sheet.Rows) {
			return "", record.FailField("row", record.CodeNotFound, who)
		}
		return sheet.Rows[row-1], nil
	}
	p, err := k.person(who)
	return p.ID, err
}

// pasted are the people of a pasted list. Lines that nobody could be told from
// are told, and the command ends with the code for what a person must do.
func (c *sheetFlags) pasted(k *call, team record.TeamID) ([]record.VolunteerID, error) {
	if c.paste == "" {
		return nil, nil
	}
	text, err := k.wholeText(c.paste)
	if err != nil {
		return nil, err
	}
	lines := roster.ReadChain(text)
	entries := make([]store.ChainEntry, len(lines))
	for i, l := range lines {
		entries[i] = store.ChainEntry{Serial: l.Serial, Words: l.Words, Tails: l.Tails, Absent: l.Absent}
	}
	found, err := k.db.MatchChain(k.ctx, team, entries)
	if err != nil {
		return nil, err
	}
	var out []record.VolunteerID
	for i, f := range found {
		if len(f.Doubtful) > 0 || f.Unknown {
			k.waits(lines[i].Text)
		}
		for _, p := range f.People {
			at := slices.Index(out, p.ID)
			switch {
			case lines[i].Absent && at >= 0:
				out = slices.Delete(out, at, at+1)
			case !lines[i].Absent && at < 0:
				out = append(out, p.ID)
			}
		}
	}
	return out, nil
}

func (k *call) wholeText(path string) (string, error) {
	if path == "-" {
		lines, err := k.lines(path)
		return strings.Join(lines, "\n"), err
	}
	st, err := os.Stat(path)
	if err == nil && st.Size() > mostPaste {
		return "", record.Fail(record.CodeTooLarge, baseName(path))
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", record.Fail(record.CodeFileUnread, baseName(path)).Because(err)
	}
	return string(raw), nil
}

// waits tells of a line that a person must decide.
func (k *call) waits(line string) {
	_, _ = fmt.Fprintln(k.env.Stderr, "对不上，请另加："+line)
	k.exit = exitPerson
}
