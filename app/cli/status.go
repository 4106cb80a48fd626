package cli

import (
	"fmt"
	"io"
	"time"

	"rongyuan/assets/say"
	"rongyuan/store/record"
)

type status struct{}

func (*status) options(*options) {}

// statusDoc is where the exchange stands. Times are RFC 3339 in China's time,
// null where there is none.
type statusDoc struct {
	Enrolled      bool        `json:"enrolled"`
	District      string      `json:"district,omitempty"`
	Escrow        string      `json:"escrow,omitempty"`
	Head          int64       `json:"head"`
	StoredSeq     int64       `json:"stored_seq"`
	SafeSeq       int64       `json:"safe_seq"`
	Pending       int64       `json:"pending"`
	OldestPending *string     `json:"oldest_pending"`
	LastSuccess   *string     `json:"last_success"`
	ClockOffsetMS int64       `json:"clock_offset_ms"`
	HeadsEqual    bool        `json:"heads_equal"`
	Cases         int64       `json:"cases"`
	Quarantined   int64       `json:"quarantined"`
	LastCode      record.Code `json:"last_code,omitempty"`
}

func statusOf(e record.ExchangeState) statusDoc {
	return statusDoc{
		e.Enrolled, e.District, e.Escrow, e.Head, e.Stored, e.Safe, e.Pending, timeText(e.OldestPendingMS), timeText(e.LastSuccessMS),
		e.ClockOffsetMS, e.HeadsEqual, e.Cases, e.Quarantined, e.LastCode,
	}
}

func timeText(ms int64) *string {
	if ms == 0 {
		return nil
	}
	text := time.UnixMilli(ms).In(record.Zone()).Format(time.RFC3339)
	return &text
}

// run answers without a password too: nothing of it is sealed but the
// district's address.
func (*status) run(k *call) (answer, error) {
	_, given, err := k.passwordGiven()
	if err != nil {
		return answer{}, err
	}
	if given {
		_, err = k.open()
	} else {
		_, err = k.openLocked()
	}
	if err != nil {
		return answer{}, err
	}
	e, err := k.db.Exchange(k.ctx)
	if err != nil {
		return answer{}, err
	}
	return answer{doc: statusOf(e), text: func(w io.Writer) { statusText(w, e) }}, nil
}

func statusText(w io.Writer, e record.ExchangeState) {
	d := statusOf(e)
	switch {
	case !e.Enrolled:
		fmt.Fprintf(w, "还没有接入区里；本机已存 %d 条\n", e.Head)
		return
	case e.HeadsEqual && e.Pending == 0:
		fmt.Fprintf(w, "已同步：本机和区里一致，共 %d 条\n", e.Head)
	default:
		fmt.Fprintf(w, "待上报 %d 条（区里已收到 %d 条）\n", e.Pending, e.Stored)
	}
	rows := [][]string{}
	if d.OldestPending != nil {
		rows = append(rows, []string{"最早待上报", *d.OldestPending})
	}
	if d.LastSuccess != nil {
		rows = append(rows, []string{"上次交换", *d.LastSuccess})
	}
	if e.Cases > 0 || e.Quarantined > 0 {
		rows = append(rows, []string{"要人处理", fmt.Sprintf("%d 件待处理，%d 条等核对", e.Cases, e.Quarantined)})
	}
	if e.Escrow != "" {
		rows = append(rows, []string{"区级托管", e.Escrow})
	}
	if e.LastCode != "" {
		rows = append(rows, []string{"上次没成", say.Say(e.LastCode).String()})
	}
	columns(w, rows)
}
