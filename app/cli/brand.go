package cli

import (
	"slices"
	"strings"

	"rongyuan/store/record"
)

// brandDoc is a brand project as lists print it.
type brandDoc struct {
	ID      record.BrandID `json:"id"`
	Name    string         `json:"name"`
	Slogan  string         `json:"slogan,omitempty"`
	Started record.Day     `json:"started,omitempty"`
	Ended   record.Day     `json:"ended,omitempty"`
	Team    string         `json:"team,omitempty"`
	Content string         `json:"content,omitempty"`
}

// brand finds a brand project by id or name.
func (k *call) brand(written string) (record.Brand, error) {
	all, err := k.db.Brands(k.ctx)
	if err != nil {
		return record.Brand{}, err
	}
	i := slices.IndexFunc(all, func(b record.Brand) bool { return string(b.ID) == written || b.Name == strings.TrimSpace(written) })
	if i < 0 {
		return record.Brand{}, record.FailField("brand", record.CodeNotFound)
	}
	return all[i], nil
}

type brandList struct{}

func (*brandList) options(*options) {}

func (*brandList) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	list, err := db.Brands(k.ctx)
	if err != nil {
		return answer{}, err
	}
	docs := make([]brandDoc, 0, len(list))
	rows := make([][]string, 0, len(list))
	for _, b := range list {
		team, _ := db.Team(k.ctx, b.Team) // a brand may have no team
		docs = append(docs, brandDoc{b.ID, b.Name, b.Slogan, b.Started, b.Ended, team.Name, b.Content})
		rows = append(rows, []string{b.Name, b.Slogan, string(b.Started), team.Name, string(b.ID)})
	}
	doc := struct {
		Brands []brandDoc `json:"brands"`
	}{docs}
	return answer{doc: doc, text: listed([]string{"名称", "口号", "启动日期", "服务队", "编号"}, rows)}, nil
}

type brandCreate struct{ name, slogan, started, team, content string }

func (c *brandCreate) options(o *options) {
	o.text(&c.name, "name", "名称", "品牌名称")
	o.text(&c.slogan, "slogan", "口号", "口号")
	o.text(&c.started, "started", "日期", "启动日期")
	o.text(&c.team, "team", "队", "承办的服务队")
	o.text(&c.content, "content", "文字", "项目内容")
}

func (c *brandCreate) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	b := record.Brand{Name: strings.TrimSpace(c.name), Slogan: c.slogan, Content: c.content}
	if b.Started, err = readDay("started", c.started, k.today()); err != nil {
		return answer{}, err
	}
	if c.team != "" {
		team, err := k.team(c.team)
		if err != nil {
			return answer{}, err
		}
		b.Team = team.ID
	}
	id, err := db.CreateBrand(k.ctx, b)
	if err != nil {
		return answer{}, err
	}
	return answer{doc: written{ID: string(id), Problems: []finding{}}, text: said("已建品牌项目：%s %s", b.Name, id)}, nil
}
