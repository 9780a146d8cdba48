package calendar

import "fmt"

// DayKind says what a listed day is.
type DayKind string

// The kinds of listed days.
const (
	Off  DayKind = "off"  // a day off (放假、休)
	Work DayKind = "work" // a day worked, a weekend day made up for (调休上班、班)
)

// ListedDay is one day that a notice or a unit lists. Days that nobody lists
// follow the weekend rule.
type ListedDay struct {
	Date Date    `json:"date"`
	Kind DayKind `json:"kind"`
	Name string  `json:"name,omitempty"` // the holiday's name, as printed
}

// Notice (通知) is an official arrangement of the days off of one year. It may
// list days of the years before and after: the notice for 2007 makes
// 2006-12-30 a working day.
type Notice struct {
	Year   int         `json:"year"`             // the year it arranges, which it makes known
	Issuer string      `json:"issuer,omitempty"` // 国务院办公厅
	Title  string      `json:"title,omitempty"`  // as printed
	Number string      `json:"number,omitempty"` // document number (文号), "" when not known
	Issued Date        `json:"issued,omitzero"`  // date under the text, zero when not known
	Days   []ListedDay `json:"days"`
}

func (n Notice) validate() error {
	if n.Year < 1 || n.Year > 9999 {
		return invalid(CodeInvalidCalendar,
			fmt.Sprintf("通知的年份%d不在1到9999之间", n.Year),
			fmt.Sprintf("notice year %d is not between 1 and 9999", n.Year))
	}
	for _, d := range n.Days {
		if y := d.Date.Year(); y < n.Year-1 || y > n.Year+1 {
			return invalid(CodeInvalidCalendar,
				fmt.Sprintf("%d年的通知列有%s，不属于该年及前后一年", n.Year, d.Date),
				fmt.Sprintf("the notice for %d lists %s, more than a year away", n.Year, d.Date))
		}
	}
	return validateDays(n.Days)
}

// validateDays refuses days without date or kind and days listed both as off
// and as work. The same day listed twice alike is no contradiction.
func validateDays(days []ListedDay) error {
	seen := make(map[Date]DayKind, len(days))
	for _, d := range days {
		switch {
		case d.Date.IsZero():
			return invalid(CodeInvalidCalendar, "列出的日子缺少日期", "a listed day has no date")
		case d.Kind != Off && d.Kind != Work:
			return invalid(CodeInvalidCalendar,
				fmt.Sprintf("%s的类别%q不是off或work", d.Date, clip(string(d.Kind))),
				fmt.Sprintf("%s: kind %q is not off or work", d.Date, clip(string(d.Kind))))
		case seen[d.Date] != "" && seen[d.Date] != d.Kind:
			return invalid(CodeInvalidCalendar,
				fmt.Sprintf("%s既列为放假又列为上班", d.Date),
				fmt.Sprintf("%s is listed both as off and as work", d.Date))
		}
		seen[d.Date] = d.Kind
	}
	return nil
}
