package proposal

import (
	"context"
	"maps"
	"slices"

	"github.com/tian-go/tian/proposal/calendar/china"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Service is the front door: it opens proposals and does actions on them. It
// has all methods of the engine it is built on. It is safe for concurrent use,
// also by several processes on one store.
type Service struct {
	*workflow.Engine[*Proposal]
	rules map[string]Rules
}

// Option sets a service up.
type Option interface{ apply(*settings) }

type settings struct {
	definitions []lifecycle.Definition
	standard    string
	guards      map[string]Guard
	relations   []Relation
	rules       map[string]Rules
	engine      []workflow.Option
}

type optionFunc func(*settings)

func (f optionFunc) apply(s *settings) { f(s) }

// WithDefinition adds a lifecycle, or another version of one. Cases get it by
// [WithDefault] or [workflow.WithDefinition].
func WithDefinition(d lifecycle.Definition) Option {
	return optionFunc(func(s *settings) { s.definitions = append(s.definitions, d) })
}

// WithDefault names the lifecycle, in its highest version, of new proposals
// whose body has none of its own. Without it that is "nine".
func WithDefault(name string) Option { return optionFunc(func(s *settings) { s.standard = name }) }

// WithGuard adds a guard, which definitions then may name, or replaces one.
func WithGuard(name string, g Guard) Option {
	return optionFunc(func(s *settings) { s.guards[name] = g })
}

// WithRelation adds a relation, which definitions then may name as a role.
func WithRelation(r Relation) Option {
	return optionFunc(func(s *settings) { s.relations = append(s.relations, r) })
}

// WithRules sets the rules of a body, and of the bodies below it that have none
// of their own; body "" is every body. Without it they are [DefaultRules].
func WithRules(body string, r Rules) Option {
	return optionFunc(func(s *settings) { s.rules[body] = r })
}

// WithTree sets the bodies of the deployment.
func WithTree(t *workflow.Tree) Option { return WithEngine(workflow.WithTree(t)) }

// WithEngine passes options on to the engine.
func WithEngine(options ...workflow.Option) Option {
	return optionFunc(func(s *settings) { s.engine = append(s.engine, options...) })
}

// Kind is the kind of the records that hold proposals.
const Kind = "proposal"

// New makes a service on a store: with the lifecycles of nine and of seven
// stages, nine by default, the default rules, and China's working days for every
// body that [workflow.WithCalendar] gives no others. It fails when a definition
// does not compile or the rules lose a code.
func New(st store.Store, options ...Option) (*Service, error) {
	s := settings{
		definitions: []lifecycle.Definition{Nine(), Seven()}, standard: "nine",
		guards: Guards(), relations: Relations(), rules: map[string]Rules{"": DefaultRules()},
	}
	for _, o := range options {
		if o != nil {
			o.apply(&s)
		}
	}
	for _, body := range slices.Sorted(maps.Keys(s.rules)) {
		if err := s.rules[body].check("rules[" + body + "]"); err != nil {
			return nil, err
		}
	}
	service := &Service{rules: s.rules}
	engine, err := workflow.New(st, workflow.Vocabulary[*Proposal]{
		Kind: Kind, Fresh: func() *Proposal { return new(Proposal) },
		Definitions: s.definitions, Default: s.standard,
		Guards: s.guards, Relations: s.relations, Index: index, Binds: binds,
		Rules: func(body string) any { return service.Rules(body) },
	}, append([]workflow.Option{workflow.WithCalendar("", china.Calendar())}, s.engine...)...)
	if err != nil {
		return nil, err //nolint:wrapcheck // it says what is wrong with which definition
	}
	for _, body := range slices.Sorted(maps.Keys(s.rules)) {
		if _, ok := engine.Tree().Body(body); engine.Tree() != nil && body != "" && !ok {
			return nil, workflow.Invalid("rules["+body+"]", "unknown", "there is no body %q", body)
		}
	}
	service.Engine = engine
	return service, nil
}

// Rules returns the rules of a body: its own, or those of the nearest body
// above it that has some.
func (s *Service) Rules(body string) Rules {
	return workflow.Nearest(s.Tree(), body, s.rules)
}

// Open begins a proposal in the actor's own body.
func (s *Service) Open(ctx context.Context, actor Actor, draft Draft, options ...workflow.DoOption) (*Proposal, error) {
	return s.Engine.Open(ctx, actor, actor.Body, draft, options...) //nolint:wrapcheck // the engine's errors are the service's
}

// OpenIn begins a proposal in another body, on which the actor has been granted
// a role that opens one.
func (s *Service) OpenIn(ctx context.Context, actor Actor, body string, draft Draft, options ...workflow.DoOption) (*Proposal, error) {
	return s.Engine.Open(ctx, actor, body, draft, options...) //nolint:wrapcheck // the engine's errors are the service's
}
