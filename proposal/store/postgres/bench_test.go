package postgres_test

import (
	"context"
	"database/sql"
	"testing"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/storetest/storebench"
)

func BenchmarkCommit(b *testing.B) { storebench.Commit(b, openBench, raw, rowsWritten) }

func BenchmarkGroupCommit(b *testing.B) { storebench.GroupCommit(b, openBench) }

func BenchmarkAmongCases(b *testing.B) { storebench.AmongCases(b, openBench) }

func openBench(b *testing.B, cases int) store.Store {
	b.Helper()
	s, _, _ := openSchema(b, cases)
	return s
}

func openSchema(b *testing.B, cases int) (s store.Store, admin *sql.DB, schema string) {
	b.Helper()
	admin, schema = newSchema(b)
	opened, err := open(b, schema)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { closeStore(b, opened) })
	storebench.Fill(b, opened, cases)
	for _, table := range []string{"records", "entries", "attrs"} {
		execute(b, admin, "ANALYZE "+schema+".tian_"+table)
	}
	return opened, admin, schema
}

func raw(b *testing.B, cases int) storebench.Raw {
	b.Helper()
	_, _, schema := openSchema(b, cases)
	db, err := sql.Open("pgx", dsn(b))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { closeStore(b, db) })
	t := schema + ".tian_"
	return storebench.Raw{
		DB:     db,
		Update: "UPDATE " + t + "records SET revision = $1, seq = $2, attrs = $3, body = $4 WHERE kind = $5 AND id = $6",
		Delete: "DELETE FROM " + t + "attrs WHERE kind = $1 AND name = $2 AND value = $3 AND id = $4",
		Insert: "INSERT INTO " + t + "attrs (kind, name, value, id) VALUES ($1, $2, $3, $4)",
		Entry:  "INSERT INTO " + t + "entries (kind, id, seq, command, body, hash) VALUES ($1, $2, $3, $4, $5, $6)",
		Arrive: "INSERT INTO " + t + "arrivals (kind, id, seq) VALUES ($1, $2, $3)",
	}
}

// rowsWritten counts by triggers.
func rowsWritten(b *testing.B) (n int) {
	b.Helper()
	s, admin, schema := openSchema(b, 1)
	execute(b, admin, "CREATE TABLE "+schema+".written (n int)")
	execute(b, admin, "CREATE FUNCTION "+schema+".count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "+schema+".written VALUES (1); RETURN NULL; END $$")
	for _, table := range []string{"records", "entries", "attrs", "arrivals"} {
		execute(b, admin, "CREATE TRIGGER count AFTER INSERT OR UPDATE OR DELETE ON "+schema+".tian_"+table+" FOR EACH ROW EXECUTE FUNCTION "+schema+".count()")
	}
	if err := s.Commit(context.Background(), storebench.Act(0, 1)); err != nil {
		b.Fatal(err)
	}
	if err := admin.QueryRow("SELECT count(*) FROM " + schema + ".written").Scan(&n); err != nil {
		b.Fatal(err)
	}
	return n
}
