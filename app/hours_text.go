package app

import (
	"context"
	"fmt"
	"strings"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// How an hour is shown: with its source, and, while it waits for review, with
// that word and no number that somebody could add up.

// timeText is a person's time in an activity with its source.
func timeText(p store.Participation) (string, widgets.Tone) {
	source := record.Sources().NameOf(p.Source)
	if p.Waiting > 0 {
		return fmt.Sprintf("待核 %d 分钟 · %s", p.Waiting, source), widgets.Warn
	}
	return fmt.Sprintf("%d 分钟 · %s", p.Minutes, source), widgets.Normal
}

// hoursShown is the same in hours, for the list on a person's card.
func hoursShown(p store.Participation) string {
	source := record.Sources().NameOf(p.Source)
	if p.Waiting > 0 {
		return "待核 " + hoursText(p.Waiting) + " · " + source
	}
	return hoursText(p.Minutes) + " · " + source
}

func waitingTone(p store.Participation) widgets.Tone {
	if p.Waiting > 0 {
		return widgets.Warn
	}
	return widgets.Normal
}

// waitingWords stand behind a total that leaves something out.
func waitingWords(minutes int) string {
	if minutes == 0 {
		return ""
	}
	return "；待核 " + hoursWords(minutes) + "，不计入"
}

// groundsText are the grounds of a review in one line.
func groundsText(grounds []record.Ground) string {
	var out []string
	for _, g := range grounds {
		out = append(out, say.Say(g.Code, g.Args...).What)
	}
	return strings.Join(out, "；")
}

// waitingBehind are the entries of a period that wait for review.
func (d *Desk) waitingBehind(ctx context.Context, p record.Period) ([]behindRow, error) {
	list, err := d.db.Reviews(ctx, store.ReviewFilter{Waiting: true, Period: p})
	if err != nil {
		return nil, err
	}
	var out []behindRow
	for _, r := range list {
		a, err := d.db.Activity(ctx, r.Activity)
		if err != nil {
			return nil, err
		}
		if !a.Held() {
			continue
		}
		person, _ := d.db.Person(r.Volunteer)
		out = append(out, behindRow{
			name: person.Name, detail: a.Title + "：" + groundsText(r.Grounds), n: int64(r.Record.Minutes),
			door: doorActivities, at: place{Activity: a.ID},
		})
	}
	return out, nil
}
