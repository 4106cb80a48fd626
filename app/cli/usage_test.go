package cli_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"rongyuan/app/cli"
	"rongyuan/store/record"
)

func TestUsage(t *testing.T) {
	w := newStation(t)
	for _, words := range [][]string{
		{"fliegen"},
		{"volunteer"},
		{"volunteer", "fly"},
		{"volunteer", "list", "--colour", "red"},
		{"volunteer", "list", "surplus"},
		{"volunteer", "show"},
		{"volunteer", "list", "--user"},
		{"volunteer", "list", "--unmask=perhaps"},
		{"volunteer", "list", "--unmask"},
		{"activity", "add", "--break", "viel"},
		{"--password", "x", "volunteer", "list"},
		{"report"},
		{"report", "verify"},
		{"courier", "export"},
		{"form", "fill"},
		{"certificate", "verify"},
		{"print", "certificate"},
		{"backup", "fly"},
		{"backup", "list", "surplus"},
		{"restore"},
		{"bench", "9"},
		{"bench", "many"},
		{"account"},
		{"account", "add", "李经办"},
		{"account", "reset"},
		{"audit", "list", "--action", "飞"},
		{"audit", "list", "--limit", "0"},
		{"consent", "give", "王建国"},
		{"unattended"},
		{"volunteer", "edit", "王建国", "--status"},
		{"print", "person", "王建国", "--reason", "查询"},
		{"undo", "surplus"},
		{"report", "month"},
		{"help", "fliegen"},
		{"report", "month", "2026-10", "-o", "x.doc"},
		{"print", "roster"},
		{"import"},
		{"import", "a.xlsx", "--undo", "b"},
		{"import", "a.xlsx", "--as", "soldiers"},
		{"enrol"},
		{"hours", "list"},
		{"hours", "correct", "x"},
		{"status", "--reason", "x"},
	} {
		w.bad(2, record.CodeUsage, words...)
	}
}

func TestFlagsStandAnywhere(t *testing.T) {
	w := newStation(t)
	w.add("王建国", idWang)
	for _, words := range [][]string{
		{"--data", w.env.DefaultDir, "volunteer", "show", "王建国", "--json"},
		{"volunteer", "--json", "show", "王建国"},
		{"--json", "volunteer", "show", "--user=" + testAdmin, "王建国"},
		{"volunteer", "show", "--json", "--", "王建国"},
		{"volunteer", "show", "王建国", "-json", "--data=" + w.env.DefaultDir},
	} {
		if code := w.run(words...); code != 0 || !json.Valid(w.out.Bytes()) {
			t.Errorf("%v: exit %d, %s%s", words, code, w.out.String(), w.err.String())
		}
	}
	if code := w.run("volunteer", "show", "--", "--json"); code != 1 {
		t.Errorf("a word behind --: exit %d", code)
	}
}

func TestHelp(t *testing.T) {
	w := newWorld(t)
	all := w.good("help")
	if again := w.good(); again != all {
		t.Error("no command does not show the help")
	}
	for _, later := range []string{"courier"} {
		if strings.Contains(all, later) {
			t.Errorf("%s is in the help", later)
		}
	}
	var doc struct {
		Commands []struct {
			Command string `json:"command"`
			About   string `json:"about"`
			Options []struct {
				Name  string `json:"name"`
				Value string `json:"value"`
				About string `json:"about"`
			} `json:"options"`
		} `json:"commands"`
	}
	w.json(&doc, "help")
	if len(doc.Commands) < 30 {
		t.Errorf("%d commands", len(doc.Commands))
	}
	for _, one := range doc.Commands {
		words := strings.Fields(one.Command)
		name := words[:1]
		if len(words) > 1 && words[1][0] >= 'a' && words[1][0] <= 'z' {
			name = words[:2]
		}
		if !strings.Contains(all, one.Command) {
			t.Errorf("%s is not in the help", one.Command)
		}
		text := w.good(append([]string{"help"}, name...)...)
		if asked := w.good(append(name, "--help")...); asked != text {
			t.Errorf("%s: --help and help differ", one.Command)
		}
		for _, o := range one.Options {
			w.chinese(o.About)
			if !strings.Contains(text, o.Name) {
				t.Errorf("%s: %s is not in its help", one.Command, o.Name)
			}
		}
	}
	if part := w.good("help", "volunteer"); !strings.Contains(part, "volunteer seal") || strings.Contains(part, "team") {
		t.Error(part)
	}
	var version struct {
		Version string `json:"version"`
	}
	w.json(&version, "version")
	if version.Version != "0.1.0" {
		t.Errorf("%+v", version)
	}
}

func TestInterrupted(t *testing.T) {
	w := newStation(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	w.out.Reset()
	if code := cli.Run(ctx, w.env, []string{"volunteer", "list", "--json"}); code != 1 || !strings.Contains(w.out.String(), `"cancelled"`) {
		t.Errorf("exit %d, %s", code, w.out.String())
	}
}
