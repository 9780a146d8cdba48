package storetest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// change returns a change of a record of kind "case" that replaces revision,
// with one entry. The body tells which revision it belongs to.
func change(id string, revision uint64, index ...store.Attr) store.Change {
	seq := revision + 1
	return store.Change{
		Record: store.Record{Kind: "case", ID: id, Revision: revision,
			Data: []byte(fmt.Sprintf("%s at %d", id, seq)), Index: index},
		Entries: []store.Line{{Seq: seq, Command: fmt.Sprintf("c%d", seq),
			Data: []byte(fmt.Sprintf("entry %d of %s", seq, id)), Hash: fmt.Sprintf("h%d", seq)}},
	}
}

func attr(name, value string) store.Attr { return store.Attr{Name: name, Value: value} }

func name(changes []store.Change) string {
	var names []string
	for _, c := range changes {
		names = append(names, fmt.Sprintf("%s %.40q at revision %d", c.Record.Kind, c.Record.ID, c.Record.Revision))
		if len(names) == 3 && len(changes) > 4 {
			names = append(names, fmt.Sprintf("and %d more", len(changes)-3))
			break
		}
	}
	return strings.Join(names, ", ")
}

// sameRecord compares a record read with the one written; the revision read is
// one more, and attributes come once and in any order.
func (c *checker) sameRecord(got, written store.Record) {
	switch {
	case got.Kind != written.Kind || got.ID != written.ID:
		c.fail("%s %q came back as %s %q", written.Kind, written.ID, got.Kind, got.ID)
	case got.Revision != written.Revision+1:
		c.fail("%s %q was written over revision %d and came back with %d, not %d",
			got.Kind, got.ID, written.Revision, got.Revision, written.Revision+1)
	case !bytes.Equal(got.Data, written.Data):
		c.fail("%s %q: a body of %d bytes came back with %d, different at byte %d",
			got.Kind, got.ID, len(written.Data), len(got.Data), firstDifference(got.Data, written.Data))
	case !slices.Equal(sorted(got.Index), sorted(written.Index)):
		c.fail("%s %q: attributes %q came back as %q", got.Kind, got.ID, sorted(written.Index), got.Index)
	}
	if len(got.Index) != len(sorted(got.Index)) {
		c.fail("%s %q: an attribute came back twice: %q", got.Kind, got.ID, got.Index)
	}
}

// sameEntries compares a journal, or a part of it, with the entries written.
func (c *checker) sameEntries(kind, id string, got, written []store.Line) {
	if len(got) != len(written) {
		c.fail("%s %q: %d entries were written and %d came back", kind, id, len(written), len(got))
	}
	for i, e := range got {
		w := written[i]
		switch {
		case e.Kind != kind || e.ID != id:
			c.fail("entry %d of %s %q came back as one of %q %q", i, kind, id, e.Kind, e.ID)
		case e.Seq != w.Seq || e.Command != w.Command || e.Hash != w.Hash:
			c.fail("%s %q: entry (seq %d, command %q, hash %q) came back as (%d, %q, %q)",
				kind, id, w.Seq, w.Command, w.Hash, e.Seq, e.Command, e.Hash)
		case !bytes.Equal(e.Data, w.Data):
			c.fail("%s %q: the body of entry %d changed at byte %d", kind, id, e.Seq, firstDifference(e.Data, w.Data))
		}
	}
}

// untouched ends the rule unless the store holds exactly what it did before.
func (c *checker) untouched(before snapshot, after string) {
	if now := c.snapshot(before.kinds...); !now.equal(before) {
		c.fail("after %s the store should be as before; it held %s, it holds %s", after, before, now)
	}
}

// snapshot is all that a store holds of some kinds.
type snapshot struct {
	kinds   []string
	records []store.Record
	feed    []store.Line
}

func (c *checker) snapshot(kinds ...string) snapshot {
	s := snapshot{kinds: kinds, feed: c.feed(1000)}
	for _, kind := range kinds {
		s.records = append(s.records, c.find(store.Query{Kind: kind, Max: store.MaxLimit})...)
	}
	for i := range s.records {
		s.records[i].Index = sorted(s.records[i].Index)
	}
	return s
}

func (s snapshot) equal(o snapshot) bool {
	return slices.EqualFunc(s.records, o.records, func(a, b store.Record) bool {
		return a.Kind == b.Kind && a.ID == b.ID && a.Revision == b.Revision &&
			bytes.Equal(a.Data, b.Data) && slices.Equal(a.Index, b.Index)
	}) && slices.EqualFunc(s.feed, o.feed, func(a, b store.Line) bool {
		return a.Position == b.Position && a.Kind == b.Kind && a.ID == b.ID && a.Seq == b.Seq &&
			a.Command == b.Command && a.Hash == b.Hash && bytes.Equal(a.Data, b.Data)
	})
}

func (s snapshot) String() string {
	records := make([]string, len(s.records))
	for i, r := range s.records {
		records[i] = fmt.Sprintf("%s %q at revision %d", r.Kind, r.ID, r.Revision)
	}
	return fmt.Sprintf("%d entries and %s", len(s.feed), strings.Join(records, "; "))
}

// sorted returns the attributes in order, each once; nil when there is none.
func sorted(index []store.Attr) []store.Attr {
	if len(index) == 0 {
		return nil
	}
	return store.SortIndex(index)
}

func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}
