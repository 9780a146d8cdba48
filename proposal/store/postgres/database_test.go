package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
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
		closeStore(t, admin)
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
