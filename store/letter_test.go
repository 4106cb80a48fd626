package store_test

import (
	"encoding/json"
	"strings"
	"testing"

	"rongyuan/store/record"
)

const lettersServer = record.Incarnation("0123456789abcdef0123456789abcdef")

func letter(id string, seq int64, urgent bool) record.Message {
	payload, _ := json.Marshal(record.Notice{Title: "通知" + id, Text: "秘密的正文", From: "区中心"})
	return record.Message{
		ID: id, Stream: record.StreamAll, Seq: seq, Kind: record.MessageNotice, Urgent: urgent, AtMS: 1_790_000_000_000 + seq,
		Payload: payload,
	}
}

// TestLetters holds that a letter is kept once, with its mark, sealed; that an
// urgent one stands first until it is read; and that a locked file takes none.
func TestLetters(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	fresh, err := w.db.TakeMessages(ctx, lettersServer, []record.Message{letter("a", 1, true), letter("b", 2, false)})
	if err != nil || fresh != 2 {
		t.Fatalf("%d, %v", fresh, err)
	}
	if fresh, err = w.db.TakeMessages(ctx, lettersServer, []record.Message{letter("b", 2, false), letter("c", 3, false)}); err != nil || fresh != 1 {
		t.Errorf("again: %d, %v", fresh, err)
	}
	marks, err := w.db.Marks(ctx, lettersServer)
	if err != nil || marks[record.StreamAll] != (record.Mark{Seq: 3, ID: "c"}) {
		t.Errorf("%+v %v", marks, err)
	}
	if other, err := w.db.Marks(ctx, "another life"); err != nil || len(other) != 0 {
		t.Errorf("%+v %v", other, err)
	}
	order := func(want string) {
		t.Helper()
		list, err := w.db.Letters(ctx, 10)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, l := range list {
			got.WriteString(l.ID)
			if l.Notice().Text != "秘密的正文" {
				t.Errorf("%+v", l)
			}
		}
		if got.String() != want {
			t.Errorf("order %s, want %s", got.String(), want)
		}
	}
	order("acb")
	if err := w.db.ReadLetter(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	order("cba")
	if n, err := w.db.UnreadLetters(ctx); err != nil || n != 2 {
		t.Errorf("%d unread, %v", n, err)
	}
	if err := w.db.ReadLetter(ctx, "nobody"); record.CodeOf(err) != record.CodeNotFound {
		t.Error(err)
	}
	w.db.Lock()
	if _, err := w.db.TakeMessages(ctx, lettersServer, []record.Message{letter("d", 4, false)}); record.CodeOf(err) != record.CodeLocked {
		t.Error(err)
	}
	if _, err := w.db.Letters(ctx, 1); record.CodeOf(err) != record.CodeLocked {
		t.Error(err)
	}
}
