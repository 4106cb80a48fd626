package cli

import (
	"errors"
	"fmt"
	"io"

	"rongyuan/reports"
	"rongyuan/store/record"
)

// recoveryPage is the flag for the page that goes into the safe. Where it cannot
// be written the code was still made, and is shown: it can be copied by hand.
type recoveryPage struct{ path string }

func (p *recoveryPage) options(o *options) {
	o.text(&p.path, "recovery-pdf", "文件.pdf", "把恢复码写成一页纸，打印后放进保险柜，再删掉文件")
}

// code makes a recovery code and the page for it. The page's file is opened
// first, so that a folder that cannot be written is known before the old code
// is void.
func (p *recoveryPage) code(k *call, station string, fresh func() (string, error)) (string, error) {
	var page *outFile
	var err error
	if p.path != "" {
		if page, err = newFile(p.path); err != nil {
			return "", err
		}
	}
	code, err := fresh()
	if page == nil {
		return code, err
	}
	if code == "" {
		p.path = ""
		return "", errors.Join(err, page.drop())
	}
	if pageErr := page.finish(func(w io.Writer) error { return reports.RecoveryPDF(w, station, code, k.today()) }); pageErr != nil {
		fmt.Fprintln(k.env.Stderr, "恢复码那一页没有写成，请把恢复码抄在纸上")
		p.path = ""
	}
	return code, err
}

func recoveryText(w io.Writer, code, page string) {
	fmt.Fprintf(w, "恢复码：%s\n", code)
	fmt.Fprintln(w, "恢复码只显示这一次。请抄在纸上放进保险柜：忘了密码，只有它能打开资料。")
	if page != "" {
		fmt.Fprintf(w, "已写成一页纸：%s。打印后请删掉这个文件。\n", page)
	}
}

// newCode is what commands print that make a recovery code.
type newCode struct {
	RecoveryCode string      `json:"recovery_code,omitempty"`
	RecoveryPDF  string      `json:"recovery_pdf,omitempty"`
	Backup       *backupDoc  `json:"backup,omitempty"`
	BackupFailed record.Code `json:"backup_failed,omitempty"`
}

type accountRecoveryCode struct{ recoveryPage }

func (c *accountRecoveryCode) run(k *call) (answer, error) {
	db, _, err := k.openFor(record.RightManage)
	if err != nil {
		return answer{}, err
	}
	code, err := c.code(k, k.station.Name, func() (string, error) { return db.NewRecoveryCode(k.ctx) })
	if err != nil {
		return answer{}, err
	}
	return answer{doc: newCode{RecoveryCode: code, RecoveryPDF: c.path}, text: func(w io.Writer) {
		recoveryText(w, code, c.path)
		fmt.Fprintln(w, "以前的恢复码打不开资料了，请当面销毁。")
	}}, nil
}

type accountRekey struct{ recoveryPage }

// run changes the data key and makes a backup under it: backups under the key
// before still open with the passwords and the recovery code of their time only.
// The new code is shown even when the sealing anew was interrupted, since the
// old one is void from the first step on.
func (c *accountRekey) run(k *call) (answer, error) {
	db, password, err := k.openFor(record.RightManage)
	if err != nil {
		return answer{}, err
	}
	code, err := c.code(k, k.station.Name, func() (string, error) { return db.Rekey(k.ctx, password) })
	if err != nil {
		if code != "" {
			recoveryText(k.env.Stderr, code, c.path)
		}
		return answer{}, err
	}
	doc := newCode{RecoveryCode: code, RecoveryPDF: c.path}
	if made, err := k.backUp(db, ""); err == nil {
		doc.Backup = &made
	} else {
		doc.BackupFailed = record.CodeOf(err)
	}
	return answer{doc: doc, text: doc.rekeyed}, nil
}

func (d newCode) rekeyed(w io.Writer) {
	fmt.Fprintln(w, "数据密钥已换。别的账号要由管理员重新定密码（account reset），无人值守要重新打开。")
	if d.RecoveryCode != "" {
		recoveryText(w, d.RecoveryCode, d.RecoveryPDF)
	}
	if d.Backup != nil {
		fmt.Fprintf(w, "用新密钥备份了一次：%s\n", d.Backup.Path)
	} else {
		fmt.Fprintln(w, "换好了，但备份没有写成，请再备份一次：rongyuan backup")
	}
}
