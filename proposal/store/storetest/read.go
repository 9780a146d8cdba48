package storetest

import (
	"bytes"
	"fmt"

	"github.com/tian-go/tian/proposal/store"
)

func readRules() []rule {
	return []rule{
		{
			name: "a record that is not there is not found",
			mend: "no row is a RecordError with ErrNotFound",
			test: func(c *checker) {
				c.commit(change("a", 0))
				for _, key := range [][2]string{{"case", "b"}, {"topic", "a"}, {"case", "A"}, {"case", "a "}} {
					_, _, err := c.Load(c.ctx, key[0], key[1])
					c.wants(err, store.ErrNotFound, "load %s %q", key[0], key[1])
					c.named(err, store.Record{Kind: key[0], ID: key[1]})
				}
			},
		},
		{
			name: "kinds are worlds of their own",
			mend: "kind belongs to every key and to every condition",
			test: func(c *checker) {
				c.commit(change("a", 0, attr("state", "case")))
				topic := change("a", 0, attr("state", "topic"))
				topic.Record.Kind = "topic"
				topic.Record.Data = []byte("another")
				c.commit(topic)
				c.sameRecord(c.load("topic", "a"), topic.Record)
				c.sameEntries("topic", "a", c.history("topic", "a"), topic.Entries)
				if found := c.find(store.Query{Kind: "case"}); len(found) != 1 || found[0].Kind != "case" {
					c.fail("the query of one kind found %d records", len(found))
				}
				q := store.Query{Kind: "case", Where: []store.Match{{Attr: "state", Op: store.Is, Values: []string{"topic"}}}}
				if found := c.find(q); len(found) != 0 {
					c.fail("a record was found by the attribute of a record of another kind")
				}
			},
		},
		{
			name: "nothing that was handed in or out is shared",
			mend: "copy bodies, indexes and entries on the way in and on the way out",
			test: aliasing,
		},
		{
			name: "bodies of any bytes come back as they were",
			mend: "bodies are bytes, not text: BLOB, BYTEA, LONGBLOB; nil is stored as empty",
			test: func(c *checker) {
				for i, body := range [][]byte{nil, {}, {0}, []byte("\xff\xfe\x00'\"\\;--"), allBytes(), bytes.Repeat([]byte("案\x00"), 1<<18)} {
					ch := change(fmt.Sprint(i), 0)
					ch.Record.Data, ch.Entries[0].Data = body, body
					c.commit(ch)
					c.sameRecord(c.load("case", ch.Record.ID), ch.Record)
					c.sameEntries("case", ch.Record.ID, c.history("case", ch.Record.ID), ch.Entries)
				}
			},
		},
		{
			name: "the largest body is accepted",
			mend: "the server's limit on a packet or message must be above store.MaxBody",
			test: func(c *checker) {
				ch := change("a", 0)
				ch.Record.Data = bytes.Repeat([]byte{'\'', 0, '\\', 0xff}, store.MaxBody/4)
				ch.Entries[0].Data = ch.Record.Data
				c.commit(ch)
				c.sameRecord(c.load("case", "a"), ch.Record)
				next := change("a", 1)
				next.Record.Data = ch.Record.Data[:store.MaxBody-1]
				c.commit(next)
				c.sameRecord(c.load("case", "a"), next.Record)
			},
		},
	}
}

func allBytes() []byte {
	b := make([]byte, 256)
	for i := range b {
		b[i] = byte(i)
	}
	return b
}

func aliasing(c *checker) {
	spoil := func(r *store.Record, entries []store.Line) {
		for i := range r.Data {
			r.Data[i] = '!'
		}
		for i := range r.Index {
			r.Index[i] = attr("spoilt", "spoilt")
		}
		for i := range entries {
			for j := range entries[i].Data {
				entries[i].Data[j] = '!'
			}
			entries[i].Hash = "spoilt"
		}
	}
	want := change("a", 0, attr("state", "draft"), attr("unit", "X"))
	given := change("a", 0, attr("unit", "X"), attr("state", "draft"))
	c.commit(given)
	if given.Record.Revision != 0 || given.Entries[0].Position != 0 || given.Entries[0].Kind != "" ||
		given.Record.Index[0] != attr("unit", "X") {
		c.fail("Commit wrote to the change that it was handed")
	}
	spoil(&given.Record, given.Entries)
	all := func() ([]store.Record, [][]store.Line) {
		return []store.Record{c.load("case", "a"), c.find(store.Query{Kind: "case"})[0]},
			[][]store.Line{c.history("case", "a"), c.feed(10)}
	}
	for range 2 {
		records, journals := all()
		for i := range records {
			c.sameRecord(records[i], want.Record)
			spoil(&records[i], nil)
		}
		for i := range journals {
			c.sameEntries("case", "a", journals[i], want.Entries)
			spoil(&store.Record{}, journals[i])
		}
	}
}
