package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"sync/atomic"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

// Store is a [store.Store] over database/sql. It is safe for concurrent use,
// here and by other processes on the same database.
type Store struct {
	dialect      Dialect
	tables       Tables
	write, read  *sql.DB
	owned        bool // Close closes the pools
	patience     time.Duration
	sql          statements
	prepared     map[string]*sql.Stmt // on write, by text; never changed after New
	preparedRead map[string]*sql.Stmt // on read
	closed       atomic.Bool
}

// Config says where a store keeps its tables and how it reaches them.
type Config struct {
	Dialect Dialect // required
	DB      *sql.DB // required; the pool that writes
	Read    *sql.DB // the pool that reads; nil: DB
	Tables  Tables  // from [NewTables]; zero: the default names

	// Patience is how long a commit goes on trying against deadlocks and
	// locks that are not granted; 0: ten seconds. A shorter deadline of its
	// context comes first.
	Patience time.Duration

	// Migrate makes New run [Migrate] first.
	Migrate bool

	// Own makes Close close the pools.
	Own bool
}

// New returns a store on tables that exist (see [Migrate]). The error matches
// [ErrSchema] when they do not, or are of a version that this code does not know.
func New(ctx context.Context, c Config) (*Store, error) {
	if c.Dialect == nil || c.DB == nil {
		return nil, errors.New("sqlstore: a store needs a dialect and a database")
	}
	if c.Tables == (Tables{}) {
		c.Tables, _ = NewTables("", "")
	}
	if c.Read == nil {
		c.Read = c.DB
	}
	if c.Patience <= 0 {
		c.Patience = 10 * time.Second
	}
	if c.Migrate {
		if err := Migrate(ctx, c.DB, c.Dialect, c.Tables); err != nil {
			return nil, err
		}
	}
	if err := CheckSchema(ctx, c.DB, c.Dialect, c.Tables); err != nil {
		return nil, err
	}
	s := &Store{dialect: c.Dialect, tables: c.Tables, write: c.DB, read: c.Read,
		owned: c.Own, patience: c.Patience, sql: newStatements(c.Dialect, c.Tables)}
	if c.Dialect.Rows() > 1 {
		return s, nil
	}
	var err error
	if s.prepared, err = prepare(ctx, s.write, s.sql.writing()); err == nil {
		s.preparedRead, err = prepare(ctx, s.read, s.sql.reading())
	}
	if err != nil {
		return nil, fmt.Errorf("sqlstore: %s: prepare: %w", c.Dialect.Name(), errors.Join(err, s.closeStatements()))
	}
	return s, nil
}

func prepare(ctx context.Context, db *sql.DB, texts []string) (map[string]*sql.Stmt, error) {
	prepared := make(map[string]*sql.Stmt, len(texts))
	for _, text := range texts {
		stmt, err := db.PrepareContext(ctx, text)
		if err != nil {
			return prepared, err
		}
		prepared[text] = stmt
	}
	return prepared, nil
}

// Close ends the store, and the pools if they are its own; every later call
// returns an error matching [store.ErrClosed]. Closing twice does nothing.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	err := s.closeStatements()
	if s.owned {
		// The writer last: SQLite's last connection puts the file in order.
		if s.read != s.write {
			err = errors.Join(err, s.read.Close())
		}
		err = errors.Join(err, s.write.Close())
	}
	return err
}

func (s *Store) closeStatements() error {
	errs := make([]error, 0, len(s.prepared)+len(s.preparedRead))
	for _, stmt := range s.prepared {
		errs = append(errs, stmt.Close())
	}
	for _, stmt := range s.preparedRead {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(errs...)
}

// Load implements [store.Store].
func (s *Store) Load(ctx context.Context, kind, id string) (store.Record, error) {
	if err := store.CheckKey(kind, id); err != nil {
		return store.Record{}, err
	}
	rows, err := s.query(ctx, s.sql.load, kind, id)
	if err != nil {
		return store.Record{}, s.fail(ctx, "load", err)
	}
	found, err := scanRecords(rows, kind)
	if err != nil {
		return store.Record{}, s.fail(ctx, "load", err)
	}
	if len(found) == 0 {
		return store.Record{}, &store.RecordError{Kind: kind, ID: id, Err: store.ErrNotFound}
	}
	return found[0], nil
}

// History implements [store.Store].
func (s *Store) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	if err := store.CheckKey(kind, id); err != nil {
		return nil, err
	}
	if limit <= 0 {
		limit = math.MaxInt32
	}
	return s.entries(ctx, "history", s.sql.history, kind, id, number(after), limit)
}

// Feed implements [store.Store].
//
// Positions have no gaps, for the counter that gives them is locked until the
// commit. Still, not every database takes its snapshots in one instant: MariaDB
// lists the running transactions while they go on, so that a commit may be seen
// and not the one before it. A page with a gap is therefore read again; a gap
// that stays is one in the data, which an audit reports.
func (s *Store) Feed(ctx context.Context, after uint64, limit int) ([]store.Line, error) {
	for attempt := 1; ; attempt++ {
		page, err := s.entries(ctx, "feed", s.sql.feed, number(after), store.Limit(limit))
		if err != nil || attempt == feedReads || withoutGap(after, page) {
			return page, err
		}
	}
}

// feedReads is how often a page of the feed is read before a gap is believed.
const feedReads = 5

// withoutGap reports whether a page follows on a position without a gap.
func withoutGap(after uint64, page []store.Line) bool {
	for _, e := range page {
		if e.Position != after+1 {
			return false
		}
		after++
	}
	return true
}

// Find implements [store.Store].
func (s *Store) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	if err := store.CheckQuery(q); err != nil {
		return nil, err
	}
	text, args := find(s.dialect, s.tables, q)
	rows, err := s.query(ctx, text, args...)
	if err != nil {
		return nil, s.fail(ctx, "find", err)
	}
	found, err := scanRecords(rows, q.Kind)
	if err != nil {
		return nil, s.fail(ctx, "find", err)
	}
	return found, nil
}

func (s *Store) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if s.closed.Load() {
		return nil, store.ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if stmt := s.preparedRead[text]; stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return s.read.QueryContext(ctx, text, args...)
}

func (s *Store) entries(ctx context.Context, what, text string, args ...any) ([]store.Line, error) {
	rows, err := s.query(ctx, text, args...)
	if err != nil {
		return nil, s.fail(ctx, what, err)
	}
	found, err := scanEntries(rows)
	if err != nil {
		return nil, s.fail(ctx, what, err)
	}
	return found, nil
}

func scanRecords(rows *sql.Rows, kind string) ([]store.Record, error) {
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	var found []store.Record
	for rows.Next() {
		r := store.Record{Kind: kind}
		var attrs string
		if err := rows.Scan(&r.ID, &r.Revision, &attrs, &r.Data); err != nil {
			return nil, err
		}
		var err error
		if r.Index, err = decodeAttrs(attrs); err != nil {
			return nil, fmt.Errorf("%s %s: %w", kind, r.ID, err)
		}
		found = append(found, r)
	}
	return found, rows.Err()
}

func scanEntries(rows *sql.Rows) ([]store.Line, error) {
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	var found []store.Line
	for rows.Next() {
		var e store.Line
		var command sql.NullString
		if err := rows.Scan(&e.Position, &e.Kind, &e.ID, &e.Seq, &command, &e.Data, &e.Hash); err != nil {
			return nil, err
		}
		e.Command = command.String
		found = append(found, e)
	}
	return found, rows.Err()
}

// fail says where err comes from, and sees to it that the end of ctx and the
// end of the store can be told from it, whatever the driver made of them.
func (s *Store) fail(ctx context.Context, what string, err error) error {
	switch {
	case s.closed.Load():
		return store.ErrClosed
	case ended(ctx) != nil && !errors.Is(err, ended(ctx)):
		return fmt.Errorf("%s: %s: %w: %w", s.dialect.Name(), what, ended(ctx), err)
	}
	return fmt.Errorf("%s: %s: %w", s.dialect.Name(), what, err)
}

// ended is ctx.Err, but does not wait for the timer of ctx when its deadline
// has passed: the network's own timers, set to it, may go off earlier.
func ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if deadline, ok := ctx.Deadline(); ok && !time.Now().Before(deadline) {
		return context.DeadlineExceeded
	}
	return nil
}

// number turns a position or seq to look after into what a database holds.
func number(n uint64) int64 {
	return int64(min(n, math.MaxInt64))
}
