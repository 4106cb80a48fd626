package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"rongyuan/assets"
	"rongyuan/store/record"
	"rongyuan/sync/district"
	"rongyuan/sync/wire"
)

func commands() []command {
	stationFlag := func(f *flag.FlagSet, c *call) { f.StringVar(&c.station, "station-code", "", "") }
	return []command{
		{"init", "init --code 120103 --name 区中心名称 --admin 用户名", "新建一个区：证书、密钥、库和第一个账号", 0, initFlags, (*call).init},
		{"serve", "serve [--listen 127.0.0.1:8443] [--ready-file 文件] [--host 名称,名称]", "接收各站同步，并开区里的网页", 0, serveFlags, (*call).serve},
		{"code", "code --station-code 120103004 [--json]", "给一个站发一次性入网码，72小时内有效", 0, stationFlag, (*call).enrolCode},
		{"people", "people [--station-code 站代码] [--unmask --reason 原因] [--json]", "各站人员", 0, func(f *flag.FlagSet, c *call) {
			stationFlag(f, c)
			f.BoolVar(&c.unmask, "unmask", false, "")
			f.StringVar(&c.reason, "reason", "", "")
		}, (*call).people},
		{"figures", "figures --period 2026-10 [--station-code 站代码] [--json]", "一个月的数字，与各站月报同一口径", 0, func(f *flag.FlagSet, c *call) {
			stationFlag(f, c)
			f.StringVar(&c.period, "period", "", "")
		}, (*call).figures},
		{"stations", "stations [--json]", "各站同步情况", 0, nil, (*call).stations},
		{"devices", "devices [--json]", "入网的电脑", 0, nil, (*call).devices},
		{"quarantine", "quarantine [--json]", "收到了、还没能入账的操作", 0, nil, (*call).quarantine},
		{"revoke", "revoke 电脑编号", "停用一台电脑", 1, nil, (*call).revoke},
		{"send", "send --title 标题 [--text 正文] [--station-code 站代码] [--urgent]", "给一个站或所有站发通知", 0, sendFlags, (*call).send},
		{"sent", "sent [--json]", "发出的通知，各有几台电脑收到", 0, nil, (*call).sent},
		{"escrow-answer", "escrow-answer 申请.json -o 答复.json --reason 原因", "站里密码和恢复码都丢了：用区里托管的钥匙答复一份申请", 1, escrowFlags, (*call).escrowAnswer},
		{"verify", "verify [--json]", "检查库、每个站的操作记录链和审计记录", 0, nil, (*call).verify},
		{"version", "version", "版本", 0, nil, (*call).version},
		{"help", "help", "所有命令", 0, nil, func(*call) (answer, error) { return help(), nil }},
	}
}

func initFlags(f *flag.FlagSet, c *call) {
	f.StringVar(&c.code, "code", "", "")
	f.StringVar(&c.name, "name", "", "")
	f.StringVar(&c.admin, "admin", "", "")
}

func serveFlags(f *flag.FlagSet, c *call) {
	f.StringVar(&c.listen, "listen", "127.0.0.1:8443", "")
	f.StringVar(&c.readyFile, "ready-file", "", "")
	f.StringVar(&c.hosts, "host", "", "")
}

func help() answer {
	var usages []string
	for _, one := range commands() {
		usages = append(usages, one.line)
	}
	return answer{doc: map[string][]string{"commands": usages}, text: func(w io.Writer) {
		fmt.Fprintln(w, "rongyuan-district：区服务器。每条命令都可以加 --data 文件夹、--user 用户名、--password-file 文件、--json。")
		fmt.Fprintln(w, "密码从 RONGYUAN_PASSWORD、--password-file 或提示符读取。")
		fmt.Fprintln(w)
		for _, one := range commands() {
			fmt.Fprintf(w, "  %s\n      %s\n", one.line, one.about)
		}
	}}
}

// options are where the district lives.
func (c *call) options() (district.Options, error) {
	folder := c.data
	if folder == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return district.Options{}, usage("请用 --data 写明数据文件夹")
		}
		folder = filepath.Join(base, "rongyuan-district")
	}
	return district.Options{
		Folder: folder, Clock: c.clock, Rand: c.rand, App: version, Passwords: c.passwords, VillageName: villageName,
		Log: slog.New(slog.NewTextHandler(c.stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}, nil
}

// villageName is a community's name as stations print it: that of the place and
// not of its committee.
func villageName(code string) string {
	division, found := assets.DivisionByCode(code)
	if !found {
		return code
	}
	if place, cut := strings.CutSuffix(division.Name, "社区居委会"); cut {
		return place + "社区"
	}
	return assets.VillageStem(division.Name)
}

func (c *call) init() (given answer, err error) {
	opt, err := c.options()
	if err != nil {
		return given, err
	}
	if c.code == "" || c.name == "" || c.admin == "" {
		return given, usage("要写 --code、--name 和 --admin")
	}
	password, err := c.password("给 " + c.admin + " 定一个密码：")
	if err != nil {
		return given, err
	}
	s, err := district.Create(c.ctx, opt, district.Founding{Code: c.code, Name: c.name, Officer: c.admin, Password: password})
	if err != nil {
		return given, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	doc := struct {
		Code        string `json:"code"`
		Name        string `json:"name"`
		Admin       string `json:"admin"`
		Fingerprint string `json:"fingerprint"`
	}{c.code, c.name, c.admin, wire.PairedFingerprint(s.Fingerprint())}
	return answer{doc: doc, text: func(w io.Writer) {
		fmt.Fprintf(w, "已建好 %s（%s）。\n证书指纹：%s\n下一步：rongyuan-district serve\n", doc.Name, doc.Code, s.Fingerprint())
	}}, nil
}

func (c *call) serve() (given answer, err error) {
	opt, err := c.options()
	if err != nil {
		return given, err
	}
	opt.Hosts = strings.FieldsFunc(c.hosts, func(r rune) bool { return r == ',' })
	s, err := district.Open(c.ctx, opt)
	if err != nil {
		return given, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	listener, err := (&net.ListenConfig{}).Listen(c.ctx, "tcp", c.listen)
	if err != nil {
		return given, record.FailField("listen", record.CodeInvalid).Because(err)
	}
	address := "https://" + listener.Addr().String()
	if c.readyFile != "" {
		if err := writeWhole(c.readyFile, address+"\n", 0o644); err != nil {
			return given, errors.Join(err, listener.Close())
		}
		defer func() { _ = os.Remove(c.readyFile) }()
	}
	fmt.Fprintf(c.stderr, "%s 已开始接收，网页在 %s ，按 Ctrl+C 停止。\n", s.Identity().Name, address)
	if err := s.Serve(c.ctx, listener); err != nil {
		return given, err
	}
	return answer{doc: map[string]string{"stopped": address}, text: func(w io.Writer) { fmt.Fprintln(w, "已停止，数据都已写好。") }}, nil
}

// writeWhole writes a file that appears with its whole text or not at all.
func writeWhole(path, text string, mode os.FileMode) error {
	part := path + ".part"
	err := os.WriteFile(part, []byte(text), mode)
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return record.Fail(record.CodeFileUnwritten, filepath.Base(path)).Because(err)
	}
	return nil
}

func (c *call) enrolCode() (answer, error) {
	return c.as(func(s *district.Server, scope district.Scope) (answer, error) {
		code, err := s.NewCode(c.ctx, scope, record.StationCode(c.station))
		doc := code
		doc.Fingerprint = wire.PairedFingerprint(code.Fingerprint)
		return answer{doc: doc, text: func(w io.Writer) {
			fmt.Fprintf(w, "入网码：%s\n有效至：%s\n证书指纹：%s\n", code.Code, code.Expires, code.Fingerprint)
		}}, err
	})
}

func (c *call) people() (answer, error) {
	var unmask *district.Unmask
	if c.unmask {
		unmask = &district.Unmask{Reason: c.reason}
	}
	return c.as(func(s *district.Server, scope district.Scope) (answer, error) {
		list, err := s.People(c.ctx, scope, record.StationCode(c.station), unmask)
		return answer{doc: map[string]any{"volunteers": list}, text: table("站\t姓名\t证件号\t电话\t服务队\t时长（小时）", len(list), func(i int) string {
			p := list[i]
			return strings.Join([]string{
				string(p.Station), p.Name, p.IDNumber, strings.Join(p.Phones, " "), p.Team, record.HoursText(int(p.Minutes)),
			}, "\t")
		})}, err
	})
}

func (c *call) figures() (answer, error) {
	period, err := record.ReadMonth(c.period)
	if err != nil {
		return answer{}, err
	}
	return c.as(func(s *district.Server, scope district.Scope) (answer, error) {
		f, err := s.Figures(c.ctx, scope, period, record.StationCode(c.station))
		list := record.Indicators()
		return answer{doc: f, text: table("指标\t数字\t单位", len(list), func(i int) string {
			return fmt.Sprintf("%s\t%d\t%s", list[i].Name, f.Figures[list[i].Code], list[i].Unit)
		})}, err
	})
}

func (c *call) stations() (answer, error) {
	return c.as(func(s *district.Server, scope district.Scope) (answer, error) {
		list, err := s.Stations(c.ctx, scope)
		return answer{doc: map[string]any{"stations": nonNil(list)}, text: table("站\t名称\t最近同步（UTC）\t已收到\t待处理", len(list), func(i int) string {
			l := list[i]
			return fmt.Sprintf("%s\t%s\t%s\t%d\t%d", l.Station, l.Name, l.LastSeen, l.Head, l.Cases+l.Quarantined+l.Held)
		})}, err
	})
}

func (c *call) devices() (answer, error) {
	return c.as(func(s *district.Server, scope district.Scope) (answer, error) {
		list, err := s.Devices(c.ctx, scope)
		return answer{doc: map[string]any{"devices": nonNil(list)}, text: table("电脑\t站\t入网（UTC）\t最近同步（UTC）\t停用（UTC）", len(list), func(i int) string {
			d := list[i]
			return strings.Join([]string{d.ID, string(d.Station), d.Enrolled, d.LastSeen, d.Revoked}, "\t")
		})}, err
	})
}

// stuck is an operation that waits.
type stuck struct {
	Station     record.StationCode `json:"station"`
	Incarnation record.Incarnation `json:"incarnation"`
	Seq         int64              `json:"seq"`
	Entity      record.EntityKind  `json:"entity"`
	EntityID    string             `json:"entity_id"`
	State       district.StateKind `json:"state"`
	Reason      record.Code        `json:"reason"`
}

func (c *call) quarantine() (answer, error) {
	return c.as(func(s *district.Server, scope district.Scope) (answer, error) {
		states, err := s.Quarantine(c.ctx, scope)
		list := make([]stuck, len(states))
		for i, st := range states {
			list[i] = stuck{st.Station, st.Incarnation, st.Seq, st.Ref.Kind, st.Ref.ID, st.State, st.Reason}
		}
		return answer{doc: map[string]any{"quarantine": list}, text: table("站\t序号\t记录\t状态\t原因", len(list), func(i int) string {
			l := list[i]
			return fmt.Sprintf("%s\t%d\t%s %s\t%s\t%s", l.Station, l.Seq, l.Entity, l.EntityID, l.State, l.Reason)
		})}, err
	})
}

func (c *call) revoke() (answer, error) {
	return c.as(func(s *district.Server, scope district.Scope) (answer, error) {
		err := s.Revoke(c.ctx, scope, c.args[0])
		return answer{doc: map[string]string{"revoked": c.args[0]}, text: func(w io.Writer) {
			fmt.Fprintf(w, "已停用 %s。它传来的记录都保留。\n", c.args[0])
		}}, err
	})
}

// verify needs no password: it shows nobody.
func (c *call) verify() (given answer, err error) {
	s, err := c.open()
	if err != nil {
		return given, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	report, err := s.Verify(c.ctx)
	if err != nil {
		return given, err
	}
	given = answer{doc: struct {
		Good bool `json:"good"`
		district.Report
	}{report.Good(), report}, text: table("站\t记录\t操作\t结果", len(report.Logs), func(i int) string {
		l := report.Logs[i]
		return fmt.Sprintf("%s\t%.8s\t%d\t%s", l.Station, l.Incarnation, l.Operations, verdict(l.Code))
	})}
	if !report.Good() {
		given.exit = exitDamaged
	}
	return given, nil
}

func verdict(code record.Code) string {
	if code == "" {
		return "完好"
	}
	return "有问题 " + string(code)
}

func (c *call) version() (answer, error) {
	return answer{doc: map[string]string{"version": version}, text: func(w io.Writer) {
		fmt.Fprintln(w, "rongyuan-district", version)
	}}, nil
}

// nonNil is an empty list for JSON where there is none.
func nonNil[T any](list []T) []T { return append([]T{}, list...) }

func table(head string, rows int, row func(int) string) func(io.Writer) {
	return func(w io.Writer) {
		t := tabwriter.NewWriter(w, 2, 8, 2, ' ', 0)
		fmt.Fprintln(t, head)
		for i := range rows {
			fmt.Fprintln(t, row(i))
		}
		_ = t.Flush() // a terminal that went away cannot be told so
	}
}
