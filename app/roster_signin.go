package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// offerSignIn refuses a sign-in sheet as a roster and offers its names to an
// activity: who signs in is not registered by it.
func (w *rosterWizard) offerSignIn(from rosterSource) {
	var sheet roster.SignIn
	w.d.work("正在读取签到表", func(ctx context.Context, _ func(int, int)) error {
		return from.with(func(src roster.Source) (err error) {
			sheet, err = roster.ReadSignIn(ctx, src, roster.Options{Today: w.d.today()})
			return err
		})
	}, func(err error) {
		if err != nil || len(sheet.Names) == 0 {
			w.d.trouble(record.Fail(record.CodeSignInSheet))
			return
		}
		widgets.ShowConfirm(w.d.win.Canvas(), widgets.Question{
			Title: say.Say(record.CodeSignInSheet).What,
			Text:  fmt.Sprintf("一行都没有写入名单。表里有 %d 个名字，可以用来登记一次活动：登记过的人自动对上，您再核对。", len(sheet.Names)),
			Yes:   "登记活动",
		}, func(yes bool) {
			if yes {
				w.close()
				w.d.openSignIn(sheet)
			}
		})
	})
}

// openSignIn opens the form of an activity with the people of a sign-in sheet.
func (d *Desk) openSignIn(sheet roster.SignIn) {
	ids, missing := d.matchSignIn(sheet.Names)
	d.open(doorActivities, place{})
	s, ok := d.screens[doorActivities].(*activityScreen)
	if !ok {
		return
	}
	s.closeForm()
	a := blankActivity()
	a.Title = sheet.Title
	f := newActivityForm(s, a)
	if sheet.Date != "" {
		f.c.day.SetValue(string(sheet.Date))
	}
	s.openForm(f, d.drafts.waiting(draftActivity))
	var kept []keptAttendee
	for _, id := range ids {
		kept = append(kept, keptAttendee{ID: id, In: true})
	}
	rest, err := json.Marshal(kept)
	if err != nil {
		return // cannot be: strings and booleans
	}
	f.people.restore(rest)
	f.follows()
	said := fmt.Sprintf("签到表的 %d 人已对上。", len(ids))
	if len(missing) > 0 {
		said += fmt.Sprintf("没有登记过或有重名的 %d 人，请另加：%s", len(missing), shorten(strings.Join(missing, "、"), 60))
	}
	d.notice(widgets.Normal, said)
}

// matchSignIn finds the one person of each name, or of name and telephone where
// several have the name; who cannot be told is given back.
func (d *Desk) matchSignIn(names []roster.SignInName) (ids []record.VolunteerID, missing []string) {
	for _, one := range names {
		found := d.db.Namesakes(one.Name)
		if len(found) > 1 && one.Phone != "" {
			found = slices.DeleteFunc(found, func(x store.Person) bool { return !slices.Contains(x.Phones, one.Phone) })
		}
		switch {
		case len(found) != 1:
			missing = append(missing, one.Name)
		case !slices.Contains(ids, found[0].ID):
			ids = append(ids, found[0].ID)
		}
	}
	return ids, missing
}
