package cli

import (
	"cmp"
	"strings"

	"rongyuan/store/record"
)

// consentDoc is a consent as commands print it.
type consentDoc struct {
	ID          record.ConsentID `json:"id"`
	Purpose     string           `json:"purpose"`
	PurposeName string           `json:"purpose_name"`
	Given       record.Day       `json:"given"`
	Form        string           `json:"form"`
	Way         string           `json:"way,omitempty"`
	Ended       record.Day       `json:"ended,omitempty"`
	Holds       bool             `json:"holds"`
}

func (k *call) consentDoc(c record.Consent) consentDoc {
	return consentDoc{
		c.ID, c.Purpose, record.Purposes().NameOf(c.Purpose), c.Given, c.Form, c.Way, c.Ended, c.Holds(k.today()),
	}
}

// consentsOf answers with all consents of somebody; the text for people is the
// list where none is given.
func (k *call) consentsOf(id record.VolunteerID, text string) (answer, error) {
	list, err := k.db.Consents(k.ctx, id)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Volunteer record.VolunteerID `json:"volunteer"`
		Consents  []consentDoc       `json:"consents"`
	}{id, make([]consentDoc, 0, len(list))}
	rows := make([][]string, 0, len(list))
	for _, c := range list {
		one := k.consentDoc(c)
		state := "有效"
		if !one.Holds {
			state = "已撤回"
		}
		doc.Consents = append(doc.Consents, one)
		rows = append(rows, []string{one.PurposeName, string(one.Given), wayText(one.Way), one.Form, string(one.Ended), state})
	}
	out := answer{doc: doc, text: listed([]string{"用途", "同意日期", "方式", "同意书", "撤回日期", ""}, rows)}
	if text != "" {
		out.text = said("%s", text)
	}
	return out, nil
}

// wayText is how an agreement was given.
func wayText(way string) string {
	if text, known := map[string]string{"paper": "纸面", "oral": "口头", "import": "随花名册"}[way]; known {
		return text
	}
	return way
}

type consentList struct{}

func (*consentList) options(*options) {}

func (*consentList) run(k *call) (answer, error) {
	if _, err := k.open(); err != nil {
		return answer{}, err
	}
	p, err := k.person(k.args[0])
	if err != nil {
		return answer{}, err
	}
	return k.consentsOf(p.ID, "")
}

// purposeFlag is what a consent is for.
type purposeFlag struct{ purpose string }

func (c *purposeFlag) options(o *options) {
	var words []string
	for _, term := range record.Purposes().Terms {
		words = append(words, term.Code+" "+term.Name)
	}
	o.text(&c.purpose, "purpose", "用途", "同意做什么："+strings.Join(words, "、"))
}

func (c *purposeFlag) code() (string, error) {
	if c.purpose == "" {
		return "", usage("要写 --purpose 用途")
	}
	return codeIn(record.Purposes(), "purpose", c.purpose)
}

type consentGive struct {
	purposeFlag
	date, form, way string
}

func (c *consentGive) options(o *options) {
	c.purposeFlag.options(o)
	o.text(&c.date, "date given", "日期", "哪天同意的；不写就是今天")
	o.text(&c.form, "version form", "版本", "同意书版本；不写就是现行的")
	o.text(&c.way, "way", "方式", "paper 纸面（不写就是）、oral 口头")
}

// run writes one consent. One that holds already is not given twice: to end it
// later must end the use.
func (c *consentGive) run(k *call) (answer, error) {
	purpose, err := c.code()
	if err != nil {
		return answer{}, err
	}
	given, err := readDay("given", cmp.Or(c.date, string(k.today())), k.today())
	if err != nil {
		return answer{}, err
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	p, err := k.person(k.args[0])
	if err != nil {
		return answer{}, err
	}
	holding, err := k.holding(p.ID, purpose)
	if err != nil {
		return answer{}, err
	}
	if len(holding) > 0 {
		return answer{}, record.Fail(record.CodeNothingToDo)
	}
	_, err = db.GiveConsent(k.ctx, record.Consent{
		Volunteer: p.ID, Purpose: purpose, Given: given, Form: cmp.Or(c.form, record.AgreementVersion), Way: cmp.Or(c.way, "paper"),
	})
	if err != nil {
		return answer{}, err
	}
	return k.consentsOf(p.ID, "已记下同意："+p.Name+"，"+record.Purposes().NameOf(purpose))
}

// holding are the consents of somebody to a purpose that hold today.
func (k *call) holding(id record.VolunteerID, purpose string) ([]record.Consent, error) {
	list, err := k.db.Consents(k.ctx, id)
	var out []record.Consent
	for _, c := range list {
		if c.Purpose == purpose && c.Holds(k.today()) {
			out = append(out, c)
		}
	}
	return out, err
}

type consentEnd struct{ purposeFlag }

func (c *consentEnd) run(k *call) (answer, error) {
	purpose, err := c.code()
	if err != nil {
		return answer{}, err
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	p, err := k.person(k.args[0])
	if err != nil {
		return answer{}, err
	}
	holding, err := k.holding(p.ID, purpose)
	if err != nil {
		return answer{}, err
	}
	if len(holding) == 0 {
		return answer{}, record.Fail(record.CodeNothingToDo)
	}
	for _, one := range holding {
		if err := db.EndConsent(k.ctx, one.ID); err != nil {
			return answer{}, err
		}
	}
	return k.consentsOf(p.ID, "已撤回同意："+p.Name+"，"+record.Purposes().NameOf(purpose)+"，从今天起不再用")
}
