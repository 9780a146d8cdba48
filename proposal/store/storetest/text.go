package storetest

import (
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// texts are in the order of their bytes. Each is there for something that has
// gone wrong in some database: case folding, padding of trailing blanks,
// collation, normalization, UTF-16 order, three-byte "utf8", LIKE, escapes.
var texts = []string{
	" a", "%", "'; DROP TABLE tian_records; --", "A", "B", "Z", "\\", "_", "a", "a ", "a  ", "a%b", "a\\b", "a_b", "aa", "a\u0301",
	"b", "z", "\u00e1", "\u00e4", "\u00df", "\u2028", "\u2126", "\ud7ff", "\ue000", "\uff21", "\ufffd", "\U00010000",
	"\U0001F600", "\U0001F469\u200d\U0001F467", "\U0002070E", "\U0010FFFF",
	"提案", "提案 ", "關", "关", "办理", "〇", "㐀",
}

func textRules() []rule {
	return []rule{
		{
			name: "every text is a key of its own and comes back byte for byte",
			mend: "compare bytes: COLLATE \"C\", BINARY, VARBINARY; utf8mb4 rather than utf8; beware of padding",
			test: func(c *checker) {
				for _, text := range texts {
					ch := change(text, 0, attr(text, text), attr("text", text))
					ch.Entries[0].Command, ch.Entries[0].Hash = text, text
					c.commit(ch)
				}
				for _, text := range texts {
					want := change(text, 0, attr(text, text), attr("text", text))
					want.Entries[0].Command, want.Entries[0].Hash = text, text
					c.sameRecord(c.load("case", text), want.Record)
					c.sameEntries("case", text, c.history("case", text), want.Entries)
					for _, m := range []store.Match{
						{Attr: "text", Op: store.Is, Values: []string{text}},
						{Attr: text, Op: store.Is, Values: []string{text}},
						{Attr: text, Op: store.Prefix, Values: []string{text}},
						{Attr: text, Op: store.Contains, Values: []string{text}},
					} {
						found := c.find(store.Query{Kind: "case", Where: []store.Match{m}})
						if len(found) != 1 || found[0].ID != text {
							c.fail("%q %s %q should find that record alone, it finds %d", m.Attr, m.Op, text, len(found))
						}
					}
				}
			},
		},
		{
			name: "keys of the full length are accepted",
			mend: "MaxKey and MaxAttr count bytes; an index must hold kind, name, value and id together",
			test: func(c *checker) {
				long := func(n int) string { return strings.Repeat("案", n/3) + strings.Repeat("x", n%3) }
				ch := change(long(store.MaxKey), 0, attr(long(store.MaxKey), long(store.MaxAttr)))
				ch.Record.Kind = long(store.MaxKey)
				ch.Entries[0].Command, ch.Entries[0].Hash = long(store.MaxKey), long(store.MaxKey)
				c.commit(ch)
				c.sameRecord(c.load(ch.Record.Kind, ch.Record.ID), ch.Record)
				c.sameEntries(ch.Record.Kind, ch.Record.ID, c.history(ch.Record.Kind, ch.Record.ID), ch.Entries)
			},
		},
		{
			name: "records are ordered by their IDs byte by byte",
			mend: "ORDER BY id with the collation \"C\" or BINARY, and the same for id > after",
			test: func(c *checker) {
				want := slices.Clone(texts)
				slices.Sort(want)
				for _, id := range texts {
					c.commit(change(id, 0, attr("all", "yes")))
				}
				for what, q := range map[string]store.Query{
					"all":    {Kind: "case"},
					"driven": {Kind: "case", Where: []store.Match{{Attr: "all", Op: store.Is, Values: []string{"yes"}}}},
					"ranged": {Kind: "case", Where: []store.Match{{Attr: "all", Op: store.AtLeast, Values: []string{""}}}},
				} {
					c.sameIDs(c.find(q), want, what)
					for i := range want {
						q.After, q.Max = store.Place{ID: want[i]}, 3
						c.sameIDs(c.find(q), want[i+1:min(i+4, len(want))], what+" after "+want[i])
					}
				}
			},
		},
	}
}

func (c *checker) sameIDs(found []store.Record, want []string, what string) {
	got := make([]string, 0, len(found))
	for _, r := range found {
		got = append(got, r.ID)
	}
	if !slices.Equal(got, want) {
		c.fail("%s: found %q, want %q", what, got, want)
	}
}
