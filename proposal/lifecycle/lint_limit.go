package lifecycle

import (
	"fmt"
	"maps"
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
	begin := Opening
	if limit.Each != "" {
		begin = Begin
	}
	l.events(where+".start", slices.DeleteFunc(slices.Clone(limit.Start), func(e string) bool { return e == begin }))
	l.events(where+".stop", limit.Stop)
	for i, state := range limit.In {
		if !l.main[state] {
			l.unknown(UnknownState, fmt.Sprintf("%s.in[%d]", where, i), maps.Keys(l.main), "状态%q不在主线的状态之中", "state %q is not among the states of the main line", state)
		}
	}
	if limit.Each != "" && !l.each[limit.Each] {
		l.add(BadLimit, where+".each", "%q不是逐件的并行线", "%q is not a track with one instance for each of many", limit.Each)
	}
	l.events(where+".pause", limit.Pause)
	l.events(where+".resume", limit.Resume)
	l.events(where+".lapse", limit.Lapse)
	l.events(where+".closes", limit.Closes)
	l.words(where, limit)
	for i, w := range limit.Lengths {
		l.guardsOf(fmt.Sprintf("%s.lengths[%d].if", where, i), w.If)
		if len(w.If) == 0 {
			l.add(BadLimit, fmt.Sprintf("%s.lengths[%d].if", where, i), "另定的长度须有条件", "a length that holds instead has a condition")
		}
	}
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
	read := func(field, text string) calendar.Length {
		length, err := calendar.ParseLength(text)
		if err != nil {
			good = false
			said := calendar.ErrorText(err)
			l.add(BadLength, where+"."+field, "%s", "%s", Label{said.Zh, said.En})
		}
		return length
	}
	rules := make([]calendar.Rule, 1, 1+len(limit.Lengths))
	rules[0] = limit.rule(read)
	for i, w := range limit.Lengths {
		rule := rules[0]
		rule.Length = read(fmt.Sprintf("lengths[%d].length", i), w.Length)
		rules = append(rules, rule)
	}
	for field, text := range map[string]string{"ask_until": limit.AskUntil, "longest_pause": limit.LongestPause} {
		if text != "" && read(field, text).Unit == "" && good {
			l.add(BadLimit, where+"."+field, "%q不是若干日、工作日或月", "%q is no number of days, working days or months", text)
		}
	}
	if !good {
		return
	}
	for _, rule := range rules {
		if err := rule.Validate(); err != nil {
			said := calendar.ErrorText(err)
			l.add(BadLimit, where, "%s", "%s", Label{said.Zh, said.En})
			return
		}
	}
	if limit.pausable() && slices.ContainsFunc(rules, func(r calendar.Rule) bool { return r.Length.Hours() }) {
		l.add(BadLimit, where+".pause", "以小时计的时限不能暂停", "a limit in hours does not pause")
	}
}

func (l Limit) pausable() bool { return len(l.Pause) > 0 || l.LongestPause != "" }

// words checks what is one of a few words, and what goes together.
func (l *lint) words(where string, limit *Limit) {
	one := func(field, word string, among ...string) {
		if word != "" && !slices.Contains(among, word) {
			l.add(BadLimit, where+"."+field, "%q不明，只能是%v或不填", "%q is none of %v, nor left out", word, among)
		}
	}
	one("again", limit.Again, AgainStand)
	one("missed", limit.Missed, MissedStands)
	one("late", limit.Late, LateRefuse, LateMark, LateWarn)
	one("judged", limit.Judged, JudgedRecorded)
	for i, r := range limit.Remind {
		one(fmt.Sprintf("remind[%d].missed", i), r.Missed, MissedEach)
	}
	switch {
	case limit.Late == "" && (len(limit.Closes) > 0 || limit.Judged != ""):
		l.add(BadLimit, where+".late", "没有说明逾期如何处理", "it does not say what becomes of what is late")
	case limit.Late != "" && len(limit.Closes) == 0 && len(limit.Stop) == 0:
		l.add(BadLimit, where+".closes", "没有说明何事逾期", "it does not say which events are late")
	}
	if limit.From != "" && limit.Before != "" {
		l.add(BadLimit, where+".from", "一项时限不能既顺计又倒计", "a limit counts forward from a date or backward from one, not both")
	}
	if limit.Times < 0 {
		l.add(BadLimit, where+".times", "延期次数为负：%d", "it may be extended %d times, which is less than never", limit.Times)
	}
	if len(limit.Ask) > 0 && len(limit.Extend) == 0 {
		l.add(BadLimit, where+".extend", "可以申请延期，却无人可以批准", "an extension may be asked for, and nobody may grant it")
	}
}

func (l *lint) events(where string, events []string) {
	for i, e := range events {
		if _, ok := l.owner[e]; !ok {
			l.unknown(UnknownEvent, fmt.Sprintf("%s[%d]", where, i), maps.Keys(l.owner), "没有事项%q", "no line has the event %q", e)
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
			l.unknown(UnknownEvent, at+".event", maps.Keys(l.owner), "没有事项%q", "no line has the event %q", r.Event)
		case r.Do == DoFire && !l.rolesOf[r.Event][System]:
			l.add(BadLimit, at+".event", "角色%q不能进行%s", "the role %q may never fire %s", System, r.Event)
		}
	}
}
