package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
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
// write them. So run it apart, with a role of its own, where rights matter, or have
// somebody run what [Scripts] returns. Where there is nothing to do it only reads, so
// that a role without that right may call it too.
//
// A step is a file migrations/NNNN_name.sql of the dialect. Statements end with a
// semicolon at the end of a line; {table} stands for the beginning of a table's
// name (with its schema) and {index} for the beginning of an index's. A step that
// leaves the tables usable for older code, as one that only adds an index does,
// says so in a line of its own, "-- oldest: N": code that knows version N or later
// goes on running on them, so that two versions of a program may run side by side.
func Migrate(ctx context.Context, db *sql.DB, d Dialect, t Tables) error {
	if t == (Tables{}) {
		t, _ = NewTables("", "")
	}
	steps, err := readSteps(d, t)
	if err != nil {
		return err
	}
	if v, err := readVersion(ctx, db, t); err == nil && v.version >= len(steps) {
		return v.usableBy(len(steps), t)
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("%s: migrate: %w", d.Name(), err)
	}
	defer func() { _ = conn.Close() }() // only gives the connection back
	for more := true; more; {
		err := d.Exclusive(ctx, conn, t, func() error {
			more, err = migrateOnce(ctx, conn, t, steps)
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: migrate: %w", d.Name(), err)
		}
	}
	return nil
}

// migrateOnce does the next step, if there is one, and reports whether another follows.
func migrateOnce(ctx context.Context, conn *sql.Conn, t Tables, steps []step) (more bool, err error) {
	if _, err := conn.ExecContext(ctx, createSchema(t)); err != nil {
		return false, err
	}
	v, err := readVersion(ctx, conn, t)
	if err != nil {
		return false, err
	}
	if v.version >= len(steps) {
		return false, v.usableBy(len(steps), t)
	}
	next := steps[v.version]
	for _, statement := range next.statements {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return false, fmt.Errorf("step %d: %w: %s", v.version+1, err, statement)
		}
	}
	_, err = conn.ExecContext(ctx, recordStep(t, v.version+1, next))
	return v.version+1 < len(steps), err
}

// schemaVersion is what the tables say of themselves.
type schemaVersion struct {
	version int // 0: no step has been done
	oldest  int // the lowest version that code must know to use them
}

// readVersion reads the version. A table made before it had the column oldest is
// read as well: then only code of the very version can use the tables.
func readVersion(ctx context.Context, q interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}, t Tables) (v schemaVersion, err error) {
	rows, err := q.QueryContext(ctx, "SELECT * FROM "+t.Schema+" ORDER BY version DESC LIMIT 1") //nolint:unqueryvet // whatever columns it has
	if err != nil {
		return v, err
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	columns, err := rows.Columns()
	if err != nil || !rows.Next() {
		return v, errors.Join(err, rows.Err())
	}
	var oldest sql.NullInt64
	dest := []any{&v.version, &oldest}
	if err := rows.Scan(dest[:min(len(columns), len(dest))]...); err != nil {
		return v, err
	}
	v.oldest = v.version
	if oldest.Valid {
		v.oldest = int(oldest.Int64)
	}
	return v, rows.Err()
}

// usableBy reports whether code that knows a version of the tables, no higher
// than theirs, can use them.
func (v schemaVersion) usableBy(known int, t Tables) error {
	if known >= v.oldest {
		return nil
	}
	return fmt.Errorf("%w: tables %s… are at version %d, this code knows %d; use a newer release",
		ErrSchema, t.prefix, v.version, known)
}

// CheckSchema reports whether the tables are there and of a version that this
// code can use, its own or a newer one that says so, without changing anything;
// else the error matches [ErrSchema]. New asks it first of all.
func CheckSchema(ctx context.Context, db *sql.DB, d Dialect, t Tables) error {
	steps, err := readSteps(d, t)
	if err != nil {
		return err
	}
	if err := db.PingContext(ctx); err != nil {
		return fmt.Errorf("%s: connect: %w", d.Name(), err)
	}
	v, err := readVersion(ctx, db, t)
	switch {
	case err != nil && ctx.Err() != nil:
		return fmt.Errorf("%s: read the version of %s: %w: %w", d.Name(), t.Schema, ctx.Err(), err)
	case err != nil:
		return fmt.Errorf("%w: no tables %s… that this role can read; run Migrate first: %w", ErrSchema, t.prefix, err)
	case v.version < len(steps):
		return fmt.Errorf("%w: tables %s… are at version %d, this code needs %d; run Migrate first",
			ErrSchema, t.prefix, v.version, len(steps))
	}
	return v.usableBy(len(steps), t)
}

// step is one file of a dialect's migrations.
type step struct {
	statements []string
	oldest     int // the lowest version that code must know to use the tables after it; 0: this one
}

// oldestLine is the line in which a step says which code can use the tables.
var oldestLine = regexp.MustCompile(`(?m)^-- oldest: ([1-9][0-9]{0,3})$`)

// readSteps returns the steps, step 1 first.
func readSteps(d Dialect, t Tables) ([]step, error) {
	files, err := fs.Glob(d.Migrations(), "migrations/*.sql") // sorted
	if err != nil {
		return nil, fmt.Errorf("sqlstore: %s: migrations: %w", d.Name(), err)
	}
	steps := make([]step, len(files))
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
				steps[i].statements = append(steps[i].statements, statement)
			}
		}
		if said := oldestLine.FindSubmatch(text); said != nil {
			steps[i].oldest, _ = strconv.Atoi(string(said[1])) // the expression lets digits only through
		}
		if steps[i].oldest > i+1 {
			return nil, fmt.Errorf("sqlstore: %s: %s is usable from version %d on, which is still to come", d.Name(), file, steps[i].oldest)
		}
	}
	if len(steps) == 0 {
		return nil, fmt.Errorf("sqlstore: %s: no migrations/*.sql", d.Name())
	}
	return steps, nil
}
