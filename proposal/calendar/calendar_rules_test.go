package calendar_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

func listed(t testing.TB, kind calendar.DayKind, name string, days ...string) []calendar.ListedDay {
	t.Helper()
	out := make([]calendar.ListedDay, len(days))
	for i, s := range days {
		out[i] = calendar.ListedDay{Date: date(t, s), Kind: kind, Name: name}
	}
	return out
}

func TestAUnitsOwnDaysLieOverTheJurisdictions(t *testing.T) {
	base := china.Calendar()
	unit, err := base.Layer("建设局", append(listed(t, calendar.Off, "搬迁", "2024-05-06", "2024-05-07"), listed(t, calendar.Work, "值班", "2024-05-04")...)...)
	require.NoError(t, err)
	require.Equal(t, "china/建设局", unit.Name())
	from := date(t, "2024-04-30")
	for cal, want := range map[*calendar.Calendar]string{base: "2024-05-06", unit: "2024-05-04"} {
		next, err := cal.Next(from)
		require.NoError(t, err)
		require.Equal(t, want, next.String())
	}
	info, err := unit.Describe(date(t, "2024-05-06"))
	require.NoError(t, err)
	require.False(t, info.Workday)
	require.Equal(t, "建设局", info.Layer)
	require.Nil(t, info.Notice)

	_, err = unit.IsWorkday(date(t, "2027-01-04"))
	require.ErrorContains(t, err, "china/建设局")

	// A notice that comes later lies under the unit's days, not over them.
	later, err := unit.With(calendar.Notice{Year: 2027, Days: listed(t, calendar.Off, "元旦", "2027-01-01", "2027-01-04")})
	require.NoError(t, err)
	require.Equal(t, "china/建设局", later.Name())
	works, err := later.IsWorkday(date(t, "2024-05-07"))
	require.NoError(t, err)
	require.False(t, works)
	require.Greater(t, later.Version(), unit.Version())
}

func TestAYearWithoutNoticeIsAnErrorThatNamesIt(t *testing.T) {
	gap, err := calendar.New(calendar.Spec{Name: "市", Notices: []calendar.Notice{{Year: 2022}, {Year: 2024}}})
	require.NoError(t, err)
	require.True(t, gap.Knows(2022))
	require.False(t, gap.Knows(2023))
	for name, tc := range map[string]struct {
		year int
		ask  func() error
	}{
		"a day":                    {2023, func() error { _, err := gap.IsWorkday(date(t, "2023-06-01")); return err }},
		"into the gap":             {2023, func() error { _, err := gap.Next(date(t, "2022-12-31")); return err }},
		"back into the gap":        {2023, func() error { _, err := gap.Previous(date(t, "2024-01-01")); return err }},
		"over the gap":             {2023, func() error { _, err := gap.WorkdaysBetween(date(t, "2022-12-01"), date(t, "2024-02-01")); return err }},
		"back over the gap":        {2023, func() error { _, err := gap.WorkdaysBetween(date(t, "2024-02-01"), date(t, "2022-12-01")); return err }},
		"far ahead":                {2025, func() error { _, err := gap.AddWorkdays(date(t, "2024-02-01"), 3_000_000); return err }},
		"far back":                 {2021, func() error { _, err := gap.AddWorkdays(date(t, "2022-02-01"), -3_000_000); return err }},
		"before every notice":      {1, func() error { _, err := gap.IsWorkday(date(t, "0001-01-01")); return err }},
		"after every notice":       {9999, func() error { _, err := gap.IsWorkday(date(t, "9999-12-31")); return err }},
		"the sum of such a year":   {2023, func() error { _, err := gap.WorkdaysIn(2023); return err }},
		"the description of a day": {2023, func() error { _, err := gap.Describe(date(t, "2023-06-01")); return err }},
	} {
		err := tc.ask()
		var unknown *calendar.UnknownYearError
		require.ErrorAs(t, err, &unknown, name)
		require.ErrorIs(t, err, calendar.ErrUnknownYear, name)
		require.Equal(t, calendar.UnknownYearError{Calendar: "市", Year: tc.year}, *unknown, name)
		require.Equal(t, calendar.CodeUnknownYear, calendar.Code(err), name)
	}
	// The start itself is not judged: day 0 may lie in an unknown year.
	next, err := china.Calendar().Next(date(t, "2006-12-31"))
	require.NoError(t, err)
	require.Equal(t, "2007-01-04", next.String())
}

func TestNumbersFarOutOfRangeAreErrorsAndNotLoops(t *testing.T) {
	full, err := calendar.New(calendar.Spec{Name: "full", Complete: true})
	require.NoError(t, err)
	from := date(t, "2024-05-01")
	for _, n := range []int{1_000_000_000, -1_000_000_000, 1 << 62, -1 << 62, 3_652_059, -3_652_059, 2_700_000} {
		_, err := full.AddWorkdays(from, n)
		require.Equal(t, calendar.CodeOutOfRange, calendar.Code(err), n)
	}
	for _, n := range []int{1_000_000_000, -1_000_000_000} {
		_, err := china.Calendar().AddWorkdays(from, n)
		require.Error(t, err)
	}
	_, err = full.Next(date(t, "9999-12-31"))
	require.Equal(t, calendar.CodeOutOfRange, calendar.Code(err))
	_, err = full.Previous(date(t, "0001-01-01"))
	require.Equal(t, calendar.CodeOutOfRange, calendar.Code(err))
	all, err := full.WorkdaysBetween(date(t, "0001-01-01"), date(t, "9999-12-31"))
	require.NoError(t, err)
	require.Equal(t, 3652059/7*5+4, all, "521722 weeks and Monday to Friday, less the first Monday")
	for _, year := range []int{0, -1, 10000} {
		_, err := full.WorkdaysIn(year)
		require.Error(t, err)
		require.False(t, full.Knows(year))
	}
}

func TestCalendarsThatContradictThemselvesAreRefused(t *testing.T) {
	week := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	both := append(listed(t, calendar.Off, "", "2024-05-06"), listed(t, calendar.Work, "", "2024-05-06")...)
	for name, spec := range map[string]calendar.Spec{
		"no name":            {},
		"no working day":     {Name: "x", Weekend: week},
		"no weekday":         {Name: "x", Weekend: []time.Weekday{7}},
		"off and work":       {Name: "x", Days: both},
		"no kind":            {Name: "x", Days: []calendar.ListedDay{{Date: date(t, "2024-05-06")}}},
		"no date":            {Name: "x", Days: []calendar.ListedDay{{Kind: calendar.Off}}},
		"notice off and on":  {Name: "x", Notices: []calendar.Notice{{Year: 2024, Days: both}}},
		"notice far away":    {Name: "x", Notices: []calendar.Notice{{Year: 2020, Days: listed(t, calendar.Off, "", "2024-05-06")}}},
		"notice of year 0":   {Name: "x", Notices: []calendar.Notice{{}}},
		"in full and notice": {Name: "x", Days: listed(t, calendar.Off, "", "2024-05-06"), Notices: []calendar.Notice{{Year: 2024}}},
	} {
		_, err := calendar.New(spec)
		require.Equal(t, calendar.CodeInvalidCalendar, calendar.Code(err), name)
	}
	_, err := china.Calendar().Layer("unit", both...)
	require.Equal(t, calendar.CodeInvalidCalendar, calendar.Code(err))
	_, err = china.Calendar().Layer("")
	require.Equal(t, calendar.CodeInvalidCalendar, calendar.Code(err))
	full, err := calendar.New(calendar.Spec{Name: "x", Days: listed(t, calendar.Off, "", "2024-05-06", "2024-05-06")})
	require.NoError(t, err, "the same statement twice is no contradiction")
	_, err = full.With(calendar.Notice{Year: 2024})
	require.Equal(t, calendar.CodeInvalidCalendar, calendar.Code(err))
}

func TestNoCalendarIsAnErrorAndNotAPanic(t *testing.T) {
	var none *calendar.Calendar
	d := date(t, "2024-05-06")
	for name, ask := range map[string]func() error{
		"IsWorkday":       func() error { _, err := none.IsWorkday(d); return err },
		"AddWorkdays":     func() error { _, err := none.AddWorkdays(d, 0); return err },
		"WorkdaysBetween": func() error { _, err := none.WorkdaysBetween(d, d); return err },
		"WorkdayFrom":     func() error { _, err := none.WorkdayFrom(d); return err },
		"WorkdaysIn":      func() error { _, err := none.WorkdaysIn(2024); return err },
		"Describe":        func() error { _, err := none.Describe(d); return err },
		"With":            func() error { _, err := none.With(); return err },
		"Layer":           func() error { _, err := none.Layer("x"); return err },
	} {
		require.Equal(t, calendar.CodeNoCalendar, calendar.Code(ask()), name)
	}
	require.Zero(t, none.Version())
	require.Empty(t, none.Name())
	require.Empty(t, none.Notices())
	require.False(t, none.Knows(2024))

	// Limits that judge no working day need none.
	due, trace, err := started(t, "2024-01-31", "1 month").Explain(nil)
	require.NoError(t, err)
	require.Equal(t, "2024-02-29", due.String())
	require.Len(t, trace, 2)
	_, _, err = started(t, "2024-01-31", "0 workdays").Explain(nil)
	require.NoError(t, err)
	_, err = started(t, "2024-01-31", "1 workday").Due(nil)
	require.Equal(t, calendar.CodeNoCalendar, calendar.Code(err))
	full, err := calendar.New(calendar.Spec{Name: "full", Complete: true})
	require.NoError(t, err)
	_, err = full.IsWorkday(calendar.Date{})
	require.Equal(t, calendar.CodeInvalidDate, calendar.Code(err))
}

func TestACalendarKeepsNothingOfItsSpecAndHandsNothingOut(t *testing.T) {
	days := listed(t, calendar.Off, "元旦", "2024-01-01")
	spec := calendar.Spec{Name: "x", Weekend: []time.Weekday{time.Sunday}, Notices: []calendar.Notice{{Year: 2024, Days: days}}}
	cal, err := calendar.New(spec)
	require.NoError(t, err)
	days[0].Kind, spec.Weekend[0], spec.Notices[0].Year = calendar.Work, time.Monday, 1
	cal.Notices()[0].Days[0].Kind = calendar.Work
	info, err := cal.Describe(date(t, "2024-01-01"))
	require.NoError(t, err)
	info.Notice.Days[0].Kind = calendar.Work
	again, err := cal.With(calendar.Notice{Year: 2025})
	require.NoError(t, err)
	works, err := again.IsWorkday(date(t, "2024-01-01"))
	require.NoError(t, err)
	require.False(t, works)
	works, err = again.IsWorkday(date(t, "2024-01-06")) // a Saturday
	require.NoError(t, err)
	require.True(t, works)
}

func TestACalendarMayBeAskedFromManyGoroutines(t *testing.T) {
	c := started(t, "2024-04-26", "10 workdays")
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 100 {
				due, _, err := c.Explain(china.Calendar())
				if err != nil || due.String() != "2024-05-13" {
					t.Errorf("%v %v", due, err)
				}
			}
		}()
	}
	wg.Wait()
}
