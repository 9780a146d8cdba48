package calendar

import "fmt"

// Roll says what becomes of a due day that is not a working day.
type Roll string

// The rolls. The zero Roll leaves the due day where it is.
const (
	RollNone     Roll = ""
	RollNext     Roll = "next_workday"     // 顺延: to the next working day
	RollPrevious Roll = "previous_workday" // 提前: to the working day before, for what must be done "at least n days before"
)

// Rule (期限) is a time limit as data: how long, how far it can be moved, and
// when to warn. Limits round-trip through JSON.
//
// A limit counts forward from the start of a timer, or, when Before is set,
// backward from another date: "the co-unit's opinion 20 days before the lead's
// deadline" is Length 20 days and Before "lead_reply".
type Rule struct {
	// Length from the start to the due date.
	Length Length `json:"length"`
	// Cap is the latest due date an extension can reach, as a length from the
	// start; it is counted like Length, so that paused days do not count for it
	// either. Zero means no cap. Not for limits that count backward, which can
	// at the latest be extended to the date they count from.
	Cap Length `json:"cap,omitzero"`
	// Roll moves a due day that is not a working day; cap and extensions are
	// applied first.
	Roll Roll `json:"roll,omitempty"`
	// MaxExtension is the longest that all extensions together may add to the
	// due date without extensions. Zero means that only Cap binds.
	MaxExtension Length `json:"max_extension,omitzero"`
	// Before names the date a limit counts backward from, such as the due date
	// of another limit or the day of a meeting. The name means nothing to this
	// package: whoever starts the timer hands that date in as its Anchor.
	Before string `json:"before,omitempty"`
	// Warnings from the mildest to the gravest (蓝黄红 blue, yellow, red).
	Warnings []Warning `json:"warnings,omitempty"`
	// Reminders (催办) to send while the timer has not stopped.
	Reminders []Reminder `json:"reminders,omitempty"`
}

// Warning is a colour that holds from some time before the due date on.
type Warning struct {
	Colour string `json:"colour"`
	Before Length `json:"before"` // days, working days or months before the due date
}

// Reminder is sent at even distances, up to the due day. Without Within it is sent
// every so often after the start; with Within only in the stretch of that length
// before the due date. One that is sent After the due day, or Until what is due
// has been done, goes on for as long as the timer runs.
type Reminder struct {
	Every  Length `json:"every"`           // calendar days, at least 1
	Within Length `json:"within,omitzero"` // days, working days or months before the due date
	After  string `json:"after,omitempty"` // AfterDue; "": after the start
	Until  string `json:"until,omitempty"` // UntilDone; "": the due day
}

// When a reminder begins and ends.
const (
	AfterDue  = "due"  // every so often after the due day, until done
	UntilDone = "done" // on past the due day, until the timer is stopped
)

// endless reports whether r goes on after the due day.
func (r Reminder) endless() bool { return r.After == AfterDue || r.Until == UntilDone }

// Validate returns an error when parts of the limit are no lengths or do not
// fit together.
func (l Rule) Validate() error {
	if err := l.Length.Validate(); err != nil {
		return fmt.Errorf("length: %w", err)
	}
	if err := optional("cap", l.Cap); err != nil {
		return err
	}
	if err := optional("max_extension", l.MaxExtension); err != nil {
		return err
	}
	if l.Roll != RollNone && l.Roll != RollNext && l.Roll != RollPrevious {
		return invalid(CodeInvalidLimit,
			fmt.Sprintf("顺延方式%q不是next_workday或previous_workday", clip(string(l.Roll))),
			fmt.Sprintf("roll %q is not next_workday or previous_workday", clip(string(l.Roll))))
	}
	if l.Length.Hours() && !l.plain() {
		return invalid(CodeInvalidLimit,
			"以小时计的期限没有上限、顺延、倒计、预警和催办",
			"a limit in hours has no cap, no longest extension, no roll, no date to count back from, no warnings and no reminders within a stretch")
	}
	for name, length := range map[string]Length{"cap": l.Cap, "max_extension": l.MaxExtension} {
		if length.Hours() {
			return invalid(CodeInvalidLimit, name+"：不能以小时计", name+": not in hours")
		}
	}
	if l.Before != "" && (l.Length.fixed() || !l.Cap.IsZero()) {
		return invalid(CodeInvalidLimit, "倒计的期限不能是固定日期，也没有上限", "a limit that counts backward has neither a fixed date nor a cap")
	}
	for i, w := range l.Warnings {
		if w.Colour == "" {
			return invalid(CodeInvalidLimit, fmt.Sprintf("第%d个预警缺少颜色", i+1), fmt.Sprintf("warning %d has no colour", i+1))
		}
		if err := before(fmt.Sprintf("warning %d", i+1), w.Before); err != nil {
			return err
		}
	}
	return l.validateReminders()
}

func (l Rule) validateReminders() error {
	for i, r := range l.Reminders {
		if r.Every.Validate() != nil || r.Every.Unit != Day || r.Every.N < 1 {
			return invalid(CodeInvalidLimit,
				fmt.Sprintf("第%d个催办的间隔须为至少1日", i+1),
				fmt.Sprintf("reminder %d is not sent every 1 day or more", i+1))
		}
		if (r.After != "" && r.After != AfterDue) || (r.Until != "" && r.Until != UntilDone) || (r.endless() && !r.Within.IsZero()) {
			return invalid(CodeInvalidLimit,
				fmt.Sprintf("第%d个催办的起止不明：after只能是due，until只能是done，二者均不与within同用", i+1),
				fmt.Sprintf("reminder %d: after is due or left out, until is done or left out, and neither goes with within", i+1))
		}
		if r.Within.IsZero() {
			continue
		}
		if err := before(fmt.Sprintf("reminder %d", i+1), r.Within); err != nil {
			return err
		}
	}
	return nil
}

// plain reports whether l is but a length, with reminders that count from its start
// or from its end.
func (l Rule) plain() bool {
	for _, r := range l.Reminders {
		if !r.Within.IsZero() {
			return false
		}
	}
	return l.Cap.IsZero() && l.MaxExtension.IsZero() && l.Roll == RollNone && l.Before == "" && len(l.Warnings) == 0
}

func optional(name string, l Length) error {
	if l.IsZero() {
		return nil
	}
	if err := l.Validate(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func before(name string, l Length) error {
	if err := l.Validate(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if l.fixed() || l.Hours() {
		return invalid(CodeInvalidLimit, name+"：提前量须以日、工作日或月计", name+": a time before the due date is in days, working days or months")
	}
	return nil
}
