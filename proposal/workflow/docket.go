package workflow

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// RefusalLimits bound what refusals may take of the store. A zero stands for the
// default.
type RefusalLimits struct {
	Window     time.Duration // the first of its like is written at once, and those that follow within it are one entry more; an hour
	PerAccount int           // entries of one account on a day of a body, beyond which its refusals are only counted; 100
	PerDay     int           // entries of all on a day of a body, beyond which they are only counted together; 1000, and at most 4000
}

// mostPerDay is how many accounts fit into the record of a day, however they are
// spelled.
const mostPerDay = 4000

// settled returns the limits with their defaults, or what is wrong with them.
func (l RefusalLimits) settled() (RefusalLimits, error) {
	if l.Window == 0 {
		l.Window = time.Hour
	}
	if l.PerAccount == 0 {
		l.PerAccount = 100
	}
	if l.PerDay == 0 {
		l.PerDay = 1000
	}
	if l.Window < 0 || l.PerAccount < 0 || l.PerDay < 0 || l.PerDay > mostPerDay {
		return l, Invalid("refusals", "out_of_range", "拒绝登记的限额不当：%v、每账号%d条、每日%d条，每日最多%d条",
			"the limits of refusals are out of range: %v, %d of an account, %d of a day, and at most %d", l.Window, l.PerAccount, l.PerDay, mostPerDay)
	}
	return l, nil
}

// docket counts refusals until they are written. The first of its like is due at
// once; those that follow it are due together when the window has passed.
type docket struct {
	limits RefusalLimits

	mu      sync.Mutex
	tallies map[string]*tally // by day and likeness
	failed  []counted         // that a store has not said to have written, to be tried again as they are
	next    time.Time         // before which nothing is due
	full    map[string]bool   // days, and accounts on a day, that have no room for details
}

// counted is a number of like refusals of one day.
type counted struct {
	Refusal
	day     string
	command string // by which it was tried to write; "": it was not
}

// tally is what has been counted of one like and not been written.
type tally struct {
	counted
	until time.Time // when it is due again
}

func newDocket(limits RefusalLimits) *docket {
	return &docket{limits: limits, tallies: make(map[string]*tally), full: make(map[string]bool)}
}

// count counts a refusal.
func (d *docket) count(r Refusal, day string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.add(counted{Refusal: r, day: day})
}

// add counts refusals under the marks that there is room for: what is known to be
// beyond a limit, and what would be one like too many in memory, by fewer of them.
func (d *docket) add(c counted) *tally {
	switch {
	case d.full[fullKey(c, BeyondDay)]:
		c.Refusal = c.coarser(BeyondDay)
	case c.Beyond == "" && d.full[fullKey(c, BeyondAccount)]:
		c.Refusal = c.coarser(BeyondAccount)
	}
	if d.tallies[c.key()] == nil && len(d.tallies) >= d.limits.PerDay {
		c.Refusal = c.coarser(BeyondDay)
	}
	t := d.tallies[c.key()]
	if t == nil {
		t = &tally{counted: c}
		d.tallies[c.key()], d.next = t, time.Time{}
		return t
	}
	if t.Count == 0 || c.First.Before(t.First) {
		t.First = c.First
	}
	if t.Count == 0 || c.Last.After(t.Last) {
		t.Last = c.Last
	}
	t.Count += c.Count
	return t
}

// key is that of the tally in which a refusal is counted.
func (c counted) key() string { return c.day + "\x00" + c.like() }

// fullKey names a day of a body, or one of its accounts on it.
func fullKey(c counted, limit string) string {
	if limit == BeyondDay {
		return strings.Join([]string{limit, c.day, c.Body}, "\x00")
	}
	return strings.Join([]string{limit, c.day, c.Body, c.Account}, "\x00")
}

// due takes what is due at a moment, the oldest first.
func (d *docket) due(now time.Time) []counted {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now.Before(d.next) {
		return nil
	}
	return d.take(now, func(t *tally) bool { return !now.Before(t.until) })
}

// all takes all that has been counted.
func (d *docket) all(now time.Time) []counted {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.take(now, func(*tally) bool { return true })
}

// take takes the tallies that are due, begins their windows, and forgets those whose
// window has passed with nothing in it.
func (d *docket) take(now time.Time, due func(*tally) bool) (taken []counted) {
	taken, d.failed, d.next = d.failed, nil, now.Add(d.limits.Window)
	for key, t := range d.tallies {
		switch {
		case due(t) && t.Count > 0:
			taken = append(taken, t.counted)
			t.Count, t.until = 0, now.Add(d.limits.Window)
		case !now.Before(t.until) && t.Count == 0:
			delete(d.tallies, key)
		case t.until.Before(d.next):
			d.next = t.until
		}
	}
	slices.SortFunc(taken, func(a, b counted) int {
		if order := a.First.Compare(b.First); order != 0 {
			return order
		}
		return strings.Compare(a.like(), b.like())
	})
	return taken
}

// back takes back what the store has not said to have written. It may have been all the
// same: so it is tried again as it is, by its command. While the store is down, what is
// one too many is counted with the rest.
func (d *docket) back(c counted) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.next = time.Time{}
	if len(d.failed) < d.limits.PerDay {
		d.failed = append(d.failed, c)
		return
	}
	c.command = ""
	d.add(c)
}

// mostFull is how many days and accounts without room a docket remembers. Forgetting
// one costs a try.
const mostFull = 1000

// coarsen counts under fewer marks what a limit left no room for, and returns it if
// that is due at once.
func (d *docket) coarsen(c counted, limit string) []counted {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.full) >= mostFull {
		clear(d.full)
	}
	d.full[fullKey(c, limit)] = true
	c.Refusal, c.command = c.coarser(limit), ""
	t := d.add(c)
	if c.Last.Before(t.until) {
		return nil
	}
	taken := t.counted
	t.Count, t.until = 0, c.Last.Add(d.limits.Window)
	if t.until.Before(d.next) {
		d.next = t.until
	}
	return []counted{taken}
}
