package calendar_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

func length(t testing.TB, s string) calendar.Length {
	t.Helper()
	l, err := calendar.ParseLength(s)
	require.NoError(t, err)
	return l
}

func started(t testing.TB, start, limit string) calendar.Timer {
	t.Helper()
	c, err := calendar.Start(calendar.Rule{Length: length(t, limit)}, date(t, start))
	require.NoError(t, err)
	return c
}

// Due dates counted by hand on a printed calendar.
func TestDueDatesCountedByHand(t *testing.T) {
	type pause = [2]string
	for name, tc := range map[string]struct {
		start, limit string
		pauses       []pause
		extend       []string
		roll         calendar.Roll
		want         string
	}{
		"over Labour Day, two made-up days": {start: "2024-04-26", limit: "10 workdays", want: "2024-05-13"},
		"start on a day off":                {start: "2024-05-01", limit: "1 workday", want: "2024-05-06"},
		"start on a Saturday off":           {start: "2024-06-01", limit: "5 workdays", want: "2024-06-07"},
		"start on a made-up Sunday":         {start: "2024-04-28", limit: "1 workday", want: "2024-04-29"},
		"month from 31 January, leap":       {start: "2024-01-31", limit: "1 month", want: "2024-02-29"},
		"month from 31 January, common":     {start: "2023-01-31", limit: "1 month", want: "2023-02-28"},
		"three months are not 90 days":      {start: "2023-11-30", limit: "3 months", want: "2024-02-29"},
		"rolled off a Saturday":             {start: "2024-03-31", limit: "2 months", roll: calendar.RollNext, want: "2024-05-31"},
		"rolled over National Day":          {start: "2024-07-01", limit: "3 months", roll: calendar.RollNext, want: "2024-10-08"},
		"rolled back over National Day":     {start: "2024-07-01", limit: "3 months", roll: calendar.RollPrevious, want: "2024-09-30"},
		"not rolled":                        {start: "2024-07-01", limit: "3 months", want: "2024-10-01"},
		"a made-up Saturday is worked":      {start: "2024-05-06", limit: "5 days", roll: calendar.RollNext, want: "2024-05-11"},
		"end of August":                     {start: "2024-03-15", limit: "08-31", want: "2024-08-31"},
		"end of August, rolled":             {start: "2024-03-15", limit: "08-31", roll: calendar.RollNext, want: "2024-09-02"},
		"end of August, from that day":      {start: "2024-08-31", limit: "08-31", want: "2024-08-31"},
		"end of August, from the day after": {start: "2024-09-01", limit: "08-31", want: "2025-08-31"},
		"end of February":                   {start: "2025-01-10", limit: "02-29", want: "2025-02-28"},
		"at once":                           {start: "2024-05-01", limit: "0 days", want: "2024-05-01"},
		"at once, rolled":                   {start: "2024-05-01", limit: "0 workdays", roll: calendar.RollNext, want: "2024-05-06"},

		"pause within, days":                  {start: "2024-03-01", limit: "10 days", pauses: []pause{{"2024-03-05", "2024-03-07"}}, want: "2024-03-14"},
		"pause of one day":                    {start: "2024-03-01", limit: "10 days", pauses: []pause{{"2024-03-05", "2024-03-05"}}, want: "2024-03-12"},
		"pause within, working days":          {start: "2024-03-01", limit: "5 workdays", pauses: []pause{{"2024-03-06", "2024-03-11"}}, want: "2024-03-14"},
		"pause on a weekend, working days":    {start: "2024-03-01", limit: "5 workdays", pauses: []pause{{"2024-03-02", "2024-03-03"}}, want: "2024-03-08"},
		"pause within, month":                 {start: "2024-03-01", limit: "1 month", pauses: []pause{{"2024-03-10", "2024-03-19"}}, want: "2024-04-11"},
		"pause over the due date, days":       {start: "2024-03-01", limit: "10 days", pauses: []pause{{"2024-03-09", "2024-03-15"}}, want: "2024-03-18"},
		"pause over the due date, month":      {start: "2024-03-01", limit: "1 month", pauses: []pause{{"2024-03-31", "2024-04-05"}}, want: "2024-04-07"},
		"pause from the due date on":          {start: "2024-03-01", limit: "10 days", pauses: []pause{{"2024-03-11", "2024-03-12"}}, want: "2024-03-13"},
		"pause after the due date":            {start: "2024-03-01", limit: "10 days", pauses: []pause{{"2024-03-12", "2024-03-20"}}, want: "2024-03-11"},
		"pause of the start day":              {start: "2024-03-01", limit: "10 days", pauses: []pause{{"2024-03-01", "2024-03-01"}}, want: "2024-03-11"},
		"pause from before the start":         {start: "2024-03-01", limit: "10 days", pauses: []pause{{"2024-02-20", "2024-03-03"}}, want: "2024-03-13"},
		"pauses that overlap":                 {start: "2024-03-01", limit: "10 days", pauses: []pause{{"2024-03-06", "2024-03-08"}, {"2024-03-05", "2024-03-07"}}, want: "2024-03-15"},
		"pause inside another":                {start: "2024-03-01", limit: "10 days", pauses: []pause{{"2024-03-05", "2024-03-09"}, {"2024-03-06", "2024-03-07"}}, want: "2024-03-16"},
		"pauses that touch":                   {start: "2024-03-01", limit: "10 days", pauses: []pause{{"2024-03-05", "2024-03-06"}, {"2024-03-07", "2024-03-07"}}, want: "2024-03-14"},
		"the second pause is reached late":    {start: "2024-03-01", limit: "10 days", pauses: []pause{{"2024-03-05", "2024-03-06"}, {"2024-03-12", "2024-03-13"}}, want: "2024-03-15"},
		"a fixed date does not move":          {start: "2024-03-15", limit: "08-31", pauses: []pause{{"2024-08-01", "2024-09-10"}}, want: "2024-08-31"},
		"extended, working days":              {start: "2024-04-26", limit: "10 workdays", extend: []string{"5 workdays"}, want: "2024-05-20"},
		"extended twice":                      {start: "2024-03-01", limit: "2 months", extend: []string{"1 month", "10 days"}, want: "2024-06-11"},
		"extended from a month's last day":    {start: "2024-01-31", limit: "1 month", extend: []string{"1 month"}, want: "2024-03-29"},
		"a pause in the extension counts too": {start: "2024-03-01", limit: "10 days", extend: []string{"10 days"}, pauses: []pause{{"2024-03-12", "2024-03-13"}}, want: "2024-03-23"},
		"rolled after the extension only":     {start: "2024-03-01", limit: "8 days", extend: []string{"1 day"}, roll: calendar.RollNext, want: "2024-03-11"},
	} {
		t.Run(name, func(t *testing.T) {
			c := started(t, tc.start, tc.limit)
			c.Rule.Roll = tc.roll
			for _, p := range tc.pauses {
				c.Pauses = append(c.Pauses, calendar.Pause{From: date(t, p[0]), To: date(t, p[1])})
			}
			for _, e := range tc.extend {
				c.Extensions = append(c.Extensions, calendar.Extension{By: length(t, e)})
			}
			due, err := c.Due(china.Calendar())
			require.NoError(t, err)
			require.Equal(t, tc.want, due.String())
		})
	}
}

func TestTheDueDayItselfIsInTime(t *testing.T) {
	c := started(t, "2024-04-26", "10 workdays") // due on Monday 2024-05-13
	for today, want := range map[string]calendar.State{
		"2024-05-10": {Phase: calendar.Running, Left: 2, LeftDays: 3},
		"2024-05-13": {Phase: calendar.Running},
		"2024-05-14": {Phase: calendar.Late, Late: 1, LateDays: 1},
		"2024-05-20": {Phase: calendar.Late, Late: 5, LateDays: 7},
	} {
		want.Unit, want.Due = calendar.Workday, date(t, "2024-05-13")
		s, err := c.State(china.Calendar(), date(t, today))
		require.NoError(t, err)
		require.Equal(t, want, s, today)
	}
	inTime, err := c.Stop(china.Calendar(), date(t, "2024-05-13"))
	require.NoError(t, err)
	late, err := c.Stop(china.Calendar(), date(t, "2024-05-20"))
	require.NoError(t, err)
	for _, today := range []string{"2024-05-13", "2025-01-01"} {
		s, err := inTime.State(china.Calendar(), date(t, today))
		require.NoError(t, err)
		require.Equal(t, calendar.Met, s.Phase)
		s, err = late.State(china.Calendar(), date(t, today))
		require.NoError(t, err)
		require.Equal(t, calendar.MetLate, s.Phase)
		require.Equal(t, 5, s.Late)
		require.Equal(t, calendar.Text{Zh: "已办结，超期5个工作日（7日），到期日为2024年5月13日（星期一）。", En: "Met late by 5 working days (7 days), due on Monday 13 May 2024."}, s.Text())
	}
}

func TestPauseAndResume(t *testing.T) {
	cal := china.Calendar()
	c := started(t, "2024-03-01", "10 days") // due 2024-03-11
	paused, err := c.Pause(date(t, "2024-03-05"), "等待提案人补充材料")
	require.NoError(t, err)

	_, err = paused.Due(cal)
	require.Equal(t, calendar.CodePaused, calendar.Code(err), "no due date while the pause is open")
	s, err := paused.State(cal, date(t, "2024-03-07"))
	require.NoError(t, err)
	require.Equal(t, calendar.Paused, s.Phase)
	require.Equal(t, "2024-03-14", s.Due.String(), "if the pause ended on the 7th")
	s, err = paused.State(cal, date(t, "2024-03-04"))
	require.NoError(t, err)
	require.Equal(t, calendar.Running, s.Phase, "the day before the pause")

	resumed, err := paused.Resume(date(t, "2024-03-08")) // the 5th, 6th and 7th did not count
	require.NoError(t, err)
	due, err := resumed.Due(cal)
	require.NoError(t, err)
	require.Equal(t, "2024-03-14", due.String())
	require.Equal(t, []calendar.Pause{{From: date(t, "2024-03-05"), To: date(t, "2024-03-07"), Reason: "等待提案人补充材料"}}, resumed.Pauses)

	same, err := paused.Resume(date(t, "2024-03-05"))
	require.NoError(t, err)
	require.Empty(t, same.Pauses, "resumed on the day it was paused: nothing was left out")
	require.Len(t, paused.Pauses, 1, "the paused clock is unchanged")

	// A pause that opens after the due date changes nothing: the clock is late.
	lateThenPaused, err := c.Pause(date(t, "2024-03-12"), "")
	require.NoError(t, err)
	s, err = lateThenPaused.State(cal, date(t, "2024-03-20"))
	require.NoError(t, err)
	require.Equal(t, calendar.State{Phase: calendar.Late, Due: date(t, "2024-03-11"), Late: 9, Unit: calendar.Day, LateDays: 9}, s)
}

func TestRefusalsHaveCodesAndChangeNothing(t *testing.T) {
	cal := china.Calendar()
	c := started(t, "2024-03-01", "3 months")
	paused, err := c.Pause(date(t, "2024-03-05"), "")
	require.NoError(t, err)
	stopped, err := c.Stop(cal, date(t, "2024-03-05"))
	require.NoError(t, err)
	backward, err := calendar.StartBefore(calendar.Rule{Length: calendar.Days(20), Before: "lead_reply"}, date(t, "2024-03-01"), date(t, "2024-06-01"))
	require.NoError(t, err)
	on := date(t, "2024-03-06")
	week := calendar.Extension{By: calendar.Days(7), On: on}
	for name, tc := range map[string]struct {
		code string
		step func() (calendar.Timer, error)
	}{
		"pausing a paused clock":    {calendar.CodeAlreadyPaused, func() (calendar.Timer, error) { return paused.Pause(on, "") }},
		"resuming a running clock":  {calendar.CodeNotPaused, func() (calendar.Timer, error) { return c.Resume(on) }},
		"resuming before the pause": {calendar.CodeNotPaused, func() (calendar.Timer, error) { return paused.Resume(date(t, "2024-03-04")) }},
		"pausing before the start":  {calendar.CodeBeforeStart, func() (calendar.Timer, error) { return c.Pause(date(t, "2024-02-29"), "") }},
		"stopping before the start": {calendar.CodeBeforeStart, func() (calendar.Timer, error) { return c.Stop(cal, date(t, "2024-02-29")) }},
		"pausing a stopped clock":   {calendar.CodeStopped, func() (calendar.Timer, error) { return stopped.Pause(on, "") }},
		"extending a stopped clock": {calendar.CodeStopped, func() (calendar.Timer, error) { return stopped.Extend(cal, week) }},
		"stopping a stopped clock":  {calendar.CodeStopped, func() (calendar.Timer, error) { return stopped.Stop(cal, on) }},
		"reopening a running clock": {calendar.CodeStopped, c.Reopen},
		"pausing without a date":    {calendar.CodeInvalidDate, func() (calendar.Timer, error) { return c.Pause(calendar.Date{}, "") }},
		"pausing a backward clock":  {calendar.CodeCountsBackward, func() (calendar.Timer, error) { return backward.Pause(on, "") }},
		"a pause that runs backward": {calendar.CodeInvalidClock, func() (calendar.Timer, error) {
			return c.PauseBetween(on, date(t, "2024-03-05"), "")
		}},
		"extending past the anchor": {calendar.CodeBeyondCap, func() (calendar.Timer, error) {
			return backward.Extend(cal, calendar.Extension{By: calendar.Days(21), On: on})
		}},
		"extending by nothing": {calendar.CodeInvalidLength, func() (calendar.Timer, error) {
			return c.Extend(cal, calendar.Extension{On: on})
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := tc.step()
			require.Error(t, err)
			require.Equal(t, tc.code, calendar.Code(err))
			require.Equal(t, calendar.Timer{}, got)
			require.NotEmpty(t, calendar.ErrorText(err).Zh)
		})
	}
}

func TestExtensionsEndAtTheCapAndAtTheLongestExtension(t *testing.T) {
	cal := china.Calendar()
	on := date(t, "2024-04-20")
	capped := started(t, "2024-03-01", "2 months") // due 2024-05-01
	capped.Rule.Cap = calendar.Months(3)           // 2024-06-01
	extended, err := capped.Extend(cal, calendar.Extension{By: calendar.Months(1), Reason: "案情复杂", Approver: "提案委", On: on})
	require.NoError(t, err, "up to the cap is allowed")
	due, err := extended.Due(cal)
	require.NoError(t, err)
	require.Equal(t, "2024-06-01", due.String())
	_, err = extended.Extend(cal, calendar.Extension{By: calendar.Days(1), On: on})
	require.ErrorIs(t, err, calendar.ErrRefused)
	require.Equal(t, calendar.CodeBeyondCap, calendar.Code(err))

	// Ten days paused move the cap by ten days as they move the due date.
	paused, err := extended.PauseBetween(date(t, "2024-05-06"), date(t, "2024-05-15"), "听证")
	require.NoError(t, err)
	due, err = paused.Due(cal)
	require.NoError(t, err)
	require.Equal(t, "2024-06-11", due.String())

	// A cap that binds without an extension cuts the due date, and says so.
	cut := started(t, "2024-03-01", "4 months")
	cut.Rule.Cap = calendar.Months(3)
	due, trace, err := cut.Explain(cal)
	require.NoError(t, err)
	require.Equal(t, "2024-06-01", due.String())
	require.Equal(t, calendar.StepCap, trace[len(trace)-1].Code)

	plus := started(t, "2024-03-01", "3 months")
	plus.Rule.MaxExtension = calendar.Months(1)
	once, err := plus.Extend(cal, calendar.Extension{By: calendar.Days(20), On: on})
	require.NoError(t, err)
	_, err = once.Extend(cal, calendar.Extension{By: calendar.Days(20), On: on})
	require.Equal(t, calendar.CodeBeyondExtension, calendar.Code(err), "all extensions count together")
	require.Len(t, once.Extensions, 1)
}

func TestAPauseThatIsOpenBeforeTheCapDoesNotHideTheDueDate(t *testing.T) {
	c := started(t, "2024-03-01", "1 month")
	c.Rule.Cap = calendar.Months(3)
	paused, err := c.Pause(date(t, "2024-04-10"), "")
	require.NoError(t, err)
	due, err := paused.Due(china.Calendar())
	require.NoError(t, err)
	require.Equal(t, "2024-04-01", due.String())
}

func TestLimitsThatCountBackward(t *testing.T) {
	limit := calendar.Rule{Length: calendar.Days(20), Before: "lead_reply"}
	c, err := calendar.StartBefore(limit, date(t, "2024-03-01"), date(t, "2024-06-01"))
	require.NoError(t, err)
	due, trace, err := c.Explain(china.Calendar())
	require.NoError(t, err)
	require.Equal(t, "2024-05-12", due.String())
	require.Equal(t, "自2024年6月1日（星期六）（lead_reply）倒数20日，到期日为2024年5月12日（星期日）。", trace[0].Zh)

	// 15 working days before a meeting on 2024-05-15, over Labour Day.
	c, err = calendar.StartBefore(calendar.Rule{Length: calendar.Workdays(15), Before: "meeting"}, date(t, "2024-04-01"), date(t, "2024-05-15"))
	require.NoError(t, err)
	due, err = c.Due(china.Calendar())
	require.NoError(t, err)
	require.Equal(t, "2024-04-23", due.String())

	moved, err := c.MoveAnchor(date(t, "2024-05-22"))
	require.NoError(t, err)
	due, err = moved.Due(china.Calendar())
	require.NoError(t, err)
	require.Equal(t, "2024-04-29", due.String(), "it follows the date it counts from")
	_, err = stop(t, c, "2024-04-02").MoveAnchor(date(t, "2024-05-22"))
	require.Equal(t, calendar.CodeStopped, calendar.Code(err))
	_, err = started(t, "2024-03-01", "1 month").MoveAnchor(date(t, "2024-05-22"))
	require.Equal(t, calendar.CodeInvalidClock, calendar.Code(err))

	_, err = calendar.Start(limit, date(t, "2024-03-01"))
	require.Equal(t, calendar.CodeInvalidClock, calendar.Code(err), "the date it counts from is missing")
	_, err = calendar.StartBefore(calendar.Rule{Length: calendar.Days(1)}, date(t, "2024-03-01"), date(t, "2024-06-01"))
	require.Equal(t, calendar.CodeInvalidClock, calendar.Code(err), "a forward limit has no such date")
}

func TestAMetClockDoesNotMoveWithALaterNotice(t *testing.T) {
	notices := china.Calendar().Notices()
	var before []calendar.Notice
	for _, n := range notices {
		if n.Number != "国办发明电〔2020〕1号" {
			before = append(before, n)
		}
	}
	then, err := calendar.New(calendar.Spec{Name: "china", Notices: before})
	require.NoError(t, err)
	c := started(t, "2020-01-20", "10 workdays")
	dueThen, err := c.Due(then)
	require.NoError(t, err)
	dueNow, err := c.Due(china.Calendar())
	require.NoError(t, err)
	require.Equal(t, "2020-02-07", dueThen.String())
	require.Equal(t, "2020-02-11", dueNow.String(), "a running clock moves")

	met, err := c.Stop(then, date(t, "2020-01-23"))
	require.NoError(t, err)
	due, trace, err := met.Explain(china.Calendar())
	require.NoError(t, err)
	require.Equal(t, dueThen, due, "a met one does not")
	require.Equal(t, calendar.StepFinal, trace[0].Code)
	again, err := met.Reopen()
	require.NoError(t, err)
	require.Equal(t, c, again)
}

func TestAClockCanBeStoppedBeforeTheNoticeItsDueDateNeeds(t *testing.T) {
	c := started(t, "2026-12-20", "15 workdays")
	met, err := c.Stop(china.Calendar(), date(t, "2026-12-25"))
	require.NoError(t, err)
	require.True(t, met.FinalDue.IsZero())
	_, err = met.State(china.Calendar(), date(t, "2026-12-26"))
	require.ErrorIs(t, err, calendar.ErrUnknownYear)
	next, err := china.Calendar().With(calendar.Notice{Year: 2027})
	require.NoError(t, err)
	s, err := met.State(next, date(t, "2027-02-01"))
	require.NoError(t, err)
	require.Equal(t, calendar.Met, s.Phase)
}

func TestClocksRoundTripThroughJSON(t *testing.T) {
	cal := china.Calendar()
	c := started(t, "2024-03-01", "2 months")
	c.Rule.Cap, c.Rule.Roll = calendar.Months(3), calendar.RollNext
	c.Rule.Warnings = []calendar.Warning{{Colour: "red", Before: calendar.Workdays(3)}}
	c.Rule.Reminders = []calendar.Reminder{{Every: calendar.Days(1), Within: calendar.Days(7)}}
	c, err := c.Extend(cal, calendar.Extension{By: calendar.Days(10), Reason: "案情复杂", Approver: "提案委", On: date(t, "2024-04-20")})
	require.NoError(t, err)
	c, err = c.Pause(date(t, "2024-04-22"), "听证")
	require.NoError(t, err)
	_, trace, err := stop(t, c, "2024-04-30").Explain(cal)
	require.NoError(t, err)
	written, err := json.Marshal(trace)
	require.NoError(t, err)
	var read calendar.Trace
	require.NoError(t, json.Unmarshal(written, &read))
	require.Equal(t, trace, read)
	for _, clock := range []calendar.Timer{c, stop(t, c, "2024-04-30"), {}} {
		text, err := json.Marshal(clock)
		require.NoError(t, err)
		var back calendar.Timer
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, clock, back, string(text))
	}
	require.Equal(t, date(t, "2024-04-29"), stop(t, c, "2024-04-30").Pauses[0].To, "stopping ends the pause the day before")
}

func stop(t testing.TB, c calendar.Timer, on string) calendar.Timer {
	t.Helper()
	c, err := c.Stop(china.Calendar(), date(t, on))
	require.NoError(t, err)
	return c
}

func TestACapInAnUnknownYear(t *testing.T) {
	near := started(t, "2026-10-01", "1 month")
	near.Rule.Cap = calendar.Workdays(100)
	due, err := near.Due(china.Calendar())
	require.NoError(t, err, "the cap lies in 2027, the due date before it")
	require.Equal(t, "2026-11-01", due.String())
	far := started(t, "2026-10-01", "6 months")
	far.Rule.Cap = calendar.Workdays(100)
	_, err = far.Due(china.Calendar())
	require.ErrorIs(t, err, calendar.ErrUnknownYear, "either may be the earlier one")
}

func TestBothEndsOfAPauseArePaused(t *testing.T) {
	c, err := started(t, "2024-03-01", "1 month").PauseBetween(date(t, "2024-03-05"), date(t, "2024-03-07"), "听证")
	require.NoError(t, err)
	for today, want := range map[string]calendar.Phase{
		"2024-03-04": calendar.Running, "2024-03-05": calendar.Paused, "2024-03-07": calendar.Paused, "2024-03-08": calendar.Running,
	} {
		s, err := c.State(china.Calendar(), date(t, today))
		require.NoError(t, err)
		require.Equal(t, want, s.Phase, today)
		require.Equal(t, "2024-04-04", s.Due.String())
	}
}

func TestStoppingDropsAPauseThatWasToBeginLater(t *testing.T) {
	c, err := started(t, "2024-03-01", "1 month").Pause(date(t, "2024-03-20"), "")
	require.NoError(t, err)
	c = stop(t, c, "2024-03-10")
	require.Empty(t, c.Pauses)
	require.Equal(t, "2024-04-01", c.FinalDue.String())
}
