package store

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// nameKeys are the spellings under which a name is found.
type nameKeys struct {
	// full is the pinyin of the usual reading, for sorting and for typing it out.
	full string
	// initials are the first letters, one word for each combination of
	// readings (单 is s and d).
	initials []string
}

// mostReadings bounds the combinations of a name with many polyphones.
const mostReadings = 16

// surnames read otherwise than the character usually is, when they stand first.
var surnames = map[rune]string{
	'单': "shan", '仇': "qiu", '区': "ou", '盖': "ge", '查': "zha", '曾': "zeng", '解': "xie", '任': "ren", '华': "hua",
	'朴': "piao", '翟': "zhai", '尉': "yu", '乐': "yue", '员': "yun", '缪': "miao", '冼': "xian", '宓': "mi", '召': "shao",
	'洗': "xian", '黑': "he", '秘': "bi", '折': "she", '繁': "po", '重': "chong", '种': "chong", '纪': "ji", '覃': "qin", '长': "zhang",
}

func keysOf(name string) nameKeys {
	k := nameKeys{initials: []string{""}}
	var full strings.Builder
	for i, r := range name {
		readings := readingsOf(r)
		if own, is := surnames[r]; is && i == 0 {
			readings = append([]string{own}, readings...)
		}
		if len(readings) == 0 {
			if !unicode.IsLetter(r) {
				continue
			}
			readings = []string{strings.ToLower(string(r))}
		}
		full.WriteString(readings[0])
		k.initials = crossed(k.initials, readings)
	}
	k.full = full.String()
	return k
}

// readingsOf are the readings of a character without tones, ü as v.
func readingsOf(r rune) []string {
	text, has := pinyin.PinyinDict[int(r)]
	if !has {
		return nil
	}
	var out []string
	for _, one := range strings.Split(text, ",") {
		out = append(out, strings.Map(toneless, one))
	}
	return out
}

// toneless turns a vowel with a tone mark into the plain one.
func toneless(r rune) rune {
	for _, set := range []string{"aāáǎà", "oōóǒò", "eēéěèêếềẽ", "iīíǐì", "uūúǔù", "vüǖǘǚǜ", "nńňǹ", "mḿ"} {
		if strings.ContainsRune(set, r) {
			return rune(set[0])
		}
	}
	if unicode.Is(unicode.Mn, r) {
		return -1
	}
	return r
}

// crossed lengthens each word by the first letter of each reading.
func crossed(words, readings []string) []string {
	var letters []byte
	for _, one := range readings {
		if one != "" && !strings.ContainsRune(string(letters), rune(one[0])) {
			letters = append(letters, one[0])
		}
	}
	if len(words)*len(letters) > mostReadings {
		letters = letters[:1]
	}
	out := make([]string, 0, len(words)*len(letters))
	for _, word := range words {
		for _, letter := range letters {
			out = append(out, word+string(letter))
		}
	}
	return out
}

// query is what was typed into a search box, understood once.
type query struct {
	text   string
	digits bool
	latin  bool
}

func queryOf(text string) query {
	q := query{text: strings.ToLower(strings.Join(strings.Fields(text), ""))}
	q.text = strings.ReplaceAll(q.text, "ü", "v")
	q.digits, q.latin = q.text != "", q.text != ""
	for i, r := range q.text {
		digit := r >= '0' && r <= '9'
		if !digit && (r != 'x' || i != len(q.text)-1 || i == 0) && r != '-' {
			q.digits = false
		}
		if r < 'a' || r > 'z' {
			q.latin = false
		}
	}
	return q
}

// score ranks a person: 0 does not match.
func (q query) score(p *Person) int {
	switch {
	case q.text == "":
		return 1
	case q.digits:
		return q.scoreDigits(p)
	case q.latin:
		return q.scoreLatin(p)
	case p.Name == q.text:
		return 100
	case strings.HasPrefix(p.Name, q.text):
		return 80
	case strings.Contains(p.Name, q.text):
		return 60
	}
	return 0
}

func (q query) scoreDigits(p *Person) int {
	id := strings.ToLower(string(p.IDNumber))
	switch {
	case id == q.text || p.Number == q.text:
		return 100
	case strings.HasSuffix(id, q.text):
		return 80
	}
	best := 0
	for _, phone := range p.Phones {
		switch {
		case phone == q.text:
			return 100
		case strings.HasSuffix(phone, q.text):
			best = 70
		case len(q.text) >= 3 && strings.HasPrefix(phone, q.text):
			best = max(best, 40)
		}
	}
	if strings.HasSuffix(p.Number, q.text) {
		best = max(best, 50)
	}
	return best
}

func (q query) scoreLatin(p *Person) int {
	best := 0
	for _, initials := range p.keys.initials {
		switch {
		case initials == q.text:
			return 90
		case strings.HasPrefix(initials, q.text):
			best = max(best, 70)
		case strings.Contains(initials, q.text):
			best = max(best, 40)
		}
	}
	switch {
	case p.keys.full == q.text:
		return 95
	case strings.HasPrefix(p.keys.full, q.text):
		best = max(best, 60)
	}
	return best
}
