package mysql

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/go-sql-driver/mysql"

	"github.com/tian-go/tian/proposal/store/sqlstore"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Dialect is MySQL's and MariaDB's for [sqlstore.New]. [Open] and [New] use it.
type Dialect struct{ sqlstore.Standard }

// Name returns "mysql".
func (Dialect) Name() string { return "mysql" }

// Replace overwrites the rows whose key is there.
func (Dialect) Replace() string {
	return "ON DUPLICATE KEY UPDATE revision = VALUES(revision), seq = VALUES(seq), attrs = VALUES(attrs), body = VALUES(body)"
}

// IgnoreTaken leaves the rows whose key is there as they are.
func (Dialect) IgnoreTaken() string { return " ON DUPLICATE KEY UPDATE id = VALUES(id)" }

// DeleteByKey keeps the server from reading a small table through, which would
// wait for the rows that others are inserting.
func (Dialect) DeleteByKey(table, key string, n int) string {
	return "DELETE t FROM (SELECT CAST(? AS SIGNED) AS k" + strings.Repeat(" UNION ALL SELECT CAST(? AS SIGNED)", n-1) +
		") w STRAIGHT_JOIN " + table + " t ON t." + key + " = w.k"
}

// Tuples returns false: MariaDB and MySQL answer a comparison of tuples by
// looking at every row.
func (Dialect) Tuples() bool { return false }

// committed is the Dialect for sessions that are known to be READ COMMITTED.
type committed struct{ Dialect }

func (committed) Begin(ctx context.Context, db *sql.DB, _ sqlstore.Tables) (*sql.Tx, error) {
	return db.BeginTx(ctx, nil)
}

// Classify reads the server's error number. Numbers from 8000 on are TiDB's. Its
// 1105 stands for anything that has no number of its own: what TiKV says of a size
// and TiDB of a lock is known by its text, the rest is told as it is.
func (Dialect) Classify(err error) sqlstore.Fault {
	var e *mysql.MySQLError
	if !errors.As(err, &e) {
		return sqlstore.Other
	}
	switch e.Number {
	case 1062, 1586, 8147: // duplicate key; of TiDB: the same, found late
		return sqlstore.Unique
	case 1205, 1213, 1020, 1637: // lock wait timeout, deadlock, record changed (MariaDB), too many transactions
		return sqlstore.Retry
	case 8002, 8005, 8022, 8028, 9007: // of TiDB: conflict at a lock or a commit, schema changed meanwhile, conflict of writes
		return sqlstore.Retry
	case 1118, 1153, 8004, 8025: // row or packet too large; of TiDB: transaction, entry too large
		return sqlstore.TooLarge
	case 1105:
		switch {
		case strings.Contains(e.Message, "raft_entry_too_large"):
			return sqlstore.TooLarge
		case strings.Contains(e.Message, "pessimistic lock retry limit reached"):
			return sqlstore.Retry
		}
	}
	return sqlstore.Other
}

// Migrations returns the schema's steps.
func (Dialect) Migrations() fs.FS { return migrations }

// Exclusive runs step under a named lock of the session. A change of schema
// cannot be undone; the statements of a migration bear being run again.
func (Dialect) Exclusive(ctx context.Context, conn *sql.Conn, t sqlstore.Tables, step func() error) error {
	// The name's scope is the server: the database belongs to it.
	const name = "sha1(concat('tian/', coalesce(database(), ''), '/', ?))"
	var got sql.NullInt64
	if err := conn.QueryRowContext(ctx, "SELECT get_lock("+name+", 60)", t.Name()).Scan(&got); err != nil {
		return err
	}
	if got.Int64 != 1 {
		return errors.New("another process has been migrating for a minute")
	}
	err := step()
	if _, release := conn.ExecContext(context.WithoutCancel(ctx), "DO release_lock("+name+")", t.Name()); release != nil {
		err = errors.Join(err, fmt.Errorf("release the lock: %w", release))
	}
	return err
}
