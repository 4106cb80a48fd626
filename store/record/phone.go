package record

import "strings"

// ReadPhones reads one or more telephone numbers as people write them: +86 and
// 0086 go, spaces and dashes go, two numbers in a cell are parted by 、 / ; ，
// or a line break. Mobile numbers have 11 digits and begin with 1; a landline
// keeps its area code (022-…) or stands alone with 7 or 8 digits; 3 to 6 digit
// service numbers are refused. The findings are at most one error.
func ReadPhones(raw string) ([]string, Problems) {
	if len(raw) == 11 && raw[0] == '1' && raw[1] >= '3' && digits(raw) {
		return []string{raw}, nil
	}
	var found Problems
	var out []string
	parts := strings.FieldsFunc(Narrow(raw), func(r rune) bool {
		return strings.ContainsRune("、/;,，；\n\r|", r)
	})
	for _, part := range splitJoined(parts) {
		if one, ok := readPhone(part); ok {
			out = appendNew(out, one)
		} else {
			found.Add(LevelError, "phones", CodePhone)
			return nil, found
		}
	}
	if len(out) > 0 && strings.Join(out, "") != raw {
		found.Add(LevelFixed, "phones", CodePhoneFixed)
	}
	return out, found
}

// splitJoined parts two whole mobile numbers that only a space separates.
func splitJoined(parts []string) []string {
	var out []string
	for _, part := range parts {
		words := strings.Fields(part)
		if len(words) > 1 && len(words[0]) >= 11 && len(words[1]) >= 7 {
			out = append(out, words...)
			continue
		}
		if strings.TrimSpace(part) != "" {
			out = append(out, part)
		}
	}
	return out
}

func readPhone(s string) (string, bool) {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -()（）'‘’.–—", r) {
			return -1
		}
		return r
	}, strings.TrimSuffix(strings.TrimSpace(s), ".0")) // a number read as 138….0 has no further digit
	digits = strings.TrimPrefix(digits, "+86")
	digits = strings.TrimPrefix(digits, "0086")
	if len(digits) == 13 && strings.HasPrefix(digits, "86") {
		digits = digits[2:]
	}
	if strings.Trim(digits, "0123456789") != "" || strings.Count(digits, "0") == len(digits) {
		return "", false
	}
	switch {
	case len(digits) == 11 && digits[0] == '1' && digits[1] >= '3':
		return digits, true
	case len(digits) >= 10 && len(digits) <= 12 && digits[0] == '0' && digits[1] != '0':
		return digits, true
	case (len(digits) == 7 || len(digits) == 8) && digits[0] >= '2':
		return digits, true
	}
	return "", false
}

func appendNew(list []string, one string) []string {
	for _, have := range list {
		if have == one {
			return list
		}
	}
	return append(list, one)
}
