package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/seal"
)

type restore struct {
	recoverySecret
	recovery bool
}

func (c *restore) options(o *options) {
	o.yes(&c.recovery, "recovery", "用恢复码打开备份，不用密码")
	c.recoverySecret.options(o)
}

// restored is what `restore --json` prints. MovedAside is the file that stood
// there before, "" when the folder was empty.
type restored struct {
	Dir        string         `json:"dir"`
	Station    record.Station `json:"station"`
	Made       *string        `json:"made"`
	People     int64          `json:"people"`
	Operations int64          `json:"operations"`
	Head       record.Head    `json:"head"`
	MovedAside string         `json:"moved_aside,omitempty"`
}

func (c *restore) run(k *call) (answer, error) {
	label, err := store.ReadBackup(k.args[0])
	if err != nil {
		return answer{}, err
	}
	with, err := c.secret(k, label)
	if err != nil {
		return answer{}, err
	}
	doc, err := k.restore(k.args[0], with)
	return answer{doc: doc, text: doc.text}, err
}

// restore puts the file back and says what became of the one before.
func (k *call) restore(path string, with store.Secret) (restored, error) {
	dir := k.folder()
	before, err := asides(dir)
	if err != nil {
		return restored{}, err
	}
	label, err := store.Restore(k.ctx, k.storeOptions(dir), path, with)
	if err != nil {
		return restored{}, err
	}
	doc := restored{Dir: dir, Station: label.Station, Made: timeText(label.WallMS), People: label.People, Operations: label.Operations, Head: label.Head}
	after, err := asides(dir)
	if err != nil {
		return restored{}, err
	}
	for _, one := range after {
		if !slices.Contains(before, one) {
			doc.MovedAside = one
		}
	}
	return doc, nil
}

func (d restored) text(w io.Writer) {
	fmt.Fprintf(w, "已恢复：%s，%s 的备份，%d 人、%d 条操作，在 %s\n", d.Station.Name, textOf(d.Made), d.People, d.Operations, d.Dir)
	if d.MovedAside != "" {
		fmt.Fprintf(w, "原来的文件没有删，挪到了 %s\n", d.MovedAside)
	}
	fmt.Fprintln(w, "密码和账号是备份那时候的。")
}

// secret is what opens the backup: the recovery code when it was asked for, else
// the password of its time.
func (c *restore) secret(k *call, label store.BackupLabel) (store.Secret, error) {
	if c.recovery || c.recoverySecret.file != "" {
		code, err := c.recoverySecret.read(k)
		return store.Secret{Recovery: code}, err
	}
	user, err := k.accountIn(label)
	if err != nil {
		return store.Secret{}, err
	}
	password, err := k.password()
	return store.Secret{Account: user, Password: password}, err
}

// accountIn is --user, or the only account that a backup has.
func (k *call) accountIn(label store.BackupLabel) (string, error) {
	if k.user != "" {
		return k.user, nil
	}
	var names []string
	for _, slot := range label.Slots {
		if slot.Kind == seal.KindPassword {
			names = append(names, slot.Name)
		}
	}
	if len(names) != 1 {
		return "", usage("备份里有几个账号，请加 --user 用户名")
	}
	return names[0], nil
}

// asides are the station's files that restores have moved aside.
func asides(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, record.Fail(record.CodeFileUnread, baseName(dir)).Because(err)
	}
	var out []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".old") {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out, nil
}
