package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/tian-go/tian/proposal/store/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Dialect is SQLite's for [sqlstore.New]. [Open] and [New] use it.
type Dialect struct{ sqlstore.Standard }

// Name returns "sqlite".
func (Dialect) Name() string { return "sqlite" }

// Locking returns "": a transaction that writes is alone in the database.
func (Dialect) Locking() string { return "" }

// Rows returns 1: there is no network to save.
func (Dialect) Rows() int { return 1 }

// Begin starts a transaction and takes the database's one write lock at once.
// A transaction that reads first and writes later may find that another wrote
// in between, and can then only fail.
func (Dialect) Begin(ctx context.Context, db *sql.DB, t sqlstore.Tables) (*sql.Tx, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	// Where the connection string has _txlock=immediate the lock is held
	// already; elsewhere this statement, which changes nothing, takes it.
	if _, err := tx.ExecContext(ctx, "DELETE FROM "+t.Schema+" WHERE version < 0"); err != nil {
		_ = tx.Rollback() // err says more
		return nil, err
	}
	return tx, nil
}

// immediate is the Dialect for connections known to begin with the write lock.
type immediate struct{ Dialect }

func (immediate) Begin(ctx context.Context, db *sql.DB, _ sqlstore.Tables) (*sql.Tx, error) {
	return db.BeginTx(ctx, nil)
}

// Alone returns true: whoever holds the write lock sees every commit there is,
// and nobody else can write before it commits. SQLite gives a row of entries the
// position after the last.
func (Dialect) Alone() bool { return true }

// Classify reads the result code.
func (Dialect) Classify(err error) sqlstore.Fault {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return sqlstore.Other
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return sqlstore.Unique
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return sqlstore.Retry
	}
	return sqlstore.Other
}

// Migrations returns the schema's steps.
func (Dialect) Migrations() fs.FS { return migrations }

// migrationPatience is how long one process waits while another migrates.
const migrationPatience = time.Minute

// Exclusive runs step in a transaction that holds the write lock.
func (Dialect) Exclusive(ctx context.Context, conn *sql.Conn, _ sqlstore.Tables, step func() error) error {
	err := untilFree(ctx, migrationPatience, func() error {
		_, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE")
		return err
	})
	if err != nil {
		return err
	}
	err = step()
	if err == nil {
		_, err = conn.ExecContext(ctx, "COMMIT")
	}
	if err != nil {
		if _, undo := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK"); undo != nil {
			err = fmt.Errorf("%w; rollback: %w", err, undo)
		}
	}
	return err
}
