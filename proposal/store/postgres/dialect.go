package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"github.com/tian-go/tian/proposal/store/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Dialect is PostgreSQL's for [sqlstore.New], in statements that any driver and
// most relatives of PostgreSQL take. [Open] and [New] send a commit in one round
// trip instead, which needs pgx.
type Dialect struct{ sqlstore.Standard }

// Name returns "postgres".
func (Dialect) Name() string { return "postgres" }

// Param returns $1, $2, ….
func (Dialect) Param(n int) string { return "$" + strconv.Itoa(n) }

// Contains uses strpos.
func (Dialect) Contains(column, param string) string {
	return "strpos(" + column + ", " + param + ") > 0"
}

// Classify reads the SQLSTATE, which the errors of pgx, lib/pq and its
// descendants tell by a method of that name.
func (Dialect) Classify(err error) sqlstore.Fault {
	switch state(err) {
	case "23505": // unique_violation
		return sqlstore.Unique
	case "40001", "40P01", "55P03": // serialization_failure, deadlock_detected, lock_not_available
		return sqlstore.Retry
	}
	return sqlstore.Other
}

// state returns the SQLSTATE of an error, or "".
func state(err error) string {
	var e interface{ SQLState() string }
	if errors.As(err, &e) {
		return e.SQLState()
	}
	return ""
}

// Migrations returns the schema's steps.
func (Dialect) Migrations() fs.FS { return migrations }

// Exclusive runs step in a transaction under an advisory lock.
func (Dialect) Exclusive(ctx context.Context, conn *sql.Conn, t sqlstore.Tables, step func() error) error {
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	// Whoever migrates may take longer than the pool's usual patience.
	_, err := conn.ExecContext(ctx, "SET LOCAL lock_timeout = 0")
	if err == nil {
		_, err = conn.ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtext($1))", t.Name())
	}
	if err == nil {
		err = step()
	}
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
