package lifecycle

import (
	"fmt"

	"github.com/tian-go/tian/proposal/calendar"
)

// TimedLimit is a limit of a compiled definition with its lengths read.
type TimedLimit struct {
	Limit
	Rule    calendar.Rule
	Lengths []calendar.Length // of Limit.Lengths, one for each

	AskUntil, LongestPause calendar.Length
}

// rule reads the lengths of l by read, which is told where in l each stands; an
// absent length is the zero one.
func (l Limit) rule(read func(field, text string) calendar.Length) calendar.Rule {
	length := func(field, text string) calendar.Length {
		if text == "" {
			return calendar.Length{}
		}
		return read(field, text)
	}
	r := calendar.Rule{
		Length: length("length", l.Length), Cap: length("cap", l.Cap), MaxExtension: length("longest", l.Longest),
		Roll: calendar.Roll(l.Roll), Before: l.Before,
	}
	for i, w := range l.Warnings {
		r.Warnings = append(r.Warnings, calendar.Warning{
			Colour: w.Key, Before: length(fmt.Sprintf("warnings[%d].before", i), w.Before),
		})
	}
	for i, m := range l.Remind {
		r.Reminders = append(r.Reminders, calendar.Reminder{
			Every:  length(fmt.Sprintf("remind[%d].every", i), m.Every),
			Within: length(fmt.Sprintf("remind[%d].within", i), m.Within),
			After:  m.After, Until: m.Until,
		})
	}
	return r
}

// timed reads the lengths of limits that lint has found no fault with; one that
// cannot be read, in a definition compiled in spite of it, is zero.
func timed(limits []Limit) []TimedLimit {
	read := make([]TimedLimit, len(limits))
	length := func(_, text string) calendar.Length {
		length, err := calendar.ParseLength(text)
		if err != nil {
			return calendar.Length{}
		}
		return length
	}
	for i, l := range limits {
		read[i] = TimedLimit{
			Limit: l, Rule: l.rule(length), Lengths: make([]calendar.Length, len(l.Lengths)),
			AskUntil: length("", l.AskUntil), LongestPause: length("", l.LongestPause),
		}
		for j, w := range l.Lengths {
			read[i].Lengths[j] = length("", w.Length)
		}
	}
	return read
}
