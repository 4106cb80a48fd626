package cli

import (
	"fmt"
	"io"

	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// monthOf reads the month that a command names and opens the file.
func (k *call) monthOf() (record.Period, *store.DB, error) {
	month, err := record.ReadMonth(k.args[0])
	if err != nil {
		return month, nil, err
	}
	db, err := k.open()
	return month, db, err
}

// closingDoc is the close of a month.
type closingDoc struct {
	Month   string         `json:"month"`
	Edition int            `json:"edition"`
	Seal    string         `json:"seal"`
	Open    bool           `json:"open"`
	Closed  record.Moment  `json:"closed"`
	By      string         `json:"by"`
	Reason  string         `json:"reason,omitempty"`
	Figures record.Figures `json:"figures"`
}

func closingDocOf(c record.Closing) closingDoc {
	return closingDoc{string(c.ID), c.Edition, c.Seal, c.Open, c.Closed, c.By, c.Reason, c.Figures}
}

// editionText is an edition as papers name it.
func editionText(edition int) string {
	if edition > 1 {
		return fmt.Sprintf("第%d版（更正版）", edition)
	}
	return fmt.Sprintf("第%d版", edition)
}

type monthClose struct{}

func (*monthClose) options(*options) {}

func (*monthClose) run(k *call) (answer, error) {
	month, db, err := k.monthOf()
	if err != nil {
		return answer{}, err
	}
	c, err := db.CloseMonth(k.ctx, month)
	if err != nil {
		return answer{}, err
	}
	return answer{doc: closingDocOf(c), text: said("%s已月结，%s，封签 %s。请把封签抄在月报上留底",
		month.Chinese(), editionText(c.Edition), c.Seal)}, nil
}

type monthReopen struct{ reason string }

func (c *monthReopen) options(o *options) {
	o.text(&c.reason, "reason", "原因", "为什么要重开")
}

func (c *monthReopen) run(k *call) (answer, error) {
	month, db, err := k.monthOf()
	if err != nil {
		return answer{}, err
	}
	if err := db.ReopenMonth(k.ctx, month, c.reason); err != nil {
		return answer{}, err
	}
	now, err := db.Closing(k.ctx, month)
	if err != nil {
		return answer{}, err
	}
	return answer{doc: closingDocOf(now), text: said("%s已重开；更正以后再月结，就是%s", month.Chinese(), editionText(now.Edition+1))}, nil
}

type monthList struct{}

func (*monthList) options(*options) {}

func (*monthList) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	all, err := db.Closings(k.ctx)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Months []closingDoc `json:"months"`
	}{[]closingDoc{}}
	rows := [][]string{}
	for _, c := range all {
		doc.Months = append(doc.Months, closingDocOf(c))
		state := "已月结"
		if c.Open {
			state = "已重开"
		}
		rows = append(rows, []string{string(c.ID), state, editionText(c.Edition), c.Seal, string(c.Closed), c.By, c.Reason})
	}
	return answer{doc: doc, text: listed([]string{"月份", "状态", "版次", "封签", "月结时间", "站长", "重开原因"}, rows)}, nil
}

type monthCheck struct{}

func (*monthCheck) options(*options) {}

// lightDoc is one line of the check of a month.
type lightDoc struct {
	Code  record.LightCode `json:"code"`
	Name  string           `json:"name"`
	Tone  record.Tone      `json:"tone"`
	Items []lightItemDoc   `json:"items"`
}

type lightItemDoc struct {
	Activity  record.ActivityID  `json:"activity,omitempty"`
	Title     string             `json:"title,omitempty"`
	Volunteer record.VolunteerID `json:"volunteer,omitempty"`
	Name      string             `json:"name,omitempty"`
	Day       record.Day         `json:"day,omitempty"`
	Code      record.Code        `json:"code,omitempty"`
	Message   string             `json:"message,omitempty"`
	Stops     bool               `json:"stops"`
}

func (*monthCheck) run(k *call) (answer, error) {
	month, db, err := k.monthOf()
	if err != nil {
		return answer{}, err
	}
	lights, err := db.CheckMonth(k.ctx, month)
	if err != nil {
		return answer{}, err
	}
	titles, err := k.titles()
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Month  string     `json:"month"`
		Ready  bool       `json:"ready"`
		Lights []lightDoc `json:"lights"`
	}{month.String(), record.RedLights(lights) == 0, []lightDoc{}}
	for _, l := range lights {
		name, _ := say.Light(l.Code)
		one := lightDoc{l.Code, name, l.Tone, []lightItemDoc{}}
		for _, item := range l.Items {
			p, _ := db.Person(item.Volunteer)
			one.Items = append(one.Items, lightItemDoc{
				item.Activity, titles[item.Activity], item.Volunteer, p.Name, item.Day, item.Code, say.Item(item), item.Red,
			})
		}
		doc.Lights = append(doc.Lights, one)
	}
	out := answer{doc: doc, text: func(w io.Writer) { lightsText(w, doc.Lights) }}
	if !doc.Ready {
		out.exit = exitPerson
	}
	return out, nil
}

// titles are the names of all activities.
func (k *call) titles() (map[record.ActivityID]string, error) {
	all, err := k.db.Activities(k.ctx, store.ActivityFilter{})
	out := map[record.ActivityID]string{}
	for _, a := range all {
		out[a.ID] = a.Title
	}
	return out, err
}

func lightsText(w io.Writer, lights []lightDoc) {
	for _, l := range lights {
		fmt.Fprintf(w, "【%s】%s\n", say.Tone(l.Tone), l.Name)
		rows := [][]string{}
		for _, item := range l.Items {
			rows = append(rows, []string{"    " + string(item.Day), item.Title, item.Name, item.Message})
		}
		columns(w, rows)
	}
}

type monthVerify struct{ seal string }

func (c *monthVerify) options(o *options) {
	o.text(&c.seal, "seal", "封签", "纸上印的封签，核对是不是同一版")
}

func (c *monthVerify) run(k *call) (answer, error) {
	month, db, err := k.monthOf()
	if err != nil {
		return answer{}, err
	}
	check, err := db.CheckSeal(k.ctx, month)
	if err != nil {
		return answer{}, err
	}
	type changeDoc struct {
		Kind record.EntityKind `json:"kind"`
		ID   string            `json:"id"`
		How  string            `json:"how"`
	}
	doc := struct {
		Month   string      `json:"month"`
		Edition int         `json:"edition"`
		Seal    string      `json:"seal"`
		Now     string      `json:"now"`
		Open    bool        `json:"open"`
		Holds   bool        `json:"holds"`
		Paper   *bool       `json:"paper,omitempty"`
		Changes []changeDoc `json:"changes"`
	}{string(check.Closing.ID), check.Closing.Edition, check.Closing.Seal, check.Now, check.Closing.Open, check.Holds, nil, []changeDoc{}}
	for _, one := range check.Changes {
		doc.Changes = append(doc.Changes, changeDoc{one.Kind, one.ID, one.How})
	}
	out := answer{text: func(w io.Writer) { sealText(w, month, check) }}
	if k.given.has("seal") {
		same := record.SameSeal(c.seal, check.Closing.Seal)
		doc.Paper = &same
		out.text = func(w io.Writer) {
			sealText(w, month, check)
			fmt.Fprintln(w, map[bool]string{true: "纸上的封签就是这一版。", false: "纸上的封签不是这一版。"}[same])
		}
	}
	out.doc, out.exit = doc, sealExit(check, doc.Paper)
	return out, nil
}

func sealExit(check store.SealCheck, paper *bool) int {
	switch {
	case !check.Holds && !check.Closing.Open:
		return exitDamaged
	case !check.Holds, paper != nil && !*paper:
		return exitPerson
	}
	return exitDone
}

func sealText(w io.Writer, month record.Period, check store.SealCheck) {
	fmt.Fprintf(w, "%s %s，封签 %s\n", month.Chinese(), editionText(check.Closing.Edition), check.Closing.Seal)
	switch {
	case check.Holds:
		fmt.Fprintln(w, "核对一致：月结以后一条都没有变。")
	case check.Closing.Open:
		fmt.Fprintln(w, "这个月已经重开，下面是重开以后的更正：")
	default:
		fmt.Fprintf(w, "对不上：现在算出来是 %s。下面这些和月结时不一样：\n", check.Now)
	}
	rows := [][]string{}
	for _, one := range check.Changes {
		rows = append(rows, []string{"  " + say.Entity(one.Kind), one.ID, say.RowHow(one.How)})
	}
	columns(w, rows)
}
