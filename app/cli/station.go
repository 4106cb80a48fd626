package cli

import (
	"io"
	"strings"

	"rongyuan/store/record"
)

type stationShow struct{}

func (*stationShow) options(*options) {}

func (*stationShow) run(k *call) (answer, error) {
	if _, err := k.openLocked(); err != nil {
		return answer{}, err
	}
	return stationAnswer(k.station), nil
}

func stationAnswer(s record.Station) answer {
	return answer{doc: s, text: func(w io.Writer) {
		columns(w, [][]string{{"站点编码", string(s.Code)}, {"站名", s.Name}, {"出具单位", s.Issuer}, {"查询电话", s.Phone}})
	}}
}

type stationSet struct{ name, issuer, phone string }

func (c *stationSet) options(o *options) {
	o.text(&c.name, "name station-name", "站名", "站名")
	o.text(&c.issuer, "issuer", "单位", "出具单位；写空就用站名")
	o.text(&c.phone, "phone", "电话", "查询电话")
}

func (c *stationSet) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	s := k.station
	for _, one := range []struct {
		name, from string
		to         *string
	}{{"name", c.name, &s.Name}, {"issuer", c.issuer, &s.Issuer}, {"phone", c.phone, &s.Phone}} {
		if k.given.has(one.name) {
			*one.to = strings.TrimSpace(one.from)
		}
	}
	if s == k.station {
		return answer{}, record.Fail(record.CodeNothingToDo)
	}
	if err := db.SaveStation(k.ctx, s); err != nil {
		return answer{}, err
	}
	return stationAnswer(s), nil
}
