package evaluate

import "fmt"

// PerEvent (按次计分) adds or takes points for each event: 每件加 5 分,
// 少一项扣 0.25 分. The fact is a tally by event, or a plain number when the rule
// has one event. Without the fact there were no events, unless it is required.
type PerEvent struct {
	// Start is "zero" (default) or "full": the criterion's points before events.
	Start  string  `json:"start,omitempty"`
	Events []Event `json:"events"`
}

// Event is one kind of event.
type Event struct {
	Key   string `json:"key"`
	Label Label  `json:"label,omitzero"`
	// Each is the points of one event, negative to take.
	Each Points `json:"each"`
	// Free events come first and count nothing (超过 1 件, 每多 1 件).
	Free int64 `json:"free,omitempty"`
	// Cap bounds this event's points in size, whichever way they go.
	Cap *Points `json:"cap,omitempty"`
}

func (*PerEvent) key() string { return "per_event" }

func (e *PerEvent) check(c *compiler, at string, n *node) {
	if e.Start != "" && e.Start != "zero" && e.Start != "full" {
		c.add(CodeRule, at+".start", n.c.Key, "start %s is not zero or full", quoteShort(e.Start))
	}
	if len(e.Events) == 0 {
		c.add(CodeEmpty, at+".events", n.c.Key, "no events")
	}
	if e.Start == "full" && n.negative() {
		c.add(CodeSign, at+".start", n.c.Key, "a penalty does not start full")
	}
	seen := map[string]bool{}
	for i, ev := range e.Events {
		where := fmt.Sprintf("%s.events[%d]", at, i)
		if c.checkKey(where+".key", ev.Key) && seen[ev.Key] {
			c.add(CodeDuplicate, where+".key", n.c.Key, "event %s appears twice", ev.Key)
		}
		seen[ev.Key] = true
		switch {
		case ev.Each == 0 || ev.Each > maxRubricPoints || ev.Each < -maxRubricPoints:
			c.add(CodeRange, where+".each", n.c.Key, "each is %s", ev.Each)
		case ev.Each < 0 && n.section == SectionBonus, ev.Each > 0 && n.negative():
			c.add(CodeSign, where+".each", n.c.Key, "each is %s in the %s", ev.Each, n.section)
		}
		if ev.Free < 0 {
			c.add(CodeRange, where+".free", n.c.Key, "free is %d", ev.Free)
		}
		if ev.Cap != nil && *ev.Cap < 0 {
			c.add(CodeRange, where+".cap", n.c.Key, "cap is %s; it is a size", *ev.Cap)
		}
	}
}

func (e *PerEvent) score(r *run, n *node) (exact, bool) {
	f, given := r.card.Facts[n.c.Fact]
	switch {
	case f.kind == missingFact, !given && n.c.Required:
		return r.absent(n, n.c.Fact)
	case given && f.kind != tallyFact && f.kind != numberFact:
		r.wrongKind(n, f, tallyFact)
		return exact{}, false
	case f.kind == numberFact && len(e.Events) != 1:
		r.add(CodeFact, "facts."+n.c.Fact, n.c.Key, "the rule has %d events: a tally is needed, not a number", len(e.Events))
		return exact{}, false
	case f.kind == tallyFact && !e.knows(r, n, f.tally):
		return exact{}, false
	}
	var sum exact
	lines := 0
	if e.Start == "full" {
		sum = r.line(n, Line{Rule: e.key(), Fact: n.c.Fact, Note: "full to start with"}, exactOf(n.c.Points))
		lines++
	}
	for i := range e.Events {
		ev := &e.Events[i]
		count, ok := ev.count(r, n, f)
		if !ok {
			return exact{}, false
		}
		if count <= ev.Free {
			continue
		}
		sum = sum.add(ev.add(r, n, count))
		lines++
	}
	if lines == 0 {
		sum = r.line(n, Line{Rule: e.key(), Fact: n.c.Fact, Note: "no events"}, exact{})
	}
	return sum, true
}

// knows reports events the rule does not have and counts below zero.
func (e *PerEvent) knows(r *run, n *node, tally map[string]int64) bool {
	keys := make(map[string]bool, len(e.Events))
	for i := range e.Events {
		keys[e.Events[i].Key] = true
	}
	return r.tallyKeys(n, tally, func(key string) bool { return keys[key] })
}

func (ev *Event) count(r *run, n *node, f Fact) (int64, bool) {
	if f.kind != numberFact {
		return f.tally[ev.Key], true
	}
	if f.number < 0 || f.number%Point != 0 {
		r.add(CodeFact, "facts."+n.c.Fact, n.c.Key, "%s is not a number of events", f.number)
		return 0, false
	}
	return int64(f.number / Point), true
}

// add writes the event's line and, when its cap bites, the cap's.
func (ev *Event) add(r *run, n *node, count int64) exact {
	points := exactMul(int64(ev.Each), count-ev.Free, 1)
	note := fmt.Sprintf("%d × %s", count, ev.Each)
	if ev.Free > 0 {
		note = fmt.Sprintf("(%d - %d) × %s", count, ev.Free, ev.Each)
	}
	fact := n.c.Fact + "." + ev.Key
	points = r.line(n, Line{Rule: "per_event", Fact: fact, Note: note}, points)
	if ev.Cap == nil {
		return points
	}
	limit := exactOf(*ev.Cap)
	over := points.cmp(limit) > 0
	if ev.Each < 0 {
		limit = limit.neg()
		over = points.cmp(limit) < 0
	}
	if !over {
		return points
	}
	cut := r.line(n, Line{Rule: LineCap, Fact: fact, Note: "at most " + ev.Cap.String()}, limit.add(points.neg()))
	return points.add(cut)
}
