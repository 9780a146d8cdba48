package sqlstore

import (
	"context"
	"database/sql"
	"io/fs"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// Write is one record's part of a commit, made ready for the database.
type Write struct {
	*store.Change
	Attrs string       // the row's attributes: a JSON array of [name, value], sorted
	Index []store.Attr // the same

	was   []store.Attr // of the record as it is, sorted
	place int          // of the change in the commit
}

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

	// IgnoreTaken ends an INSERT of rows whose key may be there already, and
	// that are then left: "ON CONFLICT DO NOTHING".
	IgnoreTaken() string

	// DeleteByKey deletes n rows of a table by a number that is its primary
	// key; each parameter is a "?". It must not look at other rows, which others
	// may be inserting.
	DeleteByKey(table, key string, n int) string

	// Begin starts a transaction that will write. Rows read by a statement
	// with Locking must be the newest that are committed.
	Begin(ctx context.Context, db *sql.DB, t Tables) (*sql.Tx, error)

	// Alone reports whether a transaction that writes is alone in the database,
	// as in SQLite. Its entries then get their positions as they are written: a
	// row of entries whose position is NULL gets the next. Elsewhere they are
	// put down as arrivals, and whoever reads the feed gives the positions.
	Alone() bool

	// Tuples reports whether (a, b) > (?, ?) is answered by an index on a and b.
	Tuples() bool

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
// revision named, or its journal not at the seq; nothing is written then. It is
// not asked for commits that a function of the host's takes part in, nor for those
// that replace lines.
type Committer interface {
	Dialect
	CommitWrites(ctx context.Context, db *sql.DB, t Tables, writes []Write) (bool, error)
}

// PlainJoiner is a Dialect whose engine may take no subquery in the condition of a
// join, as TiDB does not. A record's last line is then found by grouping its journal.
type PlainJoiner interface {
	Dialect
	PlainJoins() bool
}

// Fault is the meaning of a driver's error.
type Fault int

// The faults a store acts upon.
const (
	Other    Fault = iota // told to the caller as it is
	Unique                // a unique key is taken: somebody wrote first
	Retry                 // nothing was written and the same may succeed now: deadlock, lock not granted
	TooLarge              // nothing was written: the server takes no row or transaction of this size; told as ErrInvalid
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

// IgnoreTaken returns " ON CONFLICT DO NOTHING".
func (Standard) IgnoreTaken() string { return " ON CONFLICT DO NOTHING" }

// DeleteByKey returns DELETE … WHERE key IN (…).
func (Standard) DeleteByKey(table, key string, n int) string {
	return "DELETE FROM " + table + " WHERE " + key + " IN (?" + strings.Repeat(", ?", n-1) + ")"
}

// Begin starts a transaction with READ COMMITTED: rows that are locked are read
// anew, and no gap between keys is locked.
func (Standard) Begin(ctx context.Context, db *sql.DB, _ Tables) (*sql.Tx, error) {
	return db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
}

// Alone returns false.
func (Standard) Alone() bool { return false }

// Tuples returns true.
func (Standard) Tuples() bool { return true }
