package cli

import (
	"fmt"
	"io"
	"time"

	"rongyuan/assets/say"
	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

type printPerson struct {
	outputFlag
	reasonFlag
}

func (c *printPerson) options(o *options) {
	c.outputFlag.options(o)
	c.reasonFlag.options(o)
}

// run prints all that is held on somebody, unmasked. The person may be sealed:
// the right to know does not end with it (PIPL, article 45).
func (c *printPerson) run(k *call) (answer, error) {
	if _, err := c.kind(".pdf"); err != nil {
		return answer{}, err
	}
	reason, err := c.reasonFlag.given()
	if err != nil {
		return answer{}, err
	}
	if _, _, err := k.openFor(record.RightUnmask); err != nil {
		return answer{}, err
	}
	p, err := k.anybody(k.args[0])
	if err != nil {
		return answer{}, err
	}
	paper := reports.PersonPaper{Station: k.station, Made: k.moment(), By: k.by(), Reason: reason}
	if err := k.fillPersonPaper(&paper, p.ID); err != nil {
		return answer{}, err
	}
	n := store.Note{Action: store.ActionPrint, Subject: string(p.ID), Detail: "本人信息查询单：" + reason}
	serial, err := k.paper(c.out, n, func(w io.Writer, serial string) error {
		paper.Serial = serial
		return reports.PersonPDF(w, paper)
	})
	return printedAnswer(printed{Output: c.out, Serial: serial, Rows: len(paper.Times)}), err
}

// anybody finds somebody, sealed people included where the account may see them.
func (k *call) anybody(written string) (store.Person, error) {
	p, err := k.person(written)
	if err == nil || !isCode(err, record.CodeNotFound) {
		return p, err
	}
	_, role := k.db.Account()
	if !role.May(record.RightConfirm) && !role.May(record.RightManage) {
		return p, err
	}
	return k.sealedPerson(written)
}

func (k *call) fillPersonPaper(paper *reports.PersonPaper, id record.VolunteerID) error {
	v, err := k.db.Volunteer(k.ctx, id)
	if err != nil {
		return err
	}
	paper.Person, paper.Village = v, villageName(v)
	teams, err := k.teamsOf(id)
	if err != nil {
		return err
	}
	for _, m := range teams {
		paper.Teams = append(paper.Teams, reports.PersonTeam{Name: m.Team, Role: m.Role, From: m.From, To: m.To})
	}
	if paper.Consents, err = k.db.Consents(k.ctx, id); err != nil {
		return err
	}
	if err := k.fillTimes(paper, id); err != nil {
		return err
	}
	seen, err := k.db.NotesOn(k.ctx, id)
	for _, e := range seen {
		paper.Seen = append(paper.Seen, reports.PersonSight{
			At: record.MomentOf(time.UnixMilli(e.WallMS)), Who: e.Actor, What: say.Action(string(e.Action)), About: e.Detail,
		})
	}
	return err
}

// fillTimes puts every entry on the paper, corrected ones and reversals too, and
// counts what counts.
func (k *call) fillTimes(paper *reports.PersonPaper, id record.VolunteerID) error {
	entries, err := k.db.EntriesOf(k.ctx, id)
	if err != nil {
		return err
	}
	for _, e := range entries {
		a, err := k.db.Activity(k.ctx, e.Activity)
		if err != nil {
			return fmt.Errorf("activity of an entry: %w", err)
		}
		paper.Times = append(paper.Times, reports.PersonTime{
			Day: a.Start.Day(), Title: a.Title, Place: a.Place, Source: record.Sources().NameOf(e.Source), Minutes: e.Minutes,
			Recorded: e.Recorded, Reason: e.Reason,
		})
		switch {
		case !a.Held():
		case record.Counting(a.Kind):
			paper.Minutes += int64(e.Minutes)
		default:
			paper.Training += int64(e.Minutes)
		}
	}
	return nil
}
