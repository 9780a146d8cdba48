package evaluate

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// perEvent scores by a rubric.PerEvent.
type perEvent rubric.PerEvent

// event is one kind of event of it.
type event rubric.Event

func (*perEvent) key() string { return "per_event" }

func (e *perEvent) check(c *compiler, at string, n *node) {
	if e.Start != "" && e.Start != "zero" && e.Start != "full" {
		c.add(problem.Rule, at+".start", n.c.Key, "start %s is not zero or full", quote.Short(e.Start))
	}
	if len(e.Events) == 0 {
		c.add(problem.Empty, at+".events", n.c.Key, "no events")
	}
	if e.Start == "full" && n.negative() {
		c.add(problem.Sign, at+".start", n.c.Key, "a penalty does not start full")
	}
	seen := map[string]bool{}
	for i, ev := range e.Events {
		where := fmt.Sprintf("%s.events[%d]", at, i)
		if c.checkKey(where+".key", ev.Key) && seen[ev.Key] {
			c.add(problem.Duplicate, where+".key", n.c.Key, "event %s appears twice", ev.Key)
		}
		seen[ev.Key] = true
		switch {
		case ev.Each == 0 || ev.Each > maxRubricPoints || ev.Each < -maxRubricPoints:
			c.add(problem.Range, where+".each", n.c.Key, "each is %s", ev.Each)
		case ev.Each < 0 && n.section == SectionBonus, ev.Each > 0 && n.negative():
			c.add(problem.Sign, where+".each", n.c.Key, "each is %s in the %s", ev.Each, n.section)
		}
		if ev.Free < 0 {
			c.add(problem.Range, where+".free", n.c.Key, "free is %d", ev.Free)
		}
		if ev.Cap != nil && *ev.Cap < 0 {
			c.add(problem.Range, where+".cap", n.c.Key, "cap is %s; it is a size", *ev.Cap)
		}
	}
}

func (e *perEvent) score(r *run, n *node) (points.Exact, bool) {
	f, given := r.card.Facts[n.c.Fact]
	switch {
	case f.kind == missingFact, !given && n.c.Required:
		return r.absent(n, n.c.Fact)
	case given && f.kind != tallyFact && f.kind != numberFact:
		r.wrongKind(n, f, tallyFact)
		return points.Exact{}, false
	case f.kind == numberFact && len(e.Events) != 1:
		r.add(problem.Fact, "facts."+n.c.Fact, n.c.Key, "the rule has %d events: a tally is needed, not a number", len(e.Events))
		return points.Exact{}, false
	case f.kind == tallyFact && !e.knows(r, n, f.tally):
		return points.Exact{}, false
	}
	var sum points.Exact
	lines := 0
	if e.Start == "full" {
		sum = r.line(n, Line{Rule: e.key(), Fact: n.c.Fact, Note: "full to start with"}, n.c.Points.Exact())
		lines++
	}
	for i := range e.Events {
		ev := (*event)(&e.Events[i])
		count, ok := ev.count(r, n, f)
		if !ok {
			return points.Exact{}, false
		}
		if count <= ev.Free {
			continue
		}
		sum = sum.Add(ev.add(r, n, count))
		lines++
	}
	if lines == 0 {
		sum = r.line(n, Line{Rule: e.key(), Fact: n.c.Fact, Note: "no events"}, points.Exact{})
	}
	return sum, true
}

// knows reports events the rule does not have and counts below zero.
func (e *perEvent) knows(r *run, n *node, tally map[string]int64) bool {
	keys := make(map[string]bool, len(e.Events))
	for i := range e.Events {
		keys[e.Events[i].Key] = true
	}
	return r.tallyKeys(n, tally, func(key string) bool { return keys[key] })
}

func (ev *event) count(r *run, n *node, f Fact) (int64, bool) {
	if f.kind != numberFact {
		return f.tally[ev.Key], true
	}
	if f.number < 0 || f.number%points.One != 0 {
		r.add(problem.Fact, "facts."+n.c.Fact, n.c.Key, "%s is not a number of events", f.number)
		return 0, false
	}
	return int64(f.number / points.One), true
}

// add writes the event's line and, when its cap bites, the cap's.
func (ev *event) add(r *run, n *node, count int64) points.Exact {
	points := ev.Each.Scaled(count-ev.Free, 1)
	note := fmt.Sprintf("%d × %s", count, ev.Each)
	if ev.Free > 0 {
		note = fmt.Sprintf("(%d - %d) × %s", count, ev.Free, ev.Each)
	}
	fact := n.c.Fact + "." + ev.Key
	points = r.line(n, Line{Rule: "per_event", Fact: fact, Note: note}, points)
	if ev.Cap == nil {
		return points
	}
	limit := ev.Cap.Exact()
	over := points.Cmp(limit) > 0
	if ev.Each < 0 {
		limit = limit.Neg()
		over = points.Cmp(limit) < 0
	}
	if !over {
		return points
	}
	cut := r.line(n, Line{Rule: LineCap, Fact: fact, Note: "at most " + ev.Cap.String()}, limit.Add(points.Neg()))
	return points.Add(cut)
}
