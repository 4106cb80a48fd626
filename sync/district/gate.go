package district

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Rates bound how often one address, one device and one stranger may ask: so
// many a second, and so many at once.
type Rates struct {
	Address, AddressBurst   int
	Device, DeviceBurst     int
	Stranger, StrangerBurst int // enrolments and logins from one address, a minute
}

// usual are rates that a station at full speed does not reach, also behind one
// address with others.
func usual() Rates {
	return Rates{Address: 200, AddressBurst: 400, Device: 100, DeviceBurst: 200, Stranger: 12, StrangerBurst: 10}
}

// gateMost bounds how many askers are remembered; the oldest are forgotten,
// which only ever lets somebody in.
const gateMost = 10_000

// gate counts who asks how often.
type gate struct {
	mu    sync.Mutex
	rates Rates
	seen  map[string]*rate.Limiter
	order []string
}

func newGate(r Rates) *gate {
	if r == (Rates{}) {
		r = usual()
	}
	return &gate{rates: r, seen: map[string]*rate.Limiter{}}
}

func (g *gate) address(who string, now time.Time) bool {
	return g.allow("a "+who, rate.Limit(g.rates.Address), g.rates.AddressBurst, now)
}

func (g *gate) device(who string, now time.Time) bool {
	return g.allow("d "+who, rate.Limit(g.rates.Device), g.rates.DeviceBurst, now)
}

func (g *gate) stranger(who string, now time.Time) bool {
	return g.allow("s "+who, rate.Limit(float64(g.rates.Stranger)/60), g.rates.StrangerBurst, now)
}

func (g *gate) allow(who string, each rate.Limit, burst int, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	l := g.seen[who]
	if l == nil {
		if len(g.order) >= gateMost {
			delete(g.seen, g.order[0])
			g.order = g.order[1:]
		}
		l = rate.NewLimiter(each, burst)
		g.seen[who] = l
		g.order = append(g.order, who)
	}
	return l.AllowN(now, 1)
}
