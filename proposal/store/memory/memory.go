// Package memory is a store that lives and ends with the process: for tests,
// demonstrations and batch computations. It keeps every promise of the seam
// but durability, and is held to it by the same suite as the databases.
package memory

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"github.com/tian-go/tian/proposal/store"
)

// Store is a [store.Store] in memory. Find looks at every record of the kind;
// everything else costs the same whatever the store holds.
type Store struct {
	mu      sync.RWMutex
	records map[key]*held
	kinds   map[string]*order
	feed    []store.Line // at index i the entry with position i+1
	closed  bool
}

type key struct{ kind, id string }

// held is a record and what belongs to it. The record's slices are replaced,
// never written to, so that they may be read after the lock is given back.
type held struct {
	record   store.Record
	journal  []int // indexes into the feed; entry seq is at seq-1
	commands map[string]struct{}
}

// New returns an empty store.
func New() *Store {
	return &Store{records: map[key]*held{}, kinds: map[string]*order{}}
}

// Close ends the store and lets go of its content; every later call returns an
// error matching [store.ErrClosed]. Closing twice does nothing.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed, s.records, s.kinds, s.feed = true, nil, nil, nil
	return nil
}

// Load implements [store.Store].
func (s *Store) Load(ctx context.Context, kind, id string) (store.Record, error) {
	if err := store.CheckKey(kind, id); err != nil {
		return store.Record{}, err
	}
	unlock, err := s.read(ctx)
	if err != nil {
		return store.Record{}, err
	}
	h, ok := s.records[key{kind, id}]
	if !ok {
		unlock()
		return store.Record{}, failed(kind, id, store.ErrNotFound)
	}
	r := h.record
	unlock()
	return cloneRecord(r), nil
}

// History implements [store.Store].
func (s *Store) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	if err := store.CheckKey(kind, id); err != nil {
		return nil, err
	}
	unlock, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	var found []store.Line
	if h, ok := s.records[key{kind, id}]; ok && after < uint64(len(h.journal)) {
		rest := h.journal[after:]
		if limit > 0 && limit < len(rest) {
			rest = rest[:limit]
		}
		found = make([]store.Line, len(rest))
		for i, at := range rest {
			found[i] = s.feed[at]
		}
	}
	unlock()
	return cloneEntries(found), nil
}

// Feed implements [store.Store].
func (s *Store) Feed(ctx context.Context, after uint64, limit int) ([]store.Line, error) {
	unlock, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	var found []store.Line
	if after < uint64(len(s.feed)) {
		rest := s.feed[after:]
		found = slices.Clone(rest[:min(len(rest), store.Limit(limit))])
	}
	unlock()
	return cloneEntries(found), nil
}

// Find implements [store.Store].
func (s *Store) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	if err := store.CheckQuery(q); err != nil {
		return nil, err
	}
	unlock, err := s.readSorted(ctx, q.Kind)
	if err != nil {
		return nil, err
	}
	var found []store.Record
	if k, ok := s.kinds[q.Kind]; ok {
		limit := store.Limit(q.Max)
		k.each(q.After, func(id string) bool {
			if r := s.records[key{q.Kind, id}].record; q.Matches(r) {
				found = append(found, r)
			}
			return len(found) < limit
		})
	}
	unlock()
	for i := range found {
		found[i] = cloneRecord(found[i])
	}
	return found, nil
}

// read takes the lock for reading and returns what gives it back.
func (s *Store) read(ctx context.Context) (unlock func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.RLock()
	if s.closed {
		s.mu.RUnlock()
		return nil, store.ErrClosed
	}
	return s.mu.RUnlock, nil
}

// readSorted is read with every ID of the kind in its place. It keeps one lock
// from sorting to reading: a Find sees the state of one moment.
func (s *Store) readSorted(ctx context.Context, kind string) (unlock func(), err error) {
	unlock, err = s.read(ctx)
	if err != nil {
		return nil, err
	}
	if k, ok := s.kinds[kind]; !ok || len(k.fresh) == 0 {
		return unlock, nil
	}
	unlock()
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil, store.ErrClosed
	}
	s.kinds[kind].merge()
	return s.mu.Unlock, nil
}

func failed(kind, id string, err error) error {
	return &store.RecordError{Kind: kind, ID: id, Err: err}
}

func cloneRecord(r store.Record) store.Record {
	r.Data = bytes.Clone(r.Data)
	r.Index = slices.Clone(r.Index)
	return r
}

func cloneEntries(entries []store.Line) []store.Line {
	for i := range entries {
		entries[i].Data = bytes.Clone(entries[i].Data)
	}
	return entries
}

// order holds the IDs of one kind: those sorted already and those that came
// since. Creating a record costs nothing that way; the next Find pays.
type order struct{ sorted, fresh []string }

func (o *order) merge() {
	if len(o.fresh) == 0 {
		return
	}
	slices.Sort(o.fresh)
	if n := len(o.sorted); n == 0 || o.sorted[n-1] < o.fresh[0] {
		o.sorted, o.fresh = append(o.sorted, o.fresh...), nil
		return
	}
	merged := make([]string, 0, len(o.sorted)+len(o.fresh))
	a, b := o.sorted, o.fresh
	for len(a) > 0 && len(b) > 0 {
		if a[0] < b[0] {
			merged, a = append(merged, a[0]), a[1:]
		} else {
			merged, b = append(merged, b[0]), b[1:]
		}
	}
	o.sorted, o.fresh = append(append(merged, a...), b...), nil
}

// each calls f with the sorted IDs after the given one until f says stop.
func (o *order) each(after string, f func(id string) bool) {
	i, found := slices.BinarySearch(o.sorted, after)
	if found {
		i++
	}
	for _, id := range o.sorted[i:] {
		if !f(id) {
			return
		}
	}
}
