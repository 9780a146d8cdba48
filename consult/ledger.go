package consult

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Ledger (台账) is a platform's year: what it is, what it held, on which topics, who
// was there, how it went and what came of it.
type Ledger struct {
	Platform   *platform.Platform `json:"platform"`
	ID         string             `json:"id"` // of the platform
	On         calendar.Date      `json:"on"` // as it stands on this day
	Compliance Compliance         `json:"compliance"`
	Rows       []LedgerRow        `json:"rows"`      // activities of the year, in order of their day
	Topics     int                `json:"topics"`    // that were consulted on
	SmallCut   int                `json:"small_cut"` // of those: with a small cut
}

// LedgerRow is one activity. Counts are of what was recorded one by one; what a
// source only prints as a figure stands in Figures.
type LedgerRow struct {
	ID          string           `json:"id"`
	On          calendar.Date    `json:"on,omitzero"`
	Title       string           `json:"title"`
	Form        string           `json:"form"`
	State       string           `json:"state"`
	Held        bool             `json:"held"`
	Backfilled  bool             `json:"backfilled,omitempty"`
	OnTopic     bool             `json:"on_topic"`          // on a topic that was chosen
	Present     map[string]int   `json:"present,omitempty"` // by kind
	Opinions    int              `json:"opinions"`
	Answered    int              `json:"answered"` // opinions with a response
	OnSpot      int              `json:"on_spot"`  // responses given on the spot
	MinutesOn   calendar.Date    `json:"minutes_on,omitzero"`
	MinutesLate bool             `json:"minutes_late,omitempty"`
	Outcomes    []string         `json:"outcomes,omitempty"` // kinds
	Items       int              `json:"items"`
	Confirmed   int              `json:"confirmed"`
	InTime      int              `json:"in_time"` // items done in time, or not yet due
	Overdue     int              `json:"overdue"`
	Matters     int              `json:"matters"` // practical matters
	FollowUps   int              `json:"follow_ups"`
	Satisfied   rates.Rate       `json:"satisfied"` // over all polls
	Published   bool             `json:"published"`
	Figures     []printed.Figure `json:"figures,omitempty"` // of one entered after the fact
}

// Ledger returns the ledger of a platform for the year of a day, as it stands on
// that day. Activities whose date nobody knows are in no year's ledger;
// Compliance.Undated counts them.
func (s *Service) Ledger(ctx context.Context, platform string, on calendar.Date) (*Ledger, error) {
	if on.IsZero() {
		return nil, workflow.Invalid("on", "empty", "没有写明日期", "it is not said on which day")
	}
	p, err := s.Platforms.Get(ctx, platform)
	if err != nil {
		return nil, fmt.Errorf("consult: ledger: %w", err)
	}
	activities, err := collect(ctx, s.Activities, is("platform", platform))
	if err != nil {
		return nil, err
	}
	l := &Ledger{Platform: p, ID: p.ID, On: on}
	words := s.Rules(p.Body)
	var held []calendar.Date
	undated := 0
	topics := make(map[string]bool)
	for _, a := range activities {
		switch {
		case a.On.IsZero() && a.Held:
			undated++
		case a.On.IsZero() || a.On.Year() != on.Year() || a.Held && a.On.After(on):
		default:
			l.Rows = append(l.Rows, row(a, words, on))
			if a.Held {
				held = append(held, a.On)
				for _, t := range a.Topics {
					topics[t] = true
				}
			}
		}
	}
	slices.SortStableFunc(l.Rows, func(a, b LedgerRow) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.ID, b.ID))
	})
	if l.Compliance, err = s.complies(p, on, held); err != nil {
		return nil, err
	}
	l.Compliance.Undated = undated
	for id := range topics {
		t, err := s.Topics.Get(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("consult: ledger of %s: %w", platform, err)
		}
		l.Topics++
		if t.Met(rules.SmallCut) {
			l.SmallCut++
		}
	}
	return l, nil
}

func row(a *activity.Activity, words rules.Rules, on calendar.Date) LedgerRow {
	r := LedgerRow{
		ID: a.ID, On: a.On, Title: a.Title, Form: a.Form, State: a.State, Held: a.Held, Backfilled: a.Backfilled,
		OnTopic: len(a.Topics) > 0, Present: a.Present(), Opinions: len(a.Opinions),
		Items: len(a.Items), Confirmed: a.ConfirmedItems(), Matters: a.PracticalMatters(),
		FollowUps: len(a.FollowUps), Satisfied: rates.Rate{Of: "returned", Rule: "satisfied_or_basically"},
		Published: a.Publication != nil && a.Publication.Reason == "",
	}
	if a.Account != nil {
		r.Figures = a.Account.Figures
	}
	for _, o := range a.Opinions {
		if a.Answered(o.ID) {
			r.Answered++
		}
	}
	for _, x := range a.Responses {
		if x.OnSpot {
			r.OnSpot++
		}
	}
	if a.Minutes != nil {
		r.MinutesOn = a.Minutes.Filed
	}
	for _, c := range a.Clocks {
		if c.Limit == "minutes" && !c.Due.IsZero() {
			r.MinutesLate = c.Running() && on.After(c.Due) || !c.Running() && c.Stopped.After(c.Due)
		}
	}
	for _, o := range a.Outcomes {
		r.Outcomes = append(r.Outcomes, o.Kind)
	}
	for _, item := range a.Items {
		if item.Late(on) == 0 {
			r.InTime++
		} else if a.Awaited(item.ID) {
			r.Overdue++
		}
	}
	for _, poll := range a.Satisfaction {
		rate := poll.Rate(words)
		r.Satisfied.Count += rate.Count
		r.Satisfied.Base += rate.Base
	}
	return r
}
