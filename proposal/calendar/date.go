package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day of the proleptic Gregorian calendar, from 0001-01-01 to
// 9999-12-31, without time of day or time zone. Dates are small values that
// compare with ==. The zero Date is "no date"; its text is empty.
type Date struct {
	n int32 // days, 0001-01-01 is 1; 0 is no date
}

const maxDay = 3652059 // 9999-12-31

// NewDate returns the given day, or an error when there is no such day.
func NewDate(year int, month time.Month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < time.January || month > time.December || day < 1 || day > daysIn(year, month) {
		return Date{}, invalid(CodeInvalidDate,
			fmt.Sprintf("没有%d年%d月%d日这一天", year, int(month), day),
			fmt.Sprintf("there is no day %d-%02d-%02d", year, int(month), day))
	}
	return civil(year, int(month), day), nil
}

// ParseDate reads the form 2006-01-02, exactly: ten characters, digits and
// hyphens.
func ParseDate(s string) (Date, error) {
	date, ok := parseDate(s)
	if !ok {
		return Date{}, invalid(CodeInvalidDate,
			fmt.Sprintf("%q不是日期，应为2006-01-02的形式", clip(s)),
			fmt.Sprintf("%q is not a date of the form 2006-01-02", clip(s)))
	}
	return date, nil
}

// parseDate reads a date, and reports whether it is one.
func parseDate[T string | []byte](s T) (Date, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Date{}, false
	}
	y, ok1 := digits(s[:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:])
	if !ok1 || !ok2 || !ok3 {
		return Date{}, false
	}
	date, err := NewDate(y, time.Month(m), d)
	return date, err == nil
}

// DateOf returns the date that a calendar on the wall shows at the instant t
// in the time zone loc, which is the zone of the body whose limits are counted
// and not that of the machine. It is an error when loc is nil.
func DateOf(t time.Time, loc *time.Location) (Date, error) {
	if loc == nil {
		return Date{}, invalid(CodeNoTimeZone, "缺少单位所在的时区", "the time zone of the body is missing")
	}
	return NewDate(t.In(loc).Date())
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.n == 0 }

// Civil returns year, month and day; all are zero for the zero Date.
func (d Date) Civil() (year int, month time.Month, day int) {
	if d.n == 0 {
		return 0, 0, 0
	}
	z := int(d.n) + 305 // days since 0000-03-01
	era, doe := z/146097, z%146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	year = yoe + era*400
	if mp < 10 {
		return year, time.Month(mp + 3), day
	}
	return year + 1, time.Month(mp - 9), day
}

// Year returns the year of d.
func (d Date) Year() int {
	y, _, _ := d.Civil()
	return y
}

// Weekday returns the day of the week of d.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.n % 7) }

// Compare returns -1, 0 or +1 as d is before, equal to or after other. The
// zero Date is before every other.
func (d Date) Compare(other Date) int { return cmp.Compare(d.n, other.n) }

// Before reports whether d is earlier than other.
func (d Date) Before(other Date) bool { return d.n < other.n }

// After reports whether d is later than other.
func (d Date) After(other Date) bool { return d.n > other.n }

// Sub returns the number of calendar days from other to d, negative when d is
// the earlier one.
func (d Date) Sub(other Date) int { return int(d.n) - int(other.n) }

// AddDays returns the date n calendar days after d, or before it when n is
// negative.
func (d Date) AddDays(n int) (Date, error) {
	if d.n == 0 {
		return Date{}, noDate()
	}
	if n < -maxDay || n > maxDay {
		return Date{}, outOfRange()
	}
	return dayNumber(int(d.n) + n)
}

// AddMonths returns the same day number n months after d, or before it when n
// is negative. Where that month has no such day the result is its last day:
// one month after 31 January is 28 or 29 February.
func (d Date) AddMonths(n int) (Date, error) {
	if d.n == 0 {
		return Date{}, noDate()
	}
	if n < -12*9999 || n > 12*9999 {
		return Date{}, outOfRange()
	}
	y, m, day := d.Civil()
	months := y*12 + int(m) - 1 + n
	if months < 12 || months >= 12*10000 {
		return Date{}, outOfRange()
	}
	y, m = months/12, time.Month(months%12+1)
	return civil(y, int(m), min(day, daysIn(y, m))), nil
}

// String returns the form 2006-01-02, and "" for the zero Date.
func (d Date) String() string {
	var text [10]byte
	b, _ := d.AppendText(text[:0]) // never fails
	return string(b)
}

// AppendText appends the form 2006-01-02 to b; nothing for the zero Date.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if d.n == 0 {
		return b, nil
	}
	y, m, day := d.Civil()
	return append(b,
		byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-', //nolint:gosec // digits
		byte('0'+m/10), byte('0'+m%10), '-', //nolint:gosec // digits
		byte('0'+day/10), byte('0'+day%10), //nolint:gosec // digits
	), nil
}

// MarshalText writes the form 2006-01-02; the zero Date is empty. JSON thus
// has a string.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(make([]byte, 0, 10)) }

// UnmarshalText reads the form 2006-01-02; empty text is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, ok := parseDate(text)
	if !ok {
		_, err := ParseDate(string(text))
		return err
	}
	*d = parsed
	return nil
}

// civil returns the Date of a year, month and day that exist.
func civil(y, m, d int) Date {
	if m <= 2 {
		y--
		m += 12
	}
	return Date{int32(365*y + y/4 - y/100 + y/400 + (153*m-457)/5 + d - 306)} //nolint:gosec // at most maxDay
}

func dayNumber(n int) (Date, error) {
	if n < 1 || n > maxDay {
		return Date{}, outOfRange()
	}
	return Date{int32(n)}, nil
}

func daysIn(year int, month time.Month) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	default:
		return 31
	}
}

func digits[T string | []byte](s T) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// clip shortens foreign text that is repeated in a message.
func clip(s string) string {
	const most = 40
	for i := range s {
		if i > most {
			return s[:i] + "…"
		}
	}
	return s
}

func noDate() error { return invalid(CodeInvalidDate, "缺少日期", "a date is missing") }

func outOfRange() error {
	return invalid(CodeOutOfRange, "结果超出公元1年至9999年的范围", "the result is outside the years 1 to 9999")
}
