package seal

import (
	"errors"
	"strings"
	"testing"
)

func TestCheckPassword(t *testing.T) {
	for _, c := range []struct {
		password string
		want     error
	}{
		{"Haihe-Qiao7", nil},
		{"haihe7桥上的灯", nil},
		{"海河边上有一座桥晚上灯亮了真好", ErrPasswordSimple}, // 15 of one class
		{"海河边上有一座桥晚上灯亮了真好看", nil},
		{"four plain words here", nil},
		{"Ｈａｉｈｅ－Ｑｉａｏ７", nil},
		{"", ErrPasswordShort},
		{"Hai-Qiao7", ErrPasswordShort},
		{"海河桥灯亮了吗", ErrPasswordShort},
		{"haiheqiaodeng", ErrPasswordSimple},
		{"haihe-qiao-deng", ErrPasswordSimple},
		{"haihe83qiao52", ErrPasswordSimple},
		{strings.Repeat("海河Qiao7", 19), ErrPasswordLong},
		{"Haihe-Qiao7\n", ErrPasswordBytes},
		{"Haihe-Qiao7\xff", ErrPasswordBytes},
		{"Haihe-jingban1-Qiao", ErrPasswordAccount},
		{"Haihe-JingBan1-Qiao", ErrPasswordAccount},
		{"Haihe-ｊｉｎｇｂａｎ１", ErrPasswordAccount},
		{"Password123!", ErrPasswordCommon},
		{"P@ssw0rd2024", ErrPasswordCommon},
		{"Adm1n@2026", ErrPasswordCommon},
		{"Tianjin2026!@#$", ErrPasswordCommon},
		{"Qwer1234!@#$", ErrPasswordCommon},
		{"1qaz!QAZ2wsx", ErrPasswordCommon},
		{"1q2w3e4r5T!", ErrPasswordCommon},
		{"Abcd1234567.", ErrPasswordCommon},
		{"Woaini5201314", ErrPasswordCommon},
		{"Tuiyijunren@2025", ErrPasswordCommon},
		{"退役军人服务站2026A", ErrPasswordCommon},
		{"戎愿Admin123", ErrPasswordCommon},
		{"aaaaaaaaaaaaaaaaaaaa", ErrPasswordCommon},
		{"1234567890123456", ErrPasswordCommon},
		{"abababababababababab", ErrPasswordCommon},
		{"9876543210Aa!", ErrPasswordCommon},
	} {
		if err := CheckPassword("jingban1", c.password); !errors.Is(err, c.want) {
			t.Errorf("%q: %v, want %v", c.password, err, c.want)
		}
	}
}

func TestShortAccountNameDoesNotForbidLetters(t *testing.T) {
	for _, account := range []string{"", "a", "王"} {
		if err := CheckPassword(account, "Haihe-Qiao7王"); err != nil {
			t.Errorf("account %q: %v", account, err)
		}
	}
	if err := CheckPassword("王五", "Haihe-Qiao7王五"); !errors.Is(err, ErrPasswordAccount) {
		t.Errorf("a Han account inside: %v", err)
	}
}

// What passes the rules must be usable for a slot.
func TestAcceptedPasswordMakesASlot(t *testing.T) {
	long := strings.Repeat("海河Qiao7", 18) + "桥e"
	if err := CheckPassword("jingban1", long); err != nil {
		t.Fatalf("128 characters: %v", err)
	}
	s := must(NewPasswordSlot(fixed(1), testKey(t, 1), Login{"jingban1", long}, light()))(t)
	must(OpenPassword(s, long))(t)
}
