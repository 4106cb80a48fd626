package cli

import (
	"fmt"

	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

type undo struct{ dryRun bool }

func (c *undo) options(o *options) { o.yes(&c.dryRun, "dry-run", "只看会撤回什么，不撤回") }

// undoDoc is a change that was, or would be, taken back.
type undoDoc struct {
	Batch      record.BatchID       `json:"batch"`
	Type       record.OperationType `json:"type"`
	What       string               `json:"what"`
	EntityID   string               `json:"entity_id"`
	Operations int                  `json:"operations"`
	Made       *string              `json:"made"`
	Undone     bool                 `json:"undone"`
}

func (c *undo) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	last, err := db.LastUndoable(k.ctx)
	if err != nil {
		return answer{}, err
	}
	doc := undoDoc{
		Batch: last.Batch, Type: last.Type, What: k.whatWasDone(last), EntityID: last.EntityID, Operations: last.Operations,
		Made: timeText(last.WallMS), Undone: !c.dryRun,
	}
	if c.dryRun {
		return answer{doc: doc, text: said("会撤回 %s 的这一步：%s。没有撤回", textOf(doc.Made), doc.What)}, nil
	}
	if err := db.UndoBatch(k.ctx, last.Batch); err != nil {
		return answer{}, err
	}
	return answer{doc: doc, text: said("已撤回 %s 的这一步：%s", textOf(doc.Made), doc.What)}, nil
}

// whatWasDone says in Chinese what a change was, with the record's name where it
// has one.
func (k *call) whatWasDone(u store.Undoable) string {
	what := say.Operation(u.Type)
	if name := k.nameOfEntity(record.OperationTypes()[u.Type], u.EntityID); name != "" {
		what += "：" + name
	}
	if u.Operations > 1 {
		what += fmt.Sprintf("，共 %d 条", u.Operations)
	}
	return what
}

// nameOfEntity is what a record is called, "" for those without a name.
func (k *call) nameOfEntity(kind record.EntityKind, id string) string {
	switch kind {
	case record.EntityVolunteer:
		p, _ := k.db.Person(record.VolunteerID(id))
		return p.Name
	case record.EntityTeam:
		team, _ := k.db.Team(k.ctx, record.TeamID(id)) // gone: no name
		return team.Name
	case record.EntityActivity:
		a, _ := k.db.Activity(k.ctx, record.ActivityID(id)) // gone: no name
		return a.Title
	}
	return ""
}
