package storetest

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/tian-go/tian/proposal/store"
)

func journalRules() []rule {
	return []rule{
		{
			name: "a command is recorded once per record",
			mend: "a unique key over kind, id and command, where there is a command; map its violation to ErrDuplicate",
			test: func(c *checker) {
				c.commit(change("a", 0))
				c.commit(change("a", 1))
				before := c.snapshot("case")
				again := change("a", 2)
				again.Entries[0].Command = "c1"
				c.refused(again, store.ErrDuplicate)
				err := c.Commit(c.ctx, again)
				var re *store.RecordError
				if errors.As(err, &re) && re.Command != "c1" {
					c.fail("the refusal should name the command c1, it names %q", re.Command)
				}
				c.untouched(before, "a repeated command")
				c.commit(change("b", 0)) // the same command on another record
				other := change("a", 0)
				other.Record.Kind = "topic"
				c.commit(other) // and on another kind
			},
		},
		{
			name: "acts without a command are never duplicates",
			mend: "store an empty command as NULL, or leave it out of the unique key",
			test: func(c *checker) {
				for revision := range uint64(3) {
					ch := change("a", revision)
					ch.Entries[0].Command = ""
					c.commit(ch)
				}
				for _, e := range c.history("case", "a") {
					if e.Command != "" {
						c.fail("an entry without a command came back with %q", e.Command)
					}
				}
			},
		},
		{
			name: "a journal has no gap and no seq twice",
			mend: "keep the last seq beside the revision, and call store.CheckSeq with it",
			test: func(c *checker) {
				first := change("a", 0)
				first.Entries[0].Seq = 2
				c.refused(first, store.ErrInvalid)
				c.commit(change("a", 0))
				before := c.snapshot("case")
				for _, seq := range []uint64{1, 3, 9} {
					ch := change("a", 1)
					ch.Entries[0].Seq = seq
					c.refused(ch, store.ErrInvalid)
				}
				c.untouched(before, "entries that do not continue the journal")
				c.commit(change("a", 1))
			},
		},
		{
			name: "a change may bring no entry, or many",
			mend: "the journal's last seq and the revision are two numbers",
			test: func(c *checker) {
				quiet := change("a", 0)
				quiet.Entries = nil
				c.commit(quiet)
				quiet.Record.Revision = 1
				c.commit(quiet)
				many := change("a", 2)
				many.Entries = nil
				for i := range 40 {
					many.Entries = append(many.Entries, store.Line{Seq: uint64(i) + 1, Data: []byte{byte(i)}, Command: fmt.Sprint(i)})
				}
				c.commit(many)
				quiet.Record.Revision = 3
				c.commit(quiet)
				last := change("a", 4)
				last.Entries[0].Seq = 41
				c.commit(last)
				c.sameEntries("case", "a", c.history("case", "a"), append(many.Entries, last.Entries...))
			},
		},
		{
			name: "a record comes with the last entry of its journal",
			mend: "Load joins the entry with the greatest seq; the zero Line when there is none",
			test: func(c *checker) {
				quiet := change("a", 0)
				quiet.Entries = nil
				c.commit(quiet)
				_, last, err := c.Load(c.ctx, "case", "a")
				c.ok(err, "load")
				if !reflect.DeepEqual(last, store.Line{}) {
					c.fail("a record without a journal came with %+v", last)
				}
				for i := range uint64(3) {
					ch := change("a", i+1)
					ch.Entries[0].Seq = i + 1
					c.commit(ch, change(fmt.Sprintf("other %d", i), 0))
					_, last, err := c.Load(c.ctx, "case", "a")
					c.ok(err, "load")
					c.sameEntries("case", "a", []store.Line{last}, ch.Entries)
				}
			},
		},
		{
			name: "history is in order of seq, from any place, to any length",
			mend: "WHERE seq > after ORDER BY seq LIMIT limit; limit 0 is no limit",
			test: func(c *checker) {
				var written []store.Line
				for i := range uint64(25) {
					ch := change("a", i)
					c.commit(ch, change(fmt.Sprintf("other %d", i), 0))
					written = append(written, ch.Entries...)
				}
				for _, at := range []struct{ after, limit, from, to int }{
					{0, 0, 0, 25}, {0, 7, 0, 7}, {7, 7, 7, 14}, {20, 0, 20, 25}, {20, 50, 20, 25}, {25, 0, 25, 25}, {99, 5, 25, 25},
				} {
					got, err := c.History(c.ctx, "case", "a", uint64(at.after), at.limit)
					c.ok(err, "history after %d", at.after)
					c.sameEntries("case", "a", got, written[at.from:at.to])
				}
				if got, err := c.History(c.ctx, "case", "a", 1<<63, 1); err != nil || len(got) > 0 {
					c.fail("history after 1<<63 gave %d entries, error %v", len(got), err)
				}
			},
		},
		{
			name: "the journal of an unknown record is empty",
			mend: "History returns no entry and no error",
			test: func(c *checker) {
				c.commit(change("a", 0))
				for _, key := range [][2]string{{"case", "b"}, {"topic", "a"}} {
					if got := c.history(key[0], key[1]); len(got) > 0 {
						c.fail("%s %q was never written and has %d entries", key[0], key[1], len(got))
					}
				}
			},
		},
	}
}
