package evaluate

import (
	"fmt"
	"sort"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// bandTable orders the bands, closes open upper ends at the next band, and
// reports gaps and overlaps.
func (c *compiler) bandTable() {
	s := c.sheet
	bands := s.rubric.Bands
	seen := map[string]bool{}
	order := make([]int, 0, len(bands))
	for i, b := range bands {
		at := fmt.Sprintf("bands[%d]", i)
		if c.checkKey(at+".key", b.Key) && seen[b.Key] {
			c.add(problem.Duplicate, at+".key", "", "band %s appears twice", b.Key)
		}
		seen[b.Key] = true
		if b.Min != nil && b.Max != nil && *b.Min >= *b.Max {
			c.add(problem.Range, at, "", "band %s is empty: it runs from %s to below %s", b.Key, *b.Min, *b.Max)
			continue
		}
		order = append(order, i)
	}
	// Highest first; a band without Min is the lowest.
	sort.SliceStable(order, func(x, y int) bool {
		a, b := bands[order[x]].Min, bands[order[y]].Min
		return a != nil && (b == nil || *a > *b)
	})
	for k, i := range order {
		b := bands[i]
		if k > 0 {
			above, at := s.bands[k-1], fmt.Sprintf("bands[%d]", i)
			if b.Max == nil {
				b.Max = above.Min
			}
			c.adjoin(at, b, above)
		}
		s.bands = append(s.bands, b)
	}
}

// adjoin compares a band with the one above it.
func (c *compiler) adjoin(at string, b, above rubric.Band) {
	switch {
	case above.Min == nil || (b.Min != nil && *b.Min == *above.Min):
		c.add(problem.BandOverlap, at, "", "bands %s and %s begin at the same total", b.Key, above.Key)
	case b.Max == nil || *b.Max > *above.Min:
		c.add(problem.BandOverlap, at, "", "bands %s and %s both hold totals from %s", b.Key, above.Key, *above.Min)
	case *b.Max < *above.Min:
		c.add(problem.BandGap, at, "", "totals from %s to below %s lie in neither %s nor %s", *b.Max, *above.Min, b.Key, above.Key)
	}
}

// BandOf gives the band of a total, and whether there is one.
func (s *Sheet) BandOf(total points.Points) (rubric.Band, bool) {
	if s == nil {
		return rubric.Band{}, false
	}
	for i, b := range s.bands {
		if (b.Min == nil || total >= *b.Min) && (b.Max == nil || total < *b.Max || i == 0 && total == *b.Max) {
			return b, true
		}
	}
	return rubric.Band{}, false
}
