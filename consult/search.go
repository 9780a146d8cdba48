package consult

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// ItemsAsked says which checklist items are asked for; every field that is set
// must hold.
type ItemsAsked struct {
	Body     string        // of this body and of those below it
	Platform string        // ID
	Owner    string        // [checklist.Owner.Key]
	Awaited  bool          // not yet done, nor found not feasible
	DueBy    calendar.Date // awaited, and due on this day or before
	On       calendar.Date // as the items stood at the end of this day; zero: as they stand
}

// ItemAt is an item with where it stands.
type ItemAt struct {
	Body     string `json:"body"`
	Platform string `json:"platform,omitempty"`
	Activity string `json:"activity"`
	Title    string `json:"title"` // of the activity
	State    string `json:"state"`
	checklist.Item
}

// Items returns the checklist items of all activities that answer what is asked,
// in order of due date, then of activity and item.
func (s *Service) Items(ctx context.Context, asked ItemsAsked) ([]ItemAt, error) {
	where := s.within(asked.Body)
	for _, m := range []struct{ attr, value string }{{"platform", asked.Platform}, {"owner", asked.Owner}} {
		if m.value != "" {
			where = append(where, is(m.attr, m.value))
		}
	}
	awaited := asked.Awaited || !asked.DueBy.IsZero()
	switch {
	case !asked.On.IsZero():
		past, err := pastly(asked, awaited)
		if err != nil {
			return nil, err
		}
		where = append(where, past...)
	case !asked.DueBy.IsZero():
		after, err := asked.DueBy.AddDays(1)
		if err != nil {
			return nil, workflow.Invalid("due_by", "out_of_range", "%v", "%v", err)
		}
		where = append(where, store.Match{Attr: "item_due", Op: store.Below, Values: []string{after.String()}})
	case awaited:
		where = append(where, store.Match{Attr: "item_due", Op: store.AtLeast, Values: []string{"0"}})
	}
	if awaited && asked.Owner != "" && asked.On.IsZero() {
		where = append(where, is("awaits", asked.Owner))
	}
	var found []ItemAt
	err := s.each(ctx, asked.Body, where, func(a *activity.Activity) error {
		for _, now := range a.Items {
			item, state, given := now, a.ItemState(now.ID), true
			if !asked.On.IsZero() {
				item, state, given = now.As(asked.On, state)
			}
			if !given || asked.Owner != "" && item.Owner.Key() != asked.Owner || awaited && !checklist.Awaited(state) ||
				!asked.DueBy.IsZero() && item.Due.After(asked.DueBy) {
				continue
			}
			found = append(found, ItemAt{Body: a.Body, Platform: a.Platform, Activity: a.ID, Title: a.Title, State: state, Item: item})
		}
		return nil
	})
	slices.SortStableFunc(found, func(a, b ItemAt) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Activity, b.Activity))
	})
	return found, err
}

// Overdue returns the items of a body, and of those below it, whose due day has
// passed on a day and that have not been done by then, the longest overdue first,
// as they stood at the end of that day: what was done or put off later is still
// on the list of that day.
func (s *Service) Overdue(ctx context.Context, body string, on calendar.Date) ([]ItemAt, error) {
	yesterday, err := on.AddDays(-1)
	if err != nil {
		return nil, workflow.Invalid("on", "out_of_range", "%v", "%v", err)
	}
	return s.Items(ctx, ItemsAsked{Body: body, DueBy: yesterday, On: on})
}

// pastly narrows a search to activities with an item that can have been awaited on
// a day gone by.
func pastly(asked ItemsAsked, awaited bool) ([]store.Match, error) {
	if !awaited {
		return nil, nil
	}
	where := []store.Match{{Attr: "item_owed", Op: store.AtLeast, Values: []string{asked.On.String()}}} //nolint:prealloc // one more at the most
	if asked.DueBy.IsZero() {
		return where, nil
	}
	after, err := asked.DueBy.AddDays(1)
	if err != nil {
		return nil, workflow.Invalid("due_by", "out_of_range", "%v", "%v", err)
	}
	return append(where, store.Match{Attr: "item_first", Op: store.Below, Values: []string{after.String()}}), nil
}

// OfProposal returns the activities that serve the handling of a proposal, and
// those with an opinion that became it.
func (s *Service) OfProposal(ctx context.Context, proposal string) ([]*activity.Activity, error) {
	return collect(ctx, s.Activities, is("proposal", proposal))
}

// Behind returns the activities of a body, and of those below it, that are still to
// be held though their day, or the month they were planned for, was over before a
// day, in that order.
func (s *Service) Behind(ctx context.Context, body string, on calendar.Date) ([]*activity.Activity, error) {
	var found []*activity.Activity
	where := append(s.within(body), store.Match{Attr: "planned", Op: store.Below, Values: []string{on.String()}})
	err := s.each(ctx, body, where, func(a *activity.Activity) error {
		found = append(found, a)
		return nil
	})
	slices.SortStableFunc(found, func(a, b *activity.Activity) int { return a.PlannedBy().Compare(b.PlannedBy()) })
	return found, err
}

// OnTopic returns the activities on a topic.
func (s *Service) OnTopic(ctx context.Context, topic string) ([]*activity.Activity, error) {
	return collect(ctx, s.Activities, is("topic", topic))
}

// YearPlan returns the yearly plan of a body (年度协商计划): the topics in it, and
// those that were carried over from it to another year, in order of quarter and
// title. Their place in it is [topic.Topic.PlanOf] the year.
func (s *Service) YearPlan(ctx context.Context, body string, year int) ([]*topic.Topic, error) {
	topics, err := collect(ctx, s.Topics, is("body", body), is("year", strconv.Itoa(year)))
	topics = slices.DeleteFunc(topics, func(t *topic.Topic) bool {
		return t.Plan != nil && t.Plan.Year == year && t.Means() != topic.Scheduled
	})
	slices.SortStableFunc(topics, func(a, b *topic.Topic) int {
		return cmp.Or(cmp.Compare(a.PlanOf(year).Quarter, b.PlanOf(year).Quarter), cmp.Compare(a.Title, b.Title))
	})
	return topics, err
}

func is(attr string, values ...string) store.Match {
	return store.Match{Attr: attr, Op: store.Is, Values: values}
}

// within narrows a search to a body and those below it, where the store can.
func (s *Service) within(body string) []store.Match {
	if body == "" {
		return nil
	}
	below := s.Activities.Tree().Below(body)
	if len(below) > store.MaxValues/2 {
		return nil // each looks for itself
	}
	return []store.Match{is("body", below...)}
}

// each calls do with every activity of a body and those below it that answers
// the conditions.
func (s *Service) each(ctx context.Context, body string, where []store.Match, do func(*activity.Activity) error) error {
	tree := s.Activities.Tree()
	return s.Activities.Each(ctx, func(a *activity.Activity) error {
		if body != "" && !tree.Covers(body, a.Body) {
			return nil
		}
		return do(a)
	}, where...)
}

// collect returns every case that answers the conditions.
func collect[C workflow.Case](ctx context.Context, e *workflow.Engine[C, rules.Rules], where ...store.Match) ([]C, error) {
	var found []C
	err := e.Each(ctx, func(c C) error {
		found = append(found, c)
		return nil
	}, where...)
	return found, err
}
