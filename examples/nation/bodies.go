package main

import (
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// level is one tier of bodies.
type level struct {
	first, bodies int // in the list of all bodies
	weight        int // of a thousand proposals; assumed
	opens         time.Time
	spread        int // over how many days its plenaries begin
	lasts         int // days
}

// country is the bodies: one national, 31 of provinces, 333 of prefectures, and
// counties up to the number asked for.
type country struct {
	ids    []string
	levels []level
}

func newCountry(bodies int) *country {
	day := func(month time.Month, day int) time.Time { return time.Date(year, month, day, 1, 0, 0, 0, time.UTC) }
	c := &country{}
	for _, l := range []struct {
		key   string
		most  int
		level level
	}{
		{"nation", 1, level{weight: 6, opens: day(time.March, 4), spread: 1, lasts: 7}},
		{"province", 31, level{weight: 25, opens: day(time.January, 18), spread: 10, lasts: 5}},
		{"prefecture", 333, level{weight: 130, opens: day(time.January, 10), spread: 20, lasts: 4}},
		{"county", bodies, level{weight: 839, opens: day(time.January, 4), spread: 20, lasts: 3}},
	} {
		l.level.first, l.level.bodies = len(c.ids), min(l.most, bodies-len(c.ids))
		for i := range l.level.bodies {
			c.ids = append(c.ids, fmt.Sprintf("%s-%04d", l.key, i+1))
		}
		if l.level.bodies > 0 {
			c.levels = append(c.levels, l.level)
		}
	}
	return c
}

// tree puts each body under one of the tier above.
func (c *country) tree(zone *time.Location) (*workflow.Tree, error) {
	var bodies []workflow.Body
	for n, l := range c.levels {
		for i := range l.bodies {
			b := workflow.Body{ID: c.ids[l.first+i], Zone: zone}
			if n > 0 {
				above := c.levels[n-1]
				b.Parent = c.ids[above.first+i%above.bodies]
			}
			bodies = append(bodies, b)
		}
	}
	tree, err := workflow.NewTree(bodies...)
	if err != nil {
		return nil, fmt.Errorf("the bodies: %w", err)
	}
	return tree, nil
}

// at returns the body whose turn it is at a share of all proposals, from 0 up to
// 1, by its number in the list, and the first and last day of its plenary.
func (c *country) at(share float64) (body int, opens, closes time.Time) {
	all := 0
	for _, l := range c.levels {
		all += l.weight
	}
	weight := share * float64(all)
	l := c.levels[0]
	for _, below := range c.levels[1:] {
		if weight < float64(l.weight) {
			break
		}
		weight -= float64(l.weight)
		l = below
	}
	n := min(int(weight/float64(l.weight)*float64(l.bodies)), l.bodies-1)
	opens = l.opens.AddDate(0, 0, n%l.spread)
	return l.first + n, opens, opens.AddDate(0, 0, l.lasts-1)
}
