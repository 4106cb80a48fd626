package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"rongyuan/assets/say"
	"rongyuan/store/record"
	"rongyuan/sync/district"
)

// command is one command: what it takes, what it says in the help, what it does.
type command struct {
	name, line, about string
	words             int // words that must follow it
	flags             func(*flag.FlagSet, *call)
	run               func(*call) (answer, error)
}

// answer is what a command gives back: one document for --json and text for
// people.
type answer struct {
	doc  any
	text func(io.Writer)
	exit int
}

// call is one command while it runs.
type call struct {
	edge
	ctx  context.Context
	args []string

	data, user, passwordFile string
	json, help               bool

	name, code, admin        string
	listen, readyFile, hosts string
	out                      string
	station, period, reason  string
	title, text              string
	unmask, urgent           bool
}

// run does one command and gives its exit code.
func run(ctx context.Context, args []string, e edge) int {
	c := &call{edge: e, ctx: ctx, json: slices.Contains(args, "--json") || slices.Contains(args, "-json")}
	given, err := c.do(args)
	if err != nil {
		return c.fail(err)
	}
	if c.json {
		err = writeJSON(c.stdout, given.doc)
	} else if given.text != nil {
		given.text(c.stdout)
	}
	if err != nil {
		return exitFailed // standard output went away: nobody is left to be told
	}
	return given.exit
}

func (c *call) do(args []string) (answer, error) {
	if len(args) == 0 || args[0] == "-h" || args[0] == "--help" {
		return help(), nil
	}
	list := commands()
	i := slices.IndexFunc(list, func(one command) bool { return one.name == args[0] })
	if i < 0 {
		return answer{}, usage("没有 " + args[0] + " 这条命令")
	}
	one := list[i]
	if err := c.read(one, args[1:]); err != nil {
		return answer{}, err
	}
	switch {
	case c.help:
		return answer{doc: map[string]string{"usage": one.line}, text: func(w io.Writer) {
			fmt.Fprintf(w, "rongyuan-district %s\n    %s\n", one.line, one.about)
		}}, nil
	case len(c.args) != one.words:
		return answer{}, usage("要这样写：rongyuan-district " + one.line)
	}
	return one.run(c)
}

// read reads flags wherever they stand among the words.
func (c *call) read(one command, args []string) error {
	flags := flag.NewFlagSet(one.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.data, "data", "", "")
	flags.StringVar(&c.user, "user", "", "")
	flags.StringVar(&c.passwordFile, "password-file", "", "")
	flags.BoolVar(&c.json, "json", c.json, "")
	flags.BoolVar(&c.help, "help", false, "")
	flags.BoolVar(&c.help, "h", false, "")
	if one.flags != nil {
		one.flags(flags, c)
	}
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return usage("选项不对，要这样写：rongyuan-district " + one.line)
		}
		if flags.NArg() == 0 {
			return nil
		}
		c.args = append(c.args, flags.Arg(0))
		args = flags.Args()[1:]
	}
	return nil
}

func usage(what string) error { return record.Fail(record.CodeUsage, what) }

// open opens the district of --data.
func (c *call) open() (*district.Server, error) {
	opt, err := c.options()
	if err != nil {
		return nil, err
	}
	return district.Open(c.ctx, opt)
}

// as opens the district, logs the officer in, and does something with both.
func (c *call) as(do func(*district.Server, district.Scope) (answer, error)) (given answer, err error) {
	s, err := c.open()
	if err != nil {
		return given, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	name := c.user
	if name == "" {
		if name, err = s.SoleOfficer(c.ctx); err != nil {
			return given, err
		}
	}
	if name == "" {
		return given, usage("有几个账号，请用 --user 写明是谁")
	}
	password, err := c.password("密码：")
	if err != nil {
		return given, err
	}
	scope, err := s.Login(c.ctx, name, password)
	if err != nil {
		return given, err
	}
	return do(s, scope)
}

// password comes from the file, the environment or a prompt, never from an
// argument: other programs read arguments.
func (c *call) password(prompt string) (string, error) {
	if c.passwordFile != "" {
		text, err := os.ReadFile(c.passwordFile)
		if err != nil {
			return "", record.FailField("password", record.CodeFileUnread).Because(err)
		}
		line, _, _ := strings.Cut(strings.TrimPrefix(string(text), "\ufeff"), "\n")
		return strings.TrimSuffix(line, "\r"), nil
	}
	if given := c.getenv("RONGYUAN_PASSWORD"); given != "" {
		return given, nil
	}
	if c.secret == nil {
		return "", record.FailField("password", record.CodeLocked)
	}
	typed, err := c.secret(prompt)
	if err != nil {
		return "", record.Fail(record.CodeCancelled).Because(err)
	}
	return typed, nil
}

// failure is what --json prints when a command fails.
type failure struct {
	Error struct {
		Code    record.Code `json:"code"`
		Message string      `json:"message"`
		Hint    string      `json:"hint"`
	} `json:"error"`
}

func (c *call) fail(err error) int {
	code := record.CodeOf(err)
	sentence := say.Error(err)
	if c.json {
		var f failure
		f.Error.Code, f.Error.Message, f.Error.Hint = code, sentence.What+"。"+sentence.Safe, sentence.Do
		_ = writeJSON(c.stdout, f)
	} else {
		fmt.Fprintln(c.stderr, sentence.String())
	}
	return exitOf(code)
}

func writeJSON(w io.Writer, doc any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}
