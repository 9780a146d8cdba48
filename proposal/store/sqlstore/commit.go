package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

// Write is one record's part of a commit, made ready for the database.
type Write struct {
	*store.Change
	Attrs string // the row's attributes: a JSON array of [name, value], sorted

	index []store.Attr // the same
	place int          // of the change in the commit
}

// Last returns the seq of the record's journal before the commit, or -1 when
// the commit brings no entry and leaves it as it is.
func (w Write) Last() int64 {
	if len(w.Entries) == 0 {
		return -1
	}
	return number(w.Entries[0].Seq) - 1
}

// Next returns the seq of the record's journal after the commit, or -1 when the
// commit leaves it as it is.
func (w Write) Next() int64 {
	if len(w.Entries) == 0 {
		return -1
	}
	return number(w.Entries[len(w.Entries)-1].Seq)
}

// Entries returns the entries of a commit in the order of their positions,
// each with the kind and ID of its record.
func Entries(writes []Write) []store.Line {
	ordered := slices.Clone(writes)
	slices.SortFunc(ordered, func(a, b Write) int { return a.place - b.place })
	var entries []store.Line
	for _, w := range ordered {
		for _, e := range w.Entries {
			e.Kind, e.ID = w.Record.Kind, w.Record.ID
			entries = append(entries, e)
		}
	}
	return entries
}

// Commit implements [store.Store].
func (s *Store) Commit(ctx context.Context, changes ...store.Change) error {
	if err := store.Check(changes...); err != nil {
		return err
	}
	if s.closed.Load() {
		return store.ErrClosed
	}
	if err := ctx.Err(); err != nil || len(changes) == 0 {
		return err
	}
	writes := make([]Write, len(changes))
	for i := range changes {
		index := sortAttrs(changes[i].Record.Index)
		writes[i] = Write{Change: &changes[i], Attrs: encodeAttrs(index), index: index, place: i}
	}
	// Records are locked in one order by everybody, so that two commits do
	// not wait for each other.
	slices.SortFunc(writes, func(a, b Write) int {
		if c := strings.Compare(a.Record.Kind, b.Record.Kind); c != 0 {
			return c
		}
		return strings.Compare(a.Record.ID, b.Record.ID)
	})
	return s.persist(ctx, writes)
}

// unexplained is how often a commit is tried again after a unique key was taken
// by something that its records do not explain. Once, another transaction may
// have taken it and rolled back; often, the tables have been tampered with.
const unexplained = 3

// persist tries until the database says yes, or there is a reason why it does not.
func (s *Store) persist(ctx context.Context, writes []Write) error {
	deadline := time.Now().Add(s.patience)
	taken := 0
	for attempt := 0; ; attempt++ {
		done, err := s.try(ctx, writes)
		if done && err == nil {
			return nil
		}
		again, reason := s.explain(ctx, writes, err)
		if !again {
			return reason
		}
		// Whoever was in the way has gone again: the same may succeed now.
		if reason != nil && s.dialect.Classify(reason) == Unique {
			taken++
		}
		switch {
		case taken > unexplained:
			return s.fail(ctx, "commit", reason)
		case time.Now().After(deadline):
			if reason == nil {
				reason = errors.New("the record is neither changed nor free")
			}
			return s.fail(ctx, "commit", fmt.Errorf("gave up after %v: %w", s.patience, reason))
		}
		if err := pause(ctx, attempt); err != nil {
			return s.fail(ctx, "commit", err)
		}
	}
}

// explain reports whether a commit that failed with err may be tried again, and
// otherwise what to tell the caller. Without err, a record was not as expected.
func (s *Store) explain(ctx context.Context, writes []Write, err error) (again bool, reason error) {
	if refused := (*store.RecordError)(nil); errors.As(err, &refused) {
		return false, err
	}
	if over := ended(ctx); over != nil {
		if err == nil {
			err = over
		}
		return false, s.fail(ctx, "commit", err)
	}
	fault := Unique
	if err != nil {
		fault = s.dialect.Classify(err)
	}
	switch fault {
	case Retry:
		return true, err
	case Unique:
		reason, failed := s.diagnose(ctx, writes)
		if failed != nil {
			return false, s.fail(ctx, "commit", errors.Join(err, failed))
		}
		if reason != nil {
			return false, reason
		}
		return true, err
	case Other:
	}
	return false, s.fail(ctx, "commit", err)
}

// pause waits between attempts: a random time, longer as they go on.
func pause(ctx context.Context, attempt int) error {
	most := min(time.Millisecond<<min(attempt, 5), 20*time.Millisecond)
	timer := time.NewTimer(time.Duration(rand.Int64N(int64(most)) + 1))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// try writes once. False without an error: a record was not as expected.
func (s *Store) try(ctx context.Context, writes []Write) (bool, error) {
	if c, ok := s.dialect.(Committer); ok {
		return c.CommitWrites(ctx, s.write, s.tables, writes)
	}
	tx, err := s.dialect.Begin(ctx, s.write, s.tables)
	if err != nil {
		return true, err
	}
	if err := s.writeAll(ctx, tx, writes); err != nil {
		_ = tx.Rollback() // err says more
		return true, err
	}
	return true, tx.Commit()
}

// diagnose finds out why writes were not accepted; nil when it sees no reason
// any longer.
func (s *Store) diagnose(ctx context.Context, writes []Write) (reason, err error) {
	for _, w := range writes {
		var revision uint64
		var seq int64
		r := &w.Record
		row := s.write.QueryRowContext(ctx, fillParams(s.dialect,
			"SELECT revision, seq FROM "+s.tables.Records+" WHERE kind = ? AND id = ?"), r.Kind, r.ID)
		if err := row.Scan(&revision, &seq); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		if reason := w.mismatch(revision, seq); reason != nil {
			return reason, nil
		}
		for _, e := range w.Entries {
			if e.Command == "" {
				continue
			}
			var n int
			if err := s.write.QueryRowContext(ctx, s.sql.command, r.Kind, r.ID, e.Command).Scan(&n); err != nil {
				return nil, err
			}
			if n > 0 {
				return &store.RecordError{Kind: r.Kind, ID: r.ID, Command: e.Command, Err: store.ErrDuplicate}, nil
			}
		}
	}
	return nil, nil
}

// mismatch compares the write with its record's row; revision 0: there is none.
func (w Write) mismatch(revision uint64, seq int64) error {
	r := &w.Record
	switch {
	case r.Revision == 0 && revision > 0:
		return &store.RecordError{Kind: r.Kind, ID: r.ID, Err: store.ErrExists}
	case r.Revision != revision:
		return &store.RecordError{Kind: r.Kind, ID: r.ID, Err: store.ErrConflict}
	}
	return store.CheckSeq(*w.Change, uint64(seq)) //nolint:gosec // never negative
}
