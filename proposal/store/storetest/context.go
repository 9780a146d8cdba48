package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

func contextRules() []rule {
	return []rule{
		{
			name: "a context that has ended is refused, and nothing happens",
			mend: "look at ctx.Err() before anything else, and wrap it",
			test: func(c *checker) {
				c.commit(change("a", 0))
				before := c.snapshot("case")
				cancelled, cancel := context.WithCancel(c.ctx)
				cancel()
				expired, cancel := context.WithDeadline(c.ctx, time.Unix(0, 0))
				defer cancel()
				for _, ctx := range []context.Context{cancelled, expired} {
					for method, err := range c.every(ctx, c.Store) {
						c.wants(err, ctx.Err(), "%s", method)
					}
				}
				c.untouched(before, "calls with contexts that had ended")
			},
		},
		{
			name: "contexts that end in the midst leave the store usable and the outcome plain",
			mend: "roll back and give the connection back; a commit is whole or absent, whatever its caller was told",
			test: cutShort,
		},
	}
}

// every calls each method and returns what it said.
func (c *checker) every(ctx context.Context, s store.Store) map[string]error {
	said := map[string]error{}
	_, _, said["Load"] = s.Load(ctx, "case", "a")
	_, said["Find"] = s.Find(ctx, store.Query{Kind: "case"})
	_, said["History"] = s.History(ctx, "case", "a", 0, 0)
	_, said["Feed"] = s.Feed(ctx, 0, 0)
	said["Commit"] = s.Commit(ctx, change("a", 1), change("other", 0))
	return said
}

// cutShort commits pairs of records with contexts that end at some time while
// the commit is at work, and finds the outcome out afterwards.
func cutShort(c *checker) {
	const writers = 6
	each := scale(40)
	ended := make([][]error, writers) // per attempt: what Commit said
	var took atomic.Int64             // of the slowest commit that succeeded so far
	took.Store(int64(time.Millisecond))
	errs := parallel(writers, func(w int) error {
		for i := range each {
			ctx, cancel := context.WithTimeout(c.ctx, time.Duration(int64(i+1)*took.Load()/int64(each)))
			start := time.Now()
			err := c.Commit(ctx, pair(w, i)...)
			if err == nil {
				took.Store(max(took.Load(), min(int64(time.Since(start)), int64(50*time.Millisecond))))
			}
			cancel()
			if err != nil && !errors.Is(err, context.DeadlineExceeded) {
				return fmt.Errorf("the deadline of the context passed, Commit said: %w", err)
			}
			if late := time.Since(start) - time.Duration(took.Load()); err != nil && late > 10*time.Second {
				return fmt.Errorf("commit came back %v after its context had ended", late)
			}
			ended[w] = append(ended[w], err)
		}
		return nil
	})
	c.ok(errors.Join(errs...), "commits with short deadlines")
	for w, outcomes := range ended {
		for i, said := range outcomes {
			p := pair(w, i)
			_, _, one := c.Load(c.ctx, "case", p[0].Record.ID)
			_, _, two := c.Load(c.ctx, "case", p[1].Record.ID)
			switch {
			case (one == nil) != (two == nil):
				c.fail("of the two changes of one commit one is there: %v, %v", one, two)
			case said == nil && one != nil:
				c.fail("a commit was acknowledged and its record is missing: %v", one)
			case one != nil && !errors.Is(one, store.ErrNotFound):
				c.fail("after contexts ended, load fails: %v", one)
			case one == nil:
				if h := c.history("case", p[0].Record.ID); len(h) != 1 || h[0].Command != p[0].Entries[0].Command {
					c.fail("a record is there without the entry of its commit")
				}
			}
			if said != nil { // the outcome is found by trying again
				if again := c.Commit(c.ctx, p...); one == nil && !errors.Is(again, store.ErrExists) || one != nil && again != nil {
					c.fail("tried again, a commit that %v said: %v", map[bool]string{true: "had happened", false: "had not"}[one == nil], again)
				}
			}
		}
	}
}

func pair(w, i int) []store.Change {
	id := fmt.Sprintf("%d-%d", w, i)
	return []store.Change{change(id+"-x", 0, attr("w", id)), change(id+"-y", 0, attr("w", id))}
}
