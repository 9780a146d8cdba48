package consult

import (
	"context"
	"fmt"
	"slices"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// DraftPlan begins the plan of a year in the actor's own body. There is one for a body
// and a year.
func (s *Service) DraftPlan(ctx context.Context, actor Actor, d plan.Draft, options ...workflow.DoOption) (*plan.Plan, error) {
	return s.Plans.Open(ctx, actor, actor.Body, d, options...)
}

// EnterPlan puts consultations into a plan that is being drafted. Their topics belong
// to its body and have been chosen at the time of the call.
func (s *Service) EnterPlan(ctx context.Context, actor Actor, id string, e plan.Enter, options ...workflow.DoOption) (*plan.Plan, error) {
	if err := check.Len("slots", 0, len(e.Slots)); err != nil {
		return nil, err
	}
	topics := make([]string, len(e.Slots))
	for i, slot := range e.Slots {
		topics[i] = slot.Topic
	}
	notChosen, err := s.notChosen(ctx, id, topics)
	if err != nil {
		return nil, err
	}
	return s.Plans.Do(ctx, actor, id, e.At(notChosen...), options...)
}

// AskPlanChange asks for a change of a plan that is in force; see [plan.AskChange].
func (s *Service) AskPlanChange(ctx context.Context, actor Actor, id string, a plan.AskChange, options ...workflow.DoOption) (*plan.Plan, error) {
	var notChosen []string
	if a.Add != nil {
		var err error
		if notChosen, err = s.notChosen(ctx, id, []string{a.Add.Topic}); err != nil {
			return nil, err
		}
	}
	return s.Plans.Do(ctx, actor, id, a.At(notChosen...), options...)
}

// ConcludePlan ends a plan. What was held of it is told by the activities; of every
// other entry it is said why not.
func (s *Service) ConcludePlan(ctx context.Context, actor Actor, id string, c plan.Conclude, options ...workflow.DoOption) (*plan.Plan, error) {
	p, err := s.Plans.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	last, err := calendar.ParseDate(fmt.Sprintf("%04d-12-31", p.Year))
	if err != nil {
		return nil, workflow.Invalid("year", "out_of_range", "%v", "%v", err)
	}
	progress, err := s.progress(ctx, p, last)
	if err != nil {
		return nil, err
	}
	var held []string
	for _, e := range progress {
		if len(e.Held) > 0 {
			held = append(held, e.Entry.ID)
		}
	}
	return s.Plans.Do(ctx, actor, id, c.At(held...), options...)
}

// notChosen returns those of the topics that have not been chosen; each belongs to the
// body of the plan.
func (s *Service) notChosen(ctx context.Context, id string, topics []string) ([]string, error) {
	p, err := s.Plans.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.unchosen(ctx, p.Body, topics)
}

// Planned is how an entry of a yearly plan stands on a day.
type Planned struct {
	Entry   plan.Entry `json:"entry"`
	Held    []string   `json:"held,omitempty"`    // IDs of activities on its topic, held in the year by the day
	Planned []string   `json:"planned,omitempty"` // and of those still to be held
	Behind  bool       `json:"behind,omitempty"`  // not held, though its month or quarter is over
}

// PlanProgress returns how the entries of a plan stand at the end of a day: those that
// were in it then, in their order. An activity counts for the topic it is on; what is
// entered later about an earlier day counts on that day.
func (s *Service) PlanProgress(ctx context.Context, id string, on calendar.Date) ([]Planned, error) {
	if on.IsZero() {
		return nil, workflow.Invalid("on", "empty", "没有写明日期", "it is not said on which day")
	}
	p, err := s.Plans.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.progress(ctx, p, on)
}

func (s *Service) progress(ctx context.Context, p *plan.Plan, on calendar.Date) ([]Planned, error) {
	var list []Planned
	for _, e := range p.As(on) {
		found, err := s.OnTopic(ctx, e.Slot.Topic)
		if err != nil {
			return nil, err
		}
		stands := Planned{Entry: e}
		for _, a := range found {
			switch {
			case a.Held && a.On.Year() == p.Year && !a.On.After(on):
				stands.Held = append(stands.Held, a.ID)
			case a.Cancelled == "" && !a.Held:
				stands.Planned = append(stands.Planned, a.ID)
			}
		}
		last, err := activity.LastOf(fmt.Sprintf("%04d-%02d", p.Year, e.Slot.By()))
		if err != nil {
			return nil, err
		}
		stands.Behind = len(stands.Held) == 0 && on.After(last)
		slices.Sort(stands.Held)
		slices.Sort(stands.Planned)
		list = append(list, stands)
	}
	return list, nil
}
