package sqlite_test

import (
	"context"
	"database/sql"
	"io"
	"path/filepath"
	"testing"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/faulty"
	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
	"github.com/tian-go/tian/proposal/store/storetest"
)

func open(_ testing.TB, file string) (storetest.ClosingStore, error) {
	return sqlite.Open(context.Background(), file)
}

func TestKeepsThePromisesOfTheSeam(t *testing.T) { conform(t, open) }

// A vendor's own pool, with transactions that begin without a lock.
func TestPoolOfTheCallersKeepsThePromisesOfTheSeam(t *testing.T) {
	conform(t, func(t testing.TB, file string) (storetest.ClosingStore, error) {
		db, err := sql.Open("sqlite", "file:"+file+"?_journal_mode=WAL&_busy_timeout=10000")
		if err != nil {
			return nil, err
		}
		t.Cleanup(func() { closeStore(t, db) })
		return sqlite.New(context.Background(), db, sqlite.WithPrefix("their_"))
	})
}

func TestGroupedCommitsKeepThePromisesOfTheSeam(t *testing.T) {
	conform(t, func(t testing.TB, file string) (storetest.ClosingStore, error) {
		s, err := open(t, file)
		return groupcommit.New(s), err
	})
}

func TestWithoutFaultsAFaultyStoreKeepsThePromisesOfTheSeam(t *testing.T) {
	conform(t, func(t testing.TB, file string) (storetest.ClosingStore, error) {
		s, err := open(t, file)
		return faulty.New(s, nil), err
	})
}

func conform(t *testing.T, open func(t testing.TB, file string) (storetest.ClosingStore, error)) {
	t.Helper()
	storetest.RunDurable(t, storetest.Durable{
		Place: func(t testing.TB) string { return filepath.Join(t.TempDir(), "tian.db") },
		Open:  open,
		Begin: begin,
	})
}

func closeStore(t testing.TB, s any) {
	t.Helper()
	if c, ok := s.(io.Closer); !ok {
		t.Errorf("%T has no Close", s)
	} else if err := c.Close(); err != nil {
		t.Error(err)
	}
}

// begin begins a transaction of a host's, on a pool of its own.
func begin(t testing.TB, file string, s store.Store) storetest.Transaction {
	t.Helper()
	here, ok := store.As[*sqlstore.Store](s)
	if !ok {
		t.Fatalf("%T stands on no store of this package", s)
	}
	db, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_busy_timeout=10000")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = tx.Rollback() // an error when it has ended
		closeStore(t, db)
	})
	return storetest.Transaction{Store: here.In(tx), Commit: tx.Commit, Rollback: tx.Rollback, Alone: true}
}
