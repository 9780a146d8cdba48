package calendar

import (
	"fmt"
	"slices"
	"time"
)

// Timer is one limit running on one case: when it started and what happened to
// it since. It is a plain value that round-trips through JSON; its methods
// return a changed copy, never touch their receiver, and give an error and
// the zero Timer when the step is refused.
//
// # What a pause does
//
// A pause (中止、暂停) names the first and the last day that do not count; both
// ends are inside. Overlapping pauses count once. Paused days are left out of
// every count the timer makes, which comes to this:
//
//   - working days: working days inside pauses do not count;
//   - calendar days: days inside pauses do not count;
//   - months: the due date moves by as many calendar days as were paused, since
//     a month has no "days that count" to leave out;
//   - a fixed date of the year does not move: it says when, not how long.
//
// The start day is day 0 and never counted, so pausing it alone changes
// nothing. A pause that begins after the due date changes nothing; one that
// lies over the due date moves it. Extensions and the cap are counted in the
// same way, because time that does not run for the limit should not run for
// its cap either.
//
// # What an extension does
//
// An extension (延期) is counted on from the due date reached so far. The due
// day is rolled off a day off only once, at the very end.
type Timer struct {
	Start      Date        `json:"start"` // day 0
	Rule       Rule        `json:"rule"`
	Anchor     Date        `json:"anchor,omitzero"` // the date a backward limit counts from
	Pauses     []Pause     `json:"pauses,omitempty"`
	Extensions []Extension `json:"extensions,omitempty"`
	Stopped    Date        `json:"stopped,omitzero"` // the day the limit was met
	// StartAt is the moment of the start, of a limit in hours, in the time zone in
	// which its days are counted; StoppedAt the moment the limit was met. See
	// [Timer.At] and [Timer.DueAt].
	StartAt   time.Time `json:"start_at,omitzero"`
	StoppedAt time.Time `json:"stopped_at,omitzero"`
	// FinalDue is the due date as it stood when the timer was stopped. Due
	// returns it unchanged, so that a later calendar notice does not move a met
	// timer. It is zero while the timer runs, and when the due date could not
	// be known yet at the time of stopping.
	FinalDue Date `json:"final_due,omitzero"`
}

// Pause is a stretch of days that do not count.
type Pause struct {
	From   Date   `json:"from"`        // the first day that does not count
	To     Date   `json:"to,omitzero"` // the last day that does not count; zero while the pause is open
	Reason string `json:"reason,omitempty"`
}

// Extension is one prolongation of the limit.
type Extension struct {
	By       Length `json:"by"`
	Reason   string `json:"reason,omitempty"`
	Approver string `json:"approver,omitempty"`
	On       Date   `json:"on,omitzero"` // the day it was granted
}

// Start returns a timer for a limit that starts on the given day, which is day
// 0. Limits that count backward start with StartBefore.
func Start(limit Rule, start Date) (Timer, error) {
	return StartBefore(limit, start, Date{})
}

// StartBefore returns a timer for a limit that counts backward from the date
// anchor: the due date of another timer, the day of a meeting. When that date
// moves, MoveAnchor follows it.
func StartBefore(limit Rule, start, anchor Date) (Timer, error) {
	c := Timer{Start: start, Rule: limit, Anchor: anchor}
	if err := c.Validate(); err != nil {
		return Timer{}, err
	}
	return c, nil
}

// MoveAnchor changes the date that a backward timer counts from. It is refused
// when the timer is stopped, and invalid for a timer that counts forward.
func (c Timer) MoveAnchor(anchor Date) (Timer, error) {
	if err := c.changeable(c.Start); err != nil {
		return Timer{}, err
	}
	c.Anchor = anchor
	if err := c.Validate(); err != nil {
		return Timer{}, err
	}
	return c, nil
}

// Validate returns an error when the timer cannot be counted: it is for timers
// that come from outside rather than from Start. Pauses may overlap and may reach before the
// start.
func (c Timer) Validate() error {
	if err := c.Rule.Validate(); err != nil {
		return fmt.Errorf("limit: %w", err)
	}
	switch {
	case c.Start.IsZero():
		return invalid(CodeInvalidClock, "时钟缺少起算日", "the clock has no start date")
	case c.Rule.Before != "" && c.Anchor.IsZero():
		return invalid(CodeInvalidClock,
			fmt.Sprintf("倒计的时钟缺少%q的日期", clip(c.Rule.Before)),
			fmt.Sprintf("the clock counts backward from %q and has no anchor date", clip(c.Rule.Before)))
	case c.Rule.Before == "" && !c.Anchor.IsZero():
		return invalid(CodeInvalidClock, "顺计的时钟不应有倒计起点", "the clock counts forward and has an anchor date")
	case c.Rule.Before != "" && len(c.Pauses) > 0:
		return invalid(CodeInvalidClock, "倒计的时钟不能暂停", "the clock counts backward and has pauses of its own")
	case c.Rule.Length.Hours() && len(c.Pauses) > 0:
		return invalid(CodeInvalidClock, "以小时计的时钟不能暂停", "the clock counts hours and has pauses")
	case c.Rule.Length.Hours() && c.StartAt.IsZero():
		return invalid(CodeInvalidClock, "以小时计的时钟缺少起算时刻", "the clock counts hours and has no moment of its start")
	case !c.FinalDue.IsZero() && c.Stopped.IsZero():
		return invalid(CodeInvalidClock, "未停止的时钟已有最终到期日", "the clock has a final due date and is not stopped")
	}
	for i, p := range c.Pauses {
		if p.To.IsZero() && i != c.open() {
			return invalid(CodeInvalidClock, "时钟有两次尚未结束的暂停", "the clock has two open pauses")
		}
		if p.From.IsZero() || (!p.To.IsZero() && p.To.Before(p.From)) {
			return invalid(CodeInvalidClock,
				fmt.Sprintf("第%d次暂停（%s至%s）没有先后有序的起止日", i+1, p.From, p.To),
				fmt.Sprintf("pause %d, from %q to %q, does not run forward", i+1, p.From, p.To))
		}
	}
	for i, e := range c.Extensions {
		if err := e.By.Validate(); err != nil {
			return fmt.Errorf("extension %d: %w", i+1, err)
		}
	}
	return nil
}

// Pause opens a pause: on is the first day that does not count. It is refused
// when the timer is stopped, is paused already, counts backward, or had not
// started.
func (c Timer) Pause(on Date, reason string) (Timer, error) {
	return c.pause(Pause{From: on, Reason: reason})
}

// PauseBetween adds a pause that is over already or known in advance; both
// days do not count. It is refused like Pause, and may overlap other pauses.
func (c Timer) PauseBetween(from, to Date, reason string) (Timer, error) {
	if to.IsZero() || to.Before(from) {
		return Timer{}, invalid(CodeInvalidClock,
			fmt.Sprintf("暂停的截止日%s早于开始日%s", to, from),
			fmt.Sprintf("the pause ends on %q, before it begins on %q", to, from))
	}
	return c.pause(Pause{From: from, To: to, Reason: reason})
}

func (c Timer) pause(p Pause) (Timer, error) {
	if err := c.changeable(p.From); err != nil {
		return Timer{}, err
	}
	if c.Rule.Before != "" {
		return Timer{}, refused(CodeCountsBackward,
			"倒计的时钟随其所依据的日期移动，不能单独暂停",
			"a clock that counts backward moves with the date it counts from and cannot be paused by itself")
	}
	if c.Rule.Length.Hours() {
		return Timer{}, refused(CodeCountsHours, "以小时计的时钟不能暂停", "a clock that counts hours does not pause")
	}
	if i := c.open(); i >= 0 && p.To.IsZero() {
		return Timer{}, refused(CodeAlreadyPaused,
			fmt.Sprintf("时钟自%s起已经暂停", c.Pauses[i].From),
			fmt.Sprintf("the clock is paused since %s", c.Pauses[i].From))
	}
	c.Pauses = append(slices.Clone(c.Pauses), p)
	return c, nil
}

// Resume ends the open pause, or one whose end is known and still to come: on is the first day that counts again, so the
// day before it is the last that does not. Resuming on the day the pause began
// removes the pause. It is refused when the timer is not paused on that day.
func (c Timer) Resume(on Date) (Timer, error) {
	if err := c.changeable(on); err != nil {
		return Timer{}, err
	}
	i := c.open()
	if i < 0 {
		i = slices.IndexFunc(c.Pauses, func(p Pause) bool { return !on.Before(p.From) && !on.After(p.To) })
	}
	if i < 0 {
		return Timer{}, refused(CodeNotPaused, "时钟没有暂停", "the clock is not paused")
	}
	return c.closePause(i, on)
}

func (c Timer) closePause(i int, on Date) (Timer, error) {
	from := c.Pauses[i].From
	if on.Before(from) {
		return Timer{}, refused(CodeNotPaused,
			fmt.Sprintf("时钟到%s才暂停，不能在%s恢复", from, on),
			fmt.Sprintf("the clock is paused from %s on and cannot resume on %s", from, on))
	}
	c.Pauses = slices.Clone(c.Pauses)
	if on == from {
		c.Pauses = slices.Delete(c.Pauses, i, i+1)
		return c, nil
	}
	c.Pauses[i].To = Date{on.n - 1}
	return c, nil
}

// Extend prolongs the limit. It is refused with beyond_cap when the new due
// date would pass the cap (for a backward limit: the date it counts from), and
// with beyond_extension when all extensions together would pass the longest
// one allowed. While a pause is open the new due date is judged as if the
// pause ended on the day of the extension, which must therefore be given.
func (c Timer) Extend(cal *Calendar, e Extension) (Timer, error) {
	if err := e.By.Validate(); err != nil {
		return Timer{}, err
	}
	if err := c.changeable(e.On); err != nil {
		return Timer{}, err
	}
	if err := c.Validate(); err != nil {
		return Timer{}, err
	}
	if c.Rule.Length.Hours() != e.By.Hours() {
		return Timer{}, refused(CodeCountsHours,
			"以小时计的时限以小时延期，其他时限不以小时延期",
			"a limit in hours is extended by hours, and no other is")
	}
	c.Extensions = append(slices.Clone(c.Extensions), e)
	if e.By.Hours() {
		_, err := c.Due(cal)
		return c, err
	}
	if err := c.mayExtend(cal, e.On); err != nil {
		return Timer{}, err
	}
	return c, nil
}

// Stop records that the limit was met on the given day and fixes the due date
// as it stands with this calendar. An open pause ends the day before, and one
// that was to begin later is dropped. When the due date needs a year without
// notice the timer is stopped all the same, and its due date is counted once
// the notice is there.
func (c Timer) Stop(cal *Calendar, on Date) (Timer, error) {
	if err := c.changeable(on); err != nil {
		return Timer{}, err
	}
	if i := c.open(); i >= 0 {
		var err error
		if on.Before(c.Pauses[i].From) { // a pause that was to begin later
			c.Pauses = slices.Delete(slices.Clone(c.Pauses), i, i+1)
		} else if c, err = c.closePause(i, on); err != nil {
			return Timer{}, err
		}
	}
	due, err := c.Due(cal)
	if err != nil && Code(err) != CodeUnknownYear {
		return Timer{}, err
	}
	c.Stopped, c.FinalDue = on, due
	return c, nil
}

// Reopen makes a stopped timer run again as if it had not been stopped: the
// days since count. To leave them out, pause the timer between.
func (c Timer) Reopen() (Timer, error) {
	if c.Stopped.IsZero() {
		return Timer{}, refused(CodeStopped, "时钟没有停止", "the clock is not stopped")
	}
	c.Stopped, c.FinalDue = Date{}, Date{}
	return c, nil
}

// changeable returns an error unless a step on the given day may change c.
func (c Timer) changeable(on Date) error {
	switch {
	case !c.Stopped.IsZero():
		return refused(CodeStopped,
			fmt.Sprintf("时钟已于%s停止", c.Stopped),
			fmt.Sprintf("the clock was stopped on %s", c.Stopped))
	case on.IsZero():
		return noDate()
	case on.Before(c.Start):
		return refused(CodeBeforeStart,
			fmt.Sprintf("%s早于起算日%s", on, c.Start),
			fmt.Sprintf("%s is before the clock started on %s", on, c.Start))
	}
	return nil
}

// open returns the index of the first open pause, or -1.
func (c Timer) open() int {
	return slices.IndexFunc(c.Pauses, func(p Pause) bool { return p.To.IsZero() })
}
