package cli

import (
	"strings"

	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// groundTexts are the grounds of a review in words.
func groundTexts(grounds []record.Ground) []string {
	var out []string
	for _, g := range grounds {
		out = append(out, say.Say(g.Code, g.Args...).What)
	}
	return out
}

// waitingText is the time that waits, with the grounds; "" for none.
func waitingText(minutes int, grounds []string) string {
	if minutes == 0 {
		return ""
	}
	return record.HoursText(minutes) + "（" + strings.Join(grounds, "；") + "）"
}
