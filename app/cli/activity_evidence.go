package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"rongyuan/store"
	"rongyuan/store/record"
)

// mostHandedIn is the largest file that is read: photos of new phones have 15
// MB.
const mostHandedIn = 60 << 20

type activityAttach struct{ kind string }

func (c *activityAttach) options(o *options) {
	o.text(&c.kind, "kind", "种类", "方案通知、签到表、照片、简报、其他；不写就看文件名")
}

// evidenceDoc is a piece of evidence as lists print it.
type evidenceDoc struct {
	ID    record.EvidenceID `json:"id"`
	Kind  string            `json:"kind"`
	Name  string            `json:"name"`
	Size  int64             `json:"size"`
	Taken record.Moment     `json:"taken,omitempty"`
	Hash  string            `json:"hash"`
}

func (c *activityAttach) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	kind, err := codeIn(record.EvidenceKinds(), "evidence.kind", c.kind)
	if err != nil {
		return answer{}, err
	}
	var all record.Problems
	for _, path := range k.args[1:] {
		raw, err := handedIn(path)
		if err != nil {
			return answer{}, err
		}
		_, found, err := db.AddEvidence(k.ctx, store.NewEvidence{Activity: record.ActivityID(k.args[0]), Kind: kind, Name: filepath.Base(path), Raw: raw})
		if err != nil {
			return answer{}, err
		}
		all = append(all, found...)
	}
	k.warn(all)
	return k.evidenceOf(record.ActivityID(k.args[0]), findings(all))
}

// handedIn reads a file that is to be kept.
func handedIn(path string) ([]byte, error) {
	st, err := os.Stat(path)
	if err != nil || !st.Mode().IsRegular() {
		return nil, record.Fail(record.CodeFileUnread, baseName(path)).Because(err)
	}
	if st.Size() > mostHandedIn {
		return nil, record.Fail(record.CodeTooLarge, baseName(path))
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, record.Fail(record.CodeFileUnread, baseName(path)).Because(err)
	}
	return raw, nil
}

type activityEvidence struct{ out string }

func (c *activityEvidence) options(o *options) {
	o.text(&c.out, "o out", "文件夹", "把材料都写到这个文件夹")
}

func (c *activityEvidence) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	id := record.ActivityID(k.args[0])
	if c.out == "" {
		return k.evidenceOf(id, nil)
	}
	list, err := db.Evidence(k.ctx, id)
	if err != nil {
		return answer{}, err
	}
	if _, err := db.Note(k.ctx, store.Note{Action: store.ActionExport, Subject: string(id), Detail: fmt.Sprintf("%d files", len(list))}); err != nil {
		return answer{}, err
	}
	for i, e := range list {
		raw, err := db.EvidenceFile(k.ctx, e)
		if err != nil {
			return answer{}, err
		}
		out, err := newFile(filepath.Join(c.out, fmt.Sprintf("%02d-%s", i+1, keptName(e))))
		if err != nil {
			return answer{}, err
		}
		if err := out.finish(func(w io.Writer) error { _, err := w.Write(raw); return err }); err != nil {
			return answer{}, err
		}
	}
	return k.evidenceOf(id, nil)
}

// keptName is the name of a kept file; a photo is a JPEG now, whatever it was.
func keptName(e record.Evidence) string {
	name := filepath.Base(e.Name)
	if e.Width > 0 {
		name = strings.TrimSuffix(name, filepath.Ext(name)) + ".jpg"
	}
	return name
}

// evidenceOf is what an activity has and what it lacks.
func (k *call) evidenceOf(id record.ActivityID, problems []finding) (answer, error) {
	a, err := k.db.Activity(k.ctx, id)
	if err != nil {
		return answer{}, err
	}
	list, err := k.db.Evidence(k.ctx, id)
	if err != nil {
		return answer{}, err
	}
	docs, rows := []evidenceDoc{}, [][]string{}
	for _, e := range list {
		d := evidenceDoc{e.ID, record.EvidenceKinds().NameOf(e.Kind), e.Name, e.Size, e.Taken, e.Hash}
		docs = append(docs, d)
		rows = append(rows, []string{d.Kind, d.Name, fmt.Sprintf("%d KB", (d.Size+1023)/1024), strings.Replace(string(d.Taken), "T", " ", 1), string(d.ID)})
	}
	lacks := []string{}
	for _, kind := range a.Complete(list).Missing() {
		lacks = append(lacks, record.EvidenceKinds().NameOf(kind))
	}
	doc := struct {
		Evidence []evidenceDoc `json:"evidence"`
		Missing  []string      `json:"missing"`
		Problems []finding     `json:"problems"`
	}{docs, lacks, problems}
	return answer{doc: doc, text: func(w io.Writer) {
		listed([]string{"种类", "名称", "大小", "拍摄时间", "编号"}, rows)(w)
		if len(lacks) > 0 {
			fmt.Fprintln(w, "还缺："+strings.Join(lacks, "、"))
		} else {
			fmt.Fprintln(w, "材料齐全")
		}
	}}, nil
}

type activityDetach struct{}

func (*activityDetach) options(*options) {}

func (*activityDetach) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	if err := db.WithdrawEvidence(k.ctx, record.EvidenceID(k.args[0])); err != nil {
		return answer{}, err
	}
	doc := struct {
		ID string `json:"id"`
	}{k.args[0]}
	return answer{doc: doc, text: said("已拿掉。撤销：rongyuan undo")}, nil
}
