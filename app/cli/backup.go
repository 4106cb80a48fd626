package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"rongyuan/store"
	"rongyuan/store/record"
)

type backup struct {
	unattendedFlag
	out string
}

func (c *backup) options(o *options) {
	c.unattendedFlag.options(o)
	o.text(&c.out, "o out", "文件夹", "备份放在哪里，如 U 盘；不写就放在数据文件夹的 backup 里")
}

// backupDoc is a backup as commands print it: what can be read of it without a
// key. Broken is the code of what is wrong with the file, "" when nothing is.
type backupDoc struct {
	Path       string       `json:"path"`
	Size       int64        `json:"size"`
	SHA256     string       `json:"sha256,omitempty"`
	Station    string       `json:"station,omitempty"`
	Made       *string      `json:"made"`
	People     int64        `json:"people"`
	Operations int64        `json:"operations"`
	Head       *record.Head `json:"head,omitempty"`
	Broken     record.Code  `json:"broken,omitempty"`
}

func (d *backupDoc) label(label store.BackupLabel) {
	d.Station, d.Made, d.Head = label.Station.Name, timeText(label.WallMS), &label.Head
	d.People, d.Operations = label.People, label.Operations
}

func (c *backup) run(k *call) (answer, error) {
	db, err := c.open(k)
	if err != nil {
		return answer{}, err
	}
	doc, err := k.backUp(db, c.out)
	if err != nil {
		return answer{}, err
	}
	return answer{doc: doc, text: said("已备份：%s（%d 人、%d 条操作，%s），写完已核对", doc.Path, doc.People, doc.Operations, sizeText(doc.Size))}, nil
}

func (k *call) backUp(db *store.DB, dir string) (backupDoc, error) {
	done, err := db.Backup(k.ctx, dir)
	if err != nil {
		return backupDoc{}, err
	}
	doc := backupDoc{Path: done.Path, Size: done.Size, SHA256: done.SHA256}
	doc.label(done.Label)
	return doc, nil
}

// sizeText is a size as people read it.
func sizeText(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%.1f KB", float64(bytes)/(1<<10))
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
}

type backupList struct{ out string }

func (c *backupList) options(o *options) {
	o.text(&c.out, "o out", "文件夹", "看哪个文件夹里的备份；不写就是数据文件夹的 backup")
}

// run opens no station: backups are looked for when there is none, or a broken
// one.
func (c *backupList) run(k *call) (answer, error) {
	dir := c.out
	if dir == "" {
		dir = k.storeOptions(k.folder()).BackupDir()
	}
	paths, err := store.Backups(dir)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Dir     string      `json:"dir"`
		Backups []backupDoc `json:"backups"`
	}{dir, make([]backupDoc, 0, len(paths))}
	rows := make([][]string, 0, len(paths))
	for _, path := range paths {
		one := describeBackup(path)
		doc.Backups = append(doc.Backups, one)
		state := ""
		if one.Broken != "" {
			state = "打不开"
		}
		rows = append(rows, []string{textOf(one.Made), fmt.Sprint(one.People), fmt.Sprint(one.Operations), sizeText(one.Size), state, one.Path})
	}
	return answer{doc: doc, text: listed([]string{"备份时间", "人数", "操作", "大小", "", "文件"}, rows)}, nil
}

// describeBackup reads a backup's label.
func describeBackup(path string) backupDoc {
	doc := backupDoc{Path: path}
	if st, err := os.Stat(path); err == nil {
		doc.Size = st.Size()
	}
	label, err := store.ReadBackup(path)
	if err != nil {
		doc.Broken = record.CodeOf(err)
		return doc
	}
	doc.label(label)
	return doc
}

// textOf is a time of a document for people: to the minute.
func textOf(moment *string) string {
	if moment == nil {
		return ""
	}
	return strings.Replace((*moment)[:min(16, len(*moment))], "T", " ", 1)
}

type verify struct{}

func (*verify) options(*options) {}

// verifyDoc is the outcome of a full check; Backup is null where there is none
// yet.
type verifyDoc struct {
	store.Verified
	Backup *backupDoc `json:"backup"`
}

// run checks the file first, then proves that the newest backup opens. A broken
// backup is found by a check that went well otherwise, so it is an answer and
// no failure: its exit code says that something is damaged.
func (*verify) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	var doc verifyDoc
	if doc.Verified, err = db.Verify(k.ctx); err != nil {
		return answer{}, err
	}
	paths, err := store.Backups(db.BackupDir())
	if err != nil {
		return answer{}, err
	}
	if len(paths) > 0 {
		last := describeBackup(paths[0])
		doc.Backup = &last
		_, err = db.Drill(k.ctx, last.Path)
		if last.Broken = record.CodeOf(err); exitOf(last.Broken) != exitDone && exitOf(last.Broken) != exitDamaged {
			return answer{}, err
		}
	}
	exit := exitDone
	if doc.Backup != nil && doc.Backup.Broken != "" {
		exit = exitDamaged
	}
	return answer{doc: doc, text: doc.text, exit: exit}, nil
}

func (d verifyDoc) text(w io.Writer) {
	fmt.Fprintf(w, "都对：%d 条操作、%d 条日志、%d 个人\n", d.Operations, d.Notes, d.People)
	switch {
	case d.Backup == nil:
		fmt.Fprintln(w, "还没有备份。请现在备份一次：rongyuan backup")
	case d.Backup.Broken != "":
		fmt.Fprintf(w, "最近的备份打不开：%s。请马上再备份一次：rongyuan backup\n", d.Backup.Path)
	default:
		fmt.Fprintf(w, "最近的备份是 %s 的，打开看过，%d 人、%d 条操作都在\n", textOf(d.Backup.Made), d.Backup.People, d.Backup.Operations)
	}
}
