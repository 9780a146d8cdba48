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

// Differs returns the attributes that the commit takes from the record and those
// that it gives it.
func (w Write) Differs() (gone, come []store.Attr) { return diffAttrs(w.was, w.Index) }

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
	return s.persist(ctx, ready(changes))
}

// ready makes changes ready for the database, in the order of locking: one for
// everybody, so that two commits do not wait for each other.
func ready(changes []store.Change) []Write {
	writes := make([]Write, len(changes))
	for i := range changes {
		index := sorted(changes[i].Record.Index)
		writes[i] = Write{Change: &changes[i], Attrs: encodeAttrs(index), Index: index, was: sorted(changes[i].Was), place: i}
	}
	slices.SortFunc(writes, func(a, b Write) int {
		if c := strings.Compare(a.Record.Kind, b.Record.Kind); c != 0 {
			return c
		}
		return strings.Compare(a.Record.ID, b.Record.ID)
	})
	return writes
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
	case Other, TooLarge:
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
	if c, ok := s.dialect.(Committer); ok && s.also == nil && !slices.ContainsFunc(writes, func(w Write) bool { return len(w.Replaced) > 0 }) {
		if err := s.recall(ctx, writes); err != nil {
			return true, err
		}
		return c.CommitWrites(ctx, s.write, s.tables, writes)
	}
	tx, err := s.dialect.Begin(ctx, s.write, s.tables)
	if err != nil {
		return true, err
	}
	err = s.writeAll(ctx, transactionOf{tx, s.prepared}, writes)
	if err == nil && s.also != nil {
		err = s.also(ctx, tx, changesOf(writes))
	}
	if err != nil {
		_ = tx.Rollback() // err says more
		if errors.Is(err, errOther) {
			return false, nil
		}
		return true, err
	}
	return true, tx.Commit()
}

// recall reads the attributes of records whose change does not say what they
// were.
func (s *Store) recall(ctx context.Context, writes []Write) error {
	for i := range writes {
		w := &writes[i]
		if w.Record.Revision == 0 || w.Was != nil {
			continue
		}
		var attrs string
		err := queryRow(ctx, pool{s.write}, fillParams(s.dialect, "SELECT attrs FROM "+s.tables.Records+" WHERE kind = ? AND id = ?"),
			[]any{w.Record.Kind, w.Record.ID}, []any{&attrs})
		if errors.Is(err, sql.ErrNoRows) {
			continue // which the commit will find
		}
		if err == nil {
			w.was, err = decodeAttrs(attrs)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// changesOf returns the changes of a commit in the order in which they were
// handed in.
func changesOf(writes []Write) []store.Change {
	changes := make([]store.Change, len(writes))
	for _, w := range writes {
		changes[w.place] = *w.Change
	}
	return changes
}

// diagnose finds out why writes were not accepted; nil when it sees no reason
// any longer.
func (s *Store) diagnose(ctx context.Context, writes []Write) (reason, err error) {
	return s.reason(ctx, pool{s.write}, writes)
}

func (s *Store) reason(ctx context.Context, db Conn, writes []Write) (reason, err error) {
	for _, w := range writes {
		var revision uint64
		var seq int64
		r := &w.Record
		err := queryRow(ctx, db, fillParams(s.dialect, "SELECT revision, seq FROM "+s.tables.Records+" WHERE kind = ? AND id = ?"),
			[]any{r.Kind, r.ID}, []any{&revision, &seq})
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
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
			if err := queryRow(ctx, db, s.sql.command, []any{r.Kind, r.ID, e.Command}, []any{&n}); err != nil {
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
