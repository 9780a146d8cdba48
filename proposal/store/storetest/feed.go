package storetest

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/tian-go/tian/proposal/store"
)

func feedRules() []rule {
	const mend = "a number taken before the commit becomes visible after later ones; " +
		"let a reader number what has been committed, or order the commits (one counter row, locked until the end)"
	return []rule{
		{
			name: "the feed has every entry once, in the order of the commits",
			mend: "positions ascend, from 1 or more, and are given by the store",
			test: func(c *checker) {
				var want []string
				for i := range 20 {
					// IDs, commands and times that run backwards: clocks do not count.
					ch := change(fmt.Sprintf("%02d", 99-i), 0)
					ch.Entries[0].Command = fmt.Sprintf("2024-01-%02dT00:00:00Z", 28-i)
					ch.Entries[0].Position = 7 // ignored
					c.commit(ch)
					want = append(want, ch.Record.ID)
				}
				for _, page := range []int{0, 1, 7, 100} {
					var got []string
					var last uint64
					for _, e := range c.feed(page) {
						if e.Position <= last {
							c.fail("position %d comes after %d", e.Position, last)
						}
						last = e.Position
						got = append(got, e.ID)
					}
					if !slices.Equal(got, want) {
						c.fail("in pages of %d the feed is %q, the commits were %q", page, got, want)
					}
				}
				if got, err := c.Feed(c.ctx, 1<<63, 0); err != nil || len(got) > 0 {
					c.fail("the feed after 1<<63 gave %d entries, error %v", len(got), err)
				}
			},
		},
		{
			name: "the entries of one commit come in the order of its changes",
			mend: "give positions in the order in which the changes were handed in, whatever the order of locking",
			test: func(c *checker) {
				two := change("b", 0)
				two.Entries = append(two.Entries, store.Line{Seq: 2})
				c.commit(two, change("c", 0), change("a", 0))
				var got []string
				for _, e := range c.feed(10) {
					got = append(got, fmt.Sprintf("%s%d", e.ID, e.Seq))
				}
				if want := []string{"b1", "b2", "c1", "a1"}; !slices.Equal(got, want) {
					c.fail("the feed is %q, the commit was %q", got, want)
				}
			},
		},
		{
			name: "a reader of the feed misses nothing while writers overlap",
			mend: mend,
			test: func(c *checker) { c.follow(c.handles()) },
		},
		{
			name: "a reader of the feed misses nothing though writers are slow",
			mend: mend,
			need: func(can Capabilities) string {
				if can.Slow == nil {
					return "Capabilities.Slow is nil: commits of this store cannot be made to linger"
				}
				return ""
			},
			test: func(c *checker) {
				s := c.can.Slow(c.t)
				stores := []store.Store{s}
				if c.can.Beside != nil {
					stores = append(stores, c.can.Beside(c.t, s))
				}
				c.follow(stores)
			},
		},
	}
}

// follow reads the feed while eight writers commit, some of them many changes
// at a time, and compares what was read with what was acknowledged.
func (c *checker) follow(stores []store.Store) {
	const writers = 8
	each := scale(30)
	acknowledged := make([][]string, writers)
	var running atomic.Int32
	running.Store(writers)
	reader := stores[len(stores)-1]
	var read []store.Line
	errs := parallel(writers+1, func(w int) error {
		if w == writers {
			var err error
			read, err = c.poll(reader, func() bool { return running.Load() == 0 })
			return err
		}
		defer running.Add(-1)
		s := stores[w%len(stores)]
		for i := range each {
			var changes []store.Change
			for j := range 1 + i%3*(w%4) {
				ch := change(fmt.Sprintf("%d-%d-%d", w, i, j), 0, attr("w", fmt.Sprint(w)))
				ch.Record.Data = make([]byte, w*i*10)
				changes = append(changes, ch)
			}
			if err := s.Commit(c.ctx, changes...); err != nil {
				return fmt.Errorf("writer %d: %w", w, err)
			}
			for _, ch := range changes {
				acknowledged[w] = append(acknowledged[w], ch.Record.ID)
			}
		}
		return nil
	})
	c.ok(errors.Join(errs...), "following the feed")
	seen := map[string]int{}
	for _, e := range read {
		seen[e.ID]++
	}
	for w, ids := range acknowledged {
		place := -1
		for _, id := range ids {
			if seen[id] != 1 {
				c.fail("the reader met the acknowledged entry of %q %d times, not once", id, seen[id])
			}
			at := slices.IndexFunc(read[place+1:], func(e store.Line) bool { return e.ID == id })
			if at < 0 {
				c.fail("writer %d had %q acknowledged after others that the feed has later", w, id)
			}
			place += at + 1
		}
	}
	if again := c.feedOf(reader); !slices.EqualFunc(read, again, func(a, b store.Line) bool { return a.Position == b.Position && a.ID == b.ID }) {
		c.fail("read while writers were at work the feed had %d entries, read afterwards %d, or in another order", len(read), len(again))
	}
}

// poll reads on until done was true before a reading that found nothing.
func (c *checker) poll(s store.Store, done func() bool) (read []store.Line, err error) {
	var after uint64
	for {
		last := done()
		page, err := s.Feed(c.ctx, after, 5)
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			if e.Position <= after {
				return nil, fmt.Errorf("position %d was read after %d", e.Position, after)
			}
			after = e.Position
		}
		if read = append(read, page...); last && len(page) == 0 {
			return read, nil
		}
	}
}

func (c *checker) feedOf(s store.Store) []store.Line {
	all, err := c.poll(s, func() bool { return true })
	c.ok(err, "feed")
	return all
}
