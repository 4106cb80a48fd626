package store_test

import (
	"strings"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

func TestAuditEntries(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	v := someone(1)
	id := w.register(v)
	for i, detail := range []string{
		"核对 " + string(v.IDNumber) + "，电话" + v.Phones[0] + "。", "第二次", strings.Repeat("0a1b", 16) + " 1234567890",
	} {
		n := store.Note{Action: store.ActionUnmask, Subject: string(id), Detail: detail}
		if i == 2 {
			n = store.Note{Action: store.ActionPrint, Subject: "roster", Detail: detail}
		}
		if _, err := w.db.Note(ctx, n); err != nil {
			t.Fatal(err)
		}
		w.now = w.now.AddDate(0, 0, 1)
	}
	all, err := w.db.AuditEntries(ctx, store.AuditFilter{})
	if err != nil || len(all) != 4 {
		t.Fatalf("%d entries, %v", len(all), err)
	}
	for i, e := range all {
		if e.Seq != int64(4-i) || e.Actor != testAdmin {
			t.Errorf("entry %d: %+v", i, e)
		}
	}
	if got, want := all[2].Detail, "核对 "+record.MaskID(string(v.IDNumber))+"，电话"+record.MaskPhone(v.Phones[0])+"。"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if all[0].Detail != strings.Repeat("0a1b", 16)+" 1234567890" {
		t.Errorf("a hash is masked: %q", all[0].Detail)
	}
	for name, c := range map[string]struct {
		filter store.AuditFilter
		want   []int64
	}{
		"action":       {store.AuditFilter{Action: store.ActionUnmask}, []int64{3, 2}},
		"subject":      {store.AuditFilter{Subject: "roster"}, []int64{4}},
		"actor":        {store.AuditFilter{Actor: "谁"}, nil},
		"from":         {store.AuditFilter{From: "2026-10-21"}, []int64{4, 3}},
		"to":           {store.AuditFilter{To: "2026-10-20"}, []int64{2, 1}},
		"one day":      {store.AuditFilter{From: "2026-10-21", To: "2026-10-21"}, []int64{3}},
		"first page":   {store.AuditFilter{Limit: 3}, []int64{4, 3, 2}},
		"second page":  {store.AuditFilter{Limit: 3, Before: 2}, []int64{1}},
		"several at a": {store.AuditFilter{Action: store.ActionUnmask, From: "2026-10-21", Limit: 5}, []int64{3}},
	} {
		list, err := w.db.AuditEntries(ctx, c.filter)
		var got []int64
		for _, e := range list {
			got = append(got, e.Seq)
		}
		if err != nil || len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v, %v", name, got, c.want, err)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
	}
}

func TestWhoMayReadTheAuditLog(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	if _, err := w.db.Note(ctx, store.Note{Action: store.ActionUnmask, Subject: string(id), Detail: "核对"}); err != nil {
		t.Fatal(err)
	}
	for role, want := range map[record.Role][2]record.Code{
		record.RoleClerk: {record.CodeNoRight, ""}, record.RoleChief: {"", ""},
		record.RoleViewer: {record.CodeNoRight, record.CodeNoRight}, record.RoleAuditor: {"", record.CodeNoRight},
	} {
		name := "账号" + string(role)
		if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
			t.Fatal(err)
		}
		if err := w.db.AddAccount(ctx, store.Account{Name: name, Role: role}, otherPassword); err != nil {
			t.Fatal(err)
		}
		if err := w.db.Unlock(ctx, name, otherPassword); err != nil {
			t.Fatal(err)
		}
		_, err := w.db.AuditEntries(ctx, store.AuditFilter{})
		if got := record.CodeOf(err); got != want[0] {
			t.Errorf("%s reads the log: %v", role, err)
		}
		notes, err := w.db.NotesOn(ctx, id)
		if got := record.CodeOf(err); got != want[1] || got == "" && len(notes) != 1 {
			t.Errorf("%s reads the notes on a person: %d, %v", role, len(notes), err)
		}
	}
	w.db.Lock()
	if _, err := w.db.AuditEntries(ctx, store.AuditFilter{}); record.CodeOf(err) != record.CodeLocked {
		t.Error(err)
	}
}

// TestAuditEntriesAfterRekey holds that old entries stay readable.
func TestAuditEntriesAfterRekey(t *testing.T) {
	w := newWorld(t)
	if _, err := w.db.Note(t.Context(), store.Note{Action: store.ActionUnmask, Subject: "x", Detail: "旧钥匙时写的"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Rekey(t.Context(), testPassword); err != nil {
		t.Fatal(err)
	}
	list, err := w.db.AuditEntries(t.Context(), store.AuditFilter{Subject: "x"})
	if err != nil || len(list) != 1 || list[0].Detail != "旧钥匙时写的" {
		t.Errorf("%+v, %v", list, err)
	}
}
