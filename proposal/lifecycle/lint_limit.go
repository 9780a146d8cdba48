package lifecycle

import (
	"fmt"
	"slices"
)

// limit checks one limit; lengths are the engine's to read.
func (l *lint) limit(where string, limit *Limit, seen map[string]bool) {
	l.name(where+".key", limit.Key)
	l.once(seen, where+".key", "limit", limit.Key)
	switch {
	case len(limit.Start) > 0 && len(limit.Stop) > 0:
	case len(limit.In) == 0:
		l.add(BadLimit, where, "a limit has events that start it and events that stop it, or states that it is in")
	case limit.Each != "" && len(limit.Start) == 0:
		l.add(BadLimit, where, "a limit for each instance of a track has events that start it: states of the main line do not")
	}
	start := limit.Start
	if limit.Each != "" {
		start = slices.DeleteFunc(slices.Clone(start), func(e string) bool { return e == Begin })
	}
	l.events(where+".start", start)
	l.events(where+".stop", limit.Stop)
	for i, state := range limit.In {
		if !l.main[state] {
			l.add(UnknownState, fmt.Sprintf("%s.in[%d]", where, i), "state %q is not among the states of the main line", state)
		}
	}
	if limit.Each != "" && !l.each[limit.Each] {
		l.add(BadLimit, where+".each", "%q is not a track with one instance for each of many", limit.Each)
	}
	l.events(where+".pause", limit.Pause)
	l.events(where+".resume", limit.Resume)
	if limit.Length == "" {
		l.add(BadLimit, where+".length", "a limit has a length")
	}
	if limit.Roll != "" && limit.Roll != RollNextWorkday {
		l.add(BadLimit, where+".roll", "unknown roll %q: %s or none", limit.Roll, RollNextWorkday)
	}
	warnings := make(map[string]bool)
	for i, w := range limit.Warnings {
		at := fmt.Sprintf("%s.warnings[%d]", where, i)
		l.name(at+".key", w.Key)
		l.once(warnings, at+".key", "warning", w.Key)
		if w.Before == "" {
			l.add(BadLimit, at+".before", "a warning begins some time before the due day")
		}
		l.reactions(at+".do", w.Do)
	}
	for i, r := range limit.Remind {
		at := fmt.Sprintf("%s.remind[%d]", where, i)
		if r.Every == "" {
			l.add(BadLimit, at+".every", "a reminder comes every so often")
		}
		l.reactions(at+".do", r.Do)
	}
	l.reactions(where+".overdue", limit.Overdue)
}

func (l *lint) events(where string, events []string) {
	for i, e := range events {
		if _, ok := l.owner[e]; !ok {
			l.add(UnknownEvent, fmt.Sprintf("%s[%d]", where, i), "no line has the event %q", e)
		}
	}
}

func (l *lint) reactions(where string, reactions []Reaction) {
	for i, r := range reactions {
		at := fmt.Sprintf("%s[%d]", where, i)
		_, known := l.owner[r.Event]
		switch {
		case !slices.Contains([]string{DoUrge, DoWarn, DoEscalate, DoFire}, r.Do):
			l.add(BadLimit, at+".do", "unknown reaction %q: %s, %s, %s or %s", r.Do, DoUrge, DoWarn, DoEscalate, DoFire)
		case r.Do != DoFire && r.Role == "":
			l.add(BadLimit, at+".role", "%s names no role", r.Do)
		case r.Do == DoFire && !known:
			l.add(UnknownEvent, at+".event", "no line has the event %q", r.Event)
		case r.Do == DoFire && !l.rolesOf[r.Event][System]:
			l.add(BadLimit, at+".event", "the role %q may never fire %s", System, r.Event)
		}
	}
}
