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
	current      *sql.DB // write, or read where that is never behind
	owned        bool    // Close closes the pools
	patience     time.Duration
	sql          statements
	prepared     map[string]*sql.Stmt // on write, by text; never changed after New
	preparedRead map[string]*sql.Stmt // on read
	also         Also
	closed       atomic.Bool
}

// Also writes rows of the host's in a commit of the store: they are committed
// with it or not at all. It gets the changes as they were handed in, with
// entries whose positions are not known yet, and must not end tx. An error rolls
// the commit back and is returned to the caller; the function may be called
// again for the same changes when the commit is tried again.
type Also func(ctx context.Context, tx *sql.Tx, changes []store.Change) error

// Config says where a store keeps its tables and how it reaches them.
type Config struct {
	Dialect Dialect // required
	DB      *sql.DB // required; the pool that writes

	// Read is the pool that Find, Count and Feed read from; nil: DB. It may be on a
	// replica that is behind. Load and History, on which acts are decided, read
	// from DB all the same, unless Current says that Read sees each commit of DB
	// as soon as it has ended, as another pool on the same server or file does.
	Read    *sql.DB
	Current bool
	Tables  Tables // from [NewTables]; zero: the default names

	// Patience is how long a commit goes on trying against deadlocks and
	// locks that are not granted; 0: ten seconds. A shorter deadline of its
	// context comes first.
	Patience time.Duration

	// Also, if not nil, takes part in each commit that the store begins. A
	// dialect that commits in a way of its own then goes the common one.
	Also Also

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
	current := c.DB
	if c.Current {
		current = c.Read
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
	s := &Store{dialect: c.Dialect, tables: c.Tables, write: c.DB, read: c.Read, current: current,
		owned: c.Own, patience: c.Patience, also: c.Also, sql: newStatements(c.Dialect, c.Tables)}
	if c.Dialect.Rows() > 1 {
		return s, nil
	}
	var err error
	s.prepared, err = prepare(ctx, s.write, append(s.sql.writing(), s.sql.reading()...))
	if err == nil && s.read != s.write {
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
func (s *Store) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	return s.load(ctx, s.queryCurrent, kind, id)
}

// query is how a reading is sent to the database: over the pool that reads, or
// in a transaction.
type query func(ctx context.Context, text string, args ...any) (Rows, error)

func (s *Store) load(ctx context.Context, ask query, kind, id string) (store.Record, store.Line, error) {
	if err := store.CheckKey(kind, id); err != nil {
		return store.Record{}, store.Line{}, err
	}
	rows, err := ask(ctx, s.sql.load, kind, id)
	if err != nil {
		return store.Record{}, store.Line{}, s.fail(ctx, "load", err)
	}
	r, last, err := scanLoaded(rows, kind)
	switch {
	case err != nil:
		return store.Record{}, store.Line{}, s.fail(ctx, "load", err)
	case r.ID == "":
		return store.Record{}, store.Line{}, &store.RecordError{Kind: kind, ID: id, Err: store.ErrNotFound}
	}
	return r, last, nil
}

// scanLoaded reads the one row of a load, if there is one.
func scanLoaded(rows Rows, kind string) (r store.Record, last store.Line, err error) {
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	if !rows.Next() {
		return r, last, rows.Err()
	}
	var attrs string
	var seq sql.NullInt64
	var command, hash sql.NullString
	if err := rows.Scan(&r.ID, &r.Revision, &attrs, &r.Data, &seq, &command, &last.Data, &hash); err != nil {
		return r, last, err
	}
	r.Kind = kind
	if r.Index, err = decodeAttrs(attrs); err != nil {
		return r, last, fmt.Errorf("%s %s: %w", kind, r.ID, err)
	}
	if seq.Valid {
		last.Kind, last.ID, last.Seq = kind, r.ID, uint64(seq.Int64) //nolint:gosec // never negative
		last.Command, last.Hash = command.String, hash.String
	}
	return r, last, rows.Err()
}

// History implements [store.Store].
func (s *Store) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	return s.history(ctx, s.queryCurrent, kind, id, after, limit)
}

func (s *Store) history(ctx context.Context, ask query, kind, id string, after uint64, limit int) ([]store.Line, error) {
	if err := store.CheckKey(kind, id); err != nil {
		return nil, err
	}
	if limit <= 0 {
		limit = math.MaxInt32
	}
	return s.entries(ctx, ask, "history", s.sql.history, kind, id, number(after), limit)
}

// Find implements [store.Store].
func (s *Store) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	if q.Current {
		return s.find(ctx, s.queryCurrent, q)
	}
	return s.find(ctx, s.query, q)
}

// ReplacesLines implements [store.Replacer]. The database role that replaces needs
// the right to UPDATE the table of entries, which nothing else does.
func (s *Store) ReplacesLines() bool { return true }

func (s *Store) query(ctx context.Context, text string, args ...any) (Rows, error) {
	return s.queryOn(ctx, s.read, text, args...)
}

// queryCurrent is query for what must not be behind.
func (s *Store) queryCurrent(ctx context.Context, text string, args ...any) (Rows, error) {
	return s.queryOn(ctx, s.current, text, args...)
}

func (s *Store) queryOn(ctx context.Context, db *sql.DB, text string, args ...any) (Rows, error) {
	if s.closed.Load() {
		return nil, store.ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	prepared := s.preparedRead
	if db == s.write {
		prepared = s.prepared
	}
	if stmt := prepared[text]; stmt != nil {
		return found(stmt.QueryContext(ctx, args...))
	}
	return found(db.QueryContext(ctx, text, args...))
}

func (s *Store) entries(ctx context.Context, ask query, what, text string, args ...any) ([]store.Line, error) {
	rows, err := ask(ctx, text, args...)
	if err != nil {
		return nil, s.fail(ctx, what, err)
	}
	found, err := scanEntries(rows)
	if err != nil {
		return nil, s.fail(ctx, what, err)
	}
	return found, nil
}

func scanEntries(rows Rows) ([]store.Line, error) {
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
	case s.dialect.Classify(err) == TooLarge:
		return fmt.Errorf("%s: %s: %w: larger than the server takes (超过数据库的限额): %w", s.dialect.Name(), what, store.ErrInvalid, err)
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
