package main

import (
	"runtime/metrics"
	"sync"
	"time"
)

// tenth is how a tenth of the proposals went.
type tenth struct {
	cases, acts int
	took        time.Duration
	liveMB      float64 // of the heap, after the last collection
}

// perAct is the time that passed for an act, in microseconds.
func (t tenth) perAct() float64 {
	if t.acts == 0 {
		return 0
	}
	return float64(t.took.Nanoseconds()) / 1000 / float64(t.acts)
}

// curve is how a run goes, tenth by tenth, and the most heap that it had in use.
type curve struct {
	mu     sync.Mutex
	all    int // proposals
	cases  int
	from   int // cases when the tenth began
	acts   int // of the tenth
	began  time.Time
	tenths []tenth
	mostMB float64
	each   func(done int, last *tenth) // is told of every chunk, and of a tenth that has ended
}

// add notes that so many proposals more are through, which took so many acts of
// this run.
func (c *curve) add(cases, acts int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cases += cases
	c.acts += acts
	live := c.look()
	var ended *tenth
	if c.cases*10/c.all > c.from*10/c.all {
		now := time.Now()
		ended = &tenth{c.cases - c.from, c.acts, now.Sub(c.began), live}
		c.tenths = append(c.tenths, *ended)
		c.from, c.acts, c.began = c.cases, 0, now
	}
	c.each(c.cases, ended)
}

// look notes how much heap is in use, and returns what is live. It is called by
// one at a time.
func (c *curve) look() (live float64) {
	used, live := heap()
	c.mostMB = max(c.mostMB, used)
	return live
}

// ends returns the time an act took in the first and in the last tenth in which
// there were any.
func (c *curve) ends() (first, last float64) {
	for _, t := range c.tenths {
		if t.acts > 0 {
			if first == 0 {
				first = t.perAct()
			}
			last = t.perAct()
		}
	}
	return first, last
}

// heap returns what objects take now, dead ones included, and what was live
// after the last collection, in megabytes.
func heap() (used, live float64) {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(samples)
	const mb = 1 << 20
	return float64(samples[0].Value.Uint64()) / mb, float64(samples[1].Value.Uint64()) / mb
}
