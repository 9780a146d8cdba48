package calendar_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, time.FixedZone("CST", 8*60*60))
	require.NoError(t, err)
	return at
}

func working(t *testing.T, shifts ...string) *calendar.Calendar {
	t.Helper()
	read := make([]calendar.Shift, len(shifts))
	for i, s := range shifts {
		var err error
		read[i], err = calendar.ParseShift(s)
		require.NoError(t, err)
	}
	cal, err := china.Calendar().WithHours(read...)
	require.NoError(t, err)
	return cal
}

// Hours go around the clock; working hours are those of working days, over lunch,
// the night, a holiday and a weekend worked for it.
func TestALimitInHoursEndsAtAMoment(t *testing.T) {
	cal := working(t, "09:00-12:00", "13:00-18:00")
	for _, tc := range []struct{ start, length, due string }{
		{"2024-04-30 16:30", "2 hours", "2024-04-30 18:30"},
		{"2024-04-30 23:30", "1 hour", "2024-05-01 00:30"},
		{"2024-04-29 10:00", "1 workhour", "2024-04-29 11:00"},
		{"2024-04-29 11:30", "1 workhour", "2024-04-29 13:30"},
		{"2024-04-29 12:15", "1 workhour", "2024-04-29 14:00"},
		{"2024-04-29 17:30", "1 workhour", "2024-04-30 09:30"},
		{"2024-04-30 16:30", "4 workhours", "2024-05-06 11:30"}, // 1 to 5 May are off
		{"2024-05-10 17:00", "2 workhours", "2024-05-11 10:00"}, // a Saturday worked for them
		{"2024-04-29 10:00", "2 workhours", "2024-04-29 12:00"}, // the end of a stretch is in it
		{"2024-04-29 10:00", "0 hours", "2024-04-29 10:00"},
	} {
		timer, err := calendar.Timer{Rule: calendar.Rule{Length: length(t, tc.length)}}.At(moment(t, tc.start))
		require.NoError(t, err)
		due, err := timer.DueAt(cal)
		require.NoError(t, err)
		require.Equal(t, tc.due, due.Format("2006-01-02 15:04"), tc.start+" "+tc.length)
		day, trace, err := timer.Explain(cal)
		require.NoError(t, err)
		require.Equal(t, tc.due[:10], day.String())
		require.Contains(t, trace[len(trace)-1].En, tc.due[11:])

		for after, phase := range map[time.Duration]calendar.Phase{0: calendar.Running, time.Minute: calendar.Late} {
			state, err := timer.StateAt(cal, due.Add(after))
			require.NoError(t, err)
			require.Equal(t, phase, state.Phase)
		}
		kept, err := json.Marshal(timer)
		require.NoError(t, err)
		var back calendar.Timer
		require.NoError(t, json.Unmarshal(kept, &back))
		again, err := back.DueAt(cal)
		require.NoError(t, err)
		require.True(t, due.Equal(again))
	}
	_, err := calendar.Timer{Start: date(t, "2024-04-30"), StartAt: moment(t, "2024-04-30 09:00"), Rule: calendar.Rule{Length: length(t, "1 workhour")}}.Due(china.Calendar())
	require.Equal(t, calendar.CodeNoHours, calendar.Code(err), "nobody says which hours")
}

func TestALimitInHoursIsButALength(t *testing.T) {
	two := length(t, "2 hours")
	for name, rule := range map[string]calendar.Rule{
		"cap":            {Length: two, Cap: calendar.Days(1)},
		"roll":           {Length: two, Roll: calendar.RollNext},
		"backward":       {Length: two, Before: "meeting"},
		"warning":        {Length: two, Warnings: []calendar.Warning{{Colour: "red", Before: calendar.Days(1)}}},
		"warns in hours": {Length: calendar.Days(3), Warnings: []calendar.Warning{{Colour: "red", Before: two}}},
		"cap in hours":   {Length: calendar.Days(3), Cap: two},
	} {
		require.Error(t, rule.Validate(), name)
	}
	timer, err := calendar.Timer{Rule: calendar.Rule{Length: two}}.At(moment(t, "2024-04-30 09:00"))
	require.NoError(t, err)
	_, err = timer.Pause(date(t, "2024-04-30"), "x")
	require.Equal(t, calendar.CodeCountsHours, calendar.Code(err))
	_, err = timer.Extend(nil, calendar.Extension{By: calendar.Days(1), On: date(t, "2024-04-30")})
	require.Equal(t, calendar.CodeCountsHours, calendar.Code(err))
	timer, err = timer.Extend(nil, calendar.Extension{By: two, On: date(t, "2024-04-30")})
	require.NoError(t, err)
	due, err := timer.DueAt(nil)
	require.NoError(t, err)
	require.Equal(t, "13:00", due.Format("15:04"))
	_, err = calendar.Timer{Start: date(t, "2024-04-30"), Rule: calendar.Rule{Length: two}}.Due(nil)
	require.Equal(t, calendar.CodeInvalidClock, calendar.Code(err), "the moment of the start is missing")
}

func TestHoursOfWorkFollowOneAnother(t *testing.T) {
	for _, s := range []string{"", "9:00-12:00", "09:00-09:00", "12:00-09:00", "09:60-12:00", "09:00-24:01", "09:00–12:00", "ab:00-12:00"} {
		_, err := calendar.ParseShift(s)
		require.Equal(t, calendar.CodeInvalidCalendar, calendar.Code(err), s)
	}
	morning, err := calendar.ParseShift("09:00-12:00")
	require.NoError(t, err)
	_, err = china.Calendar().WithHours(morning, morning)
	require.Equal(t, calendar.CodeInvalidCalendar, calendar.Code(err))
	require.Empty(t, china.Calendar().Hours(), "the calendar itself is unchanged")
}

// A reminder goes on after the due day for as long as it is asked.
func TestRemindersGoOnUntilDone(t *testing.T) {
	timer := started(t, "2024-03-01", "10 days")
	timer.Rule.Reminders = []calendar.Reminder{{Every: calendar.Days(7), After: calendar.AfterDue}, {Every: calendar.Days(8), Until: calendar.UntilDone}}
	require.NoError(t, timer.Rule.Validate())
	alarms, err := timer.AlarmsUntil(nil, date(t, "2024-03-26"))
	require.NoError(t, err)
	var days []string
	for _, a := range alarms {
		days = append(days, string(a.Kind)+"@"+a.On.String())
	}
	require.Equal(t, []string{"reminder@2024-03-09", "overdue@2024-03-12", "reminder@2024-03-17", "reminder@2024-03-18", "reminder@2024-03-25"}, days)
	sent, err := timer.RemindersOn(nil, date(t, "2024-03-25"))
	require.NoError(t, err)
	require.Equal(t, []int{0, 1}, sent, "both fall together")
	for _, wrong := range []calendar.Reminder{
		{Every: calendar.Days(7), After: "start"}, {Every: calendar.Days(7), Until: "due"},
		{Every: calendar.Days(7), Until: calendar.UntilDone, Within: calendar.Days(3)},
	} {
		require.Equal(t, calendar.CodeInvalidLimit, calendar.Code(calendar.Rule{Length: calendar.Days(1), Reminders: []calendar.Reminder{wrong}}.Validate()))
	}
}

// A due request in hours begins at a moment, and answers with one.
func TestADueRequestMayBeInHours(t *testing.T) {
	const own = `{"hours":["09:00-12:00","13:00-18:00"]}`
	answer, err := calendar.AnswerDue([]byte(`{"start":"2024-04-26T17:00:00+08:00","limit":{"n":2,"unit":"workhour"},"calendar":`+own+`}`), nil, "en")
	require.NoError(t, err)
	require.Equal(t, "2024-04-29", answer.Due.String())
	require.Equal(t, "2024-04-29T10:00:00+08:00", answer.DueAt.Format(time.RFC3339))
	require.Equal(t, "The limit is 2 working hours and ends on Monday 29 April 2024 at 10:00.", answer.Trace[1])
	_, err = calendar.AnswerDue([]byte(`{"start":"2024-04-26","limit":{"n":2,"unit":"hour"},"calendar":`+own+`}`), nil, "en")
	require.Equal(t, calendar.CodeInvalidClock, calendar.Code(err))
	_, err = calendar.AnswerDue([]byte(`{"start":"2024-04-26","limit":{"n":2,"unit":"day"},"calendar":{"hours":["9-12"]}}`), nil, "en")
	require.Equal(t, calendar.CodeInvalidCalendar, calendar.Code(err))
	kept, err := json.Marshal(calendar.DueAnswer{Due: date(t, "2024-04-29")})
	require.NoError(t, err)
	require.JSONEq(t, `{"due":"2024-04-29","trace":null}`, string(kept), "days have no moment")
}
