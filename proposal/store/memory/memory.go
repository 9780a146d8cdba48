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

// kind holds the records of one kind: by ID, and by each attribute.
type kind struct {
	ids   list
	attrs map[string]*list
}

// Store is a [store.Store] in memory. A page of a list costs the same whatever
// the store holds, and so does everything else but a Find that only looks inside
// texts: that looks at every record of the kind.
type Store struct {
	mu      sync.RWMutex
	records map[key]*held
	kinds   map[string]*kind
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
	return &Store{records: map[key]*held{}, kinds: map[string]*kind{}}
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
func (s *Store) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	if err := store.CheckKey(kind, id); err != nil {
		return store.Record{}, store.Line{}, err
	}
	unlock, err := s.read(ctx)
	if err != nil {
		return store.Record{}, store.Line{}, err
	}
	h, ok := s.records[key{kind, id}]
	if !ok {
		unlock()
		return store.Record{}, store.Line{}, failed(kind, id, store.ErrNotFound)
	}
	r := h.record
	var last store.Line
	if n := len(h.journal); n > 0 {
		last = s.feed[h.journal[n-1]]
	}
	unlock()
	last.Position, last.Data = 0, bytes.Clone(last.Data)
	return cloneRecord(r), last, nil
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
			found[i].Position = 0
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

// ReplacesLines implements [store.Replacer].
func (s *Store) ReplacesLines() bool { return true }

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
