package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/storetest"
)

const registrySchema = `
CREATE TABLE matter (sort TEXT, number TEXT, version INTEGER, content BLOB, PRIMARY KEY (sort, number));
CREATE TABLE matter_label (sort TEXT, number TEXT, label TEXT, value TEXT, PRIMARY KEY (sort, number, label, value));
CREATE TABLE matter_log (line INTEGER PRIMARY KEY AUTOINCREMENT, sort TEXT, number TEXT, step INTEGER,
	act TEXT, text BLOB, seal TEXT, UNIQUE (sort, number, step))`

func TestAStoreOfYourOwnKeepsThePromisesOfTheSeam(t *testing.T) {
	storetest.Run(t, func(t testing.TB) store.Store {
		file := filepath.Join(t.TempDir(), "registry.db")
		db, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_journal_mode=WAL&_busy_timeout=10000")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(context.Background(), registrySchema); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeStore(t, db) })
		return &registry{db: db}
	}, storetest.Capabilities{Parallel: true})
}

// What the package promises to whoever writes one: it is little.
func TestAStoreOfYourOwnIsShort(t *testing.T) {
	text, err := os.ReadFile("ownstore_test.go")
	if err != nil {
		t.Fatal(err)
	}
	if lines := bytes.Count(text, []byte("\n")); lines > 160 {
		t.Errorf("the example has %d lines", lines)
	}
}
