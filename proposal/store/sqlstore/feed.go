package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

// Feed implements [store.Store].
//
// Where transactions overlap, an entry has no position when it is committed: it
// has arrived, no more. Whoever reads to the end of the feed gives the next
// positions to all that have, one reader at a time. So no writer waits for
// another because of the feed, and none for a transaction that stays open. The
// role that reads the feed must therefore be able to write these three tables.
//
// Not every database takes its snapshots in one instant: MariaDB lists the
// running transactions while they go on, so that a commit may be seen and not
// the one before it. A page with a gap is therefore read again; a gap that stays
// is one in the data, which an audit reports.
func (s *Store) Feed(ctx context.Context, after uint64, limit int) ([]store.Line, error) {
	limit = store.Limit(limit)
	page, err := s.page(ctx, after, limit)
	if err != nil || len(page) == limit || s.dialect.Alone() {
		return page, err
	}
	more, err := s.number(ctx)
	if err != nil || !more {
		return page, err
	}
	return s.page(ctx, after, limit)
}

// page returns a page of the entries that have positions.
func (s *Store) page(ctx context.Context, after uint64, limit int) ([]store.Line, error) {
	for attempt := 1; ; attempt++ {
		page, err := s.entries(ctx, s.query, "feed", s.sql.feed, number(after), limit)
		if err != nil || attempt == feedReads || withoutGap(after, page) {
			return page, err
		}
	}
}

// feedReads is how often a page of the feed is read before a gap is believed.
const feedReads = 5

// withoutGap reports whether a page follows on a position without a gap.
func withoutGap(after uint64, page []store.Line) bool {
	for _, e := range page {
		if e.Position != after+1 {
			return false
		}
		after++
	}
	return true
}

// arrival is an entry that has no position yet.
type arrival struct {
	number   int64
	kind, id string
	seq      int64
}

// number gives positions to what has arrived, and reports whether there was
// something.
func (s *Store) number(ctx context.Context) (more bool, err error) {
	if s.closed.Load() {
		return false, store.ErrClosed
	}
	deadline := time.Now().Add(s.patience)
	for attempt := 0; ; attempt++ {
		var n int
		n, err = s.numberOnce(ctx)
		switch {
		case err == nil && n < mostArrivals:
			return more || n > 0, nil
		case err == nil:
			more, attempt = true, 0
			continue
		case s.dialect.Classify(err) != Retry || time.Now().After(deadline) || ended(ctx) != nil:
			return false, s.fail(ctx, "feed", err)
		}
		if err := pause(ctx, attempt); err != nil {
			return false, s.fail(ctx, "feed", err)
		}
	}
}

func (s *Store) numberOnce(ctx context.Context) (n int, err error) {
	var one int
	err = s.write.QueryRowContext(ctx, "SELECT 1 FROM "+s.tables.Arrivals+" LIMIT 1").Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	tx, err := s.dialect.Begin(ctx, s.write, s.tables)
	if err != nil {
		return 0, err
	}
	if n, err = s.give(ctx, tx); err != nil {
		_ = tx.Rollback() // err says more
		return 0, err
	}
	return n, tx.Commit()
}

// give moves arrivals into the feed, in the order in which their transactions
// put them down. An act that began after another had ended put down its arrivals
// later, so that the order of a case's acts is kept.
func (s *Store) give(ctx context.Context, tx *sql.Tx) (n int, err error) {
	var last int64
	err = tx.QueryRowContext(ctx, "SELECT position FROM "+s.tables.Last+" WHERE one = 1 "+s.dialect.Locking()).Scan(&last)
	if err != nil {
		return 0, err
	}
	arrived, err := s.arrived(ctx, tx)
	if err != nil || len(arrived) == 0 {
		return 0, err
	}
	var rows, gone []any
	for i, a := range arrived {
		rows = append(rows, last+int64(i)+1, a.kind, a.id, a.seq)
		gone = append(gone, a.number)
	}
	t := transaction{Store: s, in: transactionOf{tx: tx}}
	err = t.execRows(ctx, manyRows{
		before: "INSERT INTO " + s.tables.Feed + " (position, kind, id, seq) VALUES ",
		row:    "(?, ?, ?, ?)", between: ", ", most: 1000,
	}, 4, rows)
	if err != nil {
		return 0, err
	}
	for part := range slices.Chunk(gone, 500) {
		text := fillParams(s.dialect, s.dialect.DeleteByKey(s.tables.Arrivals, "arrival", len(part)))
		if _, err := t.in.Exec(ctx, text, part...); err != nil {
			return 0, err
		}
	}
	_, err = tx.ExecContext(ctx, fillParams(s.dialect, "UPDATE "+s.tables.Last+" SET position = ? WHERE one = 1"), last+int64(len(arrived)))
	return len(arrived), err
}

// arrived returns the first arrivals in their order. It reads until two readings
// agree: then nothing is missing that was committed before something that is
// there, also where a snapshot is not taken in one instant.
func (s *Store) arrived(ctx context.Context, tx *sql.Tx) ([]arrival, error) {
	const text = "SELECT arrival, kind, id, seq FROM "
	before, err := arrivals(tx.QueryContext(ctx, text+s.tables.Arrivals+" ORDER BY arrival LIMIT "+itoa(mostArrivals)))
	if err != nil || len(before) == 0 {
		return nil, err
	}
	until := before[len(before)-1].number
	for range feedReads {
		now, err := arrivals(tx.QueryContext(ctx, fillParams(s.dialect, text+s.tables.Arrivals+" WHERE arrival <= ? ORDER BY arrival"), until))
		if err != nil {
			return nil, err
		}
		if len(now) == len(before) {
			return now, nil
		}
		before = now
	}
	return nil, fmt.Errorf("%s changes too fast to be read", s.tables.Arrivals)
}

func arrivals(rows *sql.Rows, err error) ([]arrival, error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	var found []arrival
	for rows.Next() {
		var a arrival
		if err := rows.Scan(&a.number, &a.kind, &a.id, &a.seq); err != nil {
			return nil, err
		}
		found = append(found, a)
	}
	return found, rows.Err()
}
