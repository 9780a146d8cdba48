package casebook

import (
	"context"
	"fmt"
	"time"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// book is what a case runs on: proposals and consultations on one store, and a
// clock that the case sets. After the first error nothing more is done, and it
// is printed, so that an example whose output is checked cannot hide one.
type book struct {
	ctx       context.Context
	store     store.Store
	now       time.Time
	proposals *proposal.Service
	consults  *consult.Service
	failed    bool
}

func open(today string, options ...workflow.Option) *book {
	b := &book{ctx: context.Background(), store: memory.New()}
	b.on(today)
	clock := workflow.WithNow(b.clock)
	var err error
	b.proposals, err = proposal.New(b.store, clock)
	b.check(err)
	b.consults, err = consult.New(b.store, append(options, clock)...)
	b.check(err)
	return b
}

// on moves the clock to noon in China of a day.
func (b *book) on(today string) {
	at, err := time.Parse(time.DateOnly, today)
	b.check(err)
	b.now = at.Add(4 * time.Hour)
}

// clock is the time that the case has set.
func (b *book) clock() time.Time { return b.now }

func (b *book) check(err error) {
	if err != nil {
		b.failed = true
		fmt.Println("error:", err)
	}
}

// propose does actions on a proposal, one after the other.
func (b *book) propose(p *proposal.Proposal, actor proposal.Actor, actions ...proposal.Action) *proposal.Proposal {
	return run(b, b.proposals.Do, p, p.ID, actor, actions)
}

// consult does actions on an activity, one after the other.
func (b *book) consult(a *activity.Activity, actor consult.Actor, actions ...workflow.Action[*activity.Activity, rules.Rules]) *activity.Activity {
	return run(b, b.consults.Activities.Do, a, a.ID, actor, actions)
}

// topic does actions on a topic, one after the other.
func (b *book) topic(t *topic.Topic, actor consult.Actor, actions ...workflow.Action[*topic.Topic, rules.Rules]) *topic.Topic {
	return run(b, b.consults.Topics.Do, t, t.ID, actor, actions)
}

type do[C workflow.Case, R any] func(context.Context, workflow.Actor, string, workflow.Action[C, R], ...workflow.DoOption) (C, error)

func run[C workflow.Case, R any](b *book, do do[C, R], c C, id string, actor workflow.Actor, actions []workflow.Action[C, R]) C {
	for _, action := range actions {
		if b.failed {
			break
		}
		next, err := do(b.ctx, actor, id, action)
		if b.check(err); err == nil {
			c = next
		}
	}
	return c
}

// draft opens a proposal.
func (b *book) draft(actor proposal.Actor, d proposal.Draft) *proposal.Proposal {
	p, err := b.proposals.Open(b.ctx, actor, d)
	if b.check(err); err != nil {
		return new(proposal.Proposal)
	}
	return p
}

// establish opens a platform.
func (b *book) establish(actor consult.Actor, e platform.Establish) *platform.Platform {
	p, err := b.consults.Establish(b.ctx, actor, e)
	if b.check(err); err != nil {
		return new(platform.Platform)
	}
	return p
}

// plan begins an activity.
func (b *book) plan(actor consult.Actor, p activity.Plan) *activity.Activity {
	a, err := b.consults.Plan(b.ctx, actor, p)
	if b.check(err); err != nil {
		return new(activity.Activity)
	}
	return a
}

// date reads a day; the book's own are right.
func date(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		fmt.Println("error:", err)
	}
	return d
}

func group(kind string, names ...string) []activity.Participant {
	list := make([]activity.Participant, len(names))
	for i, n := range names {
		list[i] = activity.Participant{ID: n, Name: n, Kind: kind}
	}
	return list
}
