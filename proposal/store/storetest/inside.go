package storetest

import (
	"context"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

// Transaction is a transaction of a host's, with the store as it is in it.
type Transaction struct {
	store.Store
	Commit, Rollback func() error

	// Alone: while it is open nobody else can write, as in SQLite.
	Alone bool
}

// needsBegin skips the rules about a host's transaction where there is none.
func needsBegin(can Capabilities) string {
	if can.Begin == nil {
		return "Capabilities.Begin is nil: the store takes no part in transactions of a host's"
	}
	return ""
}

func insideRules() []rule {
	return []rule{
		{
			name: "what is committed in a host's transaction comes true with it, or not at all",
			mend: "every statement of the store's goes through the host's transaction",
			need: needsBegin,
			test: func(c *checker) {
				c.commit(change("a", 0))
				before := c.snapshot("case")
				for _, commit := range []bool{false, true} {
					tx := c.can.Begin(c.t, c.Store)
					here := &checker{Store: tx.Store, t: c.t, ctx: c.ctx}
					here.commit(change("a", 1, attr("state", "filed")), change("b", 0))
					here.commit(change("b", 1))
					here.sameRecord(here.load("case", "b"), change("b", 1).Record)
					here.sameEntries("case", "b", here.history("case", "b"), append(change("b", 0).Entries, change("b", 1).Entries...))
					if found := here.find(store.Query{Kind: "case", Where: []store.Match{{Attr: "state", Op: store.Is, Values: []string{"filed"}}}}); len(found) != 1 {
						c.fail("in the transaction %d records are found by what it has written, not 1", len(found))
					}
					c.untouched(before, "a commit in a transaction that is open")
					if !commit {
						c.ok(tx.Rollback(), "rollback")
						c.untouched(before, "the rollback")
						continue
					}
					c.ok(tx.Commit(), "commit of the host")
				}
				c.sameRecord(c.load("case", "b"), change("b", 1).Record)
				if feed := c.feed(2); len(feed) != 4 || feed[1].ID != "a" || feed[2].ID != "b" || feed[3].Seq != 2 {
					c.fail("after the host's commit the feed is %+v", feed)
				}
			},
		},
		{
			name: "a commit that fails in a host's transaction leaves it as it was",
			mend: "a savepoint before the commit, and back to it",
			need: needsBegin,
			test: func(c *checker) {
				c.commit(change("a", 0), change("b", 0))
				tx := c.can.Begin(c.t, c.Store)
				here := &checker{Store: tx.Store, t: c.t, ctx: c.ctx}
				here.commit(change("a", 1))
				repeated := change("b", 1)
				repeated.Entries[0].Command = "c1"
				for _, refused := range []struct {
					target  error
					changes []store.Change
				}{
					{store.ErrConflict, []store.Change{change("c", 0), change("b", 7)}},
					{store.ErrExists, []store.Change{change("c", 0), change("b", 0)}},
					{store.ErrDuplicate, []store.Change{change("c", 0), repeated}},
				} {
					c.wants(tx.Store.Commit(c.ctx, refused.changes...), refused.target, "commit of %s", name(refused.changes))
				}
				here.commit(change("d", 0))
				c.ok(tx.Commit(), "commit of the host")
				for id, there := range map[string]bool{"a": true, "b": true, "c": false, "d": true} {
					if _, _, err := c.Load(c.ctx, "case", id); (err == nil) != there {
						c.fail("after the host's commit, %s: %v", id, err)
					}
				}
			},
		},
		{
			name: "nobody waits for a host that keeps its transaction open",
			mend: "no row that every commit writes: positions of the feed are given when it is read",
			need: needsBegin,
			test: func(c *checker) {
				c.commit(change("a", 0), change("b", 0))
				tx := c.can.Begin(c.t, c.Store)
				if tx.Alone {
					c.ok(tx.Rollback(), "rollback")
					panic(unable{"a transaction that writes is alone in this database"})
				}
				(&checker{Store: tx.Store, t: c.t, ctx: c.ctx}).commit(change("a", 1))
				soon, cancel := context.WithTimeout(c.ctx, 5*time.Second)
				defer cancel()
				c.ok(c.Commit(soon, change("b", 1)), "a commit on another record beside an open transaction")
				var seen []store.Line
				for after := uint64(0); ; after = seen[len(seen)-1].Position {
					page, err := c.Feed(soon, after, 0)
					c.ok(err, "the feed beside an open transaction")
					if len(page) == 0 {
						break
					}
					seen = append(seen, page...)
				}
				if len(seen) != 3 || seen[2].ID != "b" {
					c.fail("beside an open transaction the feed is %+v", seen)
				}
				c.ok(tx.Commit(), "commit of the host")
				late, err := c.Feed(c.ctx, seen[2].Position, 0)
				c.ok(err, "feed")
				if len(late) != 1 || late[0].ID != "a" || late[0].Seq != 2 {
					c.fail("what was committed late comes after what a reader has met; it met %+v", late)
				}
			},
		},
	}
}
