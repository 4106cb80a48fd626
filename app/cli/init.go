package cli

import (
	"errors"
	"fmt"
	"io"

	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

type initStation struct{ code, name, admin, issuer, phone, recoveryPDF string }

func (c *initStation) options(o *options) {
	o.text(&c.code, "station-code", "编码", "街道（乡镇）的 9 位编码，社区站 12 位")
	o.text(&c.name, "station-name", "站名", "站名，如 天津市河西区某某街道退役军人服务站")
	o.text(&c.admin, "admin", "用户名", "第一个管理员")
	o.text(&c.issuer, "issuer", "单位", "出具单位；不写就用站名")
	o.text(&c.phone, "phone", "电话", "查询电话")
	o.text(&c.recoveryPDF, "recovery-pdf", "文件.pdf", "把恢复码写成一页纸，打印后放进保险柜，再删掉文件")
}

// founded is what `init --json` prints.
type founded struct {
	Dir          string         `json:"dir"`
	Station      record.Station `json:"station"`
	Admin        string         `json:"admin"`
	RecoveryCode string         `json:"recovery_code"`
	RecoveryPDF  string         `json:"recovery_pdf,omitempty"`
}

func (c *initStation) run(k *call) (answer, error) {
	for _, one := range []struct{ flag, value string }{{"--station-code", c.code}, {"--station-name", c.name}, {"--admin", c.admin}} {
		if one.value == "" {
			return answer{}, usage("要写 " + one.flag)
		}
	}
	password, err := k.newPassword()
	if err != nil {
		return answer{}, err
	}
	var page *outFile
	if c.recoveryPDF != "" {
		if page, err = newFile(c.recoveryPDF); err != nil {
			return answer{}, err
		}
	}
	station := record.Station{Code: record.StationCode(c.code), Name: c.name, Issuer: c.issuer, Phone: c.phone}
	db, code, err := store.Create(k.ctx, k.storeOptions(k.folder()), store.Founding{Station: station, Admin: c.admin, Password: password})
	if err != nil {
		if page != nil {
			err = errors.Join(err, page.drop())
		}
		return answer{}, err
	}
	k.db = db
	done := founded{k.folder(), station, c.admin, code, c.recoveryPDF}
	if page != nil {
		if err := page.finish(func(w io.Writer) error { return reports.RecoveryPDF(w, c.name, code, k.today()) }); err != nil {
			// The station stands and the code is shown only now: the page can be
			// copied by hand, so this is no failure of the founding.
			fmt.Fprintln(k.env.Stderr, "恢复码那一页没有写成，请把恢复码抄在纸上")
			done.RecoveryPDF = ""
		}
	}
	return answer{doc: done, text: done.text}, nil
}

func (f founded) text(w io.Writer) {
	fmt.Fprintf(w, "已建站：%s（%s）\n数据文件夹：%s\n管理员：%s\n\n", f.Station.Name, f.Station.Code, f.Dir, f.Admin)
	fmt.Fprintf(w, "恢复码：%s\n", f.RecoveryCode)
	fmt.Fprintln(w, "恢复码只显示这一次。请抄在纸上放进保险柜：忘了密码，只有它能打开资料。")
	if f.RecoveryPDF != "" {
		fmt.Fprintf(w, "已写成一页纸：%s。打印后请删掉这个文件。\n", f.RecoveryPDF)
	}
}
