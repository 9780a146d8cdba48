package storetest

import (
	"fmt"
	"io"

	"github.com/tian-go/tian/proposal/store"
)

func lifeRules() []rule {
	return []rule{
		{
			name: "what was acknowledged is there after reopening, and the feed goes on",
			mend: "positions and revisions live in the database, not in the process",
			need: func(can Capabilities) string {
				if can.Reopen == nil {
					return "Capabilities.Reopen is nil: the data ends with the store"
				}
				return ""
			},
			test: func(c *checker) {
				for i := range 10 {
					c.commit(change(fmt.Sprint(i), 0, attr("i", fmt.Sprint(i))))
				}
				before := c.snapshot("case")
				c.Store = c.can.Reopen(c.t, c.Store)
				c.untouched(before, "reopening")
				c.commit(change("0", 1))
				again := change("0", 2)
				again.Entries[0].Command = "c1"
				c.refused(again, store.ErrDuplicate)
				feed := c.feed(100)
				if len(feed) != 11 || feed[10].ID != "0" || feed[10].Position <= feed[9].Position {
					c.fail("the first entry after reopening is not the last of the feed")
				}
			},
		},
		{
			name: "a commit is seen by everybody as soon as it is acknowledged",
			mend: "no cache between a store and its data may outlive a commit of another process",
			need: func(can Capabilities) string {
				if can.Beside == nil {
					return "Capabilities.Beside is nil: one process has the data to itself"
				}
				return ""
			},
			test: func(c *checker) {
				one, two := c.Store, c.can.Beside(c.t, c.Store)
				for i := range uint64(10) {
					writer, reader := one, two
					if i%2 == 1 {
						writer, reader = two, one
					}
					ch := change("a", i, attr("i", fmt.Sprint(i)))
					c.ok(writer.Commit(c.ctx, ch), "commit")
					other := &checker{Store: reader, t: c.t, ctx: c.ctx}
					other.sameRecord(other.load("case", "a"), ch.Record)
					other.sameRecord(other.find(store.Query{Kind: "case", Where: []store.Match{{Attr: "i", Op: store.Is, Values: []string{fmt.Sprint(i)}}}})[0], ch.Record)
					if n := len(other.feed(100)); n != int(i)+1 {
						c.fail("%d entries were acknowledged, the store beside has %d in its feed", i+1, n)
					}
				}
			},
		},
		{
			name: "a closed store says so, twice if need be",
			mend: "Close sets a flag that every method looks at; what fails because of it is ErrClosed",
			test: func(c *checker) {
				closer, ok := c.Store.(io.Closer)
				if !ok {
					panic(unable{"the store has no Close"})
				}
				c.commit(change("a", 0))
				c.ok(closer.Close(), "close")
				for method, err := range c.every(c.ctx, c.Store) {
					c.wants(err, store.ErrClosed, "%s of a closed store", method)
				}
				c.ok(closer.Close(), "close for the second time")
			},
		},
	}
}
