package seal

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	minPassword  = 10
	minPhrase    = 16
	maxPassword  = 128
	minClasses   = 3
	minRemainder = 4 // different characters that no guesser tries first
)

// CheckPassword holds the house rules: at least 10 characters of three of the
// classes lower case, upper case, digit and other (also Han), or a phrase of
// at least 16; the account name not inside; not commonplace. Lengths are in
// characters after NFKC. The result is nil or one of the ErrPassword errors.
func CheckPassword(account, password string) error {
	plain := norm.NFKC.String(password)
	size := len([]rune(plain))
	switch {
	case size < minPassword:
		return ErrPasswordShort
	case size > maxPassword:
		return ErrPasswordLong
	case strings.ContainsFunc(plain, unusable):
		return ErrPasswordBytes
	case size < minPhrase && classes(plain) < minClasses:
		return ErrPasswordSimple
	case containsAccount(plain, account):
		return ErrPasswordAccount
	case commonplace(plain):
		return ErrPasswordCommon
	}
	return nil
}

func unusable(r rune) bool { return r == unicode.ReplacementChar || unicode.IsControl(r) }

func classes(s string) int {
	var lower, upper, digit, other int
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return lower + upper + digit + other
}

// containsAccount ignores case; a name of one character would forbid half the
// alphabet and is not looked for.
func containsAccount(password, account string) bool {
	name := strings.ToLower(norm.NFKC.String(account))
	return len([]rune(name)) > 1 && strings.Contains(strings.ToLower(password), name)
}

// commonplace tells whether little is left of a password once words, runs and
// years are taken out, as they stand and with the usual digits for letters.
// Years go before digits become letters, but after words that contain one.
func commonplace(password string) bool {
	lower := strings.ToLower(password)
	letters := strings.NewReplacer("@", "a", "0", "o", "1", "i", "3", "e", "$", "s", "5", "s")
	return different(dropRuns(dropYears(dropWords(lower)))) < minRemainder ||
		different(dropRuns(dropWords(letters.Replace(dropYears(lower))))) < minRemainder
}

// different counts the different characters that were not blanked.
func different(s string) int {
	left := map[rune]bool{}
	for _, r := range s {
		if r != ' ' {
			left[r] = true
		}
	}
	return len(left)
}

func dropWords(s string) string {
	for _, w := range commonWords() {
		s = strings.ReplaceAll(s, w, " ")
	}
	return s
}

// dropRuns blanks three or more characters that repeat or count up or down.
func dropRuns(s string) string {
	r, out := []rune(s), []rune(s)
	for i := 2; i < len(r); i++ {
		step := r[i] - r[i-1]
		if step == r[i-1]-r[i-2] && step >= -1 && step <= 1 {
			out[i-2], out[i-1], out[i] = ' ', ' ', ' '
		}
	}
	return string(out)
}

// dropYears blanks 1900 to 2099.
func dropYears(s string) string {
	r := []rune(s)
	for i := 0; i+4 <= len(r); i++ {
		head := string(r[i : i+2])
		if (head == "19" || head == "20") && unicode.IsDigit(r[i+2]) && unicode.IsDigit(r[i+3]) {
			copy(r[i:], []rune("    "))
		}
	}
	return string(r)
}

// commonWords are what is guessed first for a PC in a station's office; the
// longer word stands before one that it contains.
func commonWords() []string {
	return []string{
		"password", "passwd", "passw", "administrator", "admin", "welcome", "letmein", "iloveyou", "monkey", "dragon",
		"qwertyuiop", "qwerty", "qwer", "asdfghjkl", "asdfgh", "asdf", "zxcvbnm", "zxcvbn", "zxcv",
		"!@#$%^&*()", "!@#$%^", "!@#$", "!@#", "1qaz", "2wsx", "3edc", "qaz", "wsx", "edc", "1q2w3e4r", "1q2w3e", "147258369", "147258", "112233", "5201314", "1314520", "520",
		"woaini", "mima", "guanliyuan", "ceshi", "test", "root", "user", "login", "hello",
		"tianjin", "beijing", "zhongguo", "china", "rongyuan", "tuiyijunren", "tuiyi", "junren", "laobing", "zhiyuan", "fuwuzhan",
		"退役军人服务站", "退役军人", "志愿者", "志愿服务", "服务站", "戎愿", "管理员", "密码", "天津", "中国", "老兵", "测试",
	}
}
