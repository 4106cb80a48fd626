package cli

import (
	"rongyuan/store"
	"rongyuan/store/record"
)

// accountDoc is an account as commands print it.
type accountDoc struct {
	Name     string      `json:"name"`
	Role     record.Role `json:"role"`
	RoleName string      `json:"role_name"`
	Disabled bool        `json:"disabled,omitempty"`
}

func accountDocOf(a store.Account) accountDoc {
	return accountDoc{a.Name, a.Role, record.Roles().NameOf(string(a.Role)), a.Disabled}
}

// accountAnswer is an account that was changed.
func (k *call) accountAnswer(name, format string) (answer, error) {
	all, err := k.db.Accounts(k.ctx)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Account accountDoc `json:"account"`
	}{}
	for _, a := range all {
		if a.Name == name {
			doc.Account = accountDocOf(a)
		}
	}
	return answer{doc: doc, text: said(format, name)}, nil
}

type accountList struct{}

func (*accountList) options(*options) {}

// run needs no password: the log-in form shows the same names.
func (*accountList) run(k *call) (answer, error) {
	db, err := k.openLocked()
	if err != nil {
		return answer{}, err
	}
	all, err := db.Accounts(k.ctx)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Accounts []accountDoc `json:"accounts"`
	}{make([]accountDoc, 0, len(all))}
	rows := make([][]string, 0, len(all))
	for _, a := range all {
		one := accountDocOf(a)
		state := ""
		if a.Disabled {
			state = "已停用"
		}
		doc.Accounts = append(doc.Accounts, one)
		rows = append(rows, []string{one.Name, one.RoleName, state})
	}
	return answer{doc: doc, text: listed([]string{"用户名", "角色", ""}, rows)}, nil
}

type accountAdd struct {
	newSecret
	role string
}

func (c *accountAdd) options(o *options) {
	c.newSecret.options(o)
	o.text(&c.role, "role", "角色", "管理员、经办、站长、查看、审计")
}

func (c *accountAdd) run(k *call) (answer, error) {
	if c.role == "" {
		return answer{}, usage("要写 --role 角色")
	}
	role, err := codeIn(record.Roles(), "account.role", c.role)
	if err != nil {
		return answer{}, err
	}
	db, _, err := k.openFor(record.RightManage)
	if err != nil {
		return answer{}, err
	}
	password, err := c.read(k)
	if err != nil {
		return answer{}, err
	}
	if err := db.AddAccount(k.ctx, store.Account{Name: k.args[0], Role: record.Role(role)}, password); err != nil {
		return answer{}, err
	}
	return k.accountAnswer(k.args[0], "已建账号：%s")
}

type accountDisable struct{}

func (*accountDisable) options(*options) {}

func (*accountDisable) run(k *call) (answer, error) {
	db, _, err := k.openFor(record.RightManage)
	if err != nil {
		return answer{}, err
	}
	if err := db.DisableAccount(k.ctx, k.args[0]); err != nil {
		return answer{}, err
	}
	return k.accountAnswer(k.args[0], "已停用：%s。以前记下的都还写着这个名字")
}

type accountPassword struct{ newSecret }

func (c *accountPassword) options(o *options) { c.newSecret.options(o) }

func (c *accountPassword) run(k *call) (answer, error) {
	db, old, err := k.openWith()
	if err != nil {
		return answer{}, err
	}
	next, err := c.read(k)
	if err != nil {
		return answer{}, err
	}
	if err := db.ChangePassword(k.ctx, old, next); err != nil {
		return answer{}, err
	}
	return k.accountAnswer(k.by(), "密码已改：%s。以前的密码打不开了")
}

type accountReset struct{ newSecret }

func (c *accountReset) options(o *options) { c.newSecret.options(o) }

func (c *accountReset) run(k *call) (answer, error) {
	db, _, err := k.openFor(record.RightManage)
	if err != nil {
		return answer{}, err
	}
	next, err := c.read(k)
	if err != nil {
		return answer{}, err
	}
	if err := db.ResetPassword(k.ctx, k.args[0], next); err != nil {
		return answer{}, err
	}
	return k.accountAnswer(k.args[0], "已给 %s 定了新密码；锁住的也解开了")
}

type accountRecover struct {
	newSecret
	recoverySecret
}

func (c *accountRecover) options(o *options) {
	c.recoverySecret.options(o)
	c.newSecret.options(o)
}

// run opens the file by the recovery code: the password is forgotten, so none is
// asked for.
func (c *accountRecover) run(k *call) (answer, error) {
	db, err := k.openLocked()
	if err != nil {
		return answer{}, err
	}
	user, err := k.account(db)
	if err != nil {
		return answer{}, err
	}
	code, err := c.recoverySecret.read(k)
	if err != nil {
		return answer{}, err
	}
	next, err := c.newSecret.read(k)
	if err != nil {
		return answer{}, err
	}
	if err := db.UnlockRecovery(k.ctx, code, user, next); err != nil {
		return answer{}, err
	}
	return k.accountAnswer(user, "已用恢复码给 %s 定了新密码。恢复码拿出来用过了，请换一个：rongyuan account recovery-code")
}
