package app

import (
	"context"

	"rongyuan/app/widgets"
)

// unattendedText is whether this PC may open the file without anybody.
func unattendedText(allowed, ready bool) (string, widgets.Tone) {
	switch {
	case allowed && ready:
		return "开着：没有人登录时也能备份和上报", widgets.Normal
	case allowed:
		return "资料允许，但这台电脑没有钥匙，请关掉再打开", widgets.Warn
	}
	return "关着", widgets.Muted
}

// switchUnattended turns it on or off, after saying what it means.
func (d *Desk) switchUnattended(on bool, then func()) {
	q := widgets.Question{
		Title: "打开无人值守", Yes: "打开", No: "取消", Danger: true,
		Text: "打开以后，这台电脑不用登录也能定时备份和上报。能用这个 Windows 用户开机的人，就有办法打开资料；电脑要设开机密码。",
	}
	if !on {
		q = widgets.Question{Title: "关掉无人值守", Text: "关掉以后，没有人登录时不再备份和上报。", Yes: "关掉", No: "取消"}
	}
	widgets.ShowConfirm(d.win.Canvas(), q, func(yes bool) {
		if !yes {
			return
		}
		d.work("正在设置无人值守", func(ctx context.Context, _ func(int, int)) error {
			if on {
				return d.db.AllowUnattended(ctx, d.cfg.Vault)
			}
			return d.db.ForbidUnattended(ctx, d.cfg.Vault)
		}, func(err error) {
			then()
			d.trouble(err)
		})
	})
}
