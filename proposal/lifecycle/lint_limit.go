package lifecycle

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/calendar"
)

// limit checks one limit.
func (l *lint) limit(where string, limit *Limit, seen map[string]bool) {
	before := len(l.problems)
	l.name(where+".key", limit.Key)
	l.once(seen, where+".key", Label{"时限", "limit"}, limit.Key)
	switch {
	case len(limit.Start) > 0 && len(limit.Stop) > 0:
	case len(limit.In) == 0:
		l.add(BadLimit, where, "时限须有起算和停止的事项，或所处的状态", "a limit has events that start it and events that stop it, or states that it is in")
	case limit.Each != "" && len(limit.Start) == 0:
		l.add(BadLimit, where, "逐件计算的时限须有起算事项，不能由主线状态起算", "a limit for each instance of a track has events that start it: states of the main line do not")
	}
	start := limit.Start
	if limit.Each != "" {
		start = slices.DeleteFunc(slices.Clone(start), func(e string) bool { return e == Begin })
	}
	l.events(where+".start", start)
	l.events(where+".stop", limit.Stop)
	for i, state := range limit.In {
		if !l.main[state] {
			l.add(UnknownState, fmt.Sprintf("%s.in[%d]", where, i), "状态%q不在主线的状态之中", "state %q is not among the states of the main line", state)
		}
	}
	if limit.Each != "" && !l.each[limit.Each] {
		l.add(BadLimit, where+".each", "%q不是逐件的并行线", "%q is not a track with one instance for each of many", limit.Each)
	}
	l.events(where+".pause", limit.Pause)
	l.events(where+".resume", limit.Resume)
	if limit.Length == "" {
		l.add(BadLimit, where+".length", "时限须有长度", "a limit has a length")
	}
	if limit.Roll != "" && limit.Roll != RollNextWorkday {
		l.add(BadLimit, where+".roll", "顺延方式%q不明，只能是%s或不填", "unknown roll %q: %s or none", limit.Roll, RollNextWorkday)
	}
	warnings := make(map[string]bool)
	for i, w := range limit.Warnings {
		at := fmt.Sprintf("%s.warnings[%d]", where, i)
		l.name(at+".key", w.Key)
		l.once(warnings, at+".key", Label{"预警", "warning"}, w.Key)
		if w.Before == "" {
			l.add(BadLimit, at+".before", "预警须在到期日之前若干时间开始", "a warning begins some time before the due day")
		}
		l.reactions(at+".do", w.Do)
	}
	for i, r := range limit.Remind {
		at := fmt.Sprintf("%s.remind[%d]", where, i)
		if r.Every == "" {
			l.add(BadLimit, at+".every", "催办须有间隔", "a reminder comes every so often")
		}
		l.reactions(at+".do", r.Do)
	}
	l.reactions(where+".overdue", limit.Overdue)
	l.lengths(where, limit, len(l.problems) == before)
}

// lengths checks that every length can be read and, where nothing else is wrong
// with the limit, that they go together.
func (l *lint) lengths(where string, limit *Limit, good bool) {
	rule := limit.rule(func(field, text string) calendar.Length {
		length, err := calendar.ParseLength(text)
		if err != nil {
			good = false
			said := calendar.ErrorText(err)
			l.add(BadLength, where+"."+field, "%s", "%s", Label{said.Zh, said.En})
		}
		return length
	})
	if !good {
		return
	}
	if err := rule.Validate(); err != nil {
		said := calendar.ErrorText(err)
		l.add(BadLimit, where, "%s", "%s", Label{said.Zh, said.En})
	}
}

func (l *lint) events(where string, events []string) {
	for i, e := range events {
		if _, ok := l.owner[e]; !ok {
			l.add(UnknownEvent, fmt.Sprintf("%s[%d]", where, i), "没有事项%q", "no line has the event %q", e)
		}
	}
}

func (l *lint) reactions(where string, reactions []Reaction) {
	for i, r := range reactions {
		at := fmt.Sprintf("%s[%d]", where, i)
		_, known := l.owner[r.Event]
		switch {
		case !slices.Contains([]string{DoUrge, DoWarn, DoEscalate, DoFire}, r.Do):
			l.add(BadLimit, at+".do", "处理方式%q不明，只能是%s、%s、%s或%s", "unknown reaction %q: %s, %s, %s or %s", r.Do, DoUrge, DoWarn, DoEscalate, DoFire)
		case r.Do != DoFire && r.Role == "":
			l.add(BadLimit, at+".role", "%s没有指明角色", "%s names no role", r.Do)
		case r.Do == DoFire && !known:
			l.add(UnknownEvent, at+".event", "没有事项%q", "no line has the event %q", r.Event)
		case r.Do == DoFire && !l.rolesOf[r.Event][System]:
			l.add(BadLimit, at+".event", "角色%q不能进行%s", "the role %q may never fire %s", System, r.Event)
		}
	}
}
