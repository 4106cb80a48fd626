package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// escrowState is what escrow-on and escrow-off print; District is "" while the
// district holds no key to this file.
type escrowState struct {
	District string `json:"district"`
}

func (k *call) escrowState(db *store.DB) (answer, error) {
	holder, err := db.EscrowHolder(k.ctx)
	if err != nil {
		return answer{}, err
	}
	text := "没有交区里托管：密码和恢复码都丢了，就再也打不开。以前的备份里原来的托管还在"
	if holder != "" {
		text = "已交区里托管：" + holder + "。密码和恢复码都丢了，可以请区里帮忙打开"
	}
	return answer{doc: escrowState{holder}, text: said("%s", text)}, nil
}

type escrowOn struct{}

func (*escrowOn) options(*options) {}

func (*escrowOn) run(k *call) (answer, error) {
	db, _, err := k.openFor(record.RightManage)
	if err != nil {
		return answer{}, err
	}
	if err := db.GiveEscrow(k.ctx); err != nil {
		return answer{}, err
	}
	return k.escrowState(db)
}

type escrowOff struct{}

func (*escrowOff) options(*options) {}

func (*escrowOff) run(k *call) (answer, error) {
	db, _, err := k.openFor(record.RightManage)
	if err != nil {
		return answer{}, err
	}
	if err := db.RemoveEscrow(k.ctx); err != nil {
		return answer{}, err
	}
	return k.escrowState(db)
}

type escrowRequest struct{ out, backup string }

func (c *escrowRequest) options(o *options) {
	o.text(&c.out, "o out", "申请.json", "把申请写在哪里")
	o.text(&c.backup, "backup", "备份文件", "打开的是这个备份；不写就是本机的资料")
}

// escrowRequested is what escrow-request prints. Fingerprint is read to the
// district on the telephone.
type escrowRequested struct {
	Path        string `json:"path"`
	Request     string `json:"request"`
	Station     string `json:"station"`
	StationName string `json:"station_name"`
	District    string `json:"district"`
	Fingerprint string `json:"fingerprint"`
}

// run asks for no password: it is lost.
func (c *escrowRequest) run(k *call) (answer, error) {
	if c.out == "" {
		return answer{}, usage("要写 -o 申请.json")
	}
	ask := func(write func([]byte) error) (seal.EscrowRequest, error) {
		return store.RequestEscrow(k.storeOptions(k.folder()), c.backup, write)
	}
	if c.backup == "" {
		db, err := k.openLocked()
		if err != nil {
			return answer{}, err
		}
		ask = func(write func([]byte) error) (seal.EscrowRequest, error) { return db.RequestEscrow(k.ctx, write) }
	}
	r, err := writeRequest(c.out, ask)
	if err != nil {
		return answer{}, err
	}
	doc := escrowRequested{c.out, r.ID, r.Station, r.Name, r.Slot.Holder(), r.Fingerprint()}
	return answer{doc: doc, text: func(w io.Writer) { doc.text(w, c.backup) }}, nil
}

// writeRequest puts a request into a file that is opened first, so that nothing
// waits for an answer that cannot be asked for.
func writeRequest(path string, ask func(func([]byte) error) (seal.EscrowRequest, error)) (seal.EscrowRequest, error) {
	out, err := newFile(path)
	if err != nil {
		return seal.EscrowRequest{}, err
	}
	asked := false
	r, err := ask(func(text []byte) error {
		asked = true
		return out.finish(func(w io.Writer) error { _, err := w.Write(text); return err })
	})
	if !asked {
		err = errors.Join(err, out.drop())
	}
	return r, err
}

func (d escrowRequested) text(w io.Writer, backup string) {
	fmt.Fprintf(w, "申请写好了：%s（%s，%s）\n核对码：%s\n", d.Path, d.StationName, d.Station, d.Fingerprint)
	fmt.Fprintf(w, "请把文件交给%s；他们打电话来，就念核对码。申请里没有谁的资料。\n", d.District)
	next := "rongyuan account escrow-accept 答复.json --account 用户名"
	if backup != "" {
		next += " --backup 备份文件"
	}
	fmt.Fprintf(w, "收到答复，在这台电脑上运行：%s\n", next)
}

type escrowAccept struct {
	newSecret
	recoveryPage
	account, backup string
}

func (c *escrowAccept) options(o *options) {
	o.text(&c.account, "account", "用户名", "给哪个管理员定新密码；只有一个账号时可以不写")
	o.text(&c.backup, "backup", "备份文件", "先从这个备份恢复；申请时写了备份就要写")
	c.newSecret.options(o)
	c.recoveryPage.options(o)
}

// escrowAccepted is what escrow-accept prints.
type escrowAccepted struct {
	Account  string    `json:"account"`
	Restored *restored `json:"restored,omitempty"`
	newCode
}

func (c *escrowAccept) run(k *call) (answer, error) {
	given, err := readAnswer(k.args[0])
	if err != nil {
		return answer{}, err
	}
	next, err := c.newSecret.read(k)
	if err != nil {
		return answer{}, err
	}
	var doc escrowAccepted
	if c.backup != "" {
		done, err := k.restore(c.backup, store.Secret{Escrow: &given})
		if err != nil {
			return answer{}, err
		}
		doc.Restored = &done
	}
	db, err := k.openLocked()
	if err != nil {
		return answer{}, err
	}
	if doc.Account = c.account; doc.Account == "" {
		if doc.Account, err = k.account(db); err != nil {
			return answer{}, err
		}
	}
	code, err := c.code(k, k.station.Name, func() (string, error) {
		if err := db.UnlockEscrow(k.ctx, given, doc.Account, next); err != nil {
			return "", err
		}
		return db.NewRecoveryCode(k.ctx)
	})
	if err != nil {
		return answer{}, err
	}
	doc.newCode = newCode{RecoveryCode: code, RecoveryPDF: c.path}
	return answer{doc: doc, text: doc.text}, nil
}

func (d escrowAccepted) text(w io.Writer) {
	if d.Restored != nil {
		d.Restored.text(w)
	}
	fmt.Fprintf(w, "打开了，已给 %s 定了新密码。答复已经用过，请删掉申请和答复两个文件。\n", d.Account)
	recoveryText(w, d.RecoveryCode, d.RecoveryPDF)
	fmt.Fprintln(w, "资料的钥匙在路上走过一趟，请接着换一次：rongyuan account rekey")
}

// maxAnswer bounds what is read of a file that may be anything.
const maxAnswer = 128 << 10

func readAnswer(path string) (seal.EscrowAnswer, error) {
	f, err := os.Open(path)
	if err != nil {
		return seal.EscrowAnswer{}, record.Fail(record.CodeFileUnread, baseName(path)).Because(err)
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(io.LimitReader(f, maxAnswer))
	if err != nil {
		return seal.EscrowAnswer{}, record.Fail(record.CodeFileUnread, baseName(path)).Because(err)
	}
	a, err := seal.ParseEscrowAnswer(raw)
	if err != nil {
		return seal.EscrowAnswer{}, record.Fail(record.CodeEscrowPaper).Because(err)
	}
	return a, nil
}
