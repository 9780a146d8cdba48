package mysql_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"testing"

	driver "github.com/go-sql-driver/mysql"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/faulty"
	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/mysql"
	"github.com/tian-go/tian/proposal/store/sqlstore"
	"github.com/tian-go/tian/proposal/store/storetest"
)

// dsn is the server to test on, or the test is skipped.
func dsn(t testing.TB) *driver.Config {
	t.Helper()
	d := os.Getenv("TIAN_MYSQL_DSN")
	if d == "" {
		t.Skip("set TIAN_MYSQL_DSN, such as root@tcp(127.0.0.1:3306)/test, to test on MariaDB or MySQL")
	}
	config, err := driver.ParseDSN(d)
	if err != nil {
		t.Fatal(err)
	}
	return config
}

var databases atomic.Int64 // numbers the databases of this process

// newDatabase makes a database of the test's own and removes it afterwards.
func newDatabase(t testing.TB) (db *sql.DB, dsnOfIt string) {
	t.Helper()
	config := dsn(t)
	admin, err := sql.Open("mysql", config.FormatDSN())
	if err != nil {
		t.Fatal(err)
	}
	config.DBName = fmt.Sprintf("tian_test_%d_%d", os.Getpid(), databases.Add(1))
	execute(t, admin, "CREATE DATABASE "+config.DBName)
	db, err = sql.Open("mysql", config.FormatDSN())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		execute(t, admin, "DROP DATABASE "+config.DBName)
		closeStore(t, db)
		closeStore(t, admin)
	})
	return db, config.FormatDSN()
}

func execute(t testing.TB, db *sql.DB, text string) {
	t.Helper()
	if _, err := db.ExecContext(context.Background(), text); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
}

func closeStore(t testing.TB, s any) {
	t.Helper()
	if c, ok := s.(io.Closer); !ok {
		t.Errorf("%T has no Close", s)
	} else if err := c.Close(); err != nil {
		t.Error(err)
	}
}

func open(_ testing.TB, dsn string) (storetest.ClosingStore, error) {
	return mysql.Open(context.Background(), dsn, mysql.WithMigration())
}

func TestKeepsThePromisesOfTheSeam(t *testing.T) { conform(t, open) }

// A vendor's own pool, with nothing set beyond what the server has.
func TestPoolOfTheCallersKeepsThePromisesOfTheSeam(t *testing.T) {
	conform(t, func(t testing.TB, dsn string) (storetest.ClosingStore, error) {
		db, err := sql.Open("mysql", dsn)
		if err != nil {
			return nil, err
		}
		t.Cleanup(func() { closeStore(t, db) })
		return mysql.New(context.Background(), db, mysql.WithMigration(), mysql.WithPrefix("their_"))
	})
}

func TestGroupedCommitsKeepThePromisesOfTheSeam(t *testing.T) {
	conform(t, func(t testing.TB, dsn string) (storetest.ClosingStore, error) {
		s, err := open(t, dsn)
		return groupcommit.New(s), err
	})
}

func TestWithoutFaultsAFaultyStoreKeepsThePromisesOfTheSeam(t *testing.T) {
	conform(t, func(t testing.TB, dsn string) (storetest.ClosingStore, error) {
		s, err := open(t, dsn)
		return faulty.New(s, nil), err
	})
}

func conform(t *testing.T, open func(t testing.TB, dsn string) (storetest.ClosingStore, error)) {
	t.Helper()
	slow := linger
	if onTiDB(t) {
		slow = nil // which is done by a trigger
	}
	storetest.RunDurable(t, storetest.Durable{
		Place: func(t testing.TB) string {
			_, dsn := newDatabase(t)
			return dsn
		},
		Open:   open,
		Begin:  begin,
		Linger: slow,
	})
}

// linger makes the commits to the tables of a database wait, for each entry.
func linger(t testing.TB, dsn string) {
	t.Helper()
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, db)
	var entries string
	if err := db.QueryRow("SELECT table_name FROM information_schema.tables WHERE table_schema = database() AND table_name LIKE '%entries'").Scan(&entries); err != nil {
		t.Fatal(err)
	}
	execute(t, db, "CREATE TRIGGER linger AFTER INSERT ON "+entries+" FOR EACH ROW DO sleep(rand() * 0.005)")
}

// begin begins a transaction of a host's, on a pool of its own.
func begin(t testing.TB, dsn string, s store.Store) storetest.Transaction {
	t.Helper()
	here, ok := store.As[*sqlstore.Store](s)
	if !ok {
		t.Fatalf("%T stands on no store of this package", s)
	}
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(context.Background(), &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = tx.Rollback() // an error when it has ended
		closeStore(t, db)
	})
	return storetest.Transaction{Store: here.In(tx), Commit: tx.Commit, Rollback: tx.Rollback}
}
