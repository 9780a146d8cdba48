package statistics

import (
	"cmp"
	"slices"
)

// cases are the IDs behind a figure, in ascending order: the first so many of
// them, so that those of parts come together to those of the whole.
type cases []string

// add takes an ID in, and keeps at most limit.
func (c cases) add(id string, limit int) cases {
	if limit <= 0 || len(c) >= limit && id >= c[len(c)-1] {
		return c
	}
	at, there := slices.BinarySearch(c, id)
	if there {
		return c
	}
	if len(c) >= limit {
		c = c[:limit-1]
	}
	return slices.Insert(c, at, id)
}

// Slow is a case that took long.
type Slow struct {
	ID   string `json:"id"`
	Days int    `json:"days"`
}

// slowest are the cases that took longest, the longest first, and of equals the
// first by ID.
type slowest []Slow

func (s slowest) add(one Slow, limit int) slowest {
	if limit <= 0 {
		return s
	}
	at, _ := slices.BinarySearchFunc(s, one, func(a, b Slow) int {
		return cmp.Or(cmp.Compare(b.Days, a.Days), cmp.Compare(a.ID, b.ID))
	})
	if at >= limit {
		return s
	}
	s = slices.Insert(s, at, one)
	return s[:min(len(s), limit)]
}
