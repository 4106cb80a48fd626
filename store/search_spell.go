package store

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// glyph is one character of names as search and sorting see it. A surname that
// is read otherwise than its character usually is has a glyph of its own.
type glyph struct {
	char rune // folded
	// readings are without tones, with ü as v, the usual one first. Characters
	// that nobody can spell have none.
	readings []string
	// weight orders by reading, then by character, so that one surname stays
	// together among others that sound the same.
	weight uint64
}

type glyphKey struct {
	char rune
	own  string // the reading that a surname has, "" elsewhere
}

// glyphs are the characters that the names of this station use: some thousand,
// whatever the number of people. Number 0 stands for all that do not fit in.
type glyphs struct {
	byKey map[glyphKey]uint16
	all   []glyph
}

const mostGlyphs = 1<<16 - 2

func newGlyphs() glyphs {
	return glyphs{byKey: map[glyphKey]uint16{}, all: []glyph{{char: -1, weight: weightOf(nil, unicode.MaxRune)}}}
}

// appendSpelling appends the glyphs of a name: its letters, without dots,
// dashes and spaces.
func (g *glyphs) appendSpelling(out []uint16, name string) []uint16 {
	own := surnameReading(name)
	i := 0
	for _, r := range name {
		if r = foldName(r); r < 0 {
			continue
		}
		key := glyphKey{char: r}
		if i < len(own) {
			key.own = own[i]
		}
		out = append(out, g.number(key))
		i++
	}
	return out
}

func (g *glyphs) number(key glyphKey) uint16 {
	if n, has := g.byKey[key]; has {
		return n
	}
	if len(g.all) > mostGlyphs {
		return 0
	}
	n := uint16(len(g.all))
	readings := readingsOf(key.char)
	if key.own != "" {
		readings = slices.DeleteFunc(readings, func(one string) bool { return one == key.own })
		readings = append([]string{key.own}, readings...)
	}
	g.all = append(g.all, glyph{key.char, readings, weightOf(readings, key.char)})
	g.byKey[key] = n
	return n
}

// weightOf packs the usual reading, six letters at most, before the character.
func weightOf(readings []string, char rune) uint64 {
	var w uint64
	for i := range 6 {
		w <<= 5
		switch {
		case len(readings) == 0:
			w |= 31
		case i < len(readings[0]):
			w |= uint64(readings[0][i]-'a'+1) & 31
		}
	}
	return w<<21 | uint64(char)&(1<<21-1)
}

// foldName is a character of a name as it is compared: lower case, half width;
// -1 for what is no letter (dots, dashes, spaces).
func foldName(r rune) rune {
	r = foldWidth(r)
	private := (r >= 0xE000 && r <= 0xF8FF) || (r >= 0xF0000 && r <= 0x10FFFD)
	if !private && !unicode.IsLetter(r) && r != '〇' {
		return -1
	}
	return r
}

func foldWidth(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		r -= 0xFEE0
	}
	if r = unicode.ToLower(r); r == 'ü' {
		return 'v'
	}
	return r
}

// surnames are read otherwise in a name than the character is elsewhere; the
// order of the dictionary, which puts the commonest reading first, is wrong for
// them.
var surnames = map[string]string{
	"单": "shan", "仇": "qiu", "区": "ou", "盖": "ge", "查": "zha", "曾": "zeng", "解": "xie", "任": "ren", "华": "hua",
	"朴": "piao", "翟": "zhai", "乐": "yue", "员": "yun", "缪": "miao", "冼": "xian", "宓": "mi", "召": "shao", "洗": "xian",
	"黑": "he", "秘": "bi", "折": "she", "繁": "po", "重": "chong", "种": "chong", "纪": "ji", "覃": "qin", "长": "zhang",
	"佴": "nai", "隗": "wei", "逄": "pang", "角": "jue", "祭": "zhai", "么": "yao", "阚": "kan", "令": "ling", "句": "gou",
	"撒": "sa", "郇": "xun", "适": "kuo", "臧": "zang", "藏": "zang", "朝": "chao", "谌": "chen", "郗": "xi", "燕": "yan",
	"应": "ying", "褚": "chu", "瞿": "qu", "乜": "nie", "牟": "mu", "莘": "shen", "粘": "nian", "贲": "ben", "昝": "zan",
	"柏": "bai", "强": "qiang", "谷": "gu", "行": "xing", "宿": "su", "颉": "xie", "仝": "tong", "隽": "juan", "盍": "he",
	"莞": "guan", "佘": "she", "厍": "she", "於": "yu", "从": "cong", "圈": "juan", "恽": "yun", "亢": "kang", "过": "guo",
	"葛": "ge", "相": "xiang", "盛": "sheng", "能": "nai", "那": "na", "车": "che", "宁": "ning", "卜": "bu", "晟": "cheng",
	"俞": "yu", "万": "wan", "石": "shi", "贾": "jia", "沈": "shen", "叶": "ye", "尉": "wei", "曲": "qu", "便": "pian",
	"澹": "tan", "訾": "zi", "呙": "guo", "妫": "gui", "哈": "ha", "干": "gan", "都": "du", "少": "shao", "难": "ning",
	"教": "jiao", "会": "gui", "炅": "gui", "峤": "qiao", "殷": "yin", "红": "hong", "尹": "yin", "逯": "lu", "郄": "qie",
	"薄": "bo", "勒": "le",
}

// compounds are surnames of two characters with a reading that neither the
// dictionary nor the single surname has.
var compounds = map[string][2]string{
	"尉迟": {"yu", "chi"}, "万俟": {"mo", "qi"}, "长孙": {"zhang", "sun"}, "单于": {"chan", "yu"}, "令狐": {"ling", "hu"},
	"澹台": {"tan", "tai"}, "乐正": {"yue", "zheng"}, "拓跋": {"tuo", "ba"}, "子车": {"zi", "ju"}, "亓官": {"qi", "guan"},
	"夹谷": {"jia", "gu"}, "谷梁": {"gu", "liang"}, "夏侯": {"xia", "hou"}, "宰父": {"zai", "fu"}, "皇甫": {"huang", "fu"},
	"鲜于": {"xian", "yu"}, "淳于": {"chun", "yu"}, "段干": {"duan", "gan"}, "相里": {"xiang", "li"}, "叱干": {"chi", "gan"},
}

// surnameReading are the readings of the characters that a name begins with,
// where they are read in their own way; "" for one that is not.
func surnameReading(name string) []string {
	var first, both string
	n := 0
	for i := range name {
		if n++; n == 2 {
			first = name[:i]
		}
		if n == 3 {
			both = name[:i]
			break
		}
	}
	switch {
	case first == "":
		first = name
	case both == "":
		both = name
	}
	if own, is := compounds[both]; is {
		return own[:]
	}
	if own, is := surnames[first]; is {
		return []string{own}
	}
	return nil
}

// given are readings that are the usual ones inside a name and not in a text.
var given = map[rune]string{'长': "chang", '朝': "chao", '石': "shi", '曾': "zeng", '仇': "qiu", '行': "xing", '都': "du"}

// readingsOf are the readings of a folded character without tones, ü as v, each
// once; a Latin letter is its own.
func readingsOf(r rune) []string {
	if r >= 'a' && r <= 'z' {
		return []string{string(r)}
	}
	text, has := pinyin.PinyinDict[int(r)]
	if !has {
		return nil
	}
	var out []string
	if usual, is := given[r]; is {
		out = append(out, usual)
	}
	for _, one := range strings.Split(text, ",") {
		plain := strings.Map(toneless, one)
		if plain != "" && !slices.Contains(out, plain) {
			out = append(out, plain)
		}
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
