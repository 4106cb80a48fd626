package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// answer is what a command gives back: one document for --json, text for
// people, and the exit code of a success.
type answer struct {
	doc  any
	text func(io.Writer)
	exit int
}

// worker is a command with its flags.
type worker interface {
	options(*options)
	run(*call) (answer, error)
}

// common are the flags that every command knows.
type common struct {
	dir, user, passwordFile string
	json, help              bool
}

func (c *common) options(o *options) {
	o.text(&c.dir, "data", "文件夹", "数据文件夹")
	o.text(&c.user, "user", "用户名", "用哪个账号；只有一个账号时可以不写")
	o.text(&c.passwordFile, "password-file", "文件", "从文件第一行读密码；不写就读 RONGYUAN_PASSWORD，再不然就问")
	o.yes(&c.json, "json", "只输出一个 JSON 文档")
	o.yes(&c.help, "help h", "看这条命令的写法")
}

// Run does one command and gives its exit code. It writes to env only.
func Run(ctx context.Context, env Env, args []string) int {
	k := &call{ctx: ctx, env: env, common: common{json: slices.Contains(args, "--json")}}
	given, err := k.do(args)
	if err != nil {
		return k.fail(interrupted(err))
	}
	if k.json {
		err = given.writeJSON(env.Stdout)
	} else if given.text != nil {
		given.text(env.Stdout)
	}
	if err != nil {
		return exitFailed // standard output went away: nobody is left to be told
	}
	return max(given.exit, k.exit)
}

// do finds the command, reads its flags and runs it. The file is closed before
// anything is printed, so that a failure to close is told.
func (k *call) do(args []string) (given answer, err error) {
	one, rest, err := k.find(args)
	if err != nil {
		return given, err
	}
	work := one.make()
	var o options
	k.common.options(&o)
	work.options(&o)
	k.given = &o
	if k.args, _, err = o.parse(rest, 0); err != nil {
		return given, err
	}
	if k.help {
		return helpOf(one), nil
	}
	if n := len(k.args); n < one.least || n > one.most {
		return given, usage("要这样写：rongyuan " + one.line())
	}
	defer func() { err = errors.Join(err, k.close()) }()
	return work.run(k)
}

// find reads the words that name a command; common flags may stand before and
// between them.
func (k *call) find(args []string) (command, []string, error) {
	var o options
	k.common.options(&o)
	words, rest, err := o.parse(args, 1)
	switch {
	case err != nil:
		return command{}, nil, err
	case len(words) == 0:
		one, _ := commandOf("help")
		return one, nil, nil
	}
	if one, known := commandOf(words[0]); known {
		one, rest = k.deeper(one, rest)
		return one, rest, nil
	}
	if len(verbsOf(words[0])) == 0 {
		return command{}, nil, usage("没有 " + words[0] + " 这条命令")
	}
	verb, rest, err := o.parse(rest, 1)
	if err != nil {
		return command{}, nil, err
	}
	if len(verb) == 0 && k.help {
		one, _ := commandOf("help")
		return one, words, nil
	}
	if len(verb) == 0 {
		return command{}, nil, usage(words[0] + " 后面要写做什么")
	}
	one, known := commandOf(words[0] + " " + verb[0])
	if !known {
		return command{}, nil, usage("没有 " + words[0] + " " + verb[0] + " 这条命令")
	}
	return one, rest, nil
}

// deeper is the command of two words where the first word alone is one too:
// backup, and backup list.
func (k *call) deeper(one command, args []string) (command, []string) {
	if len(verbsOf(one.name)) == 0 {
		return one, args
	}
	var o options
	k.common.options(&o)
	words, rest, err := o.parse(args, 1)
	if err != nil || len(words) == 0 {
		return one, args
	}
	if verb, known := commandOf(one.name + " " + words[0]); known {
		return verb, rest
	}
	return one, args
}

// failure is what --json prints when a command fails.
type failure struct {
	Error struct {
		Code    record.Code `json:"code"`
		Message string      `json:"message"`
		Hint    string      `json:"hint"`
	} `json:"error"`
}

func failureOf(err error) failure {
	var f failure
	s := say.Error(err)
	f.Error.Code, f.Error.Message, f.Error.Hint = record.CodeOf(err), s.What+"。"+s.Safe, s.Do
	return f
}

// refusal is an error with a document of its own, which --json prints instead
// of the plain failure.
type refusal struct {
	error
	doc any
}

func (r *refusal) Unwrap() error { return r.error }

// interrupted gives the code of Ctrl+C to an error that has none.
func interrupted(err error) error {
	if errors.Is(err, context.Canceled) && record.CodeOf(err) == record.CodeInternal {
		return record.Fail(record.CodeCancelled).Because(err)
	}
	return err
}

// fail tells of a failure and gives its exit code.
func (k *call) fail(err error) int {
	var own *refusal
	switch {
	case k.json && errors.As(err, &own):
		_ = writeJSON(k.env.Stdout, own.doc)
	case k.json:
		_ = writeJSON(k.env.Stdout, failureOf(err))
	default:
		fmt.Fprintln(k.env.Stderr, say.Error(err).String())
		k.printStops(err)
	}
	return exitOf(record.CodeOf(err))
}

// printStops lists the findings that stopped a record, when there are several.
func (k *call) printStops(err error) {
	var e *record.Error
	if !errors.As(err, &e) {
		return
	}
	if stops := e.Problems.Errors(); len(stops) > 1 {
		for _, p := range stops {
			fmt.Fprintln(k.env.Stderr, "  "+say.Problem(p))
		}
	}
}

// writeJSON writes the document; one that is too long for the memory writes
// itself.
func (a answer) writeJSON(w io.Writer) error {
	if long, is := a.doc.(interface{ writeJSON(io.Writer) error }); is {
		return long.writeJSON(w)
	}
	return writeJSON(w, a.doc)
}

func writeJSON(w io.Writer, doc any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}
