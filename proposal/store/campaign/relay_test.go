//go:build unix

package campaign

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/relay"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// handOn writes a letter for each entry of the feed, in the transaction that
// keeps the relay's place, until enough says so.
func handOn(ctx context.Context, p place, s store.Store, said func(n int) error, enough func(n int) bool) error {
	inner, ok := store.As[*sqlstore.Store](s)
	if !ok {
		return fmt.Errorf("%T is no sqlstore", s)
	}
	db, err := p.openPool()
	if err != nil {
		return err
	}
	post := relay.New(inner, "post", 7)
	for {
		n, err := handOnce(ctx, p, db, inner, post)
		if errors.Is(err, store.ErrConflict) { // another relay was there first
			continue
		}
		if err != nil {
			return errors.Join(err, db.Close())
		}
		if enough(n) {
			return db.Close()
		}
		if n == 0 {
			time.Sleep(time.Millisecond)
			continue
		}
		if err := said(n); err != nil {
			return errors.Join(err, db.Close())
		}
	}
}

func handOnce(ctx context.Context, p place, db *sql.DB, st *sqlstore.Store, post *relay.Relay) (int, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	n, err := post.Pass(ctx, st.In(tx), func(lines []store.Line) error {
		for _, l := range lines {
			if _, err := tx.ExecContext(ctx, "INSERT INTO "+p.letters()+" VALUES ("+strconv.FormatUint(l.Position, 10)+", '"+l.Kind+" "+l.ID+" "+strconv.FormatUint(l.Seq, 10)+"')"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, errors.Join(err, tx.Rollback())
	}
	return n, tx.Commit()
}

// Relays that are killed again and again, two at a time, hand every entry on once
// and in order, while others write.
func TestKilledRelays(t *testing.T) {
	eachEngine(t, func(t *testing.T, p place) {
		ctx := context.Background()
		s := mustOpen(t, p)
		db := p.pool(t)
		_, err := db.ExecContext(ctx, "CREATE TABLE "+p.letters()+" (position BIGINT, what VARCHAR(80))")
		require.NoError(t, err)
		rnd := rand.New(rand.NewPCG(3, 1)) // the same every time

		working, stop := context.WithCancel(ctx)
		var writer sync.WaitGroup
		var failed error
		writer.Go(func() {
			for i := 0; working.Err() == nil; i++ {
				if _, failed = act(ctx, s, caseID(i%20), fmt.Sprintf("w-%d", i)); failed != nil {
					return
				}
				time.Sleep(time.Millisecond)
			}
		})
		kills := times(3, 100)
		for k := range kills {
			var two sync.WaitGroup
			for range 2 {
				life := time.Duration(rnd.IntN(60_000)) * time.Microsecond
				two.Go(func() { killedRelay(t, job{Place: p, Name: fmt.Sprint("r", k), Relay: true}, life) })
			}
			two.Wait()
		}
		stop()
		writer.Wait()
		require.NoError(t, failed)
		require.NoError(t, handOn(ctx, p, s, func(int) error { return nil }, func(n int) bool { return n == 0 }))

		var feed, letters []string
		for line, err := range store.AllLines(ctx, s.Feed, 0) {
			require.NoError(t, err)
			feed = append(feed, fmt.Sprintf("%d %s %s %d", line.Position, line.Kind, line.ID, line.Seq))
		}
		rows, err := db.QueryContext(ctx, "SELECT position, what FROM "+p.letters()+" ORDER BY position")
		require.NoError(t, err)
		defer func() { require.NoError(t, rows.Close()) }()
		for rows.Next() {
			var position int
			var what string
			require.NoError(t, rows.Scan(&position, &what))
			letters = append(letters, fmt.Sprintf("%d %s", position, what))
		}
		require.NoError(t, rows.Err())
		require.NotEmpty(t, feed)
		require.Equal(t, feed, letters, "each once, and none is missing")
		t.Logf("kills %d, handed on %d", 2*kills, len(letters))
	})
}

// killedRelay starts a relay and kills it some time after it has begun to hand on.
func killedRelay(t *testing.T, j job, life time.Duration) {
	t.Helper()
	c, lines, complaints := j.run(t)
	select {
	case <-lines:
	case <-time.After(time.Second): // the other one gets on
	}
	time.Sleep(life)
	_ = c.Process.Kill()
	for range lines { // to the end
	}
	require.ErrorContains(t, c.Wait(), "signal: killed", "%s", complaints)
}
