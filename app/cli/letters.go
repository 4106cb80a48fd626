package cli

import (
	"fmt"
	"io"
	"strings"

	"rongyuan/store/record"
)

// letterDoc is a letter of the district as commands print it.
type letterDoc struct {
	ID     string             `json:"id"`
	Kind   record.MessageKind `json:"kind"`
	Urgent bool               `json:"urgent"`
	At     *string            `json:"at"`
	Title  string             `json:"title"`
	Text   string             `json:"text"`
	From   string             `json:"from"`
	ReadAt *string            `json:"read_at"`
	ReadBy string             `json:"read_by,omitempty"`
}

func letterDocOf(l record.Letter) letterDoc {
	n := l.Notice()
	return letterDoc{l.ID, l.Kind, l.Urgent, timeText(l.AtMS), n.Title, n.Text, n.From, timeText(l.ReadMS), l.ReadBy}
}

// lettersMost is how many letters are listed when nothing is said.
const lettersMost = 100

type letterList struct{ limit int }

func (c *letterList) options(o *options) {
	o.number(&c.limit, "limit", "条数", "最多几条；不写就是 100")
}

func (c *letterList) run(k *call) (answer, error) {
	if !k.given.has("limit") {
		c.limit = lettersMost
	}
	if c.limit <= 0 {
		return answer{}, usage("--limit 要大于 0")
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	list, err := db.Letters(k.ctx, c.limit)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Letters []letterDoc `json:"letters"`
	}{make([]letterDoc, 0, len(list))}
	rows := make([][]string, 0, len(list))
	for _, l := range list {
		one := letterDocOf(l)
		doc.Letters = append(doc.Letters, one)
		rows = append(rows, []string{one.ID, textOf(one.At), letterState(l), one.Title, one.From})
	}
	return answer{doc: doc, text: listed([]string{"编号", "时间", "状态", "标题", "来自"}, rows)}, nil
}

func letterState(l record.Letter) string {
	switch {
	case l.ReadMS > 0:
		return "已阅"
	case l.Urgent:
		return "紧急"
	}
	return "未阅"
}

// letterRead opens one letter: it is shown and noted as read.
type letterRead struct{}

func (*letterRead) options(*options) {}

func (c *letterRead) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	if err := db.ReadLetter(k.ctx, k.args[0]); err != nil {
		return answer{}, err
	}
	list, err := db.Letters(k.ctx, 1<<20)
	if err != nil {
		return answer{}, err
	}
	for _, l := range list {
		if l.ID == k.args[0] {
			one := letterDocOf(l)
			return answer{doc: one, text: func(w io.Writer) {
				fmt.Fprintf(w, "%s\n%s  %s\n\n%s\n", one.Title, one.From, textOf(one.At), strings.TrimSpace(one.Text))
			}}, nil
		}
	}
	return answer{}, record.Fail(record.CodeNotFound)
}
