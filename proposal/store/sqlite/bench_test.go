package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// The benchmarks measure a store against the same rows written by hand, in
// turns, so that whatever else the machine does meets both. x-raw is the rate
// of the store divided by that of the prepared statements.

const (
	benchBody  = 2000 // bytes of a case
	benchEntry = 400  // bytes of an entry
)

// act is one action on a case: its state changes, four attributes stay.
func act(id string, revision uint64) store.Change {
	return store.Change{
		Record: store.Record{Kind: "case", ID: id, Revision: revision, Body: make([]byte, benchBody), Index: []store.Attr{
			{Name: "state", Value: fmt.Sprintf("s%d", revision%7)}, {Name: "category", Value: "economy"},
			{Name: "session", Value: "14-3"}, {Name: "unit", Value: "商务厅"}, {Name: "title", Value: "关于促进小店经济的提案"},
		}},
		Entries: []store.Entry{{Seq: revision + 1, Command: fmt.Sprintf("%s-%d", id, revision), Body: make([]byte, benchEntry), Hash: fmt.Sprintf("%064d", revision)}},
	}
}

// rawWriter writes the rows of act with prepared statements on one connection.
type rawWriter struct {
	db                        *sql.DB
	update, gone, come, entry *sql.Stmt
	position                  int
}

func newRawWriter(b *testing.B, cases int) *rawWriter {
	b.Helper()
	ctx := context.Background()
	file := filepath.Join(b.TempDir(), "raw.db")
	s, err := sqlite.Open(ctx, file) // for the tables
	if err != nil {
		b.Fatal(err)
	}
	for i := range cases {
		if err := s.Commit(ctx, act(fmt.Sprintf("%06d", i), 0)); err != nil {
			b.Fatal(err)
		}
	}
	closeStore(b, s)
	db, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_journal_mode=WAL&_synchronous=FULL")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { closeStore(b, db) })
	w := &rawWriter{db: db, position: cases}
	for text, stmt := range map[string]**sql.Stmt{
		"UPDATE tian_records SET revision = ?, seq = ?, attrs = ?, body = ? WHERE kind = ? AND id = ?":         &w.update,
		"DELETE FROM tian_attrs WHERE kind = ? AND name = ? AND value = ? AND id = ?":                          &w.gone,
		"INSERT INTO tian_attrs (kind, name, value, id) VALUES (?, ?, ?, ?)":                                   &w.come,
		"INSERT INTO tian_entries (position, kind, id, seq, command, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)": &w.entry,
	} {
		if *stmt, err = db.Prepare(text); err != nil { //nolint:sqlclosecheck // ends with its pool
			b.Fatal(err)
		}
	}
	return w
}

func (w *rawWriter) write(ctx context.Context, changes []store.Change) error {
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	exec := func(stmt *sql.Stmt, args ...any) {
		if err == nil {
			_, err = tx.Stmt(stmt).ExecContext(ctx, args...) //nolint:sqlclosecheck // ends with its transaction
		}
	}
	for _, c := range changes {
		r, e := c.Record, c.Entries[0]
		w.position++
		exec(w.update, r.Revision+1, e.Seq, `[["category","economy"],["session","14-3"],["state","`+r.Index[0].Value+`"],["title","关于促进小店经济的提案"],["unit","商务厅"]]`, r.Body, r.Kind, r.ID)
		exec(w.gone, r.Kind, "state", fmt.Sprintf("s%d", (r.Revision-1)%7), r.ID)
		exec(w.come, r.Kind, "state", r.Index[0].Value, r.ID)
		exec(w.entry, w.position, r.Kind, r.ID, e.Seq, e.Command, e.Body, e.Hash)
	}
	if err != nil {
		return err
	}
	return tx.Commit()
}

func openBench(b *testing.B, cases int) (*sqlstore.Store, string) {
	b.Helper()
	ctx := context.Background()
	file := filepath.Join(b.TempDir(), "tian.db")
	s, err := sqlite.Open(ctx, file)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { closeStore(b, s) })
	fill(b, s, cases)
	return s, file
}

// fill creates cases in large commits.
func fill(b *testing.B, s store.Store, cases int) {
	b.Helper()
	var changes []store.Change
	for i := range cases {
		changes = append(changes, act(fmt.Sprintf("%06d", i), 0))
		if len(changes) == 1000 || i == cases-1 {
			if err := s.Commit(context.Background(), changes...); err != nil {
				b.Fatal(err)
			}
			changes = changes[:0]
		}
	}
}

func BenchmarkCommit(b *testing.B) {
	for _, batch := range []int{1, 100} {
		b.Run(fmt.Sprintf("changes=%d", batch), func(b *testing.B) {
			ctx := context.Background()
			s, _ := openBench(b, batch)
			raw := newRawWriter(b, batch)
			changes := make([]store.Change, batch)
			var mine, floor time.Duration
			b.ResetTimer()
			for n := range b.N {
				for i := range changes {
					changes[i] = act(fmt.Sprintf("%06d", i), uint64(n)+1)
				}
				start := time.Now()
				if err := s.Commit(ctx, changes...); err != nil {
					b.Fatal(err)
				}
				middle := time.Now()
				if err := raw.write(ctx, changes); err != nil {
					b.Fatal(err)
				}
				mine, floor = mine+middle.Sub(start), floor+time.Since(middle)
			}
			b.StopTimer()
			b.ReportMetric(0, "ns/op") // of both together it would say nothing
			b.ReportMetric(float64(floor)/float64(mine), "x-raw")
			b.ReportMetric(float64(mine.Microseconds())/float64(b.N*batch), "µs/change")
			b.ReportMetric(rowsWritten(b), "rows/change")
		})
	}
}

// rowsWritten counts, by triggers, the rows that one act on a case inserts,
// updates and deletes.
func rowsWritten(b *testing.B) (n float64) {
	b.Helper()
	s, file := openBench(b, 1)
	db, err := sql.Open("sqlite", file)
	if err != nil {
		b.Fatal(err)
	}
	defer closeStore(b, db)
	statements := []string{"CREATE TABLE written (n INTEGER)", "INSERT INTO written VALUES (0)"}
	for _, table := range []string{"tian_records", "tian_entries", "tian_attrs"} {
		for _, event := range []string{"INSERT", "UPDATE", "DELETE"} {
			statements = append(statements, fmt.Sprintf("CREATE TRIGGER %s_%s AFTER %[2]s ON %[1]s BEGIN UPDATE written SET n = n + 1; END", table, event))
		}
	}
	for _, text := range statements {
		if _, err := db.Exec(text); err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Commit(context.Background(), act("000000", 1)); err != nil {
		b.Fatal(err)
	}
	if err := db.QueryRow("SELECT n FROM written").Scan(&n); err != nil {
		b.Fatal(err)
	}
	return n
}

// Eight writers, each on a case of its own, with and without sharing commits.
func BenchmarkGroupCommit(b *testing.B) {
	const writers = 8
	ctx := context.Background()
	s, _ := openBench(b, 2*writers)
	run := func(s store.Store, first, revision int) time.Duration {
		start := time.Now()
		var wg sync.WaitGroup
		for w := range writers {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := range 20 {
					if err := s.Commit(ctx, act(fmt.Sprintf("%06d", first+w), uint64(revision+i))); err != nil {
						b.Error(err)
						return
					}
				}
			}()
		}
		wg.Wait()
		return time.Since(start)
	}
	shared := groupcommit.New(s)
	var alone, together time.Duration
	for n := range b.N {
		alone += run(s, 0, 1+20*n)
		together += run(shared, writers, 1+20*n)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(alone)/float64(together), "x-alone")
	b.ReportMetric(float64(b.N*writers*20)/together.Seconds(), "commits/s")
}

// What one act costs, load and commit, among few cases and among many; with
// TIAN_LARGE set among a million. The stores take turns, so that a busy disk
// meets all of them; x-1000 is the cost divided by that among a thousand, by
// the medians, and x-mean by the means, which a busy disk moves.
func BenchmarkAmongCases(b *testing.B) {
	sizes := []int{1000, 100_000}
	if os.Getenv("TIAN_LARGE") != "" {
		sizes = append(sizes, 1_000_000)
	}
	ctx := context.Background()
	stores := make([]store.Store, len(sizes))
	for i, cases := range sizes {
		stores[i], _ = openBench(b, cases)
	}
	syscall.Sync() // what filling left to write is not this benchmark's
	rnd := rand.New(rand.NewPCG(1, 2))
	took := make([][]time.Duration, len(sizes))
	b.ResetTimer()
	for range b.N {
		for i, s := range stores {
			id := fmt.Sprintf("%06d", rnd.IntN(sizes[i]))
			start := time.Now()
			r, err := s.Load(ctx, "case", id)
			if err != nil {
				b.Fatal(err)
			}
			if err := s.Commit(ctx, act(id, r.Revision)); err != nil {
				b.Fatal(err)
			}
			took[i] = append(took[i], time.Since(start))
		}
	}
	b.StopTimer()
	mean := func(d []time.Duration) (sum float64) {
		for _, one := range d {
			sum += float64(one)
		}
		return sum / float64(len(d))
	}
	median := func(d []time.Duration) float64 {
		slices.Sort(d)
		return float64(d[len(d)/2])
	}
	b.ReportMetric(0, "ns/op")
	for i, cases := range sizes {
		b.ReportMetric(median(took[i])/1000, fmt.Sprintf("µs@%d", cases))
		b.ReportMetric(median(took[i])/median(took[0]), fmt.Sprintf("x-1000@%d", cases))
		b.ReportMetric(mean(took[i])/mean(took[0]), fmt.Sprintf("x-mean@%d", cases))
	}
}
