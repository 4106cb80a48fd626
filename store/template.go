package store

import (
	"context"
	"encoding/json"
	"slices"

	"rongyuan/store/record"
)

const settingTemplates = "activity_templates"

// Templates are the station's templates of activities: those that every station
// begins with until somebody edits them.
func (db *DB) Templates(ctx context.Context) ([]record.ActivityTemplate, error) {
	if _, err := db.may(record.RightRead); err != nil {
		return nil, err
	}
	text, err := db.Setting(ctx, settingTemplates)
	if err != nil || text == "" {
		return record.DefaultTemplates(), err
	}
	var out []record.ActivityTemplate
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		return nil, record.Fail(record.CodeFileDamaged, "settings", settingTemplates).Because(err)
	}
	return out, nil
}

// SaveTemplate adds a template, or puts it in the place of the one of its name.
// The codes are those of [record.ActivityTemplate.Check] and no_right.
func (db *DB) SaveTemplate(ctx context.Context, t record.ActivityTemplate) error {
	if err := t.Check().Err(); err != nil {
		return err
	}
	return db.changeTemplates(ctx, func(all []record.ActivityTemplate) ([]record.ActivityTemplate, error) {
		if i := slices.IndexFunc(all, func(x record.ActivityTemplate) bool { return x.Name == t.Name }); i >= 0 {
			all[i] = t
			return all, nil
		}
		return append(all, t), nil
	})
}

// RemoveTemplate takes a template away. The codes are not_found and no_right.
func (db *DB) RemoveTemplate(ctx context.Context, name string) error {
	return db.changeTemplates(ctx, func(all []record.ActivityTemplate) ([]record.ActivityTemplate, error) {
		left := slices.DeleteFunc(slices.Clone(all), func(x record.ActivityTemplate) bool { return x.Name == name })
		if len(left) == len(all) {
			return nil, record.FailField("template", record.CodeNotFound)
		}
		return left, nil
	})
}

func (db *DB) changeTemplates(ctx context.Context, f func([]record.ActivityTemplate) ([]record.ActivityTemplate, error)) error {
	if _, err := db.may(record.RightWrite); err != nil {
		return err
	}
	all, err := db.Templates(ctx)
	if err != nil {
		return err
	}
	if all, err = f(all); err != nil {
		return err
	}
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return db.SaveSetting(ctx, settingTemplates, string(text))
}

// mostAgain is how often an activity may be repeated at once: a year of weeks.
const mostAgain = 53

// PlanAgain plans an activity once more on each of some days, all or nothing;
// one undo takes all of them back. The codes are usage for no day or too many,
// and those of [DB.LogActivity].
func (db *DB) PlanAgain(ctx context.Context, id record.ActivityID, days []record.Day) ([]record.ActivityID, error) {
	if len(days) == 0 || len(days) > mostAgain {
		return nil, record.Fail(record.CodeUsage)
	}
	var out []record.ActivityID
	err := db.write(ctx, func(t *tx) error {
		a, err := activity(t.view(), id)
		if err != nil {
			return err
		}
		for _, day := range days {
			one, err := t.plan(a.Again(day))
			if err != nil {
				return err
			}
			out = append(out, one)
		}
		return nil
	})
	return out, err
}

func (t *tx) plan(a record.Activity) (record.ActivityID, error) {
	id, err := t.newID()
	if err != nil {
		return "", err
	}
	a.ID, a.Version = record.ActivityID(id), 1
	if err := a.Check(record.MomentOf(t.now)).Err(); err != nil {
		return "", err
	}
	if err := t.putActivity(a); err != nil {
		return "", err
	}
	change, err := record.Created(a)
	if err != nil {
		return "", err
	}
	return a.ID, t.record(subject{Type: record.OpActivityLogged, ID: id}, change)
}

// Proposals are the key dates that come near and have no activity yet, for 今日
// and 活动.
func (db *DB) Proposals(ctx context.Context) ([]record.Proposal, error) {
	today := db.Today()
	reach := record.KeyReach(record.Period{From: today, To: today.AddDays(record.ProposalDays)})
	near, err := db.Activities(ctx, ActivityFilter{Period: reach})
	if err != nil {
		return nil, err
	}
	return record.Proposals(today, near), nil
}
