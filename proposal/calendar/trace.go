package calendar

import (
	"fmt"
	"time"
)

// Trace is the way to a due date, step by step, in an order that can be read
// aloud.
type Trace []Step

// Step is one step of a Trace.
type Step struct {
	Code string `json:"code"` // what kind of step, one of the Step constants
	Date Date   `json:"date"` // the date reached by it
	Text
}

// The kinds of steps.
const (
	StepStart    = "start"    // day 0
	StepPause    = "pause"    // days that did not count
	StepCount    = "count"    // the limit's own length
	StepExtend   = "extend"   // an extension
	StepCap      = "cap"      // the due date was cut to the latest date allowed
	StepRoll     = "roll"     // the due day was not a working day
	StepBackward = "backward" // counted back from another date
	StepFinal    = "final"    // the timer is stopped and its due date fixed
)

// In returns the sentences of the trace in the language "zh", and in English
// for every other.
func (t Trace) In(lang string) []string {
	lines := make([]string, len(t))
	for i, s := range t {
		lines[i] = s.In(lang)
	}
	return lines
}

func (t *Trace) add(code string, d Date, zh, en string) {
	*t = append(*t, Step{Code: code, Date: d, Text: Text{Zh: zh, En: en}})
}

func (t *Trace) started(c Timer) {
	if t == nil {
		return
	}
	t.add(StepStart, c.Start,
		fmt.Sprintf("自%s起算，当日为第0天，不计入。", dateZh(c.Start)),
		fmt.Sprintf("The clock starts on %s; that day is day 0 and does not count.", dateEn(c.Start)))
}

func (t *Trace) counted(c counting, from, to Date, l Length) {
	if t == nil {
		return
	}
	text := l.Text()
	zh := fmt.Sprintf("期限%s，到期日为%s。", text.Zh, dateZh(to))
	en := fmt.Sprintf("The limit is %s and ends on %s.", text.En, dateEn(to))
	switch {
	case l.fixed():
		zh = fmt.Sprintf("期限为每年%s，不早于起算日的第一个为%s。", text.Zh, dateZh(to))
		en = fmt.Sprintf("The limit is %s of the year; the first one not before the start is %s.", text.En, dateEn(to))
	case l.Unit == Month:
		plain, err := from.AddMonths(l.N)
		if err != nil {
			break
		}
		if _, _, want := from.Civil(); dayOf(plain) != want {
			zh += fmt.Sprintf("期满之月没有%d日，以该月最后一日为准。", want)
			en += fmt.Sprintf(" The month it ends in has no day %d, so its last day holds.", want)
		}
		if plain != to {
			zh += fmt.Sprintf("未暂停时为%s，按暂停的日数顺延。", dateZh(plain))
			en += fmt.Sprintf(" Without the pauses it would be %s; it moved by the days paused.", dateEn(plain))
		}
	case l.Unit == Workday:
		note := c.cal.between(from, to, c.pauses)
		zh += note.Zh
		en += note.En
	}
	t.add(StepCount, to, zh, en)
}

// paused records the pauses that left days out of the count from one date to
// another.
func (t *Trace) paused(c counting, from, to Date, unit Unit) {
	if t == nil {
		return
	}
	for _, p := range endingAfter(c.pauses, from) {
		if p.from.After(to) {
			break
		}
		first, last := Date{max(p.from.n, from.n+1)}, Date{min(p.to.n, to.n)}
		if last.Before(first) {
			continue
		}
		n := countText(last.Sub(first)+1, Day)
		if unit == Workday {
			if days, err := c.cal.WorkdaysBetween(Date{first.n - 1}, last); err == nil {
				n = countText(days, Workday)
			}
		}
		reason := Text{}
		if p.reason != "" {
			reason = Text{Zh: "（" + p.reason + "）", En: " (" + p.reason + ")"}
		}
		t.add(StepPause, last,
			fmt.Sprintf("%s至%s暂停%s，%s不计。", dateZh(first), dateZh(last), reason.Zh, n.Zh),
			fmt.Sprintf("From %s to %s the clock is paused%s: %s left out.", dateEn(first), dateEn(last), reason.En, n.En))
	}
}

func (t *Trace) extended(e Extension, from, to Date) {
	if t == nil {
		return
	}
	var zh, en string
	if e.Approver != "" {
		zh, en = zh+"，批准人"+e.Approver, en+", approved by "+e.Approver
	}
	if !e.On.IsZero() {
		zh, en = zh+"，批准日"+dateZh(e.On), en+" on "+dateEn(e.On)
	}
	if e.Reason != "" {
		zh, en = zh+"，理由："+e.Reason, en+", because: "+e.Reason
	}
	text := e.By.Text()
	verb := Text{Zh: "延期" + text.Zh, En: "The limit is extended by " + text.En}
	if e.By.fixed() {
		verb = Text{Zh: "延期至" + text.Zh, En: "The limit is extended to " + text.En}
	}
	t.add(StepExtend, to,
		fmt.Sprintf("%s%s：到期日由%s移至%s。", verb.Zh, zh, dateZh(from), dateZh(to)),
		fmt.Sprintf("%s%s: the due date moves from %s to %s.", verb.En, en, dateEn(from), dateEn(to)))
}

func (t *Trace) capped(c Timer, due, latest Date) {
	if t == nil {
		return
	}
	limit := c.Rule.Cap.Text()
	if c.Rule.Before != "" {
		limit = Text{Zh: c.Rule.Before, En: c.Rule.Before}
	}
	t.add(StepCap, latest,
		fmt.Sprintf("%s超过最迟日期（%s），以%s为到期日。", dateZh(due), limit.Zh, dateZh(latest)),
		fmt.Sprintf("%s is past the latest date allowed (%s), so the due date is %s.", dateEn(due), limit.En, dateEn(latest)))
}

func (t *Trace) rolled(cal *Calendar, from, to Date) {
	if t == nil {
		return
	}
	why := cal.why(from)
	zh, en := "顺延至", "the next working day"
	if to.Before(from) {
		zh, en = "提前至", "the working day before"
	}
	t.add(StepRoll, to,
		fmt.Sprintf("%s是%s，不是工作日，%s%s。", dateZh(from), why.Zh, zh, dateZh(to)),
		fmt.Sprintf("%s is %s and not a working day, so the due date is %s, %s.", dateEn(from), why.En, en, dateEn(to)))
}

func (t *Trace) backward(c Timer, due Date) {
	if t == nil {
		return
	}
	text := c.Rule.Length.Text()
	zh := fmt.Sprintf("自%s（%s）倒数%s，到期日为%s。", dateZh(c.Anchor), c.Rule.Before, text.Zh, dateZh(due))
	en := fmt.Sprintf("Counted back %s from %s (%s), the due date is %s.", text.En, dateEn(c.Anchor), c.Rule.Before, dateEn(due))
	if due.Before(c.Start) {
		zh += fmt.Sprintf("该日早于起算日%s。", dateZh(c.Start))
		en += fmt.Sprintf(" That is before the clock started on %s.", dateEn(c.Start))
	}
	t.add(StepBackward, due, zh, en)
}

func (t *Trace) final(c Timer) {
	if t == nil {
		return
	}
	t.add(StepFinal, c.FinalDue,
		fmt.Sprintf("时钟已于%s停止，到期日按当时的日历定为%s，不再变动。", dateZh(c.Stopped), dateZh(c.FinalDue)),
		fmt.Sprintf("The clock was stopped on %s; its due date stood at %s then and no longer moves.", dateEn(c.Stopped), dateEn(c.FinalDue)))
}

func dateZh(d Date) string {
	y, m, day := d.Civil()
	return fmt.Sprintf("%d年%d月%d日（%s）", y, int(m), day, weekdayZh(d.Weekday()))
}

func dateEn(d Date) string {
	y, m, day := d.Civil()
	return fmt.Sprintf("%s %d %s %d", d.Weekday(), day, m, y)
}

func weekdayZh(w time.Weekday) string {
	return [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}[w]
}

func dayOf(d Date) int {
	_, _, day := d.Civil()
	return day
}

func join(a, b, sep string) string {
	if a == "" {
		return b
	}
	return a + sep + b
}
