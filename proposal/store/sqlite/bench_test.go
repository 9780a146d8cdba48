package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/storetest/storebench"
)

func BenchmarkCommit(b *testing.B) { storebench.Commit(b, openBench, raw, rowsWritten) }

func BenchmarkGroupCommit(b *testing.B) { storebench.GroupCommit(b, openBench) }

func BenchmarkAmongCases(b *testing.B) { storebench.AmongCases(b, openBench) }

func openBench(b *testing.B, cases int) store.Store {
	b.Helper()
	s, _ := openFile(b, cases)
	return s
}

func openFile(b *testing.B, cases int) (s store.Store, file string) {
	b.Helper()
	file = filepath.Join(b.TempDir(), "tian.db")
	s, err := sqlite.Open(context.Background(), file)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { closeStore(b, s) })
	storebench.Fill(b, s, cases)
	db := pool(b, file)
	execute(b, db, "PRAGMA wal_checkpoint(TRUNCATE)") // what filling left to write is not the benchmark's
	return s, file
}

func raw(b *testing.B, cases int) storebench.Raw {
	b.Helper()
	_, file := openFile(b, cases)
	return storebench.Raw{
		DB:     pool(b, "file:"+file+"?_txlock=immediate&_journal_mode=WAL&_synchronous=FULL"),
		Update: "UPDATE tian_records SET revision = ?, seq = ?, attrs = ?, body = ? WHERE kind = ? AND id = ?",
		Delete: "DELETE FROM tian_attrs WHERE kind = ? AND name = ? AND value = ? AND id = ?",
		Insert: "INSERT INTO tian_attrs (kind, name, value, id) VALUES (?, ?, ?, ?)",
		Entry:  "INSERT INTO tian_entries (kind, id, seq, command, body, hash) VALUES (?, ?, ?, ?, ?, ?)",
	}
}

// rowsWritten counts by triggers.
func rowsWritten(b *testing.B) (n int) {
	b.Helper()
	s, file := openFile(b, 1)
	db := pool(b, file)
	execute(b, db, "CREATE TABLE written (n INTEGER)")
	execute(b, db, "INSERT INTO written VALUES (0)")
	for _, table := range []string{"tian_records", "tian_entries", "tian_attrs"} {
		for _, event := range []string{"INSERT", "UPDATE", "DELETE"} {
			execute(b, db, fmt.Sprintf("CREATE TRIGGER %s_%s AFTER %[2]s ON %[1]s BEGIN UPDATE written SET n = n + 1; END", table, event))
		}
	}
	if err := s.Commit(context.Background(), storebench.Act(0, 1)); err != nil {
		b.Fatal(err)
	}
	if err := db.QueryRow("SELECT n FROM written").Scan(&n); err != nil {
		b.Fatal(err)
	}
	return n
}

func pool(b *testing.B, dsn string) *sql.DB {
	b.Helper()
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { closeStore(b, db) })
	return db
}

func execute(b *testing.B, db *sql.DB, text string) {
	b.Helper()
	if _, err := db.ExecContext(context.Background(), text); err != nil {
		b.Fatalf("%v: %s", err, text)
	}
}
