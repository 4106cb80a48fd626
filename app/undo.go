package app

import (
	"context"
	"errors"
	"fmt"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// lastChange is the change that Ctrl+Z would take back, in words.
type lastChange struct {
	store.Undoable
	text string
}

// undo takes the last change back, whatever record it was about, after saying
// which one it is. Over a form it does nothing: what is being typed is no change
// yet, and the record under it must not move.
func (d *Desk) undo() {
	if d.drafts.filling() {
		d.notice(widgets.Warn, "正在填写一张表。请先保存，或按 Esc 返回，再撤销以前的改动。")
		return
	}
	var last lastChange
	d.work("正在查看最近的改动", func(ctx context.Context, _ func(int, int)) (err error) {
		last, err = d.lastChange(ctx)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, record.Fail(record.CodeNothingToDo)):
			d.notice(widgets.Normal, "没有可以撤销的改动。")
		case err != nil:
			d.trouble(err)
		default:
			d.askUndo(last)
		}
	})
}

func (d *Desk) askUndo(last lastChange) {
	widgets.ShowConfirm(d.win.Canvas(), widgets.Question{
		Title: "撤销最近的改动",
		Text:  "要撤销的是 " + clockOf(last.WallMS) + " 的这一步：" + last.text + "。撤销也会记入操作记录。",
		Yes:   "撤销", No: "不撤销",
	}, func(yes bool) {
		if yes {
			d.takeBack(last)
		}
	})
}

func (d *Desk) takeBack(last lastChange) {
	d.work("正在撤销", func(ctx context.Context, _ func(int, int)) error {
		return d.db.UndoBatch(ctx, last.Batch)
	}, func(err error) {
		if errors.Is(err, record.Fail(record.CodeStale)) {
			widgets.ShowMessage(d.win.Canvas(), "现在不能撤销",
				"“"+last.text+"”之后，又有别的记录用到了它。请先撤销或改正后来的那些记录，再撤销这一步。资料没有动过。", nil)
			return
		}
		if err != nil {
			d.trouble(err)
			return
		}
		d.notice(widgets.Good, "已撤销："+last.text+"。")
		d.changed()
	})
}

// undoReach is how far back in the log the details of the last change are looked
// for: an import of a whole street and what came after it.
const undoReach = 30000

func (d *Desk) lastChange(ctx context.Context) (lastChange, error) {
	u, err := d.db.LastUndoable(ctx)
	if err != nil {
		return lastChange{}, err
	}
	head, err := d.db.Head(ctx)
	if err != nil {
		return lastChange{}, err
	}
	ops, err := d.batchOf(ctx, u, head.Seq)
	if err != nil {
		return lastChange{}, err
	}
	titles, err := d.titles(ctx)
	if err != nil {
		return lastChange{}, err
	}
	return lastChange{u, titles.changeText(u, ops)}, nil
}

// batchOf reads the log backwards until all operations of a batch are found.
func (d *Desk) batchOf(ctx context.Context, u store.Undoable, head int64) ([]record.Operation, error) {
	const page = 500
	var out []record.Operation
	for from := head; from > max(head-undoReach, 0) && len(out) < u.Operations; {
		from = max(from-page, 0)
		ops, err := d.db.OperationsAfter(ctx, from, page)
		if err != nil {
			return nil, err
		}
		var found []record.Operation
		for i := range ops {
			if ops[i].Batch == u.Batch && ops[i].Seq <= from+page {
				found = append(found, ops[i])
			}
		}
		out = append(found, out...)
	}
	return out, nil
}

// changeText is what a change was, in the words of a clerk.
func (t recordTitles) changeText(u store.Undoable, ops []record.Operation) string {
	first := record.Operation{Type: u.Type, Entity: record.OperationTypes()[u.Type], EntityID: u.EntityID}
	number := map[record.OperationType]int{}
	for i := range ops {
		number[ops[i].Type]++
	}
	if len(ops) > 0 {
		first = ops[0]
	}
	people := number[record.OpVolunteerRegistered] + number[record.OpVolunteerUpdated]
	hours := number[record.OpServiceRecorded]
	switch {
	case people > 1:
		return importText(number[record.OpVolunteerRegistered], number[record.OpVolunteerUpdated])
	case first.Entity == record.EntityActivity && hours > 0:
		return fmt.Sprintf("活动 %s 和 %d 人的时长", t.of(&first), hours)
	case first.Type == record.OpServiceRecorded && hours > 1:
		return fmt.Sprintf("%s，%d 人的时长", t.heldIn(&first), hours)
	case first.Type == record.OpVolunteerUpdated && t.sealed(&first):
		return "封存 " + t.nameOf(first.EntityID)
	case first.Type == record.OpMembershipBegun && number[first.Type] > 1:
		m := t.members[record.MembershipID(first.EntityID)]
		return fmt.Sprintf("%d 人加入 %s", number[first.Type], t.teams[m.Team])
	}
	text := deedText(first.Type)
	if title := t.of(&first); title != "" {
		text += " " + title
	}
	return text
}

// importText is a roster that was imported.
func importText(made, updated int) string {
	switch {
	case updated == 0:
		return fmt.Sprintf("导入 %d 人", made)
	case made == 0:
		return fmt.Sprintf("导入时更新 %d 人", updated)
	}
	return fmt.Sprintf("导入 %d 人，更新 %d 人", made, updated)
}

// heldIn is the activity that an entry of time belongs to.
func (t recordTitles) heldIn(op *record.Operation) string {
	var e record.Entry
	if change, err := op.Parse(); err == nil {
		e, _ = record.Applied(e, change) // unreadable: the activity stays unnamed
	}
	if title := t.activity(e.Activity); title != "" {
		return "活动 " + title
	}
	return say.Operation(op.Type)
}

// sealed reports whether an operation takes a person out of the lists.
func (t recordTitles) sealed(op *record.Operation) bool {
	change, err := op.Parse()
	if err != nil {
		return false
	}
	v, err := record.Applied(record.Volunteer{}, change)
	return err == nil && v.Status == record.StatusSealed
}

// nameOf reads the name of somebody who may be sealed.
func (t recordTitles) nameOf(id string) string {
	v, err := t.d.db.Volunteer(t.d.ctx, record.VolunteerID(id))
	if err != nil {
		return "一个人"
	}
	return v.Name
}
