package calendar_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

func warned(t testing.TB) calendar.Timer {
	t.Helper()
	c := started(t, "2024-04-01", "30 days") // due on Wednesday 2024-05-01
	c.Rule.Warnings = []calendar.Warning{
		{Colour: "blue", Before: calendar.Days(10)},
		{Colour: "yellow", Before: calendar.Workdays(3)},
		{Colour: "red", Before: calendar.Days(1)},
	}
	c.Rule.Reminders = []calendar.Reminder{{Every: calendar.Days(7)}, {Every: calendar.Days(1), Within: calendar.Days(3)}}
	return c
}

func TestAlarmsAreAllWarningsRemindersAndTheFirstLateDay(t *testing.T) {
	alarms, err := warned(t).Alarms(china.Calendar())
	require.NoError(t, err)
	var got []string
	for _, a := range alarms {
		got = append(got, a.On.String()+" "+string(a.Kind)+" "+a.Colour)
	}
	require.Equal(t, []string{
		"2024-04-08 reminder ",
		"2024-04-15 reminder ",
		"2024-04-21 warning blue",
		"2024-04-22 reminder ",
		"2024-04-28 warning yellow", // 30, 29 and the made-up Sunday 28
		"2024-04-29 reminder ",      // weekly and daily, once
		"2024-04-30 reminder ",
		"2024-04-30 warning red",
		"2024-05-01 reminder ",
		"2024-05-02 overdue ",
	}, got)

	stopped, err := warned(t).Stop(china.Calendar(), date(t, "2024-04-10"))
	require.NoError(t, err)
	alarms, err = stopped.Alarms(china.Calendar())
	require.NoError(t, err)
	require.Empty(t, alarms)
	paused, err := warned(t).Pause(date(t, "2024-04-10"), "")
	require.NoError(t, err)
	_, err = paused.Alarms(china.Calendar())
	require.Equal(t, calendar.CodePaused, calendar.Code(err))
}

func TestTheGravestWarningReachedHolds(t *testing.T) {
	for today, want := range map[string]string{
		"2024-04-20": "", "2024-04-21": "blue", "2024-04-27": "blue", "2024-04-28": "yellow",
		"2024-04-29": "yellow", "2024-04-30": "red", "2024-05-01": "red", "2024-06-01": "red",
	} {
		s, err := warned(t).State(china.Calendar(), date(t, today))
		require.NoError(t, err)
		require.Equal(t, want, s.Colour, today)
	}
}

func TestAWarningNeverPrecedesTheStart(t *testing.T) {
	c := warned(t)
	c.Rule.Length = calendar.Days(2)
	alarms, err := c.Alarms(china.Calendar())
	require.NoError(t, err)
	require.Equal(t, calendar.Alarm{On: date(t, "2024-04-01"), Kind: calendar.WarningAlarm, Colour: "blue"}, alarms[0])
	for _, a := range alarms {
		require.False(t, a.On.Before(c.Start))
	}
}

func TestLimitsThatDoNotFitTogetherAreRefused(t *testing.T) {
	days := calendar.Days(5)
	for name, l := range map[string]calendar.Rule{
		"no length":              {},
		"bad cap":                {Length: days, Cap: calendar.Length{N: 1, Unit: "week"}},
		"bad longest extension":  {Length: days, MaxExtension: calendar.Days(-1)},
		"bad roll":               {Length: days, Roll: "sideways"},
		"backward with cap":      {Length: days, Before: "x", Cap: days},
		"backward from a date":   {Length: calendar.On(8, 31), Before: "x"},
		"warning without colour": {Length: days, Warnings: []calendar.Warning{{Before: days}}},
		"warning on a date":      {Length: days, Warnings: []calendar.Warning{{Colour: "red", Before: calendar.On(8, 31)}}},
		"warning without time":   {Length: days, Warnings: []calendar.Warning{{Colour: "red"}}},
		"reminder never":         {Length: days, Reminders: []calendar.Reminder{{}}},
		"reminder every 0 days":  {Length: days, Reminders: []calendar.Reminder{{Every: calendar.Days(0)}}},
		"reminder in months":     {Length: days, Reminders: []calendar.Reminder{{Every: calendar.Months(1)}}},
		"reminder within a date": {Length: days, Reminders: []calendar.Reminder{{Every: days, Within: calendar.On(8, 31)}}},
	} {
		require.ErrorIs(t, l.Validate(), calendar.ErrInvalid, name)
		_, err := calendar.Start(l, date(t, "2024-03-01"))
		require.ErrorIs(t, err, calendar.ErrInvalid, name)
	}
	for name, c := range map[string]calendar.Timer{
		"no start":             {Rule: calendar.Rule{Length: days}},
		"pause without dates":  {Start: date(t, "2024-03-01"), Rule: calendar.Rule{Length: days}, Pauses: []calendar.Pause{{}}},
		"two open pauses":      {Start: date(t, "2024-03-01"), Rule: calendar.Rule{Length: days}, Pauses: []calendar.Pause{{From: date(t, "2024-03-02")}, {From: date(t, "2024-03-03")}}},
		"extension by nothing": {Start: date(t, "2024-03-01"), Rule: calendar.Rule{Length: days}, Extensions: []calendar.Extension{{}}},
		"final while running":  {Start: date(t, "2024-03-01"), Rule: calendar.Rule{Length: days}, FinalDue: date(t, "2024-03-06")},
	} {
		_, err := c.Due(china.Calendar())
		require.ErrorIs(t, err, calendar.ErrInvalid, name)
		_, err = c.State(china.Calendar(), date(t, "2024-03-06"))
		require.ErrorIs(t, err, calendar.ErrInvalid, name)
	}
}

// A dumb walk over every day agrees with the days that the alarms name.
func TestRemindersFallOnTheDaysOfTheirAlarms(t *testing.T) {
	c := warned(t)
	alarms, err := c.Alarms(china.Calendar())
	require.NoError(t, err)
	alarmed := make(map[string]bool)
	for _, a := range alarms {
		alarmed[a.On.String()] = alarmed[a.On.String()] || a.Kind == calendar.ReminderAlarm
	}
	want := map[string][]int{
		"2024-04-08": {0}, "2024-04-15": {0}, "2024-04-22": {0},
		"2024-04-29": {0, 1}, "2024-04-30": {1}, "2024-05-01": {1},
	}
	for d := date(t, "2024-03-01"); d.Before(date(t, "2024-06-01")); {
		on, err := c.RemindersOn(china.Calendar(), d)
		require.NoError(t, err)
		require.Equal(t, want[d.String()], on, d)
		require.Equal(t, alarmed[d.String()], len(on) > 0, d)
		d, err = d.AddDays(1)
		require.NoError(t, err)
	}
	stopped, err := c.Stop(china.Calendar(), date(t, "2024-04-10"))
	require.NoError(t, err)
	on, err := stopped.RemindersOn(china.Calendar(), date(t, "2024-04-22"))
	require.NoError(t, err)
	require.Empty(t, on)
	paused, err := c.Pause(date(t, "2024-04-10"), "")
	require.NoError(t, err)
	_, err = paused.RemindersOn(china.Calendar(), date(t, "2024-04-22"))
	require.Equal(t, calendar.CodePaused, calendar.Code(err))
}
