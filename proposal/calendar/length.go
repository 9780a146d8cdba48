package calendar

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Unit is what a length counts in.
type Unit string

// The units of a length.
const (
	Day     Unit = "day"     // calendar days (日)
	Workday Unit = "workday" // working days (工作日)
	Month   Unit = "month"   // months (个月), by the month-end rule

	Hour     Unit = "hour"     // hours (小时), around the clock
	Workhour Unit = "workhour" // working hours (工作小时), the hours of [Spec] on working days
)

// MonthDay is a day that every year has, such as 31 August. 29 February is
// allowed and is the last day of February.
type MonthDay struct {
	Month time.Month
	Day   int
}

// Length is how long a limit is: a number of days, working days, months, hours or
// working hours, or "until a fixed date of the year". Lengths compare with ==. The zero Length
// is "no length".
//
// # Text form
//
// [ParseLength] and String use one form, which definitions carry as well:
//
//	10 workdays   1 workday   working days; the start day is day 0
//	5 days        1 day       calendar days
//	3 months      1 month     months, ending on the same day number or the month's last day
//	2 hours       1 hour      hours, from the moment of the start
//	4 workhours   1 workhour  hours of work on working days
//	0 days                    at once: due on the start day itself
//	08-31                     the first 31 August that is not before the start
//
// that is: a number from 0 to 3652059 without sign or leading zero, one space,
// and day, days, workday, workdays, month, months, hour, hours, workhour or
// workhours; or MM-DD. Both numbers of
// a unit are read in any case ("1 days"), the grammatical one is written. The
// empty text is the zero Length.
//
// # JSON
//
// A length is written as {"n":10,"unit":"workday"} or {"on":"08-31"}. It is
// read from those, with no other member, or from a string in the text form.
type Length struct {
	N    int      // how many; not negative
	Unit Unit     // of what; "" when On is set
	On   MonthDay // the fixed date; zero when Unit is set
}

// Days returns a length of n calendar days.
func Days(n int) Length { return Length{N: n, Unit: Day} }

// Workdays returns a length of n working days.
func Workdays(n int) Length { return Length{N: n, Unit: Workday} }

// Months returns a length of n months.
func Months(n int) Length { return Length{N: n, Unit: Month} }

// On returns the length that lasts until a fixed date of the year.
func On(month time.Month, day int) Length { return Length{On: MonthDay{month, day}} }

// IsZero reports whether l is no length.
func (l Length) IsZero() bool { return l == Length{} }

// fixed reports whether l ends on a fixed date of the year.
func (l Length) fixed() bool { return l.On != MonthDay{} }

// Hours reports whether l counts in hours or working hours: what it ends on is a
// moment rather than a day.
func (l Length) Hours() bool { return l.Unit == Hour || l.Unit == Workhour }

const maxHours = 10_000 // more than a year: nobody counts that in hours

// Validate returns an error unless l is a length; the zero Length is not.
func (l Length) Validate() error {
	switch {
	case l.fixed():
		if l.N != 0 || l.Unit != "" || l.On.Month < 1 || l.On.Month > 12 || l.On.Day < 1 || l.On.Day > daysIn(2000, l.On.Month) {
			return invalidLength(fmt.Sprintf("%02d-%02d", int(l.On.Month), l.On.Day))
		}
	case l.Unit != Day && l.Unit != Workday && l.Unit != Month && !l.Hours():
		return invalid(CodeInvalidLength,
			fmt.Sprintf("期限单位%q不是day、workday、month、hour或workhour", clip(string(l.Unit))),
			fmt.Sprintf("unit %q is not day, workday, month, hour or workhour", clip(string(l.Unit))))
	case l.Hours() && l.N > maxHours:
		return invalid(CodeInvalidLength,
			fmt.Sprintf("期限%d小时，超过%d小时", l.N, maxHours),
			fmt.Sprintf("%d hours are more than %d: count in days", l.N, maxHours))
	case l.N < 0 || l.N > maxDay:
		return invalid(CodeInvalidLength,
			fmt.Sprintf("期限%d不在0到%d之间", l.N, maxDay),
			fmt.Sprintf("length %d is not between 0 and %d", l.N, maxDay))
	}
	return nil
}

// ParseLength reads the text form described at [Length]. The empty text is an
// error.
func ParseLength(s string) (Length, error) {
	if len(s) == 5 && s[2] == '-' {
		m, ok1 := digits(s[:2])
		d, ok2 := digits(s[3:])
		l := On(time.Month(m), d)
		if !ok1 || !ok2 || !l.fixed() || l.Validate() != nil {
			return Length{}, invalidLength(s)
		}
		return l, nil
	}
	number, unit, _ := strings.Cut(s, " ")
	n, err := strconv.Atoi(number)
	if err != nil || strconv.Itoa(n) != number {
		return Length{}, invalidLength(s)
	}
	l := Length{N: n, Unit: Unit(strings.TrimSuffix(unit, "s"))}
	if l.Validate() != nil {
		return Length{}, invalidLength(s)
	}
	return l, nil
}

// String returns the text form.
func (l Length) String() string {
	switch {
	case l.IsZero():
		return ""
	case l.fixed():
		return fmt.Sprintf("%02d-%02d", int(l.On.Month), l.On.Day)
	case l.N == 1:
		return "1 " + string(l.Unit)
	}
	return strconv.Itoa(l.N) + " " + string(l.Unit) + "s"
}

// Text says the length in words: 10个工作日, "10 working days".
func (l Length) Text() Text {
	switch {
	case l.IsZero():
		return Text{}
	case l.fixed():
		return Text{
			Zh: fmt.Sprintf("%d月%d日", int(l.On.Month), l.On.Day),
			En: fmt.Sprintf("%d %s", l.On.Day, l.On.Month),
		}
	}
	return countText(l.N, l.Unit)
}

func countText(n int, unit Unit) Text {
	zh, en := "日", "day"
	switch unit {
	case Day:
	case Workday:
		zh, en = "个工作日", "working day"
	case Month:
		zh, en = "个月", "month"
	case Hour:
		zh, en = "小时", "hour"
	case Workhour:
		zh, en = "个工作小时", "working hour"
	}
	if n != 1 {
		en += "s"
	}
	return Text{Zh: strconv.Itoa(n) + zh, En: strconv.Itoa(n) + " " + en}
}

type lengthJSON struct {
	N    *int   `json:"n,omitempty"`
	Unit Unit   `json:"unit,omitempty"`
	On   string `json:"on,omitempty"`
}

// MarshalJSON writes the object form; the zero Length is null.
func (l Length) MarshalJSON() ([]byte, error) {
	switch {
	case l.IsZero():
		return []byte("null"), nil
	case l.fixed():
		return json.Marshal(lengthJSON{On: l.String()})
	}
	return json.Marshal(lengthJSON{N: &l.N, Unit: l.Unit})
}

// UnmarshalJSON reads the object form or a string in the text form; null is
// the zero Length.
func (l *Length) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		*l = Length{}
		return nil
	}
	if len(data) > 0 && data[0] == '"' {
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		parsed, err := ParseLength(s)
		if err != nil {
			return err
		}
		*l = parsed
		return nil
	}
	var raw lengthJSON
	if err := strictJSON(data, &raw); err != nil {
		return invalid(CodeInvalidLength, "期限无法读取："+err.Error(), "cannot read the length: "+err.Error())
	}
	if raw.On != "" {
		parsed, err := ParseLength(raw.On)
		if err != nil || !parsed.fixed() || raw.N != nil || raw.Unit != "" {
			return invalidLength(raw.On)
		}
		*l = parsed
		return nil
	}
	if raw.N == nil {
		return invalid(CodeInvalidLength, "期限缺少n", `the length has no "n"`)
	}
	parsed := Length{N: *raw.N, Unit: raw.Unit}
	if err := parsed.Validate(); err != nil {
		return err
	}
	*l = parsed
	return nil
}

func invalidLength(s string) error {
	return invalid(CodeInvalidLength,
		fmt.Sprintf("%q不是期限，应如“10 workdays”“3 months”“5 days”或“08-31”", clip(s)),
		fmt.Sprintf("%q is not a length such as \"10 workdays\", \"3 months\", \"5 days\" or \"08-31\"", clip(s)))
}
