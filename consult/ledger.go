package consult

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
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
	ID          string            `json:"id"`
	Body        string            `json:"body"`
	Platform    string            `json:"platform,omitempty"` // ID; "": a meeting of the conference itself
	FormLabel   lifecycle.Label   `json:"form_label"`
	StateLabel  lifecycle.Label   `json:"state_label"`
	On          calendar.Date     `json:"on,omitzero"`
	Title       string            `json:"title"`
	Form        string            `json:"form"`
	State       string            `json:"state"`
	Held        bool              `json:"held"`
	Backfilled  bool              `json:"backfilled,omitempty"`
	OnTopic     bool              `json:"on_topic"`          // on a topic that was chosen
	Present     map[string]int    `json:"present,omitempty"` // by kind
	Opinions    int               `json:"opinions"`
	Answered    int               `json:"answered"` // opinions with a response
	OnSpot      int               `json:"on_spot"`  // responses given on the spot
	MinutesOn   calendar.Date     `json:"minutes_on,omitzero"`
	MinutesLate bool              `json:"minutes_late,omitempty"`
	Adoption    activity.Adoption `json:"adoption"`           // what became of the opinions
	Outcomes    []string          `json:"outcomes,omitempty"` // kinds
	Produced    []lifecycle.Label `json:"produced,omitempty"` // the labels of those
	Items       int               `json:"items"`
	Confirmed   int               `json:"confirmed"`
	InTime      int               `json:"in_time"` // items done in time, or not yet due; one that was given more time after its day is not
	Overdue     int               `json:"overdue"`
	Matters     int               `json:"matters"` // practical matters
	FollowUps   int               `json:"follow_ups"`
	Satisfied   rates.Rate        `json:"satisfied"` // over all polls
	Published   bool              `json:"published"`
	Figures     []printed.Figure  `json:"figures,omitempty"` // of one entered after the fact
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
	p = p.As(on)
	l := &Ledger{Platform: p, ID: p.ID, On: on}
	var held []calendar.Date
	undated := 0
	topics := make(map[string]bool)
	for _, a := range activities {
		r, err := s.rowOf(ctx, a, on)
		switch {
		case err != nil:
			return nil, err
		case r == nil:
			tally(&undated, a.On.IsZero() && a.Held)
			continue
		}
		l.Rows = append(l.Rows, *r)
		if r.Held {
			held = append(held, a.On)
			for _, t := range a.Topics {
				topics[t] = true
			}
		}
	}
	sortRows(l.Rows)
	if l.Compliance, err = s.complies(ctx, p, on, held); err != nil {
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

// rowOf returns the row of an activity in the ledger of a day's year, as it stood on
// that day; nil when it is none of that year's, or was not known yet.
func (s *Service) rowOf(ctx context.Context, a *activity.Activity, on calendar.Date) (*LedgerRow, error) {
	if a.On.IsZero() && a.Held {
		return nil, nil //nolint:nilnil // in no year
	}
	was, err := s.activityAsOf(ctx, a, on)
	if err != nil || !was.known || was.day.Year() != on.Year() {
		return nil, err
	}
	words, err := s.rulesOn(ctx, a.Body, on)
	if err != nil {
		return nil, err
	}
	r := row(a, was, words, on)
	if m := s.Activities.Machine(a.Definition.Name, a.Definition.Version); m != nil {
		state, _ := m.State(was.state)
		r.StateLabel = state.Label
	}
	return &r, nil
}

func sortRows(rows []LedgerRow) {
	slices.SortStableFunc(rows, func(a, b LedgerRow) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.ID, b.ID))
	})
}

// asOf is what is read of an activity's history: how it stood on a day.
type asOf struct {
	known     bool // it was planned by then, or held, whenever that was entered
	held      bool
	day       calendar.Date
	state     string
	published bool
}

// activityAsOf reads how an activity stood at the end of a day: from its history,
// when something has happened to it since.
func (s *Service) activityAsOf(ctx context.Context, a *activity.Activity, on calendar.Date) (asOf, error) {
	zone := s.Activities.Zone(a.Body)
	was := asOf{held: a.Held && !a.On.After(on), day: a.DayAsOf(on, zone), state: a.State, published: a.Publication != nil && a.Publication.Reason == ""}
	changed, err := calendar.DateOf(a.Changed, zone)
	if err != nil || !changed.After(on) {
		was.known = true
		return was, err //nolint:wrapcheck // a time that is no date
	}
	history, err := s.Activities.History(ctx, a.ID)
	if err != nil {
		return was, fmt.Errorf("consult: ledger: %w", err)
	}
	was.published, was.known = false, was.held
	for _, e := range history {
		at, err := calendar.DateOf(e.At, zone)
		if err != nil {
			return was, err //nolint:wrapcheck // as above
		}
		if at.After(on) {
			break
		}
		was.known = true
		for _, m := range e.Moves {
			if m.Line == "" {
				was.state = m.To
			}
		}
		switch e.Event {
		case activity.Publish{}.Event():
			was.published = true
		case activity.Withhold{}.Event():
			was.published = false
		}
	}
	return was, nil
}

func row(a *activity.Activity, was asOf, words rules.Rules, on calendar.Date) LedgerRow {
	r := LedgerRow{
		ID: a.ID, Body: a.Body, Platform: a.Platform, On: was.day, Title: a.Title, Form: a.Form, State: was.state, Held: was.held, Backfilled: a.Backfilled,
		OnTopic: len(a.Topics) > 0, Satisfied: rates.Rate{Of: "returned", Rule: "satisfied_or_basically"}, Published: was.published,
	}
	if was.held {
		r.Present = a.Present()
	}
	form, _ := words.Form(a.Form)
	r.FormLabel, r.Adoption = form.Label, a.Adoption(on)
	r.Opinions, r.OnSpot = a.Said(on)
	r.Items, r.Confirmed, r.Matters = a.Settled(on)
	for _, f := range a.FollowUps {
		tally(&r.FollowUps, !f.On.After(on))
	}
	if a.Account != nil {
		r.Figures = a.Account.Figures
	}
	for _, o := range a.Opinions {
		tally(&r.Answered, a.AnsweredBy(o.ID, on))
	}
	if a.Minutes != nil && !a.Minutes.Filed.After(on) {
		r.MinutesOn = a.Minutes.Filed
	}
	for _, c := range a.Clocks {
		if c.Limit == "minutes" && !c.Due.IsZero() {
			until := on
			if !c.Running() && c.Stopped.Before(on) {
				until = c.Stopped
			}
			r.MinutesLate = until.After(c.Due)
		}
	}
	for _, o := range a.Outcomes {
		if !o.On.After(on) {
			kind, _ := words.Outcome(o.Kind)
			r.Outcomes, r.Produced = append(r.Outcomes, o.Kind), append(r.Produced, kind.Label)
		}
	}
	for _, now := range a.Items {
		item, state, given := now.As(on, a.ItemState(now.ID))
		tally(&r.InTime, given && item.Late(on) == 0)
		tally(&r.Overdue, given && on.After(item.Due) && checklist.Awaited(state))
	}
	for _, poll := range a.Satisfaction {
		if poll.On.After(on) {
			continue
		}
		rate := poll.Rate()
		r.Satisfied.Count += rate.Count
		r.Satisfied.Base += rate.Base
	}
	return r
}
