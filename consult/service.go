package consult

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Actor is who does something; see [workflow.Actor].
type Actor = workflow.Actor

// Service is the front door: platforms, topics, activities and yearly plans on one store, each
// moved by the same engine. An activity changes through Activities.Do, a topic
// through Topics.Do, a platform through Platforms.Do, the plan of a year through
// Plans.Do, and by nothing else; the
// methods of Service open cases and look across them. It is safe for concurrent
// use, also by several processes on one store.
type Service struct {
	Platforms  *workflow.Engine[*platform.Platform, rules.Rules]
	Topics     *workflow.Engine[*topic.Topic, rules.Rules]
	Activities *workflow.Engine[*activity.Activity, rules.Rules]
	Plans      *workflow.Engine[*plan.Plan, rules.Rules]
}

// On returns the service on the store as it is in a transaction of the host's, or
// on one that keeps its commits to itself; see [workflow.Engine.On].
func (s *Service) On(st store.Store) *Service {
	return &Service{Platforms: s.Platforms.On(st), Topics: s.Topics.On(st), Activities: s.Activities.On(st), Plans: s.Plans.On(st)}
}

// Committed tells the observers what has been done through a service that On
// returned; see [workflow.Engine.Committed].
func (s *Service) Committed(ctx context.Context) {
	s.Platforms.Committed(ctx)
	s.Topics.Committed(ctx)
	s.Activities.Committed(ctx)
	s.Plans.Committed(ctx)
}

// Establish opens a platform in the actor's own body.
func (s *Service) Establish(ctx context.Context, actor Actor, e platform.Establish, options ...workflow.DoOption) (*platform.Platform, error) {
	return s.EstablishIn(ctx, actor, actor.Body, e, options...)
}

// EstablishIn opens a platform in another body, on which the actor has been
// granted a role that opens one.
func (s *Service) EstablishIn(ctx context.Context, actor Actor, body string, e platform.Establish, options ...workflow.DoOption) (*platform.Platform, error) {
	return s.Platforms.Open(ctx, actor, body, e, options...)
}

// Suggest raises a topic in the actor's own body.
func (s *Service) Suggest(ctx context.Context, actor Actor, t topic.Suggest, options ...workflow.DoOption) (*topic.Topic, error) {
	return s.SuggestIn(ctx, actor, actor.Body, t, options...)
}

// SuggestIn raises a topic in another body, on which the actor has been granted
// a role that raises one.
func (s *Service) SuggestIn(ctx context.Context, actor Actor, body string, t topic.Suggest, options ...workflow.DoOption) (*topic.Topic, error) {
	if t.Platform != "" {
		if _, err := s.platform(ctx, body, t.Platform); err != nil {
			return nil, err
		}
	}
	return s.Topics.Open(ctx, actor, body, t, options...)
}

// Plan begins an activity in the actor's own body. On a platform that may whoever
// convenes it or belongs to it, and the roles office and committee. The platform
// is open and the topics have been chosen at the time of the call.
func (s *Service) Plan(ctx context.Context, actor Actor, p activity.Plan, options ...workflow.DoOption) (*activity.Activity, error) {
	return s.PlanIn(ctx, actor, actor.Body, p, options...)
}

// PlanIn begins an activity in another body, on which the actor has been granted
// a role that opens one; see [Service.Plan].
func (s *Service) PlanIn(ctx context.Context, actor Actor, body string, p activity.Plan, options ...workflow.DoOption) (*activity.Activity, error) {
	var venue *activity.Venue
	if p.Platform != "" {
		at, err := s.platform(ctx, body, p.Platform)
		if err != nil {
			return nil, err
		}
		venue = &activity.Venue{
			State: at.Means(), Kind: at.Kind, Convenor: at.Convenor, Unit: at.Unit, Member: slices.Contains(at.Members, actor.ID),
		}
	}
	notChosen, err := s.unchosen(ctx, body, p.Topics)
	if err != nil {
		return nil, err
	}
	return s.Activities.Open(ctx, actor, body, p.At(venue, notChosen...), options...)
}

// unchosen returns those of the topics of a body that have not been chosen.
func (s *Service) unchosen(ctx context.Context, body string, topics []string) ([]string, error) {
	if err := check.Len("topics", 0, len(topics)); err != nil {
		return nil, err
	}
	var unchosen []string
	for i, id := range topics {
		t, err := s.Topics.Get(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("consult: %s: %w", check.At("topics", i), err)
		}
		if t.Body != body {
			return nil, workflow.Invalid(check.At("topics", i), "other_body", "议题%s属于%q，不属于%q", "the topic %s belongs to %q, not to %q", id, t.Body, body)
		}
		if !t.Chosen() {
			unchosen = append(unchosen, id)
		}
	}
	return unchosen, nil
}

// platform returns a platform of a body.
func (s *Service) platform(ctx context.Context, body, id string) (*platform.Platform, error) {
	p, err := s.Platforms.Get(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("consult: platform: %w", err)
	}
	if p.Body != body {
		return nil, workflow.Invalid("platform", "other_body", "平台%s属于%q，不属于%q", "the platform %s belongs to %q, not to %q", id, p.Body, body)
	}
	return p, nil
}

// Rules returns the rules that hold in a body now; see [workflow.Engine.Rules].
func (s *Service) Rules(body string) rules.Rules { return s.Activities.Rules(body) }

// AdoptRules adopts rules for a body and the bodies below it, from a day on: for
// platforms, topics and activities alike. See [workflow.Engine.Adopt]; lifecycles are
// adopted by the engine of their kind.
func (s *Service) AdoptRules(ctx context.Context, actor Actor, body string, r rules.Rules, from calendar.Date, options ...workflow.DoOption) (*workflow.Adoption, error) {
	data, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("consult: rules: %w", err)
	}
	return s.Activities.Adopt(ctx, actor, body, workflow.Adopt{Rules: data, From: from}, options...)
}

// rulesOn returns the rules that hold in a body at the end of a day.
func (s *Service) rulesOn(ctx context.Context, body string, on calendar.Date) (rules.Rules, error) {
	year, month, day := on.Civil()
	end := time.Date(year, month, day+1, 0, 0, 0, 0, s.Activities.Zone(body)).Add(-1)
	r, err := s.Activities.RulesAt(ctx, body, end)
	if err != nil {
		return r, fmt.Errorf("consult: rules of %s on %s: %w", body, on, err)
	}
	return r, nil
}

// New makes a service on a store, with the lifecycles and rules shipped and
// China's working days, where options say nothing else. It fails, with every
// problem, when a definition does not compile or does not go with the code, or
// when rules do not go together.
func New(st store.Store, options ...workflow.Option) (*Service, error) {
	service := new(Service)
	options = append([]workflow.Option{workflow.WithCalendar("", china.Calendar())}, options...)
	err := workflow.NewAll(st, options,
		workflow.Into(&service.Platforms, platform.Vocabulary()),
		workflow.Into(&service.Topics, topic.Vocabulary()),
		workflow.Into(&service.Activities, activity.Vocabulary()),
		workflow.Into(&service.Plans, plan.Vocabulary()))
	if err != nil {
		return nil, err
	}
	return service, nil
}
