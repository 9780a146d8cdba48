package mysql_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	driver "github.com/go-sql-driver/mysql"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/mysql"
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

func TestKeepsThePromisesOfTheSeam(t *testing.T) {
	dsn(t)
	conform(t, func(t testing.TB, dsn string) store.Store {
		s, err := mysql.Open(context.Background(), dsn, mysql.WithMigration())
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

// A vendor's own pool, with nothing set beyond what the server has.
func TestPoolOfTheCallersKeepsThePromisesOfTheSeam(t *testing.T) {
	dsn(t)
	conform(t, func(t testing.TB, dsn string) store.Store {
		db, err := sql.Open("mysql", dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeStore(t, db) })
		s, err := mysql.New(context.Background(), db, mysql.WithMigration(), mysql.WithPrefix("their_"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func conform(t *testing.T, open func(t testing.TB, dsn string) store.Store) {
	var where sync.Map // store → connection string
	at := func(t testing.TB, dsn string) store.Store {
		s := open(t, dsn)
		t.Cleanup(func() { closeStore(t, s) })
		where.Store(s, dsn)
		return s
	}
	empty := func(t testing.TB) store.Store {
		_, dsn := newDatabase(t)
		return at(t, dsn)
	}
	beside := func(t testing.TB, s store.Store) store.Store {
		dsn, _ := where.Load(s)
		return at(t, fmt.Sprint(dsn))
	}
	storetest.Run(t, empty, storetest.Capabilities{
		Parallel: true,
		Beside:   beside,
		Reopen: func(t testing.TB, s store.Store) store.Store {
			closeStore(t, s)
			return beside(t, s)
		},
		Slow: func(t testing.TB) store.Store {
			db, dsn := newDatabase(t)
			s := at(t, dsn)
			var entries string
			if err := db.QueryRow("SELECT table_name FROM information_schema.tables WHERE table_schema = database() AND table_name LIKE '%entries'").Scan(&entries); err != nil {
				t.Fatal(err)
			}
			execute(t, db, "CREATE TRIGGER linger AFTER INSERT ON "+entries+" FOR EACH ROW DO sleep(rand() * 0.005)")
			return s
		},
	})
}
