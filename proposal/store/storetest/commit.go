package storetest

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

func commitRules() []rule {
	return []rule{
		{
			name: "a record that was created comes back as it was written",
			mend: "the INSERT of records; revision 0 in a change means create, and is stored as 1",
			test: func(c *checker) {
				ch := change("a", 0, attr("state", "draft"), attr("unit", "X"), attr("unit", "Y"))
				c.commit(ch)
				c.sameRecord(c.load("case", "a"), ch.Record)
				c.sameEntries("case", "a", c.history("case", "a"), ch.Entries)
			},
		},
		{
			name: "creating a record that exists is refused and changes nothing",
			mend: "map the violation of the records' key to a RecordError with ErrExists; never INSERT OR REPLACE",
			test: func(c *checker) {
				c.commit(change("a", 0, attr("state", "draft")))
				before := c.snapshot("case")
				again := change("a", 0, attr("state", "other"))
				again.Entries = nil
				c.refused(again, store.ErrExists)
				c.refused(again, store.ErrConflict)
				c.untouched(before, "the refusal")
			},
		},
		{
			name: "a change replaces the revision it names",
			mend: "UPDATE … WHERE revision = the revision named, storing one more; the old attributes go",
			test: func(c *checker) {
				c.commit(change("a", 0, attr("state", "draft"), attr("unit", "X")))
				next := change("a", 1, attr("state", "filed"), attr("unit", "X"), attr("unit", "Z"))
				c.commit(next)
				c.sameRecord(c.load("case", "a"), next.Record)
				for value, want := range map[string]int{"draft": 0, "filed": 1} {
					q := store.Query{Kind: "case", Where: []store.Match{{Attr: "state", Op: store.Is, Values: []string{value}}}}
					if got := len(c.find(q)); got != want {
						c.fail("state went from draft to filed; %d records are found by %q, not %d", got, value, want)
					}
				}
			},
		},
		{
			name: "a change of any other revision is a conflict and changes nothing",
			mend: "an UPDATE that met no row is a RecordError with ErrConflict, and the transaction is rolled back",
			test: func(c *checker) {
				c.commit(change("a", 0))
				c.commit(change("a", 1))
				before := c.snapshot("case")
				for _, revision := range []uint64{1, 3, 77, store.MaxNumber} {
					ch := change("a", revision)
					ch.Entries = []store.Line{{Seq: 3, Command: "late"}}
					c.refused(ch, store.ErrConflict)
				}
				missing := change("b", 1)
				missing.Entries = nil
				c.refused(missing, store.ErrConflict)
				c.untouched(before, "the refusals")
			},
		},
		{
			name: "a stale revision is told before a repeated command",
			mend: "compare revisions first: the caller that reloads then sees the command in the journal",
			test: func(c *checker) {
				c.commit(change("a", 0))
				c.commit(change("a", 1))
				stale := change("a", 1)
				stale.Entries = []store.Line{{Seq: 2, Command: "c2"}}
				c.refused(stale, store.ErrConflict)
			},
		},
		{
			name: "many changes are written all or not at all",
			mend: "one transaction for the whole Commit; roll back on the first refusal, wherever it stands",
			test: allOrNothing,
		},
		{
			name: "a commit of nothing does nothing",
			mend: "return nil before a transaction is begun",
			test: func(c *checker) {
				c.commit(change("a", 0))
				before := c.snapshot("case")
				c.commit()
				c.untouched(before, "a commit of no changes")
			},
		},
		{
			name: "attributes are a set: any number, repeated pairs once, empty values count",
			mend: "deduplicate the pairs before they are inserted; an empty value is a value, not an absent one",
			test: func(c *checker) {
				ch := change("a", 0, attr("unit", "X"), attr("unit", "Y"), attr("unit", "X"), attr("note", ""))
				c.commit(ch)
				c.sameRecord(c.load("case", "a"), ch.Record)
				found := c.find(store.Query{Kind: "case", Where: []store.Match{{Attr: "note", Op: store.Is, Values: []string{""}}}})
				if len(found) != 1 {
					c.fail("the empty value of an attribute is found %d times, not once", len(found))
				}
				var many []store.Attr
				for i := range 300 {
					many = append(many, attr("cosigner", fmt.Sprintf("member %d", i)))
				}
				next := change("a", 1, many...)
				c.commit(next)
				c.sameRecord(c.load("case", "a"), next.Record)
				last := change("a", 2)
				c.commit(last)
				c.sameRecord(c.load("case", "a"), last.Record)
				if found := c.find(store.Query{Kind: "case", Where: []store.Match{{Attr: "cosigner", Op: store.Prefix, Values: []string{""}}}}); len(found) != 0 {
					c.fail("attributes were taken away and still find the record")
				}
			},
		},
		{
			name: "a malformed change is refused by name and changes nothing",
			mend: "call store.Check first of all in Commit, store.CheckKey in Load and History, store.CheckQuery in Find",
			test: malformed,
		},
	}
}

// refused commits and ends the rule unless target comes back, naming the record.
func (c *checker) refused(ch store.Change, target error) {
	err := c.Commit(c.ctx, ch)
	c.wants(err, target, "commit of %s", name([]store.Change{ch}))
	c.named(err, ch.Record)
}

func (c *checker) named(err error, r store.Record) {
	var re *store.RecordError
	if !errors.As(err, &re) || re.Kind != r.Kind || re.ID != r.ID {
		c.fail("the refusal should be a RecordError that names %s %q, it is %#v", r.Kind, r.ID, err)
	}
}

func allOrNothing(c *checker) {
	c.commit(change("a", 0), change("b", 0), change("c", 0))
	c.commit(change("b", 1))
	good := []store.Change{change("a", 1, attr("state", "new")), change("new", 0, attr("state", "new"))}
	repeated := change("c", 1)
	repeated.Entries[0].Command = "c1"
	gap := change("c", 1)
	gap.Entries[0].Seq = 5
	bad := map[string]struct {
		change store.Change
		err    error
	}{
		"a stale revision":         {change("b", 1), store.ErrConflict},
		"a record that exists":     {change("c", 0), store.ErrExists},
		"a record that is missing": {change("zz", 4), store.ErrConflict},
		"a repeated command":       {repeated, store.ErrDuplicate},
		"a gap in the journal":     {gap, store.ErrInvalid},
	}
	before := c.snapshot("case")
	for what, b := range bad {
		for at := range 3 {
			all := append(append(append([]store.Change{}, good[:min(at, 2)]...), b.change), good[min(at, 2):]...)
			err := c.Commit(c.ctx, all...)
			c.wants(err, b.err, "commit with %s in place %d", what, at)
			c.named(err, b.change.Record)
			c.untouched(before, fmt.Sprintf("a commit with %s in place %d", what, at))
		}
	}
	var big []store.Change
	for i := range 250 {
		big = append(big, change(fmt.Sprintf("n%03d", i), 0, attr("state", "big"), attr("n", fmt.Sprint(i))))
	}
	c.commit(append(good, big...)...)
	if n := len(c.find(store.Query{Kind: "case", Max: 1000})); n != 254 {
		c.fail("a commit of 252 changes left %d records, not 254", n)
	}
	for i := range big {
		big[i] = change(big[i].Record.ID, 1, attr("state", "small"))
	}
	c.commit(big...)
	found := c.find(store.Query{Kind: "case", Max: 1000, Where: []store.Match{{Attr: "state", Op: store.Is, Values: []string{"small"}}}})
	if len(found) != 250 {
		c.fail("a commit changed the state of 250 records, %d are found by it", len(found))
	}
	for i, r := range found {
		c.sameRecord(r, big[i].Record)
	}
}

func malformed(c *checker) {
	c.commit(change("a", 0))
	before := c.snapshot("case")
	with := func(f func(*store.Change)) store.Change {
		ch := change("a", 1, attr("n", "v"))
		f(&ch)
		return ch
	}
	for what, ch := range map[string]store.Change{
		"an empty kind":             with(func(ch *store.Change) { ch.Record.Kind = "" }),
		"an empty id":               with(func(ch *store.Change) { ch.Record.ID = "" }),
		"a NUL in the id":           with(func(ch *store.Change) { ch.Record.ID = "a\x00" }),
		"a NUL in an attribute":     with(func(ch *store.Change) { ch.Record.Index[0].Value = "a\x00b" }),
		"a NUL in a command":        with(func(ch *store.Change) { ch.Entries[0].Command = "a\x00b" }),
		"invalid UTF-8 in the id":   with(func(ch *store.Change) { ch.Record.ID = "a\xff" }),
		"invalid UTF-8 in a value":  with(func(ch *store.Change) { ch.Record.Index[0].Value = "\xe4\xb8" }),
		"an overlong id":            with(func(ch *store.Change) { ch.Record.ID = strings.Repeat("i", store.MaxKey+1) }),
		"an overlong value":         with(func(ch *store.Change) { ch.Record.Index[0].Value = strings.Repeat("v", store.MaxAttr+1) }),
		"an overlong body":          with(func(ch *store.Change) { ch.Record.Data = make([]byte, store.MaxBody+1) }),
		"an attribute without name": with(func(ch *store.Change) { ch.Record.Index[0].Name = "" }),
		"an entry of another id":    with(func(ch *store.Change) { ch.Entries[0].ID = "b" }),
		"an entry without seq":      with(func(ch *store.Change) { ch.Entries[0].Seq = 0 }),
		"a gap between entries":     with(func(ch *store.Change) { ch.Entries = append(ch.Entries, store.Line{Seq: 4}) }),
		"one command twice":         with(func(ch *store.Change) { ch.Entries = append(ch.Entries, store.Line{Seq: 3, Command: "c2"}) }),
	} {
		c.refusedAs(store.ErrInvalid, what, ch)
	}
	c.refusedAs(store.ErrInvalid, "one record twice", change("a", 1), change("a", 1))
	c.untouched(before, "malformed changes")

	_, _, err := c.Load(c.ctx, "case", "a\x00b")
	c.wants(err, store.ErrInvalid, "load of an id with NUL")
	_, _, err = c.Load(c.ctx, "case", "\xff")
	c.wants(err, store.ErrInvalid, "load of an id that is not UTF-8")
	_, err = c.History(c.ctx, "", "a", 0, 0)
	c.wants(err, store.ErrInvalid, "history of an empty kind")
	for what, q := range map[string]store.Query{
		"an empty kind":        {},
		"an unknown operation": {Kind: "case", Where: []store.Match{{Attr: "n", Op: "like", Values: []string{"v"}}}},
		"no value":             {Kind: "case", Where: []store.Match{{Attr: "n", Op: store.Is}}},
		"two bounds":           {Kind: "case", Where: []store.Match{{Attr: "n", Op: store.Below, Values: []string{"a", "b"}}}},
		"a NUL":                {Kind: "case", Where: []store.Match{{Attr: "n", Op: store.Is, Values: []string{"\x00"}}}},
	} {
		_, err = c.Find(c.ctx, q)
		c.wants(err, store.ErrInvalid, "find with %s", what)
	}
	c.commit(change("a", 1)) // the store is none the worse
}

func (c *checker) refusedAs(target error, what string, changes ...store.Change) {
	c.wants(c.Commit(c.ctx, changes...), target, "commit with %s", what)
}
