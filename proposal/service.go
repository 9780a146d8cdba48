package proposal

import (
	"context"

	"github.com/tian-go/tian/proposal/calendar/china"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Service is the front door: it opens proposals and does actions on them. It
// has all methods of the engine it is built on. It is safe for concurrent use,
// also by several processes on one store.
type Service struct {
	*workflow.Engine[*Proposal, Rules]
}

// Kind is the kind of the records that hold proposals.
const Kind = "proposal"

// New makes a service on a store: with the lifecycles of nine and of seven
// stages, nine by default, the default rules, and China's working days for every
// body that [workflow.WithCalendar] gives no others. It fails, with every
// problem, when a definition does not compile or does not go with the code, or
// when the rules lose a code.
func New(st store.Store, options ...workflow.Option) (*Service, error) {
	options = append([]workflow.Option{workflow.WithCalendar("", china.Calendar())}, options...)
	engine, err := workflow.New(st, Vocabulary(), options...)
	if err != nil {
		return nil, err //nolint:wrapcheck // it says what is wrong with which definition
	}
	return &Service{engine}, nil
}

// On returns the service on the store as it is in a transaction of the host's, or
// on one that keeps its commits to itself; see [workflow.Engine.On].
func (s *Service) On(st store.Store) *Service { return &Service{s.Engine.On(st)} }

// Open begins a proposal in the actor's own body.
func (s *Service) Open(ctx context.Context, actor Actor, draft Draft, options ...workflow.DoOption) (*Proposal, error) {
	return s.Engine.Open(ctx, actor, actor.Body, draft, options...) //nolint:wrapcheck // the engine's errors are the service's
}

// OpenIn begins a proposal in another body, on which the actor has been granted
// a role that opens one.
func (s *Service) OpenIn(ctx context.Context, actor Actor, body string, draft Draft, options ...workflow.DoOption) (*Proposal, error) {
	return s.Engine.Open(ctx, actor, body, draft, options...) //nolint:wrapcheck // the engine's errors are the service's
}
