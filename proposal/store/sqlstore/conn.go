package sqlstore

import (
	"context"
	"database/sql"
)

// Conn is where statements of a store go: a pool, or a transaction. Package
// postgres makes one of a transaction of pgx.
type Conn interface {
	Query(ctx context.Context, text string, args ...any) (Rows, error)
	Exec(ctx context.Context, text string, args ...any) (rows int64, err error)
}

// Rows is what a query returns, as [sql.Rows] has it.
type Rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close() error
}

// transactionOf is a transaction of database/sql; some statements may have been
// prepared on its pool.
type transactionOf struct {
	tx       *sql.Tx
	prepared map[string]*sql.Stmt
}

func (t transactionOf) Query(ctx context.Context, text string, args ...any) (Rows, error) {
	if stmt := t.prepared[text]; stmt != nil {
		return found(t.tx.StmtContext(ctx, stmt).QueryContext(ctx, args...))
	}
	return found(t.tx.QueryContext(ctx, text, args...))
}

// found keeps a nil *sql.Rows from becoming Rows that are not nil.
func found(rows *sql.Rows, err error) (Rows, error) {
	if err != nil {
		return nil, err
	}
	return rows, nil
}

func (t transactionOf) Exec(ctx context.Context, text string, args ...any) (rows int64, err error) {
	if stmt := t.prepared[text]; stmt != nil {
		return affected(t.tx.StmtContext(ctx, stmt).ExecContext(ctx, args...))
	}
	return affected(t.tx.ExecContext(ctx, text, args...))
}

func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// queryRow scans the one row of a query; [sql.ErrNoRows] when there is none.
func queryRow(ctx context.Context, c interface {
	Query(ctx context.Context, text string, args ...any) (Rows, error)
}, text string, args, dest []any) error {
	rows, err := c.Query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return err
		}
		return sql.ErrNoRows
	}
	if err := rows.Scan(dest...); err != nil {
		return err
	}
	return rows.Err()
}

// pool is the store's own pool that writes, asked outside a transaction.
type pool struct{ *sql.DB }

func (p pool) Query(ctx context.Context, text string, args ...any) (Rows, error) {
	return found(p.QueryContext(ctx, text, args...))
}

func (p pool) Exec(ctx context.Context, text string, args ...any) (rows int64, err error) {
	return affected(p.ExecContext(ctx, text, args...))
}
