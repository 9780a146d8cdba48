package statistics

import (
	"slices"
	"strings"

	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// undated is a clock whose due day is not known.
const undated = "undated"

// clocks counts how the limits of a proposal were kept. The clocks of a unit
// that was relieved of its part are left out, and those that lapsed: they were
// neither met nor missed.
func (f *Figures) clocks(p *proposal.Proposal) {
	for _, c := range p.Clocks {
		if c.Lapsed || c.Of != "" && p.Part(c.Of) != nil && p.Relieved(c.Of) {
			continue
		}
		f.Count(proposal.Dimension(ofLimit+c.Limit), p.ID, f.phase(c))
		if len(c.Extensions) > 0 {
			f.Count(ByExtension, p.ID, c.Limit)
		}
	}
}

func (f *Figures) phase(c workflow.Clock) string {
	switch {
	case c.Due.IsZero():
		return undated
	case !c.Running() && (c.Stopped.After(c.Due) || !c.Missed.IsZero()):
		return string(calendar.MetLate)
	case !c.Running():
		return string(calendar.Met)
	case !f.options.Today.IsZero() && f.options.Today.After(c.Due):
		return string(calendar.Late)
	}
	return string(calendar.Running)
}

// Limit (时限) is how one limit was kept. It counts clocks: a proposal with four
// units has four of those that each unit has.
type Limit struct {
	Limit    string `json:"limit"`
	Met      int64  `json:"met"`      // 按期
	MetLate  int64  `json:"met_late"` // 逾期办结
	Running  int64  `json:"running"`  // 未到期
	Overdue  int64  `json:"overdue"`  // 已超期, on the day of the options
	Undated  int64  `json:"undated"`  // no due day is known
	Extended int64  `json:"extended"` // 延期, whatever came of it

	OverdueCases []string `json:"overdue_cases,omitempty"`
	LateCases    []string `json:"late_cases,omitempty"`
}

// Timely (按期率) is met in time over what was met at all.
func (l Limit) Timely() rates.Rate {
	return rates.Rate{Count: l.Met, Base: l.Met + l.MetLate, Of: "stopped", Rule: "met"}
}

// Limits are all limits that any proposal had a clock of, by key.
func (f *Figures) Limits() []Limit {
	var limits []Limit
	for _, d := range f.Dimensions() {
		key, is := strings.CutPrefix(string(d), ofLimit)
		if !is {
			continue
		}
		n := func(phase string) int64 { return f.tally.Rate(d, phase).Count }
		limits = append(limits, Limit{
			Limit: key, Met: n(string(calendar.Met)), MetLate: n(string(calendar.MetLate)), Running: n(string(calendar.Running)),
			Overdue: n(string(calendar.Late)), Undated: n(undated), Extended: f.tally.Rate(ByExtension, key).Count,
			OverdueCases: slices.Clone(f.behind[cell{d, string(calendar.Late)}]),
			LateCases:    slices.Clone(f.behind[cell{d, string(calendar.MetLate)}]),
		})
	}
	return limits
}
