package ledger

import (
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/ledger/sheet"
)

// readDates reads the three dates; of a spreadsheet as they are stored, since
// they may be shown in any order of day and month.
func (r *Row) readDates(rec sheet.Row, order map[string]int, values map[string]string) *Refusal {
	for _, d := range []struct {
		name string
		into *time.Time
	}{{"submitted", &r.Submitted}, {"assigned", &r.Assigned}, {"replied", &r.Replied}} {
		printed := values[d.name]
		if printed == "" {
			continue
		}
		day, ok := time.Time{}, false
		if at := order[d.name]; at < len(rec.Stored) {
			day, ok = sheet.Day(rec.Stored[at])
		}
		if !ok {
			day, ok = sheet.Day(printed)
		}
		if *d.into = day; !ok {
			return r.refused(d.name+"_malformed", "“%s”不是日期，应如2022-11-23", "%q is not a date such as 2022-11-23", short(printed))
		}
	}
	if !slices.IsSortedFunc(r.known(), time.Time.Compare) {
		return r.refused("dates_contradict", "提交、交办、答复的日期先后矛盾", "the days of submission, assignment and reply are in another order")
	}
	return nil
}
