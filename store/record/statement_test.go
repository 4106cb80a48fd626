package record_test

import (
	"encoding/binary"
	"reflect"
	"testing"

	"rongyuan/store/record"
)

func statement() record.Statement {
	r := record.PeriodReport{Period: record.Month(2026, 10), Edition: 2, Made: "2026-11-02T09:30"}
	r.Figures = record.Tally(r.Period, record.Facts{}).Figures
	for i, one := range record.Indicators() {
		r.Figures[one.Code] = int64(i * i * 7919)
	}
	r.Figures[record.FigureMinutes+".7"] = 123_456
	return r.Statement()
}

func TestStatementReadsBack(t *testing.T) {
	want := statement()
	if n := len(want.Figures); n < 25 {
		t.Errorf("%d indicators", n)
	}
	for _, one := range record.Indicators() {
		if _, has := want.Figures[one.Code]; !has {
			t.Errorf("%s is not in the statement", one.Code)
		}
	}
	got, err := record.ReadStatement(want.Message())
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}

// TestStatementOfANewerVersion has figures behind the known ones.
func TestStatementOfANewerVersion(t *testing.T) {
	s := statement()
	message := s.Message()
	head := []byte{1}
	rest := message[1:]
	for range 4 {
		v, n := binary.Varint(rest)
		head, rest = binary.AppendVarint(head, v), rest[n:]
	}
	count, n := binary.Varint(rest)
	newer := append(binary.AppendVarint(head, count+1), rest[n:]...)
	newer = binary.AppendVarint(newer, 99)
	if got, err := record.ReadStatement(newer); err != nil || !reflect.DeepEqual(got, s) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestStatementRefusesWhatIsNone(t *testing.T) {
	message := statement().Message()
	for name, bad := range map[string][]byte{
		"nothing": nil, "other version": append([]byte{9}, message[1:]...), "cut": message[:len(message)-1],
		"longer": append(append([]byte{}, message...), 0), "head only": message[:4],
		"no days": {1, 2, 0, 0, 2, 0}, "far future": append([]byte{1}, binary.AppendVarint(nil, 1<<40)...),
	} {
		if got, err := record.ReadStatement(bad); record.CodeOf(err) != record.CodeStampUnread {
			t.Errorf("%s: %v %v", name, got, err)
		}
	}
}

func FuzzReadStatement(f *testing.F) {
	f.Add(statement().Message())
	f.Fuzz(func(t *testing.T, message []byte) {
		s, err := record.ReadStatement(message)
		if err != nil {
			return
		}
		again, err := record.ReadStatement(s.Message())
		if err != nil || again.Period != s.Period || again.Edition != s.Edition || again.Made != s.Made {
			t.Errorf("%v reads back as %v: %v", s, again, err)
		}
		for code, value := range s.Figures {
			if again.Figures[code] != value {
				t.Errorf("%s reads back as %d, want %d", code, again.Figures[code], value)
			}
		}
	})
}
