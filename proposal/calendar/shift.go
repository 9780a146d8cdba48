package calendar

import (
	"fmt"
	"time"
)

// Shift is a stretch of the hours of work of a day: from nine to twelve is
// {9 * time.Hour, 12 * time.Hour}.
type Shift struct {
	From, To time.Duration // since midnight
}

// ParseShift reads a stretch such as "09:00-12:00".
func ParseShift(s string) (Shift, error) {
	wrong := invalid(CodeInvalidCalendar,
		fmt.Sprintf("%q不是工作时段，应如“09:00-12:00”", clip(s)),
		fmt.Sprintf("%q is no stretch of hours such as 09:00-12:00", clip(s)))
	if len(s) != len("09:00-12:00") || s[5] != '-' || s[2] != ':' || s[8] != ':' {
		return Shift{}, wrong
	}
	var n [4]int
	for i, at := range []int{0, 3, 6, 9} {
		var ok bool
		if n[i], ok = digits(s[at : at+2]); !ok || i%2 == 1 && n[i] > 59 {
			return Shift{}, wrong
		}
	}
	at := func(h, m int) time.Duration { return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute }
	shift := Shift{at(n[0], n[1]), at(n[2], n[3])}
	if validateShifts([]Shift{shift}) != nil {
		return Shift{}, wrong
	}
	return shift, nil
}

// validateShifts refuses hours that do not follow one another within a day.
func validateShifts(shifts []Shift) error {
	var end time.Duration
	for i, s := range shifts {
		if s.From < end || s.To <= s.From || s.To > 24*time.Hour {
			return invalid(CodeInvalidCalendar,
				fmt.Sprintf("第%d个工作时段没有先后有序的起止时间", i+1),
				fmt.Sprintf("stretch %d of the hours of work does not run forward within the day", i+1))
		}
		end = s.To
	}
	return nil
}
