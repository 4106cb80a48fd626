package cli

import (
	"fmt"
	"io"

	"rongyuan/assets/say"
	"rongyuan/store/record"
)

type monthExplain struct {
	edition   int
	indicator string
}

func (c *monthExplain) options(o *options) {
	o.number(&c.edition, "edition", "版次", "和印出去的第几版比；不写就和上个月比")
	o.text(&c.indicator, "indicator", "指标代码", "只看一个指标，如 minutes")
}

// explanationDoc is why one figure differs.
type explanationDoc struct {
	Code   string     `json:"code"`
	Name   string     `json:"name"`
	Before int64      `json:"before"`
	After  int64      `json:"after"`
	Causes []causeDoc `json:"causes"`
}

type causeDoc struct {
	Kind   record.CauseKind `json:"kind"`
	What   string           `json:"what"`
	ID     string           `json:"id"`
	Was    int64            `json:"was"`
	Is     int64            `json:"is"`
	Amount int64            `json:"amount"`
}

func (c *monthExplain) run(k *call) (answer, error) {
	month, db, err := k.monthOf()
	if err != nil {
		return answer{}, err
	}
	e, err := db.Explain(k.ctx, month, c.edition)
	if err != nil {
		return answer{}, err
	}
	names, err := k.backings()
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Month   string           `json:"month"`
		Against string           `json:"against"`
		Edition int              `json:"edition,omitempty"`
		Changed []explanationDoc `json:"changed"`
	}{month.String(), e.Against.String(), e.Edition, []explanationDoc{}}
	for _, one := range e.Changed {
		if c.indicator != "" && one.Code != c.indicator {
			continue
		}
		out := explanationDoc{one.Code, say.Figure(one.Code), one.Before, one.After, []causeDoc{}}
		for _, cause := range one.Causes {
			id, what := names.of(record.Backing{Volunteer: cause.Volunteer, Activity: cause.Activity, Team: cause.Team, Brand: cause.Brand})
			out.Causes = append(out.Causes, causeDoc{cause.Kind, what, id, cause.Was, cause.Is, cause.Amount()})
		}
		doc.Changed = append(doc.Changed, out)
	}
	return answer{doc: doc, text: func(w io.Writer) { explainText(w, doc.Changed) }}, nil
}

func explainText(w io.Writer, changed []explanationDoc) {
	if len(changed) == 0 {
		fmt.Fprintln(w, "没有不同。")
	}
	for _, one := range changed {
		fmt.Fprintf(w, "%s：%d → %d（%+d）\n", one.Name, one.Before, one.After, one.After-one.Before)
		rows := [][]string{}
		for _, cause := range one.Causes {
			rows = append(rows, []string{fmt.Sprintf("  %+d", cause.Amount), record.CauseKinds().NameOf(string(cause.Kind)), cause.What})
		}
		columns(w, rows)
	}
}

// backingNames are the names of what stands behind figures.
type backingNames struct {
	k          *call
	activities map[record.ActivityID]string
	teams      map[record.TeamID]string
	brands     map[record.BrandID]string
}

func (k *call) backings() (backingNames, error) {
	n := backingNames{k: k, teams: map[record.TeamID]string{}, brands: map[record.BrandID]string{}}
	var err error
	if n.activities, err = k.titles(); err != nil {
		return n, err
	}
	teams, err := k.db.Teams(k.ctx)
	if err != nil {
		return n, err
	}
	for _, t := range teams {
		n.teams[t.ID] = t.Name
	}
	brands, err := k.db.Brands(k.ctx)
	for _, b := range brands {
		n.brands[b.ID] = b.Name
	}
	return n, err
}

// of is the id and the name of a row: an activity with the person, a person, a
// team or a brand.
func (n backingNames) of(b record.Backing) (id, name string) {
	p, _ := n.k.db.Person(b.Volunteer)
	switch {
	case b.Activity != "" && p.Name != "":
		return string(b.Activity), n.activities[b.Activity] + " " + p.Name
	case b.Activity != "":
		return string(b.Activity), n.activities[b.Activity]
	case b.Volunteer != "":
		return string(b.Volunteer), p.Name
	case b.Team != "":
		return string(b.Team), n.teams[b.Team]
	}
	return string(b.Brand), n.brands[b.Brand]
}

type monthRows struct{}

func (*monthRows) options(*options) {}

func (*monthRows) run(k *call) (answer, error) {
	month, db, err := k.monthOf()
	if err != nil {
		return answer{}, err
	}
	code := k.args[1]
	if say.Figure(code) == "" {
		return answer{}, usage("没有 " + code + " 这个指标")
	}
	list, err := db.Behind(k.ctx, month, code)
	if err != nil {
		return answer{}, err
	}
	names, err := k.backings()
	if err != nil {
		return answer{}, err
	}
	type rowDoc struct {
		ID        string             `json:"id"`
		Name      string             `json:"name"`
		Volunteer record.VolunteerID `json:"volunteer,omitempty"`
		N         int64              `json:"n"`
	}
	doc := struct {
		Month      string   `json:"month"`
		Code       string   `json:"code"`
		Name       string   `json:"name"`
		Definition string   `json:"definition"`
		Sum        int64    `json:"sum"`
		Rows       []rowDoc `json:"rows"`
	}{month.String(), code, say.Figure(code), say.FigureDefinition(code), 0, []rowDoc{}}
	rows := [][]string{}
	for _, b := range list {
		id, name := names.of(b)
		doc.Sum += b.N
		doc.Rows = append(doc.Rows, rowDoc{id, name, b.Volunteer, b.N})
		rows = append(rows, []string{fmt.Sprint(b.N), name})
	}
	return answer{doc: doc, text: func(w io.Writer) {
		fmt.Fprintf(w, "%s：%d\n%s\n", doc.Name, doc.Sum, doc.Definition)
		columns(w, rows)
	}}, nil
}
