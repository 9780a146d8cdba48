package mysql_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"testing"

	driver "github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/mysql"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

func TestManyMayMigrateAtOnce(t *testing.T) {
	ctx := context.Background()
	db, _ := newDatabase(t)
	errs := make(chan error)
	const processes = 8
	for range processes {
		go func() { errs <- mysql.Migrate(ctx, db) }()
	}
	for range processes {
		require.NoError(t, <-errs)
	}
	var versions int
	require.NoError(t, db.QueryRow("SELECT count(*) FROM tian_schema").Scan(&versions))
	require.Equal(t, 1, versions)
}

// The server cannot undo a change of schema: a migration that was cut short
// anywhere is taken up again.
func TestAMigrationCutShortIsTakenUpAgain(t *testing.T) {
	ctx := context.Background()
	db, dsn := newDatabase(t)
	require.NoError(t, mysql.Migrate(ctx, db))
	for _, undo := range []string{"DELETE FROM tian_schema", "DROP TABLE tian_attrs", "DELETE FROM tian_last"} {
		execute(t, db, undo)
	}
	s, err := mysql.Open(ctx, dsn, mysql.WithMigration())
	require.NoError(t, err)
	defer closeStore(t, s)
	require.NoError(t, s.Commit(ctx, store.Change{Record: store.Record{Kind: "case", ID: "a"}, Entries: []store.Line{{Seq: 1}}}))
}

func TestOtherSchemasAreRefusedAndLeftAlone(t *testing.T) {
	ctx := context.Background()
	db, dsn := newDatabase(t)
	_, err := mysql.Open(ctx, dsn)
	require.ErrorIs(t, err, sqlstore.ErrSchema)
	require.ErrorContains(t, err, "run Migrate first")
	require.NoError(t, mysql.Migrate(ctx, db))
	execute(t, db, "INSERT INTO tian_schema (version) VALUES (99)")
	for _, opts := range [][]mysql.Option{nil, {mysql.WithMigration()}} {
		_, err = mysql.Open(ctx, dsn, opts...)
		require.ErrorIs(t, err, sqlstore.ErrSchema)
		require.ErrorContains(t, err, "at version 99, this code knows 1")
	}
}

func TestAConnectionStringThatIsNoneIsAnError(t *testing.T) {
	_, err := mysql.Open(context.Background(), "root@nowhere")
	require.ErrorContains(t, err, "connection string")
	_, err = mysql.Open(context.Background(), "nobody@tcp(127.0.0.1:1)/none?timeout=2s")
	require.ErrorContains(t, err, "connect")
}

// grants is what the package's comment says that a service needs.
var grants = map[string]string{
	"tian_schema": "SELECT", "tian_records": "SELECT, INSERT, UPDATE", "tian_entries": "SELECT, INSERT",
	"tian_attrs": "SELECT, INSERT, UPDATE, DELETE", "tian_arrivals": "SELECT, INSERT, DELETE",
	"tian_feed": "SELECT, INSERT", "tian_last": "SELECT, UPDATE",
}

func TestAUserWithFewRightsIsEnoughForAService(t *testing.T) {
	ctx := context.Background()
	db, dsn := newDatabase(t)
	require.NoError(t, mysql.Migrate(ctx, db))
	user := fmt.Sprintf("tian_service_%d", os.Getpid())
	execute(t, db, "CREATE USER '"+user+"'@'%' IDENTIFIED BY 'tian-test'")
	t.Cleanup(func() { execute(t, db, "DROP USER '"+user+"'@'%'") })
	for table, rights := range grants {
		execute(t, db, fmt.Sprintf("GRANT %s ON %s TO '%s'@'%%'", rights, table, user))
	}
	config, err := driver.ParseDSN(dsn)
	require.NoError(t, err)
	config.User, config.Passwd = user, "tian-test"
	probe, err := sql.Open("mysql", config.FormatDSN())
	require.NoError(t, err)
	defer closeStore(t, probe)
	if err := probe.Ping(); err != nil {
		t.Skipf("the server does not let a user with a password in from here: %v", err)
	}
	s, err := mysql.Open(ctx, config.FormatDSN(), mysql.WithMigration()) // there is nothing to migrate
	require.NoError(t, err)
	defer closeStore(t, s)
	for i := range uint64(3) {
		require.NoError(t, s.Commit(ctx, store.Change{
			Record:  store.Record{Kind: "case", ID: "a", Revision: i, Index: []store.Attr{{Name: "i", Value: fmt.Sprint(i)}}},
			Entries: []store.Line{{Seq: i + 1, Command: fmt.Sprint(i)}},
		}))
	}
	h, err := s.History(ctx, "case", "a", 0, 0)
	require.NoError(t, err)
	require.Len(t, h, 3)
	for _, forbidden := range []string{"UPDATE tian_entries SET body = ''", "DELETE FROM tian_entries", "DROP TABLE tian_feed", "CREATE TABLE more (a INT)"} {
		_, err := probe.Exec(forbidden)
		var refusal *driver.MySQLError
		require.ErrorAs(t, err, &refusal, forbidden)
		require.Contains(t, []uint16{1142, 8121}, refusal.Number, forbidden) // command denied; the same of TiDB
	}
}
