package cli

import (
	"fmt"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// readDate reads a date as far as it is known; "" stays empty.
func readDate(field, written string, today record.Day) (record.Date, error) {
	if strings.TrimSpace(written) == "" {
		return "", nil
	}
	date, err := record.ReadDate(written, today)
	if err != nil {
		return "", record.FailField(field, record.CodeOf(err))
	}
	return date, nil
}

// readDay reads a whole day; "" stays empty.
func readDay(field, written string, today record.Day) (record.Day, error) {
	date, err := readDate(field, written, today)
	if err == nil && date != "" && date.Precision() != record.PrecisionDay {
		err = record.FailField(field, record.CodeDate)
	}
	return record.Day(date), err
}

// readMoment reads a day and a time: 2026-10-05 09:00. A bare time stands on
// the day of with.
func readMoment(field, written string, with record.Day) (record.Moment, error) {
	text := strings.Join(strings.Fields(strings.Replace(record.Narrow(written), "T", " ", 1)), " ")
	day, clock, both := strings.Cut(text, " ")
	if !both {
		day, clock = string(with), text
	}
	date, err := record.ReadDate(day, with)
	hour, minute, split := strings.Cut(clock, ":")
	h, errHour := strconv.Atoi(hour)
	m, errMinute := strconv.Atoi(minute)
	if err != nil || errHour != nil || errMinute != nil || !split || len(minute) != 2 {
		return "", record.FailField(field, record.CodeDate)
	}
	out := record.Moment(fmt.Sprintf("%sT%02d:%02d", date, h, m))
	if !out.Valid() {
		return "", record.FailField(field, record.CodeDate)
	}
	return out, nil
}

// splitWords parts words that stand in one value: 急救医护、驾驶.
func splitWords(values []string) []string {
	var out []string
	for _, value := range values {
		for _, word := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(",，、;；\n", r) }) {
			if word = strings.TrimSpace(word); word != "" {
				out = append(out, word)
			}
		}
	}
	return out
}
