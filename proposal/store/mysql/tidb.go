package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// entrySize is what TiDB must take as one row. Its own default, 6 MiB, is less than
// the largest content of a record.
const entrySize = 2 * store.MaxBody

// asTiDB wraps text that only TiDB reads; to other servers it is a comment.
func asTiDB(text string) string { return "/*T! " + text + " */" }

// tidbSettings continues a SET SESSION. A transaction must lock what it reads FOR
// UPDATE when it reads it, also in a cluster that was made before that was the default.
func tidbSettings() string {
	return asTiDB(fmt.Sprintf(", tidb_txn_mode = 'pessimistic', tidb_txn_entry_size_limit = greatest(@@tidb_txn_entry_size_limit, %d)", entrySize))
}

// onTiDB is a Dialect for TiDB.
type onTiDB struct{ sqlstore.Dialect }

// PlainJoins returns true.
func (onTiDB) PlainJoins() bool { return true }

// checkTiDB refuses sessions in which the store's promises would not hold.
func checkTiDB(ctx context.Context, db *sql.DB) error {
	var mode string
	var limit int64
	if err := db.QueryRowContext(ctx, "SELECT @@tidb_txn_mode, @@tidb_txn_entry_size_limit").Scan(&mode, &limit); err != nil {
		return fmt.Errorf("mysql: TiDB must be of version 7.6 or newer (TiDB须为7.6或更新版本): %w", err)
	}
	return fitsTiDB(mode, limit)
}

func fitsTiDB(mode string, limit int64) error {
	if mode != "pessimistic" {
		return fmt.Errorf("mysql: TiDB's tidb_txn_mode is %q, a store needs pessimistic (须为悲观事务)", mode)
	}
	if limit < entrySize {
		return fmt.Errorf("mysql: TiDB's tidb_txn_entry_size_limit is %d bytes (0: 6 MiB), a store needs %d (单行限额不足)", limit, entrySize)
	}
	return nil
}

// checkArrivals refuses a table of arrivals whose numbers each of TiDB's servers
// takes from a range of its own. The feed would then tell a later act first.
func checkArrivals(ctx context.Context, db *sql.DB, t sqlstore.Tables) error {
	var name, text string
	if err := db.QueryRowContext(ctx, "SHOW CREATE TABLE "+t.Arrivals).Scan(&name, &text); err != nil {
		return fmt.Errorf("mysql: %w", err)
	}
	if !strings.Contains(text+" ", "AUTO_ID_CACHE=1 ") {
		return errors.New("mysql: on TiDB the table " + t.Arrivals + " must be made with AUTO_ID_CACHE = 1, as Migrate makes it" +
			"; otherwise its servers do not number acts in their order (该表须以AUTO_ID_CACHE = 1建立，否则各服务器编号次序不一)")
	}
	return nil
}
