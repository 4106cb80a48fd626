package store_test

import (
	"testing"

	"rongyuan/store/record"
)

func TestStationKeepsAName(t *testing.T) {
	w := newWorld(t)
	s, err := w.db.Station(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", " \t", "　"} {
		before := w.head()
		after := s
		after.Name = name
		w.refused(before, w.db.SaveStation(t.Context(), after), record.CodeRequired)
	}
	if now, err := w.db.Station(t.Context()); err != nil || now != s {
		t.Errorf("%+v, %v", now, err)
	}
	s.Issuer = "关爱退役军人协会"
	if err := w.db.SaveStation(t.Context(), s); err != nil {
		t.Error(err)
	}
}
