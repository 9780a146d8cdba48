package mysql_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	driver "github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/mysql"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

func TestErrorNumbersMeanWhatTheirServersSay(t *testing.T) {
	for number, fault := range map[uint16]sqlstore.Fault{
		1062: sqlstore.Unique, 1586: sqlstore.Unique, 8147: sqlstore.Unique,
		1205: sqlstore.Retry, 1213: sqlstore.Retry, 9007: sqlstore.Retry, 8002: sqlstore.Retry, 8005: sqlstore.Retry, 8022: sqlstore.Retry, 8028: sqlstore.Retry,
		8025: sqlstore.TooLarge, 8004: sqlstore.TooLarge, 1153: sqlstore.TooLarge, 1118: sqlstore.TooLarge,
		1105: sqlstore.Other, 1064: sqlstore.Other,
	} {
		err := fmt.Errorf("commit: %w", &driver.MySQLError{Number: number})
		require.Equal(t, fault, mysql.Dialect{}.Classify(err), "%d", number)
	}
}

// A server that raises a number of TiDB's at each insertion of a record.
func raising(t *testing.T, number int) *sqlstore.Store {
	t.Helper()
	needTriggers(t)
	db, place := newDatabase(t)
	s, err := mysql.Open(context.Background(), place, mysql.WithMigration(), mysql.WithPatience(time.Second))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	raise(t, db, number)
	return s
}

func raise(t *testing.T, db *sql.DB, number int) {
	t.Helper()
	_, err := db.ExecContext(context.Background(), fmt.Sprintf(
		"CREATE TRIGGER raising BEFORE INSERT ON tian_records FOR EACH ROW SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = %d, MESSAGE_TEXT = 'as TiDB would'", number))
	require.NoError(t, err)
}

func TestWhatIsTooLargeForTheServerIsInvalid(t *testing.T) {
	ctx := context.Background()
	s := raising(t, 8025)
	c := store.Change{Record: store.Record{Kind: "case", ID: "a"}, Entries: []store.Line{{Seq: 1}}}
	err := s.Commit(ctx, c)
	require.ErrorIs(t, err, store.ErrInvalid)
	require.ErrorContains(t, err, "larger than the server takes")
	_, _, err = s.Load(ctx, "case", "a")
	require.ErrorIs(t, err, store.ErrNotFound)
}

func TestAConflictOfARelativesIsTriedAgain(t *testing.T) {
	s := raising(t, 9007)
	err := s.Commit(context.Background(), store.Change{Record: store.Record{Kind: "case", ID: "a"}, Entries: []store.Line{{Seq: 1}}})
	require.ErrorContains(t, err, "gave up after")
	require.NotErrorIs(t, err, store.ErrInvalid)
}
