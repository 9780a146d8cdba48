package storetest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

func findRules() []rule {
	return []rule{
		{
			name: "each comparison means what Query.Matches says",
			mend: "Prefix and Contains must not take % and _ for wildcards, and are case-sensitive",
			test: func(c *checker) {
				all := c.ledger(80)
				is := func(op store.Op, name string, values ...string) store.Match {
					return store.Match{Attr: name, Op: op, Values: values}
				}
				for _, where := range [][]store.Match{
					{},
					{is(store.Is, "state", "filed")},
					{is(store.Is, "state", "filed", "closed")},
					{is(store.Is, "state", "FILED")},
					{is(store.Is, "unit", "U1"), is(store.Is, "unit", "U2")},
					{is(store.AtLeast, "due", "2024-03-01"), is(store.Below, "due", "2024-06-01")},
					{is(store.Below, "due", "2024-03-01"), is(store.Is, "state", "filed")},
					{is(store.Is, "state", "filed", "draft"), is(store.Contains, "title", "商")},
					{is(store.Prefix, "title", "关于")},
					{is(store.Prefix, "title", "")},
					{is(store.Contains, "title", "100%")},
					{is(store.Contains, "title", "_")},
					{is(store.Contains, "title", "a")},
					{is(store.Contains, "title", "")},
					{is(store.Contains, "absent", "")},
					{is(store.Prefix, "title", "关于\U0010FFFF")},
				} {
					c.answers(store.Query{Kind: "case", Where: where}, all)
				}
			},
		},
		{
			name: "any conditions together find what they should, in any order",
			mend: "every Match must hold, each by at least one value of its attribute; with an Order a record stands at its first value that answers all conditions on it",
			test: func(c *checker) {
				all := c.ledger(120)
				rnd := rand.New(rand.NewPCG(1, 2)) // the same queries every time
				for range scale(150) {
					q := store.Query{Kind: "case", Max: 1 + rnd.IntN(40), Desc: rnd.IntN(3) == 0}
					q.Order = []string{"", "state", "unit", "due", "absent"}[rnd.IntN(5)]
					q.Where = randomWhere(rnd)
					if rnd.IntN(2) == 0 {
						if some := all[rnd.IntN(len(all))]; q.Matches(some) {
							q.After = q.PlaceOf(some)
						}
					}
					c.answers(q, all)
				}
			},
		},
		{
			name: "a count is that of what would be found",
			mend: "Count looks at Kind and Where alone; by an attribute, a record counts under each of its values that answers the conditions on it",
			test: func(c *checker) {
				counter, ok := store.As[store.Counter](c.Store)
				if !ok {
					panic(unable{"the store does not count"})
				}
				all := c.ledger(120)
				rnd := rand.New(rand.NewPCG(5, 6)) // the same queries every time
				for range scale(150) {
					q := store.Query{Kind: "case", Where: randomWhere(rnd), Max: 1, After: store.Place{ID: "0050"}, Desc: true}
					by := []string{"", "state", "unit", "due", "absent"}[rnd.IntN(5)]
					got, err := counter.Count(c.ctx, q, by)
					c.ok(err, "count")
					if want := count(q, by, all); !maps.Equal(got, want) {
						c.fail("%+v by %q counts %v, want %v", q, by, got, want)
					}
				}
				_, err := counter.Count(c.ctx, store.Query{Kind: "case"}, "\x00")
				c.wants(err, store.ErrInvalid, "a count by NUL")
			},
		},
		{
			name: "a page has its limit, and no read is without one",
			mend: "LIMIT store.Limit(limit): 0 is DefaultLimit, more than MaxLimit is MaxLimit",
			test: func(c *checker) {
				c.ledger(store.DefaultLimit + 20)
				for limit, want := range map[int]int{0: store.DefaultLimit, -1: store.DefaultLimit, 1: 1, 110: 110, 5000: 120, 1 << 40: 120} {
					if got := len(c.find(store.Query{Kind: "case", Max: limit})); got != want {
						c.fail("of 120 records a limit of %d gave %d, not %d", limit, got, want)
					}
					entries, err := c.Feed(c.ctx, 0, limit)
					c.ok(err, "feed")
					if len(entries) != want {
						c.fail("of 120 entries in the feed a limit of %d gave %d, not %d", limit, len(entries), want)
					}
				}
			},
		},
	}
}

var (
	states = []string{"draft", "filed", "closed", "Filed"}
	titles = []string{"关于小微企业", "关于协商平台", "Abc", "abc", "a_c", "100%", "100", "关于 商", "协商", "", "a\\c"}
)

// ledger writes n records with attributes of the kind cases have, and returns
// them in order.
func (c *checker) ledger(n int) (records []store.Record) {
	rnd := rand.New(rand.NewPCG(3, 4)) // the same records every time
	var all []store.Change
	for i := range n {
		index := []store.Attr{
			attr("state", states[rnd.IntN(len(states))]),
			attr("title", titles[rnd.IntN(len(titles))]),
			attr("due", fmt.Sprintf("2024-%02d-%02d", 1+rnd.IntN(12), 1+rnd.IntN(28))),
		}
		for range rnd.IntN(3) {
			index = append(index, attr("unit", fmt.Sprintf("U%d", rnd.IntN(4))))
		}
		index = store.SortIndex(index)
		all = append(all, change(fmt.Sprintf("%04d", i), 0, index...))
		records = append(records, all[i].Record)
	}
	c.commit(all...)
	return records
}

// answers compares what a query finds with what Matches says of all records.
func (c *checker) answers(q store.Query, all []store.Record) {
	var among []store.Record
	for _, r := range all {
		if q.Matches(r) && (q.After == (store.Place{}) || q.Compare(q.PlaceOf(r), q.After) > 0) {
			among = append(among, r)
		}
	}
	slices.SortFunc(among, func(a, b store.Record) int { return q.Compare(q.PlaceOf(a), q.PlaceOf(b)) })
	want := make([]string, min(len(among), store.Limit(q.Max)))
	for i := range want {
		want[i] = among[i].ID
	}
	c.sameIDs(c.find(q), want, fmt.Sprintf("%+v", q))
}

// count counts what Matches says of all records.
func count(q store.Query, by string, all []store.Record) map[string]int64 {
	counts := map[string]int64{}
	if by == "" {
		counts[""] = 0
	}
	q.Order = by
	for _, r := range all {
		switch {
		case !q.Matches(r):
		case by == "":
			counts[""]++
		default:
			for _, a := range q.Answering(r) {
				counts[a.Value]++
			}
		}
	}
	return counts
}

func randomWhere(rnd *rand.Rand) (where []store.Match) {
	for range rnd.IntN(4) {
		where = append(where, randomMatch(rnd))
	}
	if rnd.IntN(3) == 0 {
		where = append(where, store.Match{Any: []store.Match{randomMatch(rnd), randomMatch(rnd)}})
	}
	return where
}

func randomMatch(rnd *rand.Rand) store.Match {
	pick := func(values []string) string { return values[rnd.IntN(len(values))] }
	switch rnd.IntN(6) {
	case 0:
		return store.Match{Attr: "state", Op: store.Is, Values: []string{pick(states)}}
	case 1:
		return store.Match{Attr: "state", Op: store.Is, Values: []string{pick(states), pick(states)}}
	case 2:
		return store.Match{Attr: "unit", Op: store.Is, Values: []string{fmt.Sprintf("U%d", rnd.IntN(5))}}
	case 3:
		op := []store.Op{store.AtLeast, store.Below}[rnd.IntN(2)]
		return store.Match{Attr: "due", Op: op, Values: []string{fmt.Sprintf("2024-%02d-01", 1+rnd.IntN(12))}}
	case 4:
		title := []rune(pick(titles))
		return store.Match{Attr: "title", Op: store.Prefix, Values: []string{string(title[:rnd.IntN(len(title)+1)])}}
	}
	title := []rune(pick(titles))
	return store.Match{Attr: "title", Op: store.Contains, Values: []string{string(title[rnd.IntN(len(title)+1):])}}
}
