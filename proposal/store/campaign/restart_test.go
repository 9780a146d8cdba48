//go:build unix

package campaign

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
)

// The server is stopped without warning and started again, under eight callers
// who try each command until they know that it is done.
func TestStoppedServers(t *testing.T) {
	for name, start := range map[string]func(t *testing.T) (*server, place){
		"postgres": func(t *testing.T) (*server, place) {
			s := startPostgres(t)
			return s, place{Engine: "postgres", DSN: s.dsn(""), Schema: "public"}
		},
		"mysql": func(t *testing.T) (*server, place) {
			s := startMariaDB(t)
			return s, mysqlPlace(t, s.dsn(""))
		},
	} {
		t.Run(name, func(t *testing.T) {
			server, p := start(t)
			s := mustOpen(t, p)
			callers := newCallers(s, 8, 20)
			reader := follow(s)
			stops := times(2, 40)
			for range stops {
				time.Sleep(300 * time.Millisecond)
				server.halt()
				time.Sleep(50 * time.Millisecond)
				server.start()
			}
			time.Sleep(200 * time.Millisecond)
			acknowledged := callers.finish(t)
			require.NoError(t, settle(context.Background(), s))
			f, err := inspect(context.Background(), s, acknowledged)
			require.NoError(t, err)
			read := reader.finish(t, f.entries)
			t.Logf("stops %d, acknowledged %d, errors told %d, repeated by command %d, entries met by a reader of the feed %d of %d, %v",
				stops, len(acknowledged), callers.errors.Load(), callers.repeated.Load(), read, f.entries, f)
			report(t, f.counted("a server stopped without warning", name, stops, len(acknowledged)))
			require.True(t, f.clean())
			require.Positive(t, callers.errors.Load(), "nobody noticed")
			require.Equal(t, 2*len(acknowledged), f.entries, "effects that nobody asked for")
			require.Equal(t, f.entries, read)
		})
	}
}

// callers work on cases and take each command up again until it is done.
type callers struct {
	group            sync.WaitGroup
	stop             context.CancelFunc
	mu               sync.Mutex
	acknowledged     []ack
	unclear          []error
	errors, repeated atomic.Int64
}

func newCallers(s store.Store, n, cases int) *callers {
	ctx, stop := context.WithCancel(context.Background())
	c := &callers{stop: stop}
	for g := range n {
		c.group.Add(1)
		go func() {
			defer c.group.Done()
			for i := 0; ctx.Err() == nil; i++ {
				id, command := caseID((g*7+i)%cases), fmt.Sprintf("caller-%d-%d", g, i)
				if !c.untilDone(s, id, command) {
					return
				}
			}
		}()
	}
	return c
}

// untilDone does one command, whatever it takes, within two minutes.
func (c *callers) untilDone(s store.Store, id, command string) bool {
	first := now()
	for deadline := time.Now().Add(2 * time.Minute); ; {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		a, result, err := acting(ctx, s, id, command)
		cancel()
		if err == nil {
			if result == repeated {
				c.repeated.Add(1)
			}
			c.mu.Lock()
			a.Call = first // an earlier attempt may have been the one
			c.acknowledged = append(c.acknowledged, a)
			c.mu.Unlock()
			return true
		}
		c.errors.Add(1)
		// The refusals of the seam mean something else; a fault of the
		// database must not be taken for one.
		for _, sentinel := range []error{store.ErrNotFound, store.ErrConflict, store.ErrInvalid, store.ErrClosed} {
			if errors.Is(err, sentinel) || time.Now().After(deadline) {
				c.mu.Lock()
				c.unclear = append(c.unclear, err)
				c.mu.Unlock()
				return false
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (c *callers) finish(t *testing.T) (acknowledged []ack) {
	t.Helper()
	c.stop()
	c.group.Wait()
	require.Empty(t, c.unclear, "errors that are no clear word about the database")
	return c.acknowledged
}

// reader follows the feed through whatever happens.
type reader struct {
	done chan struct{}
	want chan int
	read int
	err  error
}

func follow(s store.Store) *reader {
	r := &reader{done: make(chan struct{}), want: make(chan int, 1)}
	go func() {
		defer close(r.done)
		seqs := map[[2]string]uint64{}
		want := -1
		for after := uint64(0); want < 0 || r.read < want; {
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			page, err := s.Feed(ctx, after, 50)
			cancel()
			for _, e := range page {
				key := [2]string{e.Kind, e.ID}
				if seqs[key]++; e.Seq != seqs[key] {
					r.err = fmt.Errorf("the reader met seq %d of %s %s at position %d, after seq %d", e.Seq, e.Kind, e.ID, e.Position, seqs[key]-1)
					return
				}
				after = e.Position
				r.read++
			}
			if err == nil && len(page) == 0 && want >= 0 {
				return
			}
			if len(page) == 0 {
				select {
				case want = <-r.want:
				case <-time.After(time.Millisecond):
				}
			}
		}
	}()
	return r
}

func (r *reader) finish(t *testing.T, entries int) int {
	t.Helper()
	r.want <- entries
	<-r.done
	require.NoError(t, r.err)
	return r.read
}
