package cli

import (
	"fmt"
	"io"
	"strings"
)

type help struct{}

func (*help) options(*options) {}

func (*help) run(k *call) (answer, error) {
	if len(k.args) == 0 {
		return answer{doc: helpDocs(commands()), text: helpAll}, nil
	}
	name := strings.Join(k.args, " ")
	if one, known := commandOf(name); known {
		return helpOf(one), nil
	}
	verbs := verbsOf(name)
	if len(verbs) == 0 {
		return answer{}, usage("没有 " + name + " 这条命令")
	}
	return answer{doc: helpDocs(verbs), text: func(w io.Writer) { helpLines(w, verbs) }}, nil
}

// helpDoc is a command as --json shows it.
type helpDoc struct {
	Command string     `json:"command"`
	About   string     `json:"about"`
	Options []helpFlag `json:"options,omitempty"`
}

type helpFlag struct {
	Name  string `json:"name"`
	Value string `json:"value,omitempty"`
	About string `json:"about"`
}

type helpList struct {
	Commands []helpDoc `json:"commands"`
}

func helpDocs(list []command) helpList {
	var out helpList
	for _, c := range list {
		out.Commands = append(out.Commands, docOf(c))
	}
	return out
}

func docOf(c command) helpDoc {
	out := helpDoc{Command: c.line(), About: c.about}
	var o options
	c.make().options(&o)
	for _, one := range o.list {
		out.Options = append(out.Options, helpFlag{flagName(one.names[0]), one.value, one.about})
	}
	return out
}

func flagName(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

func helpAll(w io.Writer) {
	fmt.Fprintln(w, "戎愿：退役军人志愿服务登记。不写命令就打开窗口；写命令，做的是同一份资料、同样的事。")
	fmt.Fprintln(w)
	fmt.Fprintln(w, "写法：rongyuan 命令 [选项]    选项写在前面后面都行")
	fmt.Fprintln(w)
	helpLines(w, commands())
	fmt.Fprintln(w)
	fmt.Fprintln(w, "每条命令都有：")
	var c common
	var o options
	c.options(&o)
	flagLines(w, o.list)
	fmt.Fprintln(w)
	fmt.Fprintln(w, "一条命令的写法：rongyuan help 命令")
	fmt.Fprintln(w, "结束代码：0 做完 · 1 没做成，什么都没改 · 2 写法不对 · 3 做完了，有几行要人看 · 4 密码不对或没有权限 · 5 文件正被使用 · 6 资料损坏或由新版写成 · 7 连不上区里")
}

func helpLines(w io.Writer, list []command) {
	rows := make([][]string, 0, len(list))
	for _, c := range list {
		rows = append(rows, []string{"  " + c.line(), c.about})
	}
	columns(w, rows)
}

func helpOf(c command) answer {
	return answer{doc: docOf(c), text: func(w io.Writer) {
		fmt.Fprintln(w, "写法：rongyuan "+c.line()+" [选项]")
		fmt.Fprintln(w, c.about)
		var o options
		c.make().options(&o)
		if len(o.list) > 0 {
			fmt.Fprintln(w)
		}
		flagLines(w, o.list)
	}}
}

func flagLines(w io.Writer, list []option) {
	rows := make([][]string, 0, len(list))
	for _, one := range list {
		rows = append(rows, []string{strings.TrimRight("  "+flagName(one.names[0])+" "+one.value, " "), one.about})
	}
	columns(w, rows)
}

type version struct{}

func (*version) options(*options) {}

func (*version) run(k *call) (answer, error) {
	doc := struct {
		Version string `json:"version"`
	}{k.env.Version}
	return answer{doc: doc, text: func(w io.Writer) { fmt.Fprintln(w, "戎愿 "+k.env.Version) }}, nil
}
