package store_test

import (
	"strings"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

const otherPassword = "Ling-Yi-Ge-2026"

func TestLockout(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	up := time.Hour
	w.opt.Uptime = func() time.Duration { return up }
	w.reopen()
	fail := func(n int) {
		for range n {
			if err := w.db.Unlock(ctx, testAdmin, otherPassword); record.CodeOf(err) != record.CodeWrongPassword {
				t.Fatalf("%v", err)
			}
		}
	}
	refused := func(when string) {
		t.Helper()
		if err := w.db.Unlock(ctx, testAdmin, testPassword); record.CodeOf(err) != record.CodeAccountLocked {
			t.Errorf("%s: %v", when, err)
		}
	}
	fail(5)
	refused("at once")
	w.now = w.now.AddDate(10, 0, 0)
	refused("after the clock was moved by ten years")
	w.db.Lock()
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	w.reopenClosed()
	refused("after a restart of the program")
	up += 4 * time.Minute
	refused("after four minutes")
	up = 5 * time.Minute
	refused("after a restart of the PC and five minutes: nine in all")
	up += time.Minute
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Fatalf("after ten minutes: %v", err)
	}
	fail(5)
	up += 10 * time.Minute
	fail(1)
	up += 19 * time.Minute
	refused("the sixth failure locks for twenty minutes")
	if err := w.db.UnlockRecovery(ctx, w.code, testAdmin, otherPassword); err != nil {
		t.Fatalf("the recovery code ends a lock: %v", err)
	}
}

func TestRecoveryCode(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	w.db.Lock()
	typo := []byte(strings.ToLower(w.code))
	if typo[1] = '7'; w.code[1] == '7' {
		typo[1] = '8'
	}
	if err := w.db.UnlockRecovery(ctx, string(typo), testAdmin, otherPassword); record.CodeOf(err) != record.CodeRecoveryTypo {
		t.Errorf("a slip: %v", err)
	}
	if err := w.db.UnlockRecovery(ctx, strings.ToLower(w.code), testAdmin, otherPassword); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Volunteer(ctx, id); err != nil {
		t.Error(err)
	}
	if err := w.db.Unlock(ctx, testAdmin, testPassword); record.CodeOf(err) != record.CodeWrongPassword {
		t.Errorf("the old password: %v", err)
	}
	if err := w.db.Unlock(ctx, testAdmin, otherPassword); err != nil {
		t.Fatal(err)
	}
	fresh, err := w.db.NewRecoveryCode(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.UnlockRecovery(ctx, w.code, testAdmin, testPassword); record.CodeOf(err) != record.CodeWrongRecovery {
		t.Errorf("the code of the old paper: %v", err)
	}
	if err := w.db.UnlockRecovery(ctx, fresh, testAdmin, testPassword); err != nil {
		t.Error(err)
	}
}

func TestRoles(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	act, _, err := w.db.LogActivity(ctx, patrol("2026-10-10T09:00", "2026-10-10T10:00"), present(id))
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range []record.Role{record.RoleClerk, record.RoleChief, record.RoleViewer, record.RoleAuditor} {
		if err := w.db.AddAccount(ctx, store.Account{Name: string(role), Role: role}, otherPassword); err != nil {
			t.Fatal(err)
		}
	}
	_, number := id, someone(1).IDNumber
	for _, c := range []struct {
		role                        record.Role
		read, write, manage, unmask bool
	}{
		{record.RoleClerk, true, true, false, true},
		{record.RoleChief, true, false, false, true},
		{record.RoleViewer, true, false, false, false},
		{record.RoleAuditor, false, false, false, false},
	} {
		t.Run(string(c.role), func(t *testing.T) {
			if err := w.db.Unlock(ctx, string(c.role), otherPassword); err != nil {
				t.Fatal(err)
			}
			may := func(what string, want bool, err error) {
				t.Helper()
				if got := record.CodeOf(err) != record.CodeNoRight; got != want {
					t.Errorf("%s: allowed %v, want %v (%v)", what, got, want, err)
				}
			}
			v, err := w.db.Volunteer(ctx, id)
			may("read a person", c.read, err)
			_, err = w.db.People(ctx, store.PeopleFilter{})
			may("read the list", c.read, err)
			_, err = w.db.Report(ctx, record.Month(2026, 10))
			may("read the figures", c.read, err)
			_, err = w.db.Participations(ctx, act)
			may("read participations", c.read, err)
			_, _, err = w.db.RegisterVolunteer(ctx, someone(90))
			may("register", c.write, err)
			_, err = w.db.FoundTeam(ctx, record.Team{Name: "队" + string(c.role), Kind: "t01"})
			may("found a team", c.write, err)
			may("change the calendar", c.write, w.db.SaveCalendarDay(ctx, store.CalendarDay{Day: "2026-10-01", Name: "国庆节"}))
			may("clear the calendar", c.write, w.db.RemoveCalendarDay(ctx, "2026-10-02"))
			may("name the station", c.manage, w.db.SaveStation(ctx, record.Station{Name: "新名"}))
			may("add an account", c.manage, w.db.AddAccount(ctx, store.Account{Name: "x" + string(c.role), Role: record.RoleAdmin}, otherPassword))
			may("reset a password", c.manage, w.db.ResetPassword(ctx, testAdmin, otherPassword))
			if full := v.IDNumber == number; c.read && full != c.unmask {
				t.Errorf("number in full: %v, want %v", full, c.unmask)
			}
			if p, ok := w.db.Person(id); ok != c.read || (ok && (p.IDNumber == number) != c.unmask) {
				t.Errorf("light row: %v", ok)
			}
		})
	}
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Fatal(err)
	}
	if err := w.db.DisableAccount(ctx, testAdmin); record.CodeOf(err) != record.CodeLastAdmin {
		t.Errorf("the last administrator: %v", err)
	}
	if err := w.db.DisableAccount(ctx, string(record.RoleClerk)); err != nil {
		t.Fatal(err)
	}
	if err := w.db.Unlock(ctx, string(record.RoleClerk), otherPassword); record.CodeOf(err) != record.CodeWrongPassword {
		t.Errorf("an ended account: %v", err)
	}
}

func TestWeakPasswords(t *testing.T) {
	w := newWorld(t)
	for password, want := range map[string]record.Code{
		"kurz": record.CodePasswordWeak, "zhangwei-Zhang-9": "", "zhangsan@2026ZS": record.CodePasswordName, "password123": record.CodePasswordWeak,
	} {
		err := w.db.AddAccount(t.Context(), store.Account{Name: "zhangsan", Role: record.RoleClerk}, password)
		if record.CodeOf(err) != want {
			t.Errorf("%q: %v", password, err)
		}
	}
}
