package storetest

import (
	"bytes"
	"fmt"

	"github.com/tian-go/tian/proposal/store"
)

// replacing is a change that brings a record from seq entries to the next, and has
// lines hold other content.
func replacing(seq uint64, lines ...store.Line) store.Change {
	c := change("a", seq)
	c.Replaced = lines
	return c
}

// replacer ends the rule on a store that replaces no lines.
func (c *checker) replacer() {
	if able, ok := store.As[store.Replacer](c.Store); !ok || !able.ReplacesLines() {
		panic(unable{"the store is no store.Replacer: personal data cannot be erased on it"})
	}
}

// holds ends the rule unless the lines of a hold these bodies, wherever they are
// read.
func (c *checker) holds(bodies ...string) {
	history := c.history("case", "a")
	var fed []store.Line
	for _, l := range c.feed(2) {
		if l.Kind == "case" && l.ID == "a" {
			fed = append(fed, l)
		}
	}
	written := make([]store.Line, len(bodies))
	for i, body := range bodies {
		seq := uint64(i) + 1
		written[i] = store.Line{Seq: seq, Command: fmt.Sprintf("c%d", seq), Data: []byte(body), Hash: fmt.Sprintf("h%d", seq)}
	}
	c.sameEntries("case", "a", history, written)
	c.sameEntries("case", "a", fed, written)
	_, last, err := c.Load(c.ctx, "case", "a")
	c.ok(err, "load")
	c.sameEntries("case", "a", []store.Line{last}, written[len(written)-1:])
}

func replaceRules() []rule {
	return []rule{
		{
			name: "lines that are replaced hold the new content and keep all else",
			mend: "UPDATE the content of entries WHERE kind, id and seq, in the transaction of the commit",
			test: func(c *checker) {
				c.replacer()
				c.commit(change("a", 0), change("b", 0))
				c.commit(change("a", 1))
				large := bytes.Repeat([]byte("x"), 100_000)
				c.commit(replacing(2, store.Line{Seq: 1, Data: []byte("less"), Command: "another", Hash: "another"}, store.Line{Seq: 2, Data: large}))
				c.holds("less", string(large), "entry 3 of a")
				c.commit(replacing(3, store.Line{Seq: 2}))
				c.holds("less", "", "entry 3 of a", "entry 4 of a")
				c.sameEntries("case", "b", c.history("case", "b"), change("b", 0).Entries)
				if feed := c.feed(3); len(feed) != 5 {
					c.fail("after two replacements the feed has %d entries, not 5", len(feed))
				}
			},
		},
		{
			name: "lines are replaced with their commit or not at all",
			mend: "the replacement is a part of the transaction, and comes after the comparison of revisions",
			test: func(c *checker) {
				c.replacer()
				c.commit(change("a", 0), change("b", 0))
				before := c.snapshot("case")
				stale := replacing(2, store.Line{Seq: 1, Data: []byte("less")})
				c.refused(stale, store.ErrConflict)
				c.wants(c.Commit(c.ctx, replacing(1, store.Line{Seq: 1, Data: []byte("less")}), change("b", 7)), store.ErrConflict, "commit")
				repeated := replacing(1, store.Line{Seq: 1, Data: []byte("less")})
				repeated.Entries[0].Command = "c1"
				c.refused(repeated, store.ErrDuplicate)
				c.untouched(before, "replacements that were refused")
			},
		},
		{
			name: "only lines that are in the journal are replaced, and an entry says so",
			mend: "call store.Check first of all, and store.CheckSeq",
			test: func(c *checker) {
				c.replacer()
				c.commit(change("a", 0))
				before := c.snapshot("case")
				silent := replacing(1, store.Line{Seq: 1, Data: []byte("less")})
				silent.Entries = nil
				c.refused(silent, store.ErrInvalid)
				for _, seqs := range [][]uint64{{0}, {2}, {9}, {1, 1}} {
					ch := replacing(1)
					for _, seq := range seqs {
						ch.Replaced = append(ch.Replaced, store.Line{Seq: seq, Data: []byte("less")})
					}
					c.refused(ch, store.ErrInvalid)
				}
				first := change("c", 0)
				first.Replaced = []store.Line{{Seq: 1}}
				c.refused(first, store.ErrInvalid)
				c.untouched(before, "replacements of what is not there")
			},
		},
		{
			name: "lines are replaced in a host's transaction with it, or not at all",
			mend: "the replacement goes through the host's transaction, like every statement",
			need: needsBegin,
			test: func(c *checker) {
				c.replacer()
				c.commit(change("a", 0))
				before := c.snapshot("case")
				for _, commit := range []bool{false, true} {
					tx := c.can.Begin(c.t, c.Store)
					(&checker{Store: tx.Store, t: c.t, ctx: c.ctx}).commit(replacing(1, store.Line{Seq: 1, Data: []byte("less")}))
					c.untouched(before, "a replacement in a transaction that is open")
					if !commit {
						c.ok(tx.Rollback(), "rollback")
						c.untouched(before, "the rollback")
						continue
					}
					c.ok(tx.Commit(), "commit of the host")
				}
				c.holds("less", "entry 2 of a")
			},
		},
	}
}
