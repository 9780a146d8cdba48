package statistics

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Span is a stretch of the handling whose days are counted.
type Span string

// The spans that a proposal itself tells. [StageSpan] names those of a history.
const (
	ToAccept  Span = "to_accept"  // 交办至接收: of each item
	ToReply   Span = "to_reply"   // 交办至首次答复: of each item
	ToOpinion Span = "to_opinion" // 首次答复至反馈: of each item that has an opinion
)

// StageSpan is the time that proposals spent in a stage, all stays that have
// ended together.
func StageSpan(stage string) Span { return Span(stageSpan + stage) }

// Stage returns the stage of a span that [StageSpan] names, else "".
func (s Span) Stage() string {
	stage, is := strings.CutPrefix(string(s), stageSpan)
	if !is {
		return ""
	}
	return stage
}

// lengths are how often each number of days occurred.
type lengths struct {
	n       map[int]int64
	slowest slowest
}

func (f *Figures) span(s Span) *lengths {
	if f.spans[s] == nil {
		f.spans[s] = &lengths{n: make(map[int]int64)}
	}
	return f.spans[s]
}

func (l *lengths) merge(other *lengths, limit int) {
	for days, n := range maps.Clone(other.n) {
		l.n[days] += n
	}
	for _, one := range slices.Clone(other.slowest) {
		l.slowest = l.slowest.add(one, limit)
	}
}

// took counts the days of a span between two times, and reports whether they
// run forward; a time that is not known counts nothing.
func (f *Figures) took(s Span, p *proposal.Proposal, from, to time.Time) bool {
	if from.IsZero() || to.IsZero() {
		return true
	}
	zone := f.options.Zone(p.Body)
	start, err := calendar.DateOf(from, zone)
	if err != nil {
		return false
	}
	end, err := calendar.DateOf(to, zone)
	if err != nil || end.Before(start) {
		return false
	}
	f.lasted(s, p.ID, end.Sub(start))
	return true
}

func (f *Figures) lasted(s Span, id string, days int) {
	l := f.span(s)
	l.n[days]++
	l.slowest = l.slowest.add(Slow{id, days}, f.options.Cases)
}

// days counts the spans of one unit's part.
func (f *Figures) days(p *proposal.Proposal, part *proposal.Part) {
	ordered := f.took(ToAccept, p, part.Assigned, part.Accepted)
	if reply := first(part); reply != nil {
		ordered = f.took(ToReply, p, part.Assigned, reply.Issued) && ordered
		if i := slices.IndexFunc(p.Opinions, func(o proposal.Opinion) bool { return o.Unit == part.Unit }); i >= 0 {
			ordered = f.took(ToOpinion, p, reply.Issued, p.Opinions[i].At) && ordered
		}
	}
	if !ordered {
		f.total(p.ID, Disordered)
	}
}

// AddHistory counts the days that a proposal spent in each stage, by its history
// from the beginning. It does not count the proposal: that is [Figures.Add]. It
// needs Options.Machine; what a lifecycle unknown to it says is not counted.
func (f *Figures) AddHistory(p *proposal.Proposal, history []workflow.Entry) {
	zone := f.options.Zone(p.Body)
	state, tracks := "", make(map[string]string)
	stage, since := "", calendar.Date{}
	spent := make(map[string]int)
	for _, e := range history {
		machine := f.options.Machine(e.Definition.Name, e.Definition.Version)
		day, err := calendar.DateOf(e.At, zone)
		if machine == nil || err != nil {
			return
		}
		for _, m := range e.Moves {
			if m.Line == "" {
				state = m.To
			} else {
				tracks[m.Line] = m.To
			}
		}
		now := machine.Stage(state, tracks)
		if now == stage {
			continue
		}
		if stage != "" && !day.Before(since) {
			spent[stage] += day.Sub(since)
		}
		stage, since = now, day
	}
	for stage, days := range spent {
		f.lasted(StageSpan(stage), p.ID, days)
	}
}

// Days (用时) are how long something took.
type Days struct {
	Span    Span   `json:"span"`
	Count   int64  `json:"count"`
	Least   int    `json:"least"`
	Median  int    `json:"median"`
	Ninety  int    `json:"ninety"` // the 90th percentile
	Most    int    `json:"most"`
	Slowest []Slow `json:"slowest,omitempty"` // the cases that took longest
}

// Days returns how long a span took.
func (f *Figures) Days(s Span) Days {
	d := Days{Span: s}
	l := f.spans[s]
	if l == nil {
		return d
	}
	order := slices.Sorted(maps.Keys(l.n))
	for _, n := range l.n {
		d.Count += n
	}
	d.Least, d.Most = order[0], order[len(order)-1]
	d.Median, d.Ninety = l.rank(order, (d.Count+1)/2), l.rank(order, (d.Count*9+9)/10)
	d.Slowest = slices.Clone(l.slowest)
	return d
}

// rank is the n-th length from below, from 1.
func (l *lengths) rank(order []int, n int64) int {
	for _, days := range order {
		if n -= l.n[days]; n <= 0 {
			return days
		}
	}
	return order[len(order)-1]
}

// Spans returns the spans that anything was counted of, sorted.
func (f *Figures) Spans() []Span { return slices.Sorted(maps.Keys(f.spans)) }
