package workflow

import (
	"context"
	"fmt"
	"sync"

	"github.com/tian-go/tian/proposal/store"
)

// host collects what observers are to hear once the host has committed.
type host struct {
	mu      sync.Mutex
	unheard [][]Entry
}

// On returns the engine on the store as it is in a transaction of the host's, as
// sqlstore.Store.In gives it: what is done through it comes true when the host
// commits, with the host's own rows, or not at all. On a store that keeps its
// commits to itself, as package dryrun has one, it shows what an act would do.
//
// Nothing is tried again there, since only the host can begin anew: a lost race
// is an error that matches [ErrConflict]. After a refusal or a conflict the host
// may go on with its transaction. Observers hear of the acts when the host calls
// [Engine.Committed], and never if it does not. Of a refusal they hear at once; it is
// kept ([WithRefusals]) beside the transaction, also if the host takes that back. The engine returned is for the
// goroutine that has the transaction.
func (e *Engine[C, R]) On(st store.Store) *Engine[C, R] {
	inside := *e
	inside.store, inside.host = st, new(host)
	if e.adoptions != nil {
		inside.book, inside.adoptions = newBook(e.book.page.Load()), e.adoptions.On(st)
		inside.book.stale.Store(e.book.stale.Load())
		inside.adoptions.committed = inside.book.turnStale
	}
	if e.shared != nil {
		inside.shared = e.shared.On(st)
	}
	return &inside
}

// Committed tells the observers what has been done through an engine that [Engine.On]
// returned, after the host has committed its transaction, and writes the refusals that
// are due. On any other engine it does nothing.
func (e *Engine[C, R]) Committed(ctx context.Context) {
	if e.host == nil {
		return
	}
	if e.adoptions != nil {
		e.adoptions.Committed(ctx)
	}
	e.host.mu.Lock()
	unheard := e.host.unheard
	e.host.unheard = nil
	e.host.mu.Unlock()
	for _, entries := range unheard {
		for _, o := range e.observers {
			o(ctx, entries)
		}
	}
	if e.docket != nil {
		_ = e.keepDue(ctx, e.docket.due(e.now().UTC())) // what is not written stays counted
	}
}

// hear tells the observers of an act, or keeps it for when the host has
// committed.
func (e *Engine[C, R]) hear(ctx context.Context, entries []Entry) {
	if e.host != nil {
		e.host.mu.Lock()
		e.host.unheard = append(e.host.unheard, entries)
		e.host.mu.Unlock()
		return
	}
	for _, o := range e.observers {
		o(ctx, entries)
	}
}

// outside says of a lost race that only the host can begin anew.
func (e *Engine[C, R]) outside(err error) error {
	return fmt.Errorf("%w; it happened in the host's transaction, which has to begin anew", err)
}

// Observer is told of the entries of one act after they have been committed,
// each of a case of its own. Acts that run at the same time tell it at the same
// time, in any order. It should return soon: the caller of the act waits for it.
// What must not be missed, or has to come in order, is read from the store's
// feed instead. Position is not known here, and the entries are not to be
// changed.
type Observer func(ctx context.Context, entries []Entry)
