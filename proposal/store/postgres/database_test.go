package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"github.com/tian-go/tian/proposal/store"
)

// dsn is the database to test on, or the test is skipped.
func dsn(t testing.TB) string {
	t.Helper()
	d := os.Getenv("TIAN_POSTGRES_DSN")
	if d == "" {
		t.Skip("set TIAN_POSTGRES_DSN, such as postgres://root@127.0.0.1:5432/test, to test on PostgreSQL")
	}
	return d
}

var schemas atomic.Int64 // numbers the schemas of this process

// newSchema makes a schema of the test's own and removes it afterwards.
func newSchema(t testing.TB) (admin *sql.DB, schema string) {
	t.Helper()
	admin, err := sql.Open("pgx", dsn(t))
	if err != nil {
		t.Fatal(err)
	}
	schema = fmt.Sprintf("tian_test_%d_%d", os.Getpid(), schemas.Add(1))
	execute(t, admin, "CREATE SCHEMA "+schema)
	t.Cleanup(func() {
		execute(t, admin, "SET client_min_messages = warning; DROP SCHEMA "+schema+" CASCADE")
		if err := admin.Close(); err != nil {
			t.Error(err)
		}
	})
	return admin, schema
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

// places remembers the schema of each store.
type places struct{ m sync.Map }

func (p *places) put(s store.Store, schema string) store.Store {
	p.m.Store(s, schema)
	return s
}

func (p *places) of(t testing.TB, s store.Store) string {
	t.Helper()
	schema, ok := p.m.Load(s)
	if !ok {
		t.Fatal("a store of unknown schema")
	}
	return fmt.Sprint(schema)
}
