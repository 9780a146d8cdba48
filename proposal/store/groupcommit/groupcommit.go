// Package groupcommit lets callers that arrive together share a commit.
//
// A database syncs its disk once per commit, and can do so only so many times
// a second. With this store in front of it, commits that arrive while another
// is at work wait for it, and then go together as one. Nobody waits for
// company: a caller that comes alone commits at once.
//
// It pays where several goroutines write at the same time, and where the
// database cannot do the like by itself: on SQLite, and on every engine whose
// feed puts commits in a row.
package groupcommit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/tian-go/tian/proposal/store"
)

// Limits of one shared commit. Beyond them a larger one is no faster and keeps
// others waiting for longer.
const (
	maxChanges = 256
	maxBytes   = 4 << 20
)

// Store is a [store.Store] whose commits are grouped. Reads go straight to the
// store behind it.
//
// A commit that the store behind refuses, with a RecordError, fails alone: the
// others of its group are committed without it. Any other error (the database
// is gone, the disk is full) is told to the whole group. When a caller's
// context ends while its commit waits, the commit does not happen; once the
// commit is at work the caller returns, and the commit goes on for the others.
type Store struct {
	store.Store

	mu    sync.Mutex
	queue []*call
	busy  bool // a caller leads
}

// New returns a store in front of s.
func New(s store.Store) *Store { return &Store{Store: s} }

// Unwrap returns the store behind, for [store.As].
func (s *Store) Unwrap() store.Store { return s.Store }

// Close closes the store behind, if it has a Close. Commits that wait get its
// error.
func (s *Store) Close() error {
	if c, ok := s.Store.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// call is one caller's commit. A caller that may leave early leaves a copy of
// its changes behind, because they are its own again once it has left.
type call struct {
	ctx     context.Context
	changes []store.Change
	size    int
	done    chan error    // buffered: the outcome
	lead    chan struct{} // closed: it is this caller's turn to commit the queue
	gone    bool          // the caller's context ended while it waited; guarded by mu
}

// Commit implements [store.Store].
func (s *Store) Commit(ctx context.Context, changes ...store.Change) error {
	if err := store.Check(changes...); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil || len(changes) == 0 {
		return err
	}
	c := &call{ctx: ctx, changes: changes, size: size(changes), done: make(chan error, 1), lead: make(chan struct{})}
	if ctx.Done() != nil {
		c.changes = clone(changes)
	}
	s.mu.Lock()
	s.queue = append(s.queue, c)
	if !s.busy {
		s.busy = true
		close(c.lead)
	}
	s.mu.Unlock()
	select {
	case <-c.lead:
		return s.leadFor(c)
	case err := <-c.done:
		return err
	case <-ctx.Done():
		return s.leave(c)
	}
}

// leave takes a caller whose context has ended out of the queue.
func (s *Store) leave(c *call) error {
	s.mu.Lock()
	c.gone = true
	select {
	case <-c.lead: // the turn has come at the same moment: pass it on
		s.passOn()
	default:
	}
	s.mu.Unlock()
	select {
	case err := <-c.done: // the outcome has come at the same moment
		return err
	default:
		return c.ctx.Err()
	}
}

// passOn makes the next caller in the queue lead; mu is held.
func (s *Store) passOn() {
	for len(s.queue) > 0 && s.queue[0].gone {
		s.queue = s.queue[1:]
	}
	if len(s.queue) == 0 {
		s.queue, s.busy = nil, false
		return
	}
	close(s.queue[0].lead)
}

// leadFor commits the group at the head of the queue, which c is part of, on a
// goroutine that outlives c's context, and returns c's outcome.
func (s *Store) leadFor(c *call) error {
	s.mu.Lock()
	group := s.take()
	s.mu.Unlock()
	if c.ctx.Done() == nil {
		s.commit(group)
		return <-c.done
	}
	go s.commit(group)
	select {
	case err := <-c.done:
		return err
	case <-c.ctx.Done():
		select {
		case err := <-c.done:
			return err
		default:
			return c.ctx.Err()
		}
	}
}

// take removes from the queue the calls that can go together: no two of one
// record, and not too many. Those left behind keep their order, also among
// calls that change the same record. mu is held.
func (s *Store) take() (group []*call) {
	var rest []*call
	met := map[[2]string]bool{} // records of the calls before
	changes, size := 0, 0
	for _, c := range s.queue {
		if c.gone {
			continue
		}
		fits := len(group) == 0 || changes+len(c.changes) <= maxChanges && size+c.size <= maxBytes
		for i := range c.changes {
			k := [2]string{c.changes[i].Record.Kind, c.changes[i].Record.ID}
			fits = fits && !met[k]
			met[k] = true
		}
		if !fits {
			rest = append(rest, c)
			continue
		}
		group = append(group, c)
		changes, size = changes+len(c.changes), size+c.size
	}
	s.queue = rest
	return group
}

// commit writes a group, leaving out whoever is refused, and passes the turn on.
func (s *Store) commit(group []*call) {
	for len(group) > 0 {
		err := s.try(group)
		out := -1
		if refused := (*store.RecordError)(nil); errors.As(err, &refused) {
			out = find(group, refused)
		}
		if out < 0 {
			for _, c := range group {
				c.done <- c.outcome(err)
			}
			break
		}
		group[out].done <- err
		group = append(group[:out:out], group[out+1:]...)
	}
	s.mu.Lock()
	s.passOn()
	s.mu.Unlock()
}

// outcome is a group's outcome as one caller is told it. A group is given up
// after its callers' contexts, each of which may have ended in its own way.
func (c *call) outcome(err error) error {
	if ended := c.ctx.Err(); err != nil && ended != nil && !errors.Is(err, ended) {
		return fmt.Errorf("%w: %w", ended, err)
	}
	return err
}

// try writes a group as one. It is given up when every caller has given up.
func (s *Store) try(group []*call) error {
	if len(group) == 1 {
		return s.Store.Commit(group[0].ctx, group[0].changes...)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(group[0].ctx))
	defer cancel()
	var all []store.Change
	var waiting atomic.Int32
	waiting.Store(int32(len(group))) //nolint:gosec // at most maxChanges
	for _, c := range group {
		all = append(all, c.changes...)
		stop := context.AfterFunc(c.ctx, func() {
			if waiting.Add(-1) == 0 {
				cancel()
			}
		})
		defer stop()
	}
	return s.Store.Commit(ctx, all...)
}

func find(group []*call, refused *store.RecordError) int {
	for i, c := range group {
		for j := range c.changes {
			if c.changes[j].Record.Kind == refused.Kind && c.changes[j].Record.ID == refused.ID {
				return i
			}
		}
	}
	return -1
}

func size(changes []store.Change) (sum int) {
	for i := range changes {
		sum += len(changes[i].Record.Data)
		for j := range changes[i].Entries {
			sum += len(changes[i].Entries[j].Data)
		}
		for j := range changes[i].Replaced {
			sum += len(changes[i].Replaced[j].Data)
		}
	}
	return sum
}

// clone copies what a caller may change once Commit has returned.
func clone(changes []store.Change) []store.Change {
	own := slices.Clone(changes)
	for i := range own {
		r := &own[i].Record
		r.Data, r.Index = bytes.Clone(r.Data), slices.Clone(r.Index)
		own[i].Entries = slices.Clone(own[i].Entries)
		for j := range own[i].Entries {
			own[i].Entries[j].Data = bytes.Clone(own[i].Entries[j].Data)
		}
		own[i].Replaced = slices.Clone(own[i].Replaced)
		for j := range own[i].Replaced {
			own[i].Replaced[j].Data = bytes.Clone(own[i].Replaced[j].Data)
		}
	}
	return own
}
