package cli

import (
	"rongyuan/store"
	"rongyuan/store/record"
)

// unattendedFlag lets a scheduled task back up or exchange with nobody logged
// in.
type unattendedFlag struct{ unattended bool }

func (c *unattendedFlag) options(o *options) {
	o.yes(&c.unattended, "unattended", "不登录，用这台电脑替程序保管的钥匙；要管理员先用 unattended on 打开")
}

func (c *unattendedFlag) open(k *call) (*store.DB, error) {
	if !c.unattended {
		return k.open()
	}
	db, err := k.openLocked()
	if err != nil {
		return nil, err
	}
	vault, err := k.vault()
	if err != nil {
		return nil, err
	}
	return db, db.UnlockUnattended(k.ctx, vault)
}

func (k *call) vault() (store.Vault, error) {
	if k.env.Vault == nil {
		return nil, record.Fail(record.CodeNoVault)
	}
	return k.env.Vault(k.folder()), nil
}

// unattendedDoc says whether this PC may open the file by itself, and whether
// it still has the key for it.
type unattendedDoc struct {
	Allowed bool `json:"allowed"`
	Ready   bool `json:"ready"`
}

func (d unattendedDoc) answer() answer {
	text := "没有打开：备份和交换都要登录"
	switch {
	case d.Ready:
		text = "已打开：这台电脑可以自己备份、自己和区里交换。能用这个 Windows 或 Linux 账户的人，也就能打开资料"
	case d.Allowed:
		text = "打开过，但这台电脑没有钥匙：请管理员在这台电脑上重新打开"
	}
	return answer{doc: d, text: said("%s", text)}
}

type unattendedOn struct{}

func (*unattendedOn) options(*options) {}

func (*unattendedOn) run(k *call) (answer, error) {
	return k.setUnattended(func(db *store.DB, v store.Vault) error { return db.AllowUnattended(k.ctx, v) })
}

type unattendedOff struct{}

func (*unattendedOff) options(*options) {}

func (*unattendedOff) run(k *call) (answer, error) {
	return k.setUnattended(func(db *store.DB, v store.Vault) error { return db.ForbidUnattended(k.ctx, v) })
}

func (k *call) setUnattended(set func(*store.DB, store.Vault) error) (answer, error) {
	db, _, err := k.openFor(record.RightManage)
	if err != nil {
		return answer{}, err
	}
	vault, err := k.vault()
	if err != nil {
		return answer{}, err
	}
	if err := set(db, vault); err != nil {
		return answer{}, err
	}
	return k.unattendedState()
}

func (k *call) unattendedState() (answer, error) {
	vault, err := k.vault()
	if err != nil {
		return answer{}, err
	}
	var doc unattendedDoc
	doc.Allowed, doc.Ready, err = k.db.Unattended(k.ctx, vault)
	return doc.answer(), err
}

type unattendedStatus struct{}

func (*unattendedStatus) options(*options) {}

// run needs no password: that the PC may open the file is no secret.
func (*unattendedStatus) run(k *call) (answer, error) {
	if _, err := k.openLocked(); err != nil {
		return answer{}, err
	}
	return k.unattendedState()
}
