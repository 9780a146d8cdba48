package report

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Language is what a report is printed in.
type Language string

// The languages.
const (
	Chinese Language = "zh"
	English Language = "en"
)

// MostOverdue is how many overdue items a report lists, the longest overdue.
const MostOverdue = 200

// Report (统计报告) is what an annual report says. The zero Report, with figures,
// prints in Chinese, with keys where it knows no labels.
type Report struct {
	Language Language
	Body     string // name of the conference; "" is left out
	Period   string // what it is on, as it is to be printed: 2024年度, 十一届一次会议
	Made     calendar.Date

	Figures *statistics.Figures
	Last    *statistics.Figures // of the period before, to compare with; nil: none

	Rules   proposal.Rules     // whose labels are printed
	Machine *lifecycle.Machine // whose stages are drawn; nil: those that occur

	Members int64 // how many members the body has, of whom those who took part are printed; 0: none is

	Overdue     []Overdue // the longest overdue first, at most MostOverdue
	OverdueMore int       // those that are not listed
}

// Overdue (超期) is a running clock whose due day has passed.
type Overdue struct {
	ID     string
	Number string
	Title  string
	Of     string // the unit, or whoever the limit is for
	Limit  string // key of the limit
	Due    calendar.Date
	Days   int // since the due day
}

// Options say what to gather.
type Options struct {
	Language Language
	Body     string // name that is printed
	Period   string // printed
	At       time.Time

	Merging statistics.Merging
	Rules   string // the body whose rules, lifecycle and dates are printed; "": the default
	// Take reports whether a proposal belongs in the report, and may change the
	// copy it is given. nil takes all.
	Take func(*proposal.Proposal) bool
	// Last takes those of the period to compare with, in the same way. nil: none.
	Last func(*proposal.Proposal) bool
	// Members is how many members the body has: then the report prints who of them
	// made or co-signed proposals, and the share of those who did. 0: it does not.
	Members int64
	// Histories also counts the days in each stage, which reads the journal of
	// every case.
	Histories bool
	// Progress is called after every hundredth proposal and at the end.
	Progress func(read int)
}

// Gather reads the proposals of a service that answer the conditions once, and
// counts them. A proposal that cannot be read hides no other: the report of the
// others comes with an error that names it.
func Gather(ctx context.Context, s *proposal.Service, o Options, where ...store.Match) (*Report, error) {
	switch o.Language {
	case "":
		o.Language = Chinese
	case Chinese, English:
	default:
		return nil, workflow.Invalid("language", "unknown", "语言%q不是zh或en", "%q is neither zh nor en", string(o.Language))
	}
	if o.Members < 0 {
		return nil, workflow.Invalid("members", "out_of_range", "委员总数%d不能小于0", "%d members: there are none fewer than 0", o.Members)
	}
	today, err := calendar.DateOf(o.At, s.Tree().Zone(o.Rules))
	if err != nil {
		return nil, workflow.Invalid("at", "out_of_range", "%v", "%v", err)
	}
	counting := statistics.OptionsOf(s)
	counting.Merging, counting.Today, counting.Members = o.Merging, today, o.Members > 0
	r := &Report{
		Language: o.Language, Body: o.Body, Period: o.Period, Made: today,
		Rules: s.Rules(o.Rules), Machine: s.MachineFor(o.Rules), Members: o.Members,
	}
	if r.Figures, err = statistics.New(counting); err != nil {
		return nil, err //nolint:wrapcheck // it says what is wrong with which option
	}
	if o.Last != nil {
		if r.Last, err = statistics.New(counting); err != nil {
			return nil, err //nolint:wrapcheck // as above
		}
	}
	read := 0
	for p, err := range statistics.All(ctx, s, where...) {
		if err != nil {
			return r, fmt.Errorf("report: %w", err)
		}
		if err := r.take(ctx, s, o, p, today); err != nil {
			return r, err
		}
		if read++; o.Progress != nil && read%100 == 0 {
			o.Progress(read)
		}
	}
	if o.Progress != nil {
		o.Progress(read)
	}
	return r, nil
}

func (r *Report) take(ctx context.Context, s *proposal.Service, o Options, p *proposal.Proposal, today calendar.Date) error {
	if o.Last != nil && o.Last(p) {
		r.Last.Add(p)
		return nil
	}
	if o.Take != nil && !o.Take(p) {
		return nil
	}
	r.Figures.Add(p)
	r.overdue(p, today)
	if !o.Histories {
		return nil
	}
	history, err := s.History(ctx, p.ID)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	r.Figures.AddHistory(p, history)
	return nil
}

// overdue keeps the clocks of a proposal that are overdue, if they are among the
// longest.
func (r *Report) overdue(p *proposal.Proposal, today calendar.Date) {
	if p.Draft() || p.Outcome() == "merged" {
		return
	}
	for _, c := range p.Clocks {
		if !c.Running() || c.Due.IsZero() || !c.Due.Before(today) || c.Of != "" && p.Part(c.Of) != nil && p.Relieved(c.Of) {
			continue
		}
		one := Overdue{ID: p.ID, Number: p.Number, Title: p.Title, Of: c.Of, Limit: c.Limit, Due: c.Due, Days: today.Sub(c.Due)}
		at, _ := slices.BinarySearchFunc(r.Overdue, one, func(a, b Overdue) int {
			if d := a.Due.Compare(b.Due); d != 0 {
				return d
			}
			if a.ID < b.ID || a.ID == b.ID && a.Of < b.Of {
				return -1
			}
			return 1
		})
		if at < MostOverdue {
			r.Overdue = slices.Insert(r.Overdue, at, one)
		} else {
			r.OverdueMore++
		}
		if len(r.Overdue) > MostOverdue {
			r.Overdue = r.Overdue[:MostOverdue]
			r.OverdueMore++
		}
	}
}
