// Package faulty is a store that fails on demand: for the tests of whatever
// stands on a store. With a plan that never asks for a fault it is as good as
// the store behind it.
package faulty

import (
	"context"
	"io"
	"sync"

	"github.com/tian-go/tian/proposal/store"
)

// Method is one of the five methods of a store.
type Method string

// The methods.
const (
	Load    Method = "load"
	Commit  Method = "commit"
	Find    Method = "find"
	History Method = "history"
	Feed    Method = "feed"
)

// Call is what a plan is asked about.
type Call struct {
	Method  Method
	Number  int            // 1 for the first call of this method, 2 for the second …
	Changes []store.Change // of a Commit; not to be changed
}

// Fault is what a plan answers. The zero Fault is none.
type Fault struct {
	// Before is returned instead of doing anything.
	Before error

	// After is returned although it has been done: the answer was lost on its
	// way. A commit is then in the store and its caller does not know.
	After error
}

// Plan decides about each call. It is asked by one goroutine at a time and may
// block to hold a call up, together with all that come after it.
type Plan func(ctx context.Context, c Call) Fault

// Store is a [store.Store] in front of another.
type Store struct {
	behind store.Store
	plan   Plan

	mu    sync.Mutex
	calls map[Method]int
}

// New returns a store in front of s that fails as plan says; nil: never.
func New(s store.Store, plan Plan) *Store {
	if plan == nil {
		plan = func(context.Context, Call) Fault { return Fault{} }
	}
	return &Store{behind: s, plan: plan, calls: map[Method]int{}}
}

// Lost returns a plan that loses the answer of every nth commit: it has
// happened, and its caller gets err.
func Lost(n int, err error) Plan {
	return func(_ context.Context, c Call) Fault {
		if c.Method == Commit && c.Number%n == 0 {
			return Fault{After: err}
		}
		return Fault{}
	}
}

// Refused returns a plan that fails every nth call of a method with err
// before anything is done.
func Refused(m Method, n int, err error) Plan {
	return func(_ context.Context, c Call) Fault {
		if c.Method == m && c.Number%n == 0 {
			return Fault{Before: err}
		}
		return Fault{}
	}
}

// Unwrap returns the store behind, for [store.As]: its abilities never fail.
func (s *Store) Unwrap() store.Store { return s.behind }

// Close closes the store behind, if it has a Close.
func (s *Store) Close() error {
	if c, ok := s.behind.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// Load implements [store.Store].
func (s *Store) Load(ctx context.Context, kind, id string) (r store.Record, last store.Line, err error) {
	err = s.do(ctx, Call{Method: Load}, func() error { r, last, err = s.behind.Load(ctx, kind, id); return err })
	if err != nil {
		return store.Record{}, store.Line{}, err
	}
	return r, last, nil
}

// Commit implements [store.Store].
func (s *Store) Commit(ctx context.Context, changes ...store.Change) error {
	return s.do(ctx, Call{Method: Commit, Changes: changes}, func() error { return s.behind.Commit(ctx, changes...) })
}

// Find implements [store.Store].
func (s *Store) Find(ctx context.Context, q store.Query) (found []store.Record, err error) {
	err = s.do(ctx, Call{Method: Find}, func() error { found, err = s.behind.Find(ctx, q); return err })
	if err != nil {
		return nil, err
	}
	return found, nil
}

// History implements [store.Store].
func (s *Store) History(ctx context.Context, kind, id string, after uint64, limit int) (entries []store.Line, err error) {
	err = s.do(ctx, Call{Method: History}, func() error {
		entries, err = s.behind.History(ctx, kind, id, after, limit)
		return err
	})
	if err != nil {
		return nil, err
	}
	return entries, nil
}

// Feed implements [store.Store].
func (s *Store) Feed(ctx context.Context, after uint64, limit int) (entries []store.Line, err error) {
	err = s.do(ctx, Call{Method: Feed}, func() error { entries, err = s.behind.Feed(ctx, after, limit); return err })
	if err != nil {
		return nil, err
	}
	return entries, nil
}

func (s *Store) do(ctx context.Context, c Call, call func() error) error {
	s.mu.Lock()
	s.calls[c.Method]++
	c.Number = s.calls[c.Method]
	fault := s.plan(ctx, c)
	s.mu.Unlock()
	if fault.Before != nil {
		return fault.Before
	}
	if err := call(); err != nil {
		return err
	}
	return fault.After
}
