// Package dryrun is a store that keeps its commits to itself: what an act would
// do is seen without doing it.
//
//	dry := dryrun.New(st)
//	p, err := svc.On(dry).Do(ctx, actor, id, proposal.Close{})
//	changes := dry.Changes() // what Do would have committed
package dryrun

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/tian-go/tian/proposal/store"
)

// Store is a [store.Store] in front of another, which it only reads. Load and
// History tell what has been committed here too, so that several acts may follow
// each other; Find and Feed do not. It forgets all with its end.
type Store struct {
	store.Store

	mu      sync.Mutex
	changes []store.Change
	records map[[2]string]store.Record
	lines   map[[2]string][]store.Line

	replaced map[[2]string]map[uint64][]byte // of lines that stand in the store behind
}

// New returns a store in front of s.
func New(s store.Store) *Store {
	return &Store{Store: s, records: make(map[[2]string]store.Record), lines: make(map[[2]string][]store.Line),
		replaced: make(map[[2]string]map[uint64][]byte)}
}

// Unwrap returns the store behind, for [store.As].
func (s *Store) Unwrap() store.Store { return s.Store }

// OnlyTries implements [store.Trial].
func (s *Store) OnlyTries() bool { return true }

// Changes returns what has been committed, in order.
func (s *Store) Changes() []store.Change {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.changes)
}

// Load implements [store.Store].
func (s *Store) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.load(ctx, kind, id)
}

func (s *Store) load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	key := [2]string{kind, id}
	r, ours := s.records[key]
	if !ours {
		return s.Store.Load(ctx, kind, id) //nolint:wrapcheck // the store's errors are this one's
	}
	if n := len(s.lines[key]); n > 0 {
		return r, s.lines[key][n-1], nil
	}
	_, last, err := s.Store.Load(ctx, kind, id)
	if errors.Is(err, store.ErrNotFound) {
		return r, store.Line{}, nil // it is new, and nothing is in its journal
	}
	return r, last, err //nolint:wrapcheck // the store's errors are this one's
}

// History implements [store.Store].
func (s *Store) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.history(ctx, kind, id, after, limit)
}

func (s *Store) history(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	lines, err := s.Store.History(ctx, kind, id, after, limit)
	if err != nil {
		return nil, err //nolint:wrapcheck // the store's errors are this one's
	}
	for i, l := range lines {
		if data, ours := s.replaced[[2]string{kind, id}][l.Seq]; ours {
			lines[i].Data = data
		}
	}
	for _, l := range s.lines[[2]string{kind, id}] {
		if l.Seq > after && (limit <= 0 || len(lines) < limit) {
			lines = append(lines, l)
		}
	}
	return lines, nil
}

// Commit keeps the changes, or refuses them as the store behind would.
func (s *Store) Commit(ctx context.Context, changes ...store.Change) error {
	if err := store.Check(changes...); err != nil {
		return err //nolint:wrapcheck // it names the record
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range changes {
		if err := s.fits(ctx, c); err != nil {
			return err
		}
	}
	for _, c := range changes {
		key := [2]string{c.Record.Kind, c.Record.ID}
		s.changes = append(s.changes, c)
		r := c.Record
		r.Revision++
		s.records[key] = r
		s.replace(key, c.Replaced)
		for _, l := range c.Entries {
			l.Kind, l.ID = r.Kind, r.ID
			s.lines[key] = append(s.lines[key], l)
		}
	}
	return nil
}

// replace keeps what lines hold from now on.
func (s *Store) replace(key [2]string, replaced []store.Line) {
	for _, l := range replaced {
		at := slices.IndexFunc(s.lines[key], func(own store.Line) bool { return own.Seq == l.Seq })
		if at >= 0 {
			s.lines[key][at].Data = l.Data
			continue
		}
		if s.replaced[key] == nil {
			s.replaced[key] = make(map[uint64][]byte)
		}
		s.replaced[key][l.Seq] = l.Data
	}
}

// fits reports whether a change follows on what is there.
func (s *Store) fits(ctx context.Context, c store.Change) error {
	r := c.Record
	fail := func(err error) error { return &store.RecordError{Kind: r.Kind, ID: r.ID, Err: err} }
	there, last, err := s.load(ctx, r.Kind, r.ID)
	switch missing := errors.Is(err, store.ErrNotFound); {
	case err != nil && !missing:
		return err
	case r.Revision == 0 && !missing:
		return fail(store.ErrExists)
	case r.Revision != there.Revision:
		return fail(store.ErrConflict)
	}
	if err := store.CheckSeq(c, last.Seq); err != nil {
		return err //nolint:wrapcheck // it names the record
	}
	lines, err := s.history(ctx, r.Kind, r.ID, 0, 0)
	if err != nil {
		return err
	}
	for _, l := range lines {
		for _, e := range c.Entries {
			if e.Command != "" && e.Command == l.Command {
				return &store.RecordError{Kind: r.Kind, ID: r.ID, Command: e.Command, Err: store.ErrDuplicate}
			}
		}
	}
	return nil
}
