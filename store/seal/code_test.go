package seal

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func testCode(seed byte) ([codeBytes]byte, string) {
	var secret [codeBytes]byte
	_, _ = fixed(seed).Read(secret[:])
	return secret, formatCode(secret)
}

func TestCodeLooksAndReadsBack(t *testing.T) {
	for seed := range byte(200) {
		secret, code := testCode(seed)
		groups := strings.Split(code, "-")
		if len(groups) != 8 || len(code) != 47 || strings.ContainsAny(code, "ILOU") {
			t.Fatalf("code of a strange shape: %d groups, %d characters", len(groups), len(code))
		}
		if got := must(parseCode(code))(t); got != secret {
			t.Fatal("another secret came back")
		}
	}
}

func TestCodeIsTypedLeniently(t *testing.T) {
	secret, code := testCode(7)
	wide := strings.Map(func(r rune) rune { return r + 0xfee0 }, strings.ReplaceAll(code, "-", ""))
	for name, typed := range map[string]string{
		"lower case":       strings.ToLower(code),
		"no dashes":        strings.ReplaceAll(code, "-", ""),
		"spaces":           "  " + strings.ReplaceAll(code, "-", " ") + "\n",
		"full width":       wide,
		"wide spaces":      strings.ReplaceAll(code, "-", "\u3000"),
		"long dashes":      strings.ReplaceAll(code, "-", "——"),
		"stops and commas": strings.ReplaceAll(code, "-", "。，"),
		"kana dash":        strings.ReplaceAll(code, "-", "ー"),
		"letters for 0":    strings.ReplaceAll(code, "0", "O"),
		"small o":          strings.ReplaceAll(code, "0", "o"),
		"I for 1":          strings.ReplaceAll(code, "1", "I"),
		"small l for 1":    strings.ReplaceAll(code, "1", "l"),
		"gaps anywhere":    code[:2] + " " + code[2:20] + " - " + code[20:],
		"eight odd parts":  strings.ReplaceAll(code[:6], "-", "") + "-" + code[6:8] + "-" + code[8:],
	} {
		if got, err := parseCode(typed); err != nil || got != secret {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !strings.Contains(code, "0") || !strings.Contains(code, "1") {
		t.Error("this code has no look-alikes; choose another seed")
	}
}

func TestEverySlipNamesItsGroup(t *testing.T) {
	_, code := testCode(7)
	groups := strings.Split(code, "-")
	for g, group := range groups {
		for i := range group {
			for _, c := range crockford + "U*" {
				if byte(c) == group[i] {
					continue
				}
				typed := group[:i] + string(c) + group[i+1:]
				wantGroups(t, join(groups, g, typed), 40, g+1)
			}
			for j := range i {
				swapped := []byte(group)
				swapped[i], swapped[j] = swapped[j], swapped[i]
				if string(swapped) != group {
					wantGroups(t, join(groups, g, string(swapped)), 40, g+1)
				}
			}
			wantGroups(t, join(groups, g, group[:i]+group[i+1:]), 39, g+1)
			wantGroups(t, join(groups, g, group[:i]+"Z"+group[i:]), 41, g+1)
		}
	}
}

func join(groups []string, at int, typed string) string {
	changed := append([]string(nil), groups...)
	changed[at] = typed
	return strings.Join(changed, "-")
}

func wantGroups(t *testing.T, typed string, size int, groups ...int) {
	t.Helper()
	err := CheckCode(typed)
	var slip *CodeError
	if !errors.As(err, &slip) || !errors.Is(err, ErrMistypedCode) {
		t.Fatalf("%v", err)
	}
	if strings.Contains(typed, "*") { // punctuation is a separator, so a character is missing
		size = 39
		if len(slip.Groups) != 1 || slip.Groups[0] > groups[0] {
			return
		}
		groups = slip.Groups
	}
	if !reflect.DeepEqual(slip.Groups, groups) || slip.Typed != size {
		t.Fatalf("groups %v of %d characters, want %v of %d", slip.Groups, slip.Typed, groups, size)
	}
}

func TestExchangedGroupsAreFound(t *testing.T) {
	_, code := testCode(7)
	groups := strings.Split(code, "-")
	for a := range groups {
		for b := range a {
			changed := append([]string(nil), groups...)
			changed[a], changed[b] = changed[b], changed[a]
			wantGroups(t, strings.Join(changed, ""), 40, b+1, a+1)
		}
	}
}

func TestMissingAndExtraWithoutSeparators(t *testing.T) {
	_, code := testCode(7)
	bare := strings.ReplaceAll(code, "-", "")
	wantGroups(t, bare[:17]+bare[18:], 39, 4)
	wantGroups(t, bare[:39], 39, 8)
	wantGroups(t, bare[:10], 10, 3)
	wantGroups(t, "", 0, 1)
	wantGroups(t, bare[:22]+"Z"+bare[22:], 41, 5)
	wantGroups(t, strings.Repeat(bare, 1000), 40_000, 1)
	err := CheckCode(bare + "7")
	var slip *CodeError
	if !errors.As(err, &slip) || len(slip.Groups) != 0 || slip.Typed != 41 {
		t.Errorf("a character at the end too many: %v", err)
	}
	if text := CheckCode(bare[:20]).Error(); strings.Contains(text, bare[:5]) {
		t.Errorf("the error repeats the code: %s", text)
	}
	if err := CheckCode(code); err != nil {
		t.Errorf("a right code: %v", err)
	}
}

func TestMistypedCodeIsNotAWrongCode(t *testing.T) {
	s, code, err := NewRecoverySlot(fixed(4), testKey(t, 1), "")
	if err != nil {
		t.Fatal(err)
	}
	if key, err := OpenRecovery(s, strings.ToLower(code)); err != nil || !key.Same(testKey(t, 1)) {
		t.Errorf("right code: %v", err)
	}
	if _, err := OpenRecovery(s, code[1:]); !errors.Is(err, ErrMistypedCode) || errors.Is(err, ErrWrongSecret) {
		t.Errorf("mistyped: %v", err)
	}
	_, other := testCode(9)
	if _, err := OpenRecovery(s, other); !errors.Is(err, ErrWrongSecret) {
		t.Errorf("another paper's code: %v", err)
	}
}
