package cli

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"rongyuan/store"
	"rongyuan/store/record"
)

// trainingDoc, honourDoc and transferDoc are records of a person as commands
// print them.
type trainingDoc struct {
	ID record.TrainingID `json:"id"`
	record.Training
	ResultName string `json:"result_name,omitempty"`
}

type honourDoc struct {
	ID record.HonourID `json:"id"`
	record.Honour
	LevelName string `json:"level_name"`
}

type transferDoc struct {
	ID record.TransferID `json:"id"`
	record.Transfer
	Name      string `json:"name"`
	StateName string `json:"state_name"`
}

// ofPerson opens the file and finds somebody.
func (k *call) ofPerson() (*store.DB, store.Person, error) {
	db, err := k.open()
	if err != nil {
		return nil, store.Person{}, err
	}
	p, err := k.person(k.args[0])
	return db, p, err
}

type trainingList struct{}

func (*trainingList) options(*options) {}

func (*trainingList) run(k *call) (answer, error) {
	db, p, err := k.ofPerson()
	if err != nil {
		return answer{}, err
	}
	list, err := db.Trainings(k.ctx, p.ID)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Volunteer record.VolunteerID `json:"volunteer"`
		Trainings []trainingDoc      `json:"trainings"`
	}{p.ID, make([]trainingDoc, 0, len(list))}
	rows := make([][]string, 0, len(list))
	for _, one := range list {
		result := record.TrainingResults().NameOf(one.Result)
		doc.Trainings = append(doc.Trainings, trainingDoc{one.ID, one, result})
		rows = append(rows, []string{string(one.Day), one.Title, record.HoursText(one.Minutes), one.Host, result})
	}
	return answer{doc: doc, text: listed([]string{"日期", "培训内容", "小时", "主办单位", "结果"}, rows)}, nil
}

type trainingAdd struct{ title, day, hours, host, result, note string }

func (c *trainingAdd) options(o *options) {
	o.text(&c.title, "title", "文字", "学了什么")
	o.text(&c.day, "day date", "日期", "哪天；不写就是今天")
	o.text(&c.hours, "hours", "小时", "几个小时，可以有小数")
	o.text(&c.host, "host", "单位", "主办单位")
	o.text(&c.result, "result", "结果", "参加、合格、优秀、不合格")
	o.text(&c.note, "note", "文字", "备注；不得录入涉密信息")
}

func (c *trainingAdd) run(k *call) (answer, error) {
	day, err := readDay("day", cmp.Or(c.day, string(k.today())), k.today())
	if err != nil {
		return answer{}, err
	}
	result, err := codeIn(record.TrainingResults(), "result", c.result)
	if err != nil {
		return answer{}, err
	}
	minutes, err := hoursOf(c.hours)
	if err != nil {
		return answer{}, err
	}
	db, p, err := k.ofPerson()
	if err != nil {
		return answer{}, err
	}
	id, err := db.RecordTraining(k.ctx, record.Training{
		Volunteer: p.ID, Day: day, Title: strings.TrimSpace(c.title), Minutes: minutes, Host: c.host, Result: result, Note: c.note,
	})
	if err != nil {
		return answer{}, err
	}
	return answer{doc: written{ID: string(id)}, text: said("已记下培训：%s，%s", p.Name, c.title)}, nil
}

// hoursOf reads hours with a fraction as minutes.
func hoursOf(written string) (int, error) {
	if strings.TrimSpace(written) == "" {
		return 0, nil
	}
	hours, err := strconv.ParseFloat(record.Narrow(strings.TrimSpace(written)), 64)
	if err != nil || math.IsNaN(hours) || math.Abs(hours) > 1e6 {
		return 0, record.FailField("minutes", record.CodeMinutesRange)
	}
	return int(math.Round(hours * 60)), nil
}

type honourList struct{}

func (*honourList) options(*options) {}

func (*honourList) run(k *call) (answer, error) {
	db, p, err := k.ofPerson()
	if err != nil {
		return answer{}, err
	}
	list, err := db.Honours(k.ctx, p.ID)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Volunteer record.VolunteerID `json:"volunteer"`
		Honours   []honourDoc        `json:"honours"`
	}{p.ID, make([]honourDoc, 0, len(list))}
	rows := make([][]string, 0, len(list))
	for _, one := range list {
		level := record.HonourLevels().NameOf(one.Level)
		doc.Honours = append(doc.Honours, honourDoc{one.ID, one, level})
		rows = append(rows, []string{string(one.Day), one.Title, level, one.Issuer, one.Document})
	}
	return answer{doc: doc, text: listed([]string{"日期", "荣誉", "级别", "颁发单位", "文号"}, rows)}, nil
}

type honourAdd struct{ title, day, level, document, issuer, note string }

func (c *honourAdd) options(o *options) {
	o.text(&c.title, "title", "名称", "荣誉名称")
	o.text(&c.day, "day date", "日期", "哪天授予；不写就是今天")
	o.text(&c.level, "level", "级别", "国家级、市级、区级、街镇级、社区级")
	o.text(&c.document, "document", "文号", "文件的文号")
	o.text(&c.issuer, "issuer", "单位", "颁发单位")
	o.text(&c.note, "note", "文字", "备注；不得录入涉密信息")
}

func (c *honourAdd) run(k *call) (answer, error) {
	day, err := readDay("day", cmp.Or(c.day, string(k.today())), k.today())
	if err != nil {
		return answer{}, err
	}
	level, err := codeIn(record.HonourLevels(), "level", c.level)
	if err != nil {
		return answer{}, err
	}
	db, p, err := k.ofPerson()
	if err != nil {
		return answer{}, err
	}
	id, err := db.RecordHonour(k.ctx, record.Honour{
		Volunteer: p.ID, Day: day, Title: strings.TrimSpace(c.title), Level: level, Document: c.document, Issuer: strings.TrimSpace(c.issuer), Note: c.note,
	})
	if err != nil {
		return answer{}, err
	}
	return answer{doc: written{ID: string(id)}, text: said("已记下荣誉：%s，%s", p.Name, c.title)}, nil
}
