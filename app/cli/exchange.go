package cli

import (
	"fmt"
	"io"

	"rongyuan/store"
	"rongyuan/store/record"
	dsync "rongyuan/sync"
)

type enrol struct{ district, code, fingerprint string }

func (c *enrol) options(o *options) {
	o.text(&c.district, "district", "网址", "区级地址，如 https://10.0.0.8:8443")
	o.text(&c.code, "code", "接入码", "区里给的接入码，只能用一次")
	o.text(&c.fingerprint, "fingerprint", "指纹", "区里告知的指纹；不写就显示出来请人核对")
}

func (k *call) client(db *store.DB, told func(dsync.Progress)) *dsync.Client {
	return dsync.New(dsync.Options{Store: db, Clock: k.env.Clock, Rand: k.env.Rand, App: k.env.Version, Progress: told})
}

func (c *enrol) run(k *call) (answer, error) {
	if c.district == "" || c.code == "" {
		return answer{}, usage("要写 --district 网址 --code 接入码")
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	if err := k.client(db, nil).Enrol(k.ctx, c.district, c.code, c.fingerprint, k.confirm); err != nil {
		return answer{}, err
	}
	e, err := db.Enrolment(k.ctx)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		District     string `json:"district"`
		DistrictCode string `json:"district_code"`
		DistrictName string `json:"district_name"`
		Device       string `json:"device"`
	}{e.District, e.DistrictCode, e.DistrictName, e.Device}
	return answer{doc: doc, text: func(w io.Writer) {
		fmt.Fprintf(w, "已接入：%s（%s）。接着可以交换：rongyuan sync\n", e.DistrictName, e.District)
		fmt.Fprintln(w, "同时交了一把钥匙给区里托管：密码和恢复码都丢了，可以请区里帮忙打开。不想交：rongyuan account escrow-off")
	}}, nil
}

// confirm asks whether a fingerprint is the district's. Where nobody sits the
// answer is no: only a person can compare it.
func (k *call) confirm(fingerprint, district string) bool {
	if k.env.Secret == nil {
		return false
	}
	fmt.Fprintf(k.env.Stderr, "%s 的指纹：\n%s\n请打电话向区里核对。", district, fingerprint)
	typed, err := k.env.Secret("一样就输入 yes：")
	return err == nil && typed == "yes"
}

type syncRound struct{ unattendedFlag }

// syncDoc is what a round did, and where the exchange stands after it.
type syncDoc struct {
	Sent int `json:"sent"`
	// Received are the letters of the district that are new here.
	Received  int   `json:"received"`
	Requests  int   `json:"requests"`
	BytesUp   int64 `json:"bytes_up"`
	BytesDown int64 `json:"bytes_down"`
	statusDoc
}

func (c *syncRound) run(k *call) (answer, error) {
	db, err := c.open(k)
	if err != nil {
		return answer{}, err
	}
	bar := k.progress("上报")
	done, err := k.client(db, func(p dsync.Progress) { bar.tell(int(p.Sent), int(p.Total)) }).Round(k.ctx)
	bar.end()
	if err != nil {
		return answer{}, err
	}
	e, err := db.Exchange(k.ctx)
	if err != nil {
		return answer{}, err
	}
	doc := syncDoc{done.Sent, done.Received, done.Requests, done.BytesUp, done.BytesDown, statusOf(e)}
	return answer{doc: doc, text: func(w io.Writer) { syncText(w, doc, e) }}, nil
}

func syncText(w io.Writer, doc syncDoc, e record.ExchangeState) {
	fmt.Fprintf(w, "这次上报 %d 条\n", doc.Sent)
	if doc.Received > 0 {
		fmt.Fprintf(w, "区里发来 %d 份通知：rongyuan letter list\n", doc.Received)
	}
	statusText(w, e)
}
