package roster

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ChainLine is one line of a list of names that people wrote one below the
// other in a group chat (接龙), as far as it can be read without knowing
// anybody.
type ChainLine struct {
	Text   string // as written, without spaces at the ends
	Serial int    // the number before it, 0 for none
	// Words are the runs of Han characters behind the number, in order. A name
	// that is written with spaces stands first, joined: 赵 铁柱 gives 赵铁柱, 赵, 铁柱.
	Words []string
	// Tails are the runs of four or more digits: a telephone or the end of one.
	Tails []string
	// Absent says that the line takes somebody off: 请假, 来不了.
	Absent bool
	// More is how many people come along without being named: +1, 带2人.
	More int
}

// maxChain is more lines than a group chat gives.
const maxChain = 2000

// ReadChain parts a pasted list into lines. Several numbered people in one line
// are as many lines; lines that hold nothing are left out.
func ReadChain(text string) []ChainLine {
	var out []ChainLine
	for _, raw := range strings.FieldsFunc(norm.NFKC.String(keycaps(text)), func(r rune) bool { return r == '\n' || r == '\r' }) {
		for _, part := range splitSerials(strings.TrimSpace(raw)) {
			if line := readChainLine(part); line.Text != "" && len(out) < maxChain {
				out = append(out, line)
			}
		}
	}
	return out
}

// keycaps drops the marks that make a picture of a digit, and spaces of no width.
func keycaps(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 0xFE0F || r == 0x20E3 || r == 0x200B || r == 0x200D || r == 0xFEFF {
			return -1
		}
		return r
	}, s)
}

// serialForm is a number before a name: 1. 2、 (3) 【4】 5) #6 or a bare 7.
var serialForm = regexp.MustCompile(`^[\s#*(【\[〔<第-]*(\d{1,3})[\s号]*[).】\]〕>、,，.:：;_-]*\s*`)

// serialAt reads a number at the front of a text: how long it is and what it
// says; 0 where the digits are a date, an hour or a telephone.
func serialAt(s string) (length, n int) {
	m := serialForm.FindStringSubmatch(s)
	if m == nil {
		return 0, 0
	}
	rest := s[len(m[0]):]
	first, size := firstRune(rest)
	if size == 0 || unicode.IsDigit(first) {
		return 0, 0
	}
	bare := !strings.ContainsAny(m[0], "#*()【】[]〔〕<>、,.:;_-")
	if bare && strings.ContainsRune("年月日点时分号人位个名场次岁楼栋门层组队年级小", first) {
		return 0, 0
	}
	n, _ = strconv.Atoi(m[1]) // three digits at most
	return len(m[0]), n
}

func firstRune(s string) (rune, int) {
	for _, r := range s {
		return r, len(string(r))
	}
	return 0, 0
}

// splitSerials parts a line in which several numbers follow each other: 1.王建国
// 2、李军 3 张伟.
func splitSerials(line string) []string {
	length, n := serialAt(line)
	if n == 0 {
		return []string{line}
	}
	var out []string
	start := 0
	for at := length; at < len(line); at++ {
		if line[at] < '0' || line[at] > '9' || !parts(line[at-1]) {
			continue
		}
		if l, next := serialAt(line[at:]); l > 0 && next == n+1 {
			out = append(out, strings.TrimSpace(line[start:at]))
			start, n = at, next
			at += l - 1
		}
	}
	return append(out, strings.TrimSpace(line[start:]))
}

// parts reports a byte after which a number may begin a new entry: no digit, no
// sign that makes it a part of what stands before.
func parts(b byte) bool {
	return !(b >= '0' && b <= '9') && b != '+' && b != ':' && b != '.' && b != '-'
}

var (
	tailForm   = regexp.MustCompile(`\d{4,}`)
	moreForm   = regexp.MustCompile(`\+\s*(\d{1,2})|(?:带|携|和|加|外加|另带|再带)\s*(?:家属|家人|朋友|邻居|孩子|老伴|同事)?\s*(\d{1,2})\s*(?:人|位|个|名)|(?:带|携)\s*(?:家属|家人|朋友|邻居|孩子|老伴|同事)`)
	absentForm = regexp.MustCompile(`请假|不来|来不了|来不成|不能来|去不了|不去|不能去|不参加|参加不了|不能参加|不克|未到|没到|没来|缺席|退出|取消|有事|不到|到不了|×|❌|✗`)
)

func readChainLine(text string) ChainLine {
	out := ChainLine{Text: text}
	length, serial := serialAt(text)
	out.Serial = serial
	rest := text[length:]
	out.Absent = absentForm.MatchString(rest)
	for _, m := range moreForm.FindAllStringSubmatch(rest, -1) {
		n, err := strconv.Atoi(m[1] + m[2])
		if err != nil {
			n = 1 // 带家属
		}
		out.More += n
	}
	rest = moreForm.ReplaceAllString(rest, " ")
	out.Tails = tailForm.FindAllString(rest, -1)
	out.Words = chainWords(rest)
	if len(out.Words) == 0 && len(out.Tails) == 0 && out.Serial == 0 {
		out.Text = ""
	}
	return out
}

// chainWords are the runs of Han characters with the dots of minority names,
// before them what they give when written without the spaces between them.
func chainWords(s string) []string {
	var runs []string
	var spaced [][]string // groups that only spaces part
	fresh := true
	var run []rune
	flush := func() {
		if word := strings.Trim(string(run), "·"); word != "" {
			runs = append(runs, word)
			if fresh {
				spaced = append(spaced, nil)
			}
			spaced[len(spaced)-1] = append(spaced[len(spaced)-1], word)
			fresh = false
		}
		run = run[:0]
	}
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r) || isDot(r) && len(run) > 0:
			if isDot(r) {
				r = '·'
			}
			run = append(run, r)
		case unicode.IsSpace(r):
			flush()
		default:
			flush()
			fresh = true
		}
	}
	flush()
	var out []string
	for _, group := range spaced {
		for i := range len(group) - 1 {
			if joined := group[i] + group[i+1]; len([]rune(joined)) <= 4 && !slices.Contains(out, joined) {
				out = append(out, joined)
			}
		}
		if joined := strings.Join(group, ""); len(group) > 2 && len([]rune(joined)) <= 4 {
			out = append(out, joined)
		}
	}
	return append(out, runs...)
}

func isDot(r rune) bool { return strings.ContainsRune("·•‧∙・･●", r) }
