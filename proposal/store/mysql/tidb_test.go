package mysql_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	driver "github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/mysql"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// onTiDB reports whether the server to test on is TiDB.
func onTiDB(t testing.TB) bool {
	t.Helper()
	db, err := sql.Open("mysql", dsn(t).FormatDSN())
	require.NoError(t, err)
	defer closeStore(t, db)
	var tidb bool
	require.NoError(t, db.QueryRowContext(context.Background(), "SELECT 0 /*T! + 1 */").Scan(&tidb))
	return tidb
}

func needTriggers(t *testing.T) {
	t.Helper()
	if onTiDB(t) {
		t.Skip("TiDB has no triggers")
	}
}

func needTiDB(t *testing.T) {
	t.Helper()
	if !onTiDB(t) {
		t.Skip("of TiDB only")
	}
}

// A pool of the caller's whose sessions would break a promise is refused.
func TestSessionsOfTiDBThatWouldBreakAPromiseAreRefused(t *testing.T) {
	needTiDB(t)
	ctx := context.Background()
	_, place := newDatabase(t)
	for _, c := range []struct{ setting, value, says string }{
		{"tidb_txn_mode", "'optimistic'", "a store needs pessimistic (须为悲观事务)"},
		{"tidb_txn_mode", "''", "a store needs pessimistic (须为悲观事务)"},
		{"tidb_txn_entry_size_limit", "0", "0 bytes (0: 6 MiB), a store needs 16777216 (单行限额不足)"},
	} {
		db := pool(t, place, c.setting, c.value)
		_, err := mysql.New(ctx, db, mysql.WithMigration())
		require.ErrorContains(t, err, c.says)
		// Open sets what its own sessions need.
		config, err := driver.ParseDSN(place)
		require.NoError(t, err)
		config.Params = map[string]string{c.setting: c.value}
		s, err := mysql.Open(ctx, config.FormatDSN(), mysql.WithMigration())
		require.NoError(t, err)
		closeStore(t, s)
	}
}

func pool(t *testing.T, place, setting, value string) *sql.DB {
	t.Helper()
	config, err := driver.ParseDSN(place)
	require.NoError(t, err)
	config.Params = map[string]string{"tidb_txn_entry_size_limit": "16777216", setting: value}
	db, err := sql.Open("mysql", config.FormatDSN())
	require.NoError(t, err)
	t.Cleanup(func() { closeStore(t, db) })
	return db
}

// Each server of TiDB takes numbers from a range of its own, unless the table says otherwise.
func TestArrivalsThatTiDBNumbersOutOfOrderAreRefused(t *testing.T) {
	needTiDB(t)
	ctx := context.Background()
	db, place := newDatabase(t)
	require.NoError(t, mysql.Migrate(ctx, db))
	var name, made string
	require.NoError(t, db.QueryRowContext(ctx, "SHOW CREATE TABLE tian_arrivals").Scan(&name, &made))
	for _, cache := range []string{"", " AUTO_ID_CACHE=100"} {
		execute(t, db, "DROP TABLE tian_arrivals")
		execute(t, db, strings.Replace(made, " /*T![auto_id_cache] AUTO_ID_CACHE=1 */", cache, 1))
		_, err := mysql.Open(ctx, place)
		require.ErrorContains(t, err, "must be made with AUTO_ID_CACHE = 1")
		require.ErrorContains(t, err, "须以AUTO_ID_CACHE = 1建立")
	}
}

// More than TiDB takes unasked. Not MaxBody, since the store that TiDB brings for
// tests ends with the process at a row of 8 MiB; TiKV has a setting for it.
func TestContentsBeyondSixMiBFitIntoTiDB(t *testing.T) {
	needTiDB(t)
	ctx := context.Background()
	_, place := newDatabase(t)
	s, err := mysql.Open(ctx, place, mysql.WithMigration())
	require.NoError(t, err)
	defer closeStore(t, s)
	data := []byte(strings.Repeat("x", 7<<20))
	require.NoError(t, s.Commit(ctx, store.Change{
		Record:  store.Record{Kind: "case", ID: "a", Data: data},
		Entries: []store.Line{{Seq: 1, Data: data}},
	}))
	r, last, err := s.Load(ctx, "case", "a")
	require.NoError(t, err)
	require.Len(t, r.Data, len(data))
	require.Len(t, last.Data, len(data))
}

// As the client of TiKV words a size (the text of errorpb.Error), and TiDB a lock
// that many want.
func TestErrorsOfTiDBWithoutANumberAreKnownByTheirText(t *testing.T) {
	err := &driver.MySQLError{Number: 1105, Message: `message:"raft entry is too large, region 12, entry size 8389120" ` +
		`raft_entry_too_large:<region_id:12 entry_size:8389120 > `}
	require.Equal(t, sqlstore.TooLarge, mysql.Dialect{}.Classify(err))
	err.Message = "pessimistic lock retry limit reached"
	require.Equal(t, sqlstore.Retry, mysql.Dialect{}.Classify(err))
	err.Message = "unknown error"
	require.Equal(t, sqlstore.Other, mysql.Dialect{}.Classify(err))
}

// plain joins as on TiDB, on any server.
type plain struct{ mysql.Dialect }

func (plain) PlainJoins() bool { return true }

func TestALoadWithPlainJoinsFindsTheLastEntry(t *testing.T) {
	ctx := context.Background()
	db, _ := newDatabase(t)
	s, err := sqlstore.New(ctx, sqlstore.Config{Dialect: plain{}, DB: db, Migrate: true})
	require.NoError(t, err)
	defer closeStore(t, s)
	require.NoError(t, s.Commit(ctx,
		store.Change{Record: store.Record{Kind: "case", ID: "a"}, Entries: []store.Line{{Seq: 1}, {Seq: 2}, {Seq: 3, Data: []byte("last")}}},
		store.Change{Record: store.Record{Kind: "case", ID: "b"}},
	))
	_, last, err := s.Load(ctx, "case", "a")
	require.NoError(t, err)
	require.Equal(t, uint64(3), last.Seq)
	require.Equal(t, "last", string(last.Data))
	_, last, err = s.Load(ctx, "case", "b")
	require.NoError(t, err)
	require.Equal(t, store.Line{}, last)
}
