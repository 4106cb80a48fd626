package cli

import (
	"cmp"
	"io"
	"strconv"

	"rongyuan/app/papers"
	"rongyuan/store"
	"rongyuan/store/record"
)

// printPaper is a paper that package papers gathers; about picks it.
type printPaper struct {
	outputFlag
	unmasking
	kinds []string
	about func(k *call, d papers.Desk) (papers.Print, error)
	flags func(o *options)
	// open papers show numbers by nature: they need the reason.
	open bool
}

func (c *printPaper) options(o *options) {
	c.outputFlag.options(o)
	c.unmasking.options(o)
	if c.flags != nil {
		c.flags(o)
	}
}

func (c *printPaper) run(k *call) (answer, error) {
	kinds := c.kinds
	if kinds == nil {
		kinds = []string{".pdf"}
	}
	kind, err := c.kind(kinds...)
	if err != nil {
		return answer{}, err
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	if c.open && !c.unmask {
		return answer{}, usage("这张纸上有完整的电话或地址，要加 --unmask --reason 原因")
	}
	p, err := c.about(k, papers.Desk{DB: db, Made: k.moment(), Full: c.unmask})
	if err != nil {
		return answer{}, err
	}
	if err := c.allow(k, p.Note.Subject, p.Rows); err != nil {
		return answer{}, err
	}
	write := p.PDF
	if kind == ".xlsx" {
		write, p.Note.Action = p.Excel, store.ActionExport
	}
	serial, err := k.paper(c.out, p.Note, func(w io.Writer, serial string) error { return write(w, serial) })
	return printedAnswer(printed{Output: c.out, Serial: serial, Rows: p.Rows}), err
}

func bothKinds() []string { return []string{".pdf", ".xlsx"} }

func newPrintRegistration() worker {
	return &printPaper{about: func(k *call, d papers.Desk) (papers.Print, error) {
		if len(k.args) == 0 {
			return d.Registration(k.ctx, "")
		}
		p, err := k.person(k.args[0])
		if err != nil {
			return papers.Print{}, err
		}
		return d.Registration(k.ctx, p.ID)
	}}
}

// ofTeam is a paper about the team that is named.
func ofTeam(build func(k *call, d papers.Desk, id record.TeamID) (papers.Print, error)) func(*call, papers.Desk) (papers.Print, error) {
	return func(k *call, d papers.Desk) (papers.Print, error) {
		team, err := k.team(k.args[0])
		if err != nil {
			return papers.Print{}, err
		}
		return build(k, d, team.ID)
	}
}

func newPrintTeam() worker {
	return &printPaper{kinds: bothKinds(), about: ofTeam(func(k *call, d papers.Desk, id record.TeamID) (papers.Print, error) { return d.TeamRoster(k.ctx, id) })}
}

func newPrintBadges() worker {
	return &printPaper{about: ofTeam(func(k *call, d papers.Desk, id record.TeamID) (papers.Print, error) { return d.Badges(k.ctx, id) })}
}

func newPrintPhoneTree() worker {
	return &printPaper{about: ofTeam(func(k *call, d papers.Desk, id record.TeamID) (papers.Print, error) { return d.PhoneTree(k.ctx, id) })}
}

func newPrintLabels() worker {
	filter := &volunteerFilterTeam{}
	return &printPaper{open: true, flags: filter.options, about: func(k *call, d papers.Desk) (papers.Print, error) {
		f := store.PeopleFilter{Serving: true}
		if filter.team != "" {
			team, err := k.team(filter.team)
			if err != nil {
				return papers.Print{}, err
			}
			f.Team = team.ID
		}
		return d.Labels(k.ctx, f)
	}}
}

type volunteerFilterTeam struct{ team string }

func (c *volunteerFilterTeam) options(o *options) {
	o.text(&c.team, "team", "队", "只要一支队今天的队员")
}

func newPrintLedger() worker {
	span := &printSlip{}
	return &printPaper{
		flags: func(o *options) {
			o.text(&span.from, "from", "日期", "从哪天起；不写就是今年第一天")
			o.text(&span.to, "to", "日期", "到哪天止；不写就是今天")
		},
		about: func(k *call, d papers.Desk) (papers.Print, error) {
			period, err := span.period(k)
			if err != nil {
				return papers.Print{}, err
			}
			p, err := k.person(k.args[0])
			if err != nil {
				return papers.Print{}, err
			}
			return d.Ledger(k.ctx, p.ID, period)
		},
	}
}

func newPrintYear() worker {
	year := ""
	return &printPaper{
		flags: func(o *options) { o.text(&year, "year", "年", "哪一年；不写就是今年") },
		about: func(k *call, d papers.Desk) (papers.Print, error) {
			n, err := strconv.Atoi(cmp.Or(year, string(k.today()[:4])))
			if err != nil || n < 2000 || n > 2100 {
				return papers.Print{}, usage("--year 要写四位数的年")
			}
			p, err := k.person(k.args[0])
			if err != nil {
				return papers.Print{}, err
			}
			return d.YearSheet(k.ctx, p.ID, n)
		},
	}
}

func newPrintStars() worker {
	near := 20
	return &printPaper{
		kinds: bothKinds(),
		flags: func(o *options) { o.number(&near, "near", "小时", "差多少小时算临近；不写就是 20") },
		about: func(k *call, d papers.Desk) (papers.Print, error) { return d.Stars(k.ctx, near) },
	}
}

func newPrintDeed() worker {
	photos := 4
	return &printPaper{
		flags: func(o *options) { o.number(&photos, "photos", "张", "留几个贴照片的位置；不写就是 4") },
		about: func(k *call, d papers.Desk) (papers.Print, error) {
			return d.Deed(k.ctx, record.ActivityID(k.args[0]), min(max(photos, 0), 12))
		},
	}
}

func newPrintNotice() worker {
	return &printPaper{about: func(k *call, d papers.Desk) (papers.Print, error) { return d.Notice(k.ctx) }}
}

func newPrintRegister() worker {
	return &printPaper{kinds: bothKinds(), about: func(k *call, d papers.Desk) (papers.Print, error) { return d.Register(k.ctx) }}
}

func newPrintCertificate() worker {
	again := false
	return &printPaper{
		flags: func(o *options) { o.yes(&again, "again", "补发：原来的一张丢了") },
		about: func(k *call, d papers.Desk) (papers.Print, error) { return d.Certificates(k.ctx, k.args, again) },
	}
}
