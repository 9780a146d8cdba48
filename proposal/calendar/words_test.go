package calendar_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

// What a clerk reads aloud, in both languages.
func TestTheLastStepSaysWhyThisDate(t *testing.T) {
	cut := started(t, "2024-03-01", "4 months")
	cut.Rule.Cap = calendar.Months(3)
	short, err := calendar.StartBefore(calendar.Rule{Length: calendar.Days(20), Before: "meeting"}, date(t, "2024-05-20"), date(t, "2024-06-01"))
	require.NoError(t, err)
	weekend := started(t, "2024-03-01", "1 day")
	weekend.Rule.Roll = calendar.RollNext
	holiday := started(t, "2024-07-01", "3 months")
	holiday.Rule.Roll = calendar.RollPrevious
	to := started(t, "2024-03-01", "3 months")
	to.Extensions = []calendar.Extension{{By: calendar.On(8, 31)}}
	fixed := started(t, "2024-03-01", "08-31")
	paused := started(t, "2024-04-26", "5 workdays")
	paused.Pauses = []calendar.Pause{{From: date(t, "2024-04-29"), To: date(t, "2024-05-05"), Reason: "听证"}}
	for _, tc := range []struct {
		clock calendar.Timer
		code  string
		want  calendar.Text
	}{
		{cut, calendar.StepCap, calendar.Text{
			Zh: "2024年7月1日（星期一）超过最迟日期（3个月），以2024年6月1日（星期六）为到期日。",
			En: "Monday 1 July 2024 is past the latest date allowed (3 months), so the due date is Saturday 1 June 2024."}},
		{short, calendar.StepBackward, calendar.Text{
			Zh: "自2024年6月1日（星期六）（meeting）倒数20日，到期日为2024年5月12日（星期日）。该日早于起算日2024年5月20日（星期一）。",
			En: "Counted back 20 days from Saturday 1 June 2024 (meeting), the due date is Sunday 12 May 2024. That is before the clock started on Monday 20 May 2024."}},
		{weekend, calendar.StepRoll, calendar.Text{
			Zh: "2024年3月2日（星期六）是每周休息日，不是工作日，顺延至2024年3月4日（星期一）。",
			En: "Saturday 2 March 2024 is a weekly day off and not a working day, so the due date is the next working day, Monday 4 March 2024."}},
		{holiday, calendar.StepRoll, calendar.Text{
			Zh: "2024年10月1日（星期二）是国庆节放假，不是工作日，提前至2024年9月30日（星期一）。",
			En: "Tuesday 1 October 2024 is a day off for 国庆节 and not a working day, so the due date is the working day before, Monday 30 September 2024."}},
		{to, calendar.StepExtend, calendar.Text{
			Zh: "延期至8月31日：到期日由2024年6月1日（星期六）移至2024年8月31日（星期六）。",
			En: "The limit is extended to 31 August: the due date moves from Saturday 1 June 2024 to Saturday 31 August 2024."}},
		{fixed, calendar.StepCount, calendar.Text{
			Zh: "期限为每年8月31日，不早于起算日的第一个为2024年8月31日（星期六）。",
			En: "The limit is 31 August of the year; the first one not before the start is Saturday 31 August 2024."}},
		{paused, calendar.StepCount, calendar.Text{
			Zh: "期限5个工作日，到期日为2024年5月9日（星期四）。调休上班照计：4月28日。依据：国务院办公厅关于2024年部分节假日安排的通知 国办发明电〔2023〕7号。",
			En: "The limit is 5 working days and ends on Thursday 9 May 2024. Made-up working days counted: 28 April. By 国务院办公厅关于2024年部分节假日安排的通知 国办发明电〔2023〕7号."}},
	} {
		_, trace, err := tc.clock.Explain(china.Calendar())
		require.NoError(t, err)
		last := trace[len(trace)-1]
		require.Equal(t, tc.code, last.Code)
		require.Equal(t, tc.want, last.Text)
	}
	_, trace, err := paused.Explain(china.Calendar())
	require.NoError(t, err)
	require.Equal(t, calendar.Step{Code: calendar.StepPause, Date: date(t, "2024-05-05"), Text: calendar.Text{
		Zh: "2024年4月29日（星期一）至2024年5月5日（星期日）暂停（听证），2个工作日不计。",
		En: "From Monday 29 April 2024 to Sunday 5 May 2024 the clock is paused (听证): 2 working days left out."}}, trace[1])
}

func TestStatesInWords(t *testing.T) {
	d := date(t, "2024-05-13")
	for want, s := range map[string]calendar.State{
		"办理中，2024年5月13日（星期一）到期，还有3日。":       {Phase: calendar.Running, Due: d, Left: 3, LeftDays: 3, Unit: calendar.Day},
		"暂停中，如当日结束暂停，2024年5月13日（星期一）到期。":    {Phase: calendar.Paused, Due: d, Unit: calendar.Day},
		"已超期1个工作日（3日），到期日为2024年5月13日（星期一）。": {Phase: calendar.Late, Due: d, Late: 1, LateDays: 3, Unit: calendar.Workday},
		"已办结，超期3日，到期日为2024年5月13日（星期一）。":     {Phase: calendar.MetLate, Due: d, Late: 3, LateDays: 3, Unit: calendar.Day},
		"按期办结，到期日为2024年5月13日（星期一）。":         {Phase: calendar.Met, Due: d},
		"": {},
	} {
		require.Equal(t, want, s.Text().In("zh"))
		require.Equal(t, want == "", s.Text().In("en") == "")
	}
}

func TestErrorsInWords(t *testing.T) {
	_, err := china.Calendar().IsWorkday(date(t, "2027-01-01"))
	require.Equal(t, calendar.Text{
		Zh: `日历"china"没有2027年的通知，该年的工作日未知`,
		En: `calendar "china" has no notice for 2027, so the working days of that year are unknown`,
	}, calendar.ErrorText(fmt.Errorf("case 7: %w", err)))
	other := errors.New("disk")
	require.Equal(t, calendar.Text{Zh: "disk", En: "disk"}, calendar.ErrorText(other))
	require.Empty(t, calendar.Code(other))
	require.Empty(t, calendar.Code(nil))
	require.Zero(t, calendar.ErrorText(nil))
}

func TestLayersOfOneCalendarDoNotTouchEachOther(t *testing.T) {
	base := china.Calendar()
	for _, name := range []string{"市", "区", "局"} {
		next, err := base.Layer(name, listed(t, calendar.Off, name, "2024-03-04")...)
		require.NoError(t, err)
		base = next
	}
	a, err := base.Layer("甲科", listed(t, calendar.Off, "", "2024-03-11")...)
	require.NoError(t, err)
	b, err := base.Layer("乙科", listed(t, calendar.Off, "", "2024-03-12")...)
	require.NoError(t, err)
	again, err := a.With(calendar.Notice{Year: 2027})
	require.NoError(t, err)
	require.Equal(t, "china/市/区/局/甲科", again.Name())
	works, err := again.IsWorkday(date(t, "2024-03-12"))
	require.NoError(t, err)
	require.True(t, works)
	require.Equal(t, "china/市/区/局/乙科", b.Name())
}
