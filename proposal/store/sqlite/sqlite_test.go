package sqlite_test

import (
	"context"
	"io"
	"path/filepath"
	"sync"
	"testing"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/storetest"
)

func TestKeepsThePromisesOfTheSeam(t *testing.T) {
	var files sync.Map // store → file
	at := func(t testing.TB, file string) store.Store {
		s, err := sqlite.Open(context.Background(), file)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeStore(t, s) })
		files.Store(store.Store(s), file)
		return s
	}
	beside := func(t testing.TB, s store.Store) store.Store {
		file, _ := files.Load(s)
		return at(t, file.(string))
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

func closeStore(t testing.TB, s store.Store) {
	t.Helper()
	if err := s.(io.Closer).Close(); err != nil {
		t.Error(err)
	}
}
