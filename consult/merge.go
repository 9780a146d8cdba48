package consult

import (
	"context"

	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/workflow"
)

// MergeTopics merges topics of one body into another: all or none. Each stays as it was,
// and whoever raised it may follow the one that goes on.
func (s *Service) MergeTopics(ctx context.Context, actor Actor, into string, from []string, options ...workflow.DoOption) (*topic.Topic, error) {
	target, err := s.Topics.Get(ctx, into)
	if err != nil {
		return nil, err
	}
	topics := make([]*topic.Topic, len(from))
	for i, id := range from {
		if topics[i], err = s.Topics.Get(ctx, id); err != nil {
			return nil, err
		}
		if topics[i].Body != target.Body {
			return nil, otherBody("from", id, topics[i].Body, target.Body)
		}
	}
	source, absorb := topic.Merging(into, topics...)
	steps := make([]workflow.Step[*topic.Topic, rules.Rules], 0, len(from)+1)
	for _, id := range from {
		steps = append(steps, workflow.Step[*topic.Topic, rules.Rules]{ID: id, Action: source})
	}
	return last(s.Topics.Together(ctx, actor, append(steps, workflow.Step[*topic.Topic, rules.Rules]{ID: into, Action: absorb}), options...))
}

// UnmergeTopic undoes the merge of a topic, which is collected again.
func (s *Service) UnmergeTopic(ctx context.Context, actor Actor, id string, options ...workflow.DoOption) (*topic.Topic, error) {
	t, err := s.Topics.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	if t.MergedInto == "" {
		return nil, workflow.Invalid("topic", "not_merged", "议题%q未并入其他议题", "the topic %q was not merged", id)
	}
	source, release := topic.Unmerging(t)
	return last(s.Topics.Together(ctx, actor, []workflow.Step[*topic.Topic, rules.Rules]{
		{ID: t.MergedInto, Action: release}, {ID: id, Action: source},
	}, options...))
}

// MergePlatforms merges a platform into another of the same body; see
// [platform.Merging] for what becomes of its history and its quota.
func (s *Service) MergePlatforms(ctx context.Context, actor Actor, into, from, reason string, options ...workflow.DoOption) (*platform.Platform, error) {
	target, err := s.Platforms.Get(ctx, into)
	if err != nil {
		return nil, err
	}
	p, err := s.Platforms.Get(ctx, from)
	if err != nil {
		return nil, err
	}
	if p.Body != target.Body {
		return nil, otherBody("from", from, p.Body, target.Body)
	}
	source, absorb := platform.Merging(into, from, reason)
	return last(s.Platforms.Together(ctx, actor, []workflow.Step[*platform.Platform, rules.Rules]{
		{ID: from, Action: source}, {ID: into, Action: absorb},
	}, options...))
}

func otherBody(field, id, body, target string) error {
	return workflow.Invalid(field, "other_body", "%s属于%q，不属于%q", "%s belongs to %q, not to %q", id, body, target)
}

func last[C workflow.Case](cases []C, err error) (C, error) {
	if err != nil || len(cases) == 0 {
		var none C
		return none, err
	}
	return cases[len(cases)-1], nil
}
