package check

import (
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Past returns a date that is not after today; today for none.
func Past(today, d calendar.Date) (calendar.Date, error) {
	if d.IsZero() {
		return today, nil
	}
	if d.After(today) {
		return calendar.Date{}, workflow.Invalid("on", "future", "%s晚于今天%s", "%s is after today, %s", d, today)
	}
	return d, nil
}
