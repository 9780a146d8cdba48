package rules

import (
	"slices"

	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Period is what a quota is counted per.
type Period string

// The periods.
const (
	PerYear    Period = "year"
	PerQuarter Period = "quarter"
	PerMonth   Period = "month"
	PerDuty    Period = "duty" // 值班: every working day that is one of Quota.On
)

// Values returns the periods.
func (Period) Values() []form.Value {
	return []form.Value{
		{Key: string(PerYear), Label: label("每年", "per year")},
		{Key: string(PerQuarter), Label: label("每季度", "per quarter")},
		{Key: string(PerMonth), Label: label("每月", "per month")},
		{Key: string(PerDuty), Label: label("值班", "days of duty")},
	}
}

// Weekday is a day of the week.
type Weekday string

// The days of the week.
const (
	Monday    Weekday = "mon"
	Tuesday   Weekday = "tue"
	Wednesday Weekday = "wed"
	Thursday  Weekday = "thu"
	Friday    Weekday = "fri"
	Saturday  Weekday = "sat"
	Sunday    Weekday = "sun"
)

// Values returns the days of the week.
func (Weekday) Values() []form.Value {
	return []form.Value{
		{Key: string(Monday), Label: label("周一", "Monday")},
		{Key: string(Tuesday), Label: label("周二", "Tuesday")},
		{Key: string(Wednesday), Label: label("周三", "Wednesday")},
		{Key: string(Thursday), Label: label("周四", "Thursday")},
		{Key: string(Friday), Label: label("周五", "Friday")},
		{Key: string(Saturday), Label: label("周六", "Saturday")},
		{Key: string(Sunday), Label: label("周日", "Sunday")},
	}
}

// Quota (年度任务) is how many activities a platform holds in a period, or, with
// PerDuty, on which days of the week members are on duty there. The zero Quota
// asks for nothing.
type Quota struct {
	N   int       `json:"n,omitempty" zh:"次数" en:"number"` // activities in each period; with PerDuty left out
	Per Period    `json:"per" zh:"周期" en:"period" field:"required"`
	On  []Weekday `json:"on,omitempty" zh:"星期" en:"days of the week"` // with PerDuty only
}

// IsZero reports whether nothing is asked for.
func (q Quota) IsZero() bool { return q.N == 0 && q.Per == "" && len(q.On) == 0 }

// Check finds a number, a period and days that do not go together.
func (q Quota) Check(field string) error {
	if q.IsZero() {
		return nil
	}
	known := []Weekday{Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday}
	switch q.Per {
	case PerYear, PerQuarter, PerMonth:
		if q.N < 1 || q.N > 366 || len(q.On) > 0 {
			return workflow.Invalid(field, "bad_quota", "按%s计的定额须为1至366次，不列星期", "a quota per %s has a number from 1 to 366 and no days of the week", q.Per)
		}
	case PerDuty:
		if len(q.On) == 0 || q.N != 0 {
			return workflow.Invalid(field, "bad_quota", "值班定额须列星期，不计次数", "a quota of duty has days of the week and no number")
		}
		for i, d := range q.On {
			if !slices.Contains(known, d) || slices.Contains(q.On[:i], d) {
				return workflow.Invalid(field+".on", "bad_quota", "%q不是星期，或有重复", "%q is no day of the week, or there twice", d)
			}
		}
	default:
		return workflow.Invalid(field+".per", "unknown", "没有周期%q", "there is no period %q", q.Per)
	}
	return nil
}
