package cli

import (
	"fmt"
	"io"

	"rongyuan/app/practice"
	"rongyuan/store"
	"rongyuan/store/record"
)

type demo struct{}

func (*demo) options(*options) {}

// demoDoc is where the practice station is and how to open it.
type demoDoc struct {
	Dir          string   `json:"dir"`
	Created      bool     `json:"created"`
	Account      string   `json:"account"`
	Password     string   `json:"password"`
	RecoveryCode string   `json:"recovery_code"`
	Next         []string `json:"next"`
}

// run makes the practice station when it is missing. Its password may be shown:
// it locks invented people in.
func (*demo) run(k *call) (answer, error) {
	dir := k.env.PracticeDir
	if k.dir != "" {
		dir = k.dir
	}
	doc := demoDoc{Dir: dir, Created: !practice.Is(dir)}
	login, err := practice.ReadLogin(dir)
	if doc.Created {
		login, err = k.practise(dir)
	}
	if err != nil {
		return answer{}, err
	}
	doc.Account, doc.Password, doc.RecoveryCode = login.Account, login.Password, login.Recovery
	month := record.MonthOf(k.today()).Previous()
	for _, words := range []string{"volunteer list", "activity list", "report month " + month.String() + " -o 月报.pdf"} {
		doc.Next = append(doc.Next, fmt.Sprintf("rongyuan %s --data %q", words, dir))
	}
	return answer{doc: doc, text: doc.text}, nil
}

func (k *call) practise(dir string) (practice.Login, error) {
	password, _, err := k.passwordGiven()
	if err != nil {
		return practice.Login{}, err
	}
	fmt.Fprintln(k.env.Stderr, "正在建练习站，几秒钟就好……")
	if err := store.CheckFolder(dir); err != nil {
		return practice.Login{}, err
	}
	return practice.Build(k.ctx, practice.Options{
		Dir: dir, Clock: k.env.Clock, Rand: k.env.Rand, Passwords: k.env.Passwords, Password: password,
	})
}

func (d demoDoc) text(w io.Writer) {
	if d.Created {
		fmt.Fprintf(w, "练习站建好了，里面的人都是虚构的：%s\n", d.Dir)
	} else {
		fmt.Fprintf(w, "练习站早就建好了：%s\n", d.Dir)
	}
	fmt.Fprintf(w, "用户名：%s\n密码：%s\n\n可以试试：\n", d.Account, d.Password)
	for _, line := range d.Next {
		fmt.Fprintln(w, "  "+line)
	}
}
