package workflow

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// Extend prolongs a running clock. The actor needs one of the roles that the
// limit names for it. Refused are an extension beyond the limit's cap or longer
// than all extensions together may be (beyond_cap, beyond_extension), one more than
// there may be (too_often), and one that comes too near the due day (too_late).
func (e *Engine[C, R]) Extend(ctx context.Context, actor Actor, id string, x clock.Extend, options ...DoOption) (C, error) {
	return e.onClock(id, clock.Extending, x.Limit, x.Of, granting, func(act *Act[R], c *Clock, l limit) error {
		if err := checkReason(x.Reason, x.Papers, "延期须有理由", "an extension needs a reason"); err != nil {
			return err
		}
		if err := act.inTime(c, l); err != nil {
			return err
		}
		return act.extend(c, l, x.By, x.Reason)
	}).do(ctx, actor, x, options)
}

// AskTime asks for an extension or a pause of a running clock, for somebody else to
// grant. The actor needs one of the roles that the limit names for asking. What was
// asked for before and not been decided on is replaced.
func (e *Engine[C, R]) AskTime(ctx context.Context, actor Actor, id string, a clock.Ask, options ...DoOption) (C, error) {
	asking := func(l limit) []string { return l.Ask }
	return e.onClock(id, clock.Asking, a.Limit, a.Of, asking, func(act *Act[R], c *Clock, l limit) error {
		if err := checkReason(a.Reason, a.Papers, "申请须有理由", "a request needs a reason"); err != nil {
			return err
		}
		if err := act.inTime(c, l); err != nil {
			return err
		}
		trial := *c // what could not be granted is not asked for
		if err := act.give(&trial, l, a.Pause, a.By, a.Reason); err != nil {
			return err
		}
		c.Request = &clock.Request{Pause: a.Pause, By: a.By, Reason: a.Reason, Papers: a.Papers, Actor: act.Actor.ID, For: act.Actor.For, On: act.today}
		return nil
	}).do(ctx, actor, a, options)
}

// AnswerTime grants or refuses what has been asked for on a clock. The actor needs
// one of the roles that may extend the limit, and is not the one who asked. What was
// asked for in time may be granted later; a pause begins on the day it is granted.
func (e *Engine[C, R]) AnswerTime(ctx context.Context, actor Actor, id string, a clock.Answer, options ...DoOption) (C, error) {
	return e.onClock(id, clock.Answering, a.Limit, a.Of, granting, func(act *Act[R], c *Clock, l limit) error {
		asked := c.Request
		switch {
		case asked == nil:
			return act.refuse("not_asked", "没有待批的申请", "nothing has been asked for")
		case one(act.Actor.ID, asked.Actor, asked.For), one(act.Actor.For, asked.Actor, asked.For):
			return act.refuse("same_person", "申请人不能批准自己的申请", "whoever asked does not decide on it")
		}
		c.Request = nil
		if !a.Grant {
			return checkReason(a.Reason, a.Papers, "不予批准须有理由", "a refusal needs a reason")
		}
		if a.Reason == "" {
			a.Reason = asked.Reason
		}
		if a.By.IsZero() {
			a.By = asked.By
		}
		if err := checkReason(a.Reason, a.Papers, "", ""); err != nil {
			return err
		}
		return act.give(c, l, asked.Pause, a.By, a.Reason)
	}).do(ctx, actor, a, options)
}

// TakeBack takes the last extension or pause of a running clock back. The actor
// needs one of the roles that may extend the limit, or is an [Administrator].
func (e *Engine[C, R]) TakeBack(ctx context.Context, actor Actor, id string, b clock.TakeBack, options ...DoOption) (C, error) {
	taking := func(l limit) []string { return append(slices.Clone(l.Extend), Administrator) }
	return e.onClock(id, clock.TakingBack, b.Limit, b.Of, taking, func(act *Act[R], c *Clock, _ limit) error {
		if err := checkReason(b.Reason, nil, "撤销须有理由", "taking back needs a reason"); err != nil {
			return err
		}
		switch {
		case b.What == clock.AnExtension && len(c.Extensions) > 0:
			c.Extensions = slices.Clone(c.Extensions[:len(c.Extensions)-1])
		case b.What == clock.APause && len(c.Pauses) > 0:
			c.Pauses, c.Held = slices.Clone(c.Pauses[:len(c.Pauses)-1]), nil
		case b.What == clock.AnExtension || b.What == clock.APause:
			return act.refuse("nothing_given", "没有可撤销的延期或暂停", "there is nothing to take back")
		default:
			return Invalid("what", "unknown", "%q不是extension或pause", "%q is not extension or pause", b.What)
		}
		return nil
	}).do(ctx, actor, b, options)
}

// one reports whether a person is one of two.
func one(person, first, second string) bool {
	return person != "" && (person == first || person == second)
}

func granting(l limit) []string { return l.Extend }

// onClock is an act of the engine's own on a running clock, which is counted anew
// after it.
func (e *Engine[C, R]) onClock(id, event, key, of string, roles func(limit) []string, change func(*Act[R], *Clock, limit) error) *ownAct[C, R] {
	return &ownAct[C, R]{
		engine: e, id: id, name: event,
		permit: func(c C) ([]string, string, error) {
			l, ok := e.limitOf(c.Head().Definition, key)
			if !ok {
				return nil, "", Invalid("limit", "unknown", "流程%s没有时限%q", "%s has no limit %q", c.Head().Definition, key)
			}
			return roles(l), of, nil
		},
		change: func(act *Act[R], c C) (any, error) {
			h := c.Head()
			i := h.clock(key, of)
			if i < 0 {
				return nil, act.refuse("no_clock", "该时限没有起算", "no such clock has started")
			}
			l, _ := e.limitOf(h.Definition, key)
			if !h.Clocks[i].Running() {
				return nil, act.refuse(calendar.CodeStopped, "该时限已经停止", "the clock has been stopped")
			}
			if err := change(act, &h.Clocks[i], l); err != nil {
				return nil, err
			}
			h.Clocks[i].count(l, act.calendar)
			if h.Clocks[i].Due == h.Clocks[i].Missed && event == clock.TakingBack {
				h.Clocks[i].Missed = calendar.Date{} // it is late as it stands
			}
			e.anchor(act, map[int]bool{})
			return nil, nil
		},
	}
}

// refuse refuses the act for one reason.
func (a *Act[R]) refuse(code, zh, en string) error {
	return &RefusedError{a.header.ID, a.Event, a.header.State, []Blocker{Block(code, zh, en)}}
}

// give gives a clock an extension, or a pause from today on.
func (a *Act[R]) give(c *Clock, l limit, pause bool, by calendar.Length, reason string) error {
	if !pause {
		return a.extend(c, l, by, reason)
	}
	if err := checkMore(by); err != nil {
		return err
	}
	last, err := lastOf(a.today, by, a.calendar)
	if err == nil && !l.LongestPause.IsZero() {
		var longest calendar.Date
		if longest, err = lastOf(a.today, l.LongestPause, a.calendar); err == nil && last.After(longest) {
			text := l.LongestPause.Text()
			return a.refuse("beyond_pause", "暂停最长"+text.Zh, "a pause lasts at most "+text.En)
		}
	}
	var paused calendar.Timer
	if err == nil {
		paused, err = c.moving(l).PauseBetween(a.today, last, reason)
	}
	if err != nil {
		return &RefusedError{a.header.ID, a.Event, a.header.State, []Blocker{calendarBlocker(err)}}
	}
	c.missed(l, a.At, a.today)
	c.take(paused)
	return nil
}

func (a *Act[R]) extend(c *Clock, l limit, by calendar.Length, reason string) error {
	if err := checkMore(by); err != nil {
		return err
	}
	if l.Times > 0 && len(c.Extensions) >= l.Times {
		return a.refuse("too_often", fmt.Sprintf("最多延期%d次", l.Times), fmt.Sprintf("it may be extended %d times at most", l.Times))
	}
	extended, err := c.counted(l).Extend(a.calendar, calendar.Extension{
		By: by, Reason: reason, Approver: a.Actor.ID, On: a.today,
	})
	if err != nil {
		return &RefusedError{a.header.ID, a.Event, a.header.State, []Blocker{calendarBlocker(err)}}
	}
	c.missed(l, a.At, a.today)
	c.take(extended)
	return nil
}

// inTime refuses what is asked for, or given, too near the due day.
func (a *Act[R]) inTime(c *Clock, l limit) error {
	if l.AskUntil.IsZero() || c.Due.IsZero() {
		return nil
	}
	last, err := calendar.Timer{Start: c.Start, Anchor: c.Due, Rule: calendar.Rule{Before: "due", Length: l.AskUntil}}.Due(a.calendar)
	if err != nil {
		return &RefusedError{a.header.ID, a.Event, a.header.State, []Blocker{calendarBlocker(err)}}
	}
	if a.today.After(last) {
		return a.refuse(tooLate, fmt.Sprintf("最迟应于%s提出", last), fmt.Sprintf("it had to be asked for by %s", last))
	}
	return nil
}

// checkMore refuses a length that is none.
func checkMore(by calendar.Length) error {
	if err := by.Validate(); err != nil {
		return Invalid("by", calendar.Code(err), "%s", "%s", labelOf(err))
	}
	if by.Unit != "" && by.N == 0 {
		return Invalid("by", "empty", "延期%s等于没有延期", "an extension by %s prolongs nothing", by)
	}
	return nil
}

const maxPapers = 50

// checkReason refuses a reason that is missing, and what is too long. Without words
// for it the reason may be missing.
func checkReason(reason string, papers []string, zh, en string) error {
	switch n := utf8.RuneCountInString(reason); {
	case strings.TrimSpace(reason) == "" && zh != "":
		return Invalid("reason", "empty", zh, en)
	case n > maxReason:
		return Invalid("reason", "too_long", "%d字，超过%d字", "%d characters, more than %d", n, maxReason)
	case len(papers) > maxPapers:
		return Invalid("papers", "too_many", "%d件，超过%d件", "%d papers, more than %d", len(papers), maxPapers)
	}
	for i, p := range papers {
		if err := checkWord(fmt.Sprintf("papers[%d]", i), p, maxPaper); err != nil {
			return err
		}
	}
	return nil
}

const maxPaper = 500 // bytes
