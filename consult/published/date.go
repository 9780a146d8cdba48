package published

import (
	"regexp"
	"strconv"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
)

// Date is a date as a source prints it: a day, a month, a year, or words such as
// 近日. From and To are the first and last day it can mean; zero is not known.
type Date struct {
	Text string        `json:"text,omitempty"`
	From calendar.Date `json:"from,omitzero"`
	To   calendar.Date `json:"to,omitzero"`
}

var (
	span  = regexp.MustCompile(`^(\d{4})-(\d{2})/(\d{4})-(\d{2})$`)
	plain = regexp.MustCompile(`^(自|截至)?(\d{4})(?:[-年](\d{1,2}))?(?:[-月](\d{1,2}))?[月日]?(?: \(.*\))?$`)
)

// ParseDate reads a printed date. What names no year is kept as words.
func ParseDate(text string) Date {
	d := Date{Text: text}
	if m := span.FindStringSubmatch(text); m != nil {
		from, _, ok1 := month(m[1], m[2])
		_, to, ok2 := month(m[3], m[4])
		if ok1 && ok2 && !to.Before(from) {
			d.From, d.To = from, to
		}
		return d
	}
	m := plain.FindStringSubmatch(text)
	if m == nil {
		return d
	}
	var from, to calendar.Date
	var ok bool
	switch {
	case m[4] != "":
		from, ok = day(m[2], m[3], m[4])
		to = from
	case m[3] != "":
		from, to, ok = month(m[2], m[3])
	default:
		if from, ok = day(m[2], "1", "1"); ok {
			to, ok = day(m[2], "12", "31")
		}
	}
	if !ok {
		return d
	}
	switch m[1] {
	case "自":
		d.From = from
	case "截至":
		d.To = to
	default:
		d.From, d.To = from, to
	}
	return d
}

// Day returns the day that the date names, if it names one.
func (d Date) Day() (calendar.Date, bool) {
	return d.From, !d.From.IsZero() && d.From == d.To
}

func day(y, m, d string) (calendar.Date, bool) {
	year, err1 := strconv.Atoi(y)
	mon, err2 := strconv.Atoi(m)
	dd, err3 := strconv.Atoi(d)
	if err1 != nil || err2 != nil || err3 != nil {
		return calendar.Date{}, false
	}
	date, err := calendar.NewDate(year, time.Month(mon), dd)
	return date, err == nil
}

func month(y, m string) (first, last calendar.Date, ok bool) {
	first, ok = day(y, m, "1")
	if !ok {
		return first, last, false
	}
	next, err := first.AddMonths(1)
	if err != nil {
		return first, last, false
	}
	last, err = next.AddDays(-1)
	return first, last, err == nil
}
