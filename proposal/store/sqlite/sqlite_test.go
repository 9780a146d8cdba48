package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"testing"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/storetest"
)

func TestKeepsThePromisesOfTheSeam(t *testing.T) {
	conform(t, func(t testing.TB, file string) store.Store {
		s, err := sqlite.Open(context.Background(), file)
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

// A vendor's own pool, with transactions that begin without a lock.
func TestPoolOfTheCallersKeepsThePromisesOfTheSeam(t *testing.T) {
	conform(t, func(t testing.TB, file string) store.Store {
		db, err := sql.Open("sqlite", "file:"+file+"?_journal_mode=WAL&_busy_timeout=10000")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeStore(t, db) })
		s, err := sqlite.New(context.Background(), db, sqlite.WithPrefix("their_"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func TestGroupedCommitsKeepThePromisesOfTheSeam(t *testing.T) {
	conform(t, func(t testing.TB, file string) store.Store {
		s, err := sqlite.Open(context.Background(), file)
		if err != nil {
			t.Fatal(err)
		}
		return groupcommit.New(s)
	})
}

func conform(t *testing.T, open func(t testing.TB, file string) store.Store) {
	var files sync.Map // store → file
	at := func(t testing.TB, file string) store.Store {
		s := open(t, file)
		t.Cleanup(func() { closeStore(t, s) })
		files.Store(s, file)
		return s
	}
	beside := func(t testing.TB, s store.Store) store.Store {
		file, _ := files.Load(s)
		return at(t, fmt.Sprint(file))
	}
	storetest.Run(t,
		func(t testing.TB) store.Store { return at(t, filepath.Join(t.TempDir(), "tian.db")) },
		storetest.Capabilities{
			Parallel: true,
			Beside:   beside,
			Reopen: func(t testing.TB, s store.Store) store.Store {
				closeStore(t, s)
				return beside(t, s)
			},
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
