package main

import (
	"flag"
	"fmt"
	"io"

	"rongyuan/store/record"
	"rongyuan/sync/district"
)

func sendFlags(f *flag.FlagSet, c *call) {
	f.StringVar(&c.station, "station-code", "", "")
	f.StringVar(&c.title, "title", "", "")
	f.StringVar(&c.text, "text", "", "")
	f.BoolVar(&c.urgent, "urgent", false, "")
}

func (c *call) send() (answer, error) {
	return c.as(func(s *district.Server, scope district.Scope) (answer, error) {
		n := record.Notice{Title: c.title, Text: c.text}
		sent, err := s.SendNotice(c.ctx, scope, record.StationCode(c.station), n, c.urgent)
		return answer{doc: map[string]any{"id": sent.ID, "stream": sent.Stream, "seq": sent.Seq}, text: func(w io.Writer) {
			to := "所有站"
			if c.station != "" {
				to = c.station
			}
			fmt.Fprintf(w, "已发给%s，各站下次同步时收到。编号 %s\n", to, sent.ID)
		}}, err
	})
}

func (c *call) sent() (answer, error) {
	return c.as(func(s *district.Server, scope district.Scope) (answer, error) {
		list, err := s.Sent(c.ctx, scope)
		return answer{doc: map[string]any{"messages": nonNil(list)}, text: table("时间\t发给\t标题\t发送人\t已收到", len(list), func(i int) string {
			l := list[i]
			to := string(l.Station)
			if to == "" {
				to = "所有站"
			}
			return fmt.Sprintf("%s\t%s\t%s\t%s\t%d/%d", l.At, to, l.Notice.Title, l.Who, l.Taken, l.Asked)
		})}, err
	})
}
