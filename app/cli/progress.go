package cli

import (
	"fmt"
	"strings"
	"time"
)

// progress tells on stderr how far a long work is: a bar on a terminal, a line
// every five seconds elsewhere.
type progress struct {
	env   Env
	label string
	last  time.Time
	drawn bool
}

const barWidth = 30

func (k *call) progress(label string) *progress {
	return &progress{env: k.env, label: label, last: k.env.Clock()}
}

func (p *progress) tell(done, total int) {
	if total <= 0 {
		return
	}
	done = min(done, total)
	now, percent := p.env.Clock(), done*100/total
	pause := 5 * time.Second
	if p.env.Bar {
		pause = 100 * time.Millisecond
	}
	if now.Sub(p.last) < pause {
		return
	}
	p.last = now
	if !p.env.Bar {
		fmt.Fprintf(p.env.Stderr, "%s %d%%\n", p.label, percent)
		return
	}
	p.drawn = true
	full := percent * barWidth / 100
	fmt.Fprintf(p.env.Stderr, "\r%s [%s%s] %3d%%", p.label, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), percent)
}

// end leaves the bar's line.
func (p *progress) end() {
	if p.drawn {
		fmt.Fprintf(p.env.Stderr, "\r%s\r", strings.Repeat(" ", barWidth+width(p.label)+10))
		p.drawn = false
	}
}
