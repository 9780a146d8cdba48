package sqlstore

import (
	"context"
	"database/sql"
	"io/fs"
)

// Dialect is what one engine does differently from the next. Embed [Standard]
// and override what differs; the dialects of sqlite, postgres and mysql are
// examples of some fifty lines.
type Dialect interface {
	// Name is the engine's name as errors show it.
	Name() string

	// Param returns the parameter with number n ≥ 1 in a statement: "?" or "$1".
	Param(n int) string

	// Contains returns a condition that holds when the text column has the
	// parameter somewhere inside it, byte by byte and without wildcards.
	Contains(column, param string) string

	// Locking ends a SELECT of rows that the transaction is about to change,
	// so that others wait: "FOR UPDATE", or "" where a transaction that
	// writes is alone anyway.
	Locking() string

	// Rows is the number of rows that one INSERT or DELETE takes at the most.
	// With 1 every statement has one shape, and all are prepared beforehand:
	// best where no network lies between. With more they are sent as text.
	Rows() int

	// Replace ends an INSERT of rows of the table records so that rows there
	// are overwritten: "ON DUPLICATE KEY UPDATE …". With "" records are updated
	// one by one.
	Replace() string

	// Begin starts a transaction that will write. Rows read by a statement
	// with Locking must be the newest that are committed.
	Begin(ctx context.Context, db *sql.DB, t Tables) (*sql.Tx, error)

	// Advance takes the next n positions of the feed inside tx and returns
	// the last of them. From there to its end no other transaction may take
	// positions: this is what makes the order of positions the order of
	// commits. It is called once per commit and as late as possible. It may
	// return 0 when the database numbers rows with a position of NULL by
	// itself, one after the other and within the transaction.
	Advance(ctx context.Context, tx *sql.Tx, t Tables, n int) (last int64, err error)

	// Classify tells what an error of the driver means for the transaction.
	Classify(err error) Fault

	// Migrations holds the steps of the schema: files migrations/NNNN_name.sql,
	// numbered from 0001 without a gap. See [Migrate] for their form.
	Migrations() fs.FS

	// Exclusive runs step while no other process runs one for the same
	// tables. What step does through conn is undone when it fails, if the
	// engine can undo a change of schema; otherwise the statements of a
	// migration must bear being run again.
	Exclusive(ctx context.Context, conn *sql.Conn, t Tables, step func() error) error
}

// Committer is a Dialect that writes a commit in its own way, in fewer round
// trips. It returns false without an error when a record was not at the
// revision named, or its journal not at the seq; nothing is written then.
type Committer interface {
	Dialect
	CommitWrites(ctx context.Context, db *sql.DB, t Tables, writes []Write) (bool, error)
}

// Fault is the meaning of a driver's error.
type Fault int

// The faults a store acts upon.
const (
	Other  Fault = iota // told to the caller as it is
	Unique              // a unique key is taken: somebody wrote first
	Retry               // nothing was written and the same may succeed now: deadlock, lock not granted
)

// Standard is a Dialect of its own for what most engines agree upon, to be
// embedded. It lacks Name, Classify, Migrations and Exclusive.
type Standard struct{}

// Param returns "?".
func (Standard) Param(int) string { return "?" }

// Contains uses instr, which SQLite, MySQL, Oracle and Dameng have.
func (Standard) Contains(column, param string) string {
	return "instr(" + column + ", " + param + ") > 0"
}

// Locking returns FOR UPDATE.
func (Standard) Locking() string { return "FOR UPDATE" }

// Rows returns 100.
func (Standard) Rows() int { return 100 }

// Replace returns "".
func (Standard) Replace() string { return "" }

// Begin starts a transaction with READ COMMITTED: rows that are locked are read
// anew, and no gap between keys is locked.
func (Standard) Begin(ctx context.Context, db *sql.DB, _ Tables) (*sql.Tx, error) {
	return db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
}

// Advance moves the one row of the table feed: (one, position) = (1, …). Its lock, held until the
// transaction ends, orders the commits of all writers.
func (Standard) Advance(ctx context.Context, tx *sql.Tx, t Tables, n int) (last int64, err error) {
	if _, err = tx.ExecContext(ctx, "UPDATE "+t.Feed+" SET position = position + "+itoa(n)+" WHERE one = 1"); err != nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, "SELECT position FROM "+t.Feed+" WHERE one = 1").Scan(&last)
	return last, err
}
