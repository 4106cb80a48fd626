package cli

import (
	"fmt"
	"io"

	"rongyuan/store"
	"rongyuan/store/record"
)

type initStation struct {
	recoveryPage
	stationCode, name, admin, issuer, phone string
}

func (c *initStation) options(o *options) {
	o.text(&c.stationCode, "station-code", "编码", "街道（乡镇）的 9 位编码，社区站 12 位")
	o.text(&c.name, "station-name", "站名", "站名，如 天津市河西区某某街道退役军人服务站")
	o.text(&c.admin, "admin", "用户名", "第一个管理员")
	o.text(&c.issuer, "issuer", "单位", "出具单位；不写就用站名")
	o.text(&c.phone, "phone", "电话", "查询电话")
	c.recoveryPage.options(o)
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
	for _, one := range []struct{ flag, value string }{{"--station-code", c.stationCode}, {"--station-name", c.name}, {"--admin", c.admin}} {
		if one.value == "" {
			return answer{}, usage("要写 " + one.flag)
		}
	}
	password, err := k.readTwice(k.passwordSource("新密码："))
	if err != nil {
		return answer{}, err
	}
	station := record.Station{Code: record.StationCode(c.stationCode), Name: c.name, Issuer: c.issuer, Phone: c.phone}
	code, err := c.code(k, c.name, func() (code string, err error) {
		k.db, code, err = store.Create(k.ctx, k.storeOptions(k.folder()), store.Founding{Station: station, Admin: c.admin, Password: password})
		return code, err
	})
	if err != nil {
		return answer{}, err
	}
	done := founded{k.folder(), station, c.admin, code, c.path}
	return answer{doc: done, text: done.text}, nil
}

func (f founded) text(w io.Writer) {
	fmt.Fprintf(w, "已建站：%s（%s）\n数据文件夹：%s\n管理员：%s\n\n", f.Station.Name, f.Station.Code, f.Dir, f.Admin)
	recoveryText(w, f.RecoveryCode, f.RecoveryPDF)
}
