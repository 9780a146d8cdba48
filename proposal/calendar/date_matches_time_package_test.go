package calendar_test

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata" // zones do not depend on the machine

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
)

func date(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	require.NoError(t, err)
	return d
}

func addDays(t testing.TB, d calendar.Date, n int) calendar.Date {
	t.Helper()
	d, err := d.AddDays(n)
	require.NoError(t, err)
	return d
}

func TestEveryDayMatchesTheTimePackage(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 97
	}
	first := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	prev, err := calendar.NewDate(1, 1, 1)
	require.NoError(t, err)
	days := 0
	for day := first; day.Year() <= 9999; day = day.AddDate(0, 0, step) {
		y, m, dd := day.Date()
		d, err := calendar.NewDate(y, m, dd)
		if err != nil || d.Weekday() != day.Weekday() {
			require.Failf(t, "wrong day", "%s: %v %v", day, d.Weekday(), err)
		}
		gy, gm, gd := d.Civil()
		if gy != y || gm != m || gd != dd {
			require.Failf(t, "does not round-trip", "%s: %d-%d-%d", day, gy, gm, gd)
		}
		if days > 0 && d.Sub(prev) != step {
			require.Failf(t, "days do not follow on", "%s", d)
		}
		prev = d
		days++
	}
	require.Equal(t, (3652059+step-1)/step, days)
}

func TestDatesThatDoNotExistAreRefused(t *testing.T) {
	for _, s := range []string{
		"", "2024-2-1", "2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00",
		"2024-04-31", "0000-01-01", "10000-01-01", "2024/01/01", "2024-01-01T00:00:00Z", " 2024-01-01", "+024-01-01", "２０２４-01-01",
	} {
		_, err := calendar.ParseDate(s)
		require.ErrorIs(t, err, calendar.ErrInvalid, s)
		require.Equal(t, calendar.CodeInvalidDate, calendar.Code(err), s)
	}
	for _, s := range []string{"2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"} {
		require.Equal(t, s, date(t, s).String())
	}
}

func TestDateIsThatOfTheBodysZoneWhateverTheMachines(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(t, err)
	urumqi, err := time.LoadLocation("Asia/Urumqi")
	require.NoError(t, err)
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	for _, tc := range []struct {
		local string // as the body's own clock shows it
		zone  *time.Location
		want  string
	}{
		{"2024-05-11 23:59", shanghai, "2024-05-11"},
		{"2024-05-12 00:01", shanghai, "2024-05-12"},
		{"2024-05-11 23:59", urumqi, "2024-05-11"},
		{"2024-05-12 00:01", urumqi, "2024-05-12"},
		{"2024-12-31 23:59", newYork, "2024-12-31"},
		{"2025-01-01 00:01", newYork, "2025-01-01"},
	} {
		instant, err := time.ParseInLocation("2006-01-02 15:04", tc.local, tc.zone)
		require.NoError(t, err)
		for _, machine := range []*time.Location{time.UTC, newYork, shanghai, time.FixedZone("far", 14*3600)} {
			d, err := calendar.DateOf(instant.In(machine), tc.zone)
			require.NoError(t, err)
			require.Equal(t, tc.want, d.String(), "%s on a machine in %s", tc.local, machine)
		}
	}
	_, err = calendar.DateOf(time.Now(), nil)
	require.Equal(t, calendar.CodeNoTimeZone, calendar.Code(err))
	_, err = calendar.DateOf(time.Time{}, newYork) // still the year 0 there
	require.Equal(t, calendar.CodeInvalidDate, calendar.Code(err))
}

func TestMonthsEndOnTheSameDayOrTheLast(t *testing.T) {
	for _, tc := range []struct {
		from string
		n    int
		want string
	}{
		{"2023-01-31", 1, "2023-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2024-01-31", 2, "2024-03-31"},
		{"2024-01-31", 3, "2024-04-30"},
		{"2023-11-30", 3, "2024-02-29"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2024-12-15", 1, "2025-01-15"},
		{"2024-03-31", -1, "2024-02-29"},
		{"2024-01-15", -1, "2023-12-15"},
		{"2024-05-20", 0, "2024-05-20"},
	} {
		got, err := date(t, tc.from).AddMonths(tc.n)
		require.NoError(t, err)
		require.Equal(t, tc.want, got.String(), "%s + %d months", tc.from, tc.n)
	}
}

func TestResultsOutsideTheYearsAreErrors(t *testing.T) {
	first, last := date(t, "0001-01-01"), date(t, "9999-12-31")
	for name, add := range map[string]func() (calendar.Date, error){
		"day after the last":     func() (calendar.Date, error) { return last.AddDays(1) },
		"day before the first":   func() (calendar.Date, error) { return first.AddDays(-1) },
		"10^9 days":              func() (calendar.Date, error) { return first.AddDays(1_000_000_000) },
		"-10^18 days":            func() (calendar.Date, error) { return last.AddDays(-1_000_000_000_000_000_000) },
		"month after the last":   func() (calendar.Date, error) { return last.AddMonths(1) },
		"month before the first": func() (calendar.Date, error) { return first.AddMonths(-1) },
		"10^18 months":           func() (calendar.Date, error) { return first.AddMonths(1_000_000_000_000_000_000) },
	} {
		_, err := add()
		require.Equal(t, calendar.CodeOutOfRange, calendar.Code(err), name)
	}
	_, err := calendar.Date{}.AddDays(1)
	require.Equal(t, calendar.CodeInvalidDate, calendar.Code(err))
	_, err = calendar.Date{}.AddMonths(1)
	require.Equal(t, calendar.CodeInvalidDate, calendar.Code(err))
}

func TestDatesRoundTripThroughJSON(t *testing.T) {
	type record struct {
		On    calendar.Date         `json:"on"`
		Maybe calendar.Date         `json:"maybe,omitzero"`
		By    map[calendar.Date]int `json:"by"`
	}
	in := record{On: date(t, "2024-02-29"), By: map[calendar.Date]int{date(t, "2024-03-01"): 1}}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, `{"on":"2024-02-29","by":{"2024-03-01":1}}`, string(text))
	var out record
	require.NoError(t, json.Unmarshal(text, &out))
	require.Equal(t, in, out)

	var d calendar.Date
	require.NoError(t, json.Unmarshal([]byte(`""`), &d))
	require.True(t, d.IsZero())
	require.Empty(t, d.String())
	require.Error(t, json.Unmarshal([]byte(`"2024-02-30"`), &d))
	require.Error(t, json.Unmarshal([]byte(`20240201`), &d))
}
