package workflow

import (
	"fmt"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// limit is a limit of a definition with its lengths read.
type limit struct {
	lifecycle.Limit
	length calendar.Limit
}

// readLimits reads the lengths of a definition's limits. The error names the
// definition, the limit and the length that cannot be read.
func readLimits(d lifecycle.Definition) ([]limit, error) {
	limits := make([]limit, len(d.Limits))
	for i, l := range d.Limits {
		read := func(field, text string) (calendar.Length, error) {
			if text == "" {
				return calendar.Length{}, nil
			}
			length, err := calendar.ParseLength(text)
			if err != nil {
				return calendar.Length{}, Invalid(fmt.Sprintf("%s@%d.limits[%d].%s", d.Name, d.Version, i, field), "length", "%v", err)
			}
			return length, nil
		}
		length, err := lengthOf(l, read)
		if err == nil {
			if err = length.Validate(); err != nil {
				err = Invalid(fmt.Sprintf("%s@%d.limits[%d]", d.Name, d.Version, i), "limit", "%v", err)
			}
		}
		if err != nil {
			return nil, err
		}
		limits[i] = limit{l, length}
	}
	return limits, nil
}

func lengthOf(l lifecycle.Limit, read func(field, text string) (calendar.Length, error)) (calendar.Limit, error) {
	c := calendar.Limit{Roll: calendar.Roll(l.Roll), Before: l.Before}
	var err error
	if c.Length, err = read("length", l.Length); err != nil {
		return c, err
	}
	if c.Cap, err = read("cap", l.Cap); err != nil {
		return c, err
	}
	if c.MaxExtension, err = read("longest", l.Longest); err != nil {
		return c, err
	}
	for j, w := range l.Warnings {
		before, err := read(fmt.Sprintf("warnings[%d].before", j), w.Before)
		if err != nil {
			return c, err
		}
		c.Warnings = append(c.Warnings, calendar.Warning{Colour: w.Key, Before: before})
	}
	for j, r := range l.Remind {
		every, err := read(fmt.Sprintf("remind[%d].every", j), r.Every)
		if err != nil {
			return c, err
		}
		within, err := read(fmt.Sprintf("remind[%d].within", j), r.Within)
		if err != nil {
			return c, err
		}
		c.Reminders = append(c.Reminders, calendar.Reminder{Every: every, Within: within})
	}
	return c, nil
}

// limitOf returns the limit of that key in a definition.
func (e *Engine[C]) limitOf(pin Pin, key string) (limit, bool) {
	for _, l := range e.limits[pin.Fingerprint] {
		if l.Key == key {
			return l, true
		}
	}
	return limit{}, false
}
