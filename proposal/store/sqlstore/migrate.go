package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// ErrSchema is matched by the error of a store whose tables are not there, or
// are of another version than this code knows.
var ErrSchema = errors.New("sqlstore: schema")

// Migrate brings the tables to the version that this code knows: up only, one
// step after the other. Several processes may call it at once; one does the
// work and the others find it done. It refuses tables of a newer version, with
// an error that matches [ErrSchema], and leaves them alone.
//
// It needs the right to create tables; a store in use needs only to read and
// write them. So run it apart, with a role of its own, where rights matter.
//
// A step is a file migrations/NNNN_name.sql of the dialect. Statements end with a
// semicolon at the end of a line; {table} stands for the beginning of a table's
// name (with its schema) and {index} for the beginning of an index's.
func Migrate(ctx context.Context, db *sql.DB, d Dialect, t Tables) error {
	if t == (Tables{}) {
		t, _ = NewTables("", "")
	}
	steps, err := readSteps(d, t)
	if err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("%s: migrate: %w", d.Name(), err)
	}
	defer func() { _ = conn.Close() }() // only gives the connection back
	for more := true; more; {
		err := d.Exclusive(ctx, conn, t, func() error {
			more, err = migrateOnce(ctx, conn, d, t, steps)
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: migrate: %w", d.Name(), err)
		}
	}
	return nil
}

// migrateOnce does the next step, if there is one, and reports whether another follows.
func migrateOnce(ctx context.Context, conn *sql.Conn, d Dialect, t Tables, steps [][]string) (more bool, err error) {
	create := "CREATE TABLE IF NOT EXISTS " + t.Schema + " (version INT NOT NULL PRIMARY KEY)"
	if _, err := conn.ExecContext(ctx, create); err != nil {
		return false, err
	}
	version, err := readVersion(ctx, conn, t)
	if err != nil {
		return false, err
	}
	if version > len(steps) {
		return false, newer(t, version, len(steps))
	}
	if version == len(steps) {
		return false, nil
	}
	for _, statement := range steps[version] {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return false, fmt.Errorf("step %d: %w: %s", version+1, err, statement)
		}
	}
	// Every version leaves its row, so that the table tells the history.
	_, err = conn.ExecContext(ctx, fillParams(d, "INSERT INTO "+t.Schema+" (version) VALUES (?)"), version+1)
	return version+1 < len(steps), err
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func readVersion(ctx context.Context, q querier, t Tables) (version int, err error) {
	err = q.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM "+t.Schema).Scan(&version)
	return version, err
}

// CheckSchema reports whether the tables are there and of the version that this
// code knows, without changing anything; else the error matches [ErrSchema]. New
// asks it first of all.
func CheckSchema(ctx context.Context, db *sql.DB, d Dialect, t Tables) error {
	steps, err := readSteps(d, t)
	if err != nil {
		return err
	}
	if err := db.PingContext(ctx); err != nil {
		return fmt.Errorf("%s: connect: %w", d.Name(), err)
	}
	version, err := readVersion(ctx, db, t)
	switch {
	case err != nil && ctx.Err() != nil:
		return fmt.Errorf("%s: read the version of %s: %w: %w", d.Name(), t.Schema, ctx.Err(), err)
	case err != nil:
		return fmt.Errorf("%w: no tables %s… that this role can read; run Migrate first: %w", ErrSchema, t.prefix, err)
	case version < len(steps):
		return fmt.Errorf("%w: tables %s… are at version %d, this code needs %d; run Migrate first",
			ErrSchema, t.prefix, version, len(steps))
	case version > len(steps):
		return newer(t, version, len(steps))
	}
	return nil
}

func newer(t Tables, version, known int) error {
	return fmt.Errorf("%w: tables %s… are at version %d, this code knows %d; use a newer release",
		ErrSchema, t.prefix, version, known)
}

// readSteps returns the statements of each step, step 1 first.
func readSteps(d Dialect, t Tables) ([][]string, error) {
	files, err := fs.Glob(d.Migrations(), "migrations/*.sql") // sorted
	if err != nil {
		return nil, fmt.Errorf("sqlstore: %s: migrations: %w", d.Name(), err)
	}
	steps := make([][]string, len(files))
	for i, file := range files {
		if !strings.HasPrefix(file, fmt.Sprintf("migrations/%04d_", i+1)) {
			return nil, fmt.Errorf("sqlstore: %s: %s stands in the place of number %d", d.Name(), file, i+1)
		}
		text, err := fs.ReadFile(d.Migrations(), file)
		if err != nil {
			return nil, fmt.Errorf("sqlstore: %s: migrations: %w", d.Name(), err)
		}
		for statement := range strings.SplitSeq(t.fill(string(text)), ";\n") {
			if statement = strings.TrimSpace(statement); statement != "" {
				steps[i] = append(steps[i], statement)
			}
		}
	}
	if len(steps) == 0 {
		return nil, fmt.Errorf("sqlstore: %s: no migrations/*.sql", d.Name())
	}
	return steps, nil
}
