package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
)

// counts are how many proposals there are of each kind, by a name such as
// "category/economic", and how many each body received and filed.
type counts struct {
	of              map[string]int64
	received, filed []int64 // by the body's number
}

func newCounts(bodies int) *counts {
	return &counts{of: make(map[string]int64), received: make([]int64, bodies), filed: make([]int64, bodies)}
}

func (c *counts) add(name string, n int) {
	if n != 0 {
		c.of[name] += int64(n)
	}
}

func (c *counts) when(name string, is bool) {
	if is {
		c.of[name]++
	}
}

// plan counts what the plan of one proposal comes to.
func (c *counts) plan(f facts) {
	c.received[f.body]++
	c.add("received", 1)
	c.add("category/"+string(f.category), 1)
	c.add("proposer/"+string(f.proposer), 1)
	c.add("timing/"+string(f.timing), 1)
	c.add("outcome/"+f.outcome, 1)
	c.add("stage/"+f.stage, 1)
	c.add("entries", f.entries)
	if !f.filed {
		return
	}
	c.filed[f.body]++
	c.add("filed", 1)
	c.add("mode/"+string(f.mode), 1)
	for i, class := range f.classes {
		c.when("class/"+class, !slices.Contains(f.classes[:i], class))
	}
	c.add("opinion/"+f.opinion, 1)
	c.add("items", f.parts)
	c.when("key", f.key)
	c.when("supervised", f.supervised)
	c.when("urged", f.urged)
	c.when("again", f.again)
}

func (c *counts) merge(other *counts) {
	for name, n := range other.of {
		c.of[name] += n
	}
	for i := range c.received {
		c.received[i] += other.received[i]
		c.filed[i] += other.filed[i]
	}
}

// counted is the same as the library counts it.
func counted(where *country, own map[string]*proposal.Tally, nation *proposal.Tally, figures *statistics.Figures, entries int64) *counts {
	c := newCounts(len(where.ids))
	for i, id := range where.ids {
		if t := own[id]; t != nil {
			c.received[i], c.filed[i] = t.Received, t.Filed
		}
	}
	c.add("received", int(nation.Received))
	c.add("filed", int(nation.Filed))
	c.add("drafts", int(nation.Drafts))
	for _, d := range nation.Dimensions() {
		for _, key := range nation.Keys(d) {
			c.add(string(d)+"/"+key, int(nation.Rate(d, key).Count))
		}
	}
	for _, d := range []proposal.Dimension{statistics.ByTiming, statistics.ByMode} {
		for _, key := range figures.Keys(d) {
			c.add(string(d)+"/"+key, int(figures.Figure(d, key, statistics.Stated).Count))
		}
	}
	for _, b := range []statistics.Base{statistics.Key, statistics.Supervised, statistics.Urged, statistics.Again, statistics.Items} {
		c.add(string(b), int(figures.Total(b)))
	}
	c.add("entries", int(entries))
	return c
}

// differences says in which counts two differ.
func differences(where *country, planned, counted *counts) []string {
	var out []string
	differ := func(name string, want, have int64) {
		if want != have {
			out = append(out, fmt.Sprintf("%s: %d planned, %d counted", name, want, have))
		}
	}
	names := maps.Clone(planned.of)
	maps.Copy(names, counted.of)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		differ(name, planned.of[name], counted.of[name])
	}
	for i, id := range where.ids {
		differ("received/"+id, planned.received[i], counted.received[i])
		differ("filed/"+id, planned.filed[i], counted.filed[i])
	}
	return out
}
