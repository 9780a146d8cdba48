package china_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

// Most notices print for each holiday how many days off it has, 共…天; these
// are the sums of the printed numbers. The notices for 2014 to 2019 and 2024
// leave some out.
func TestDaysOffOfEachNoticeAddUpToThePrintedNumbers(t *testing.T) {
	printed := map[int]int{
		2007: 3 + 7 + 7 + 7,
		2008: 3 + 7 + 3 + 3 + 3 + 3 + 7,
		2009: 3 + 7 + 3 + 3 + 3 + 8,
		2010: 3 + 7 + 3 + 3 + 3 + 3 + 7,
		2011: 3 + 7 + 3 + 3 + 3 + 3 + 7,
		2012: 3 + 7 + 3 + 3 + 3 + 8,
		2013: 3 + 7 + 3 + 3 + 3 + 3 + 7,
		2020: 1 + 7 + 3 + 5 + 3 + 8,
		2021: 3 + 7 + 3 + 5 + 3 + 3 + 7,
		2022: 3 + 7 + 3 + 5 + 3 + 3 + 7,
		2023: 3 + 7 + 1 + 5 + 3 + 8,
		2025: 1 + 8 + 3 + 5 + 3 + 8,
		2026: 3 + 9 + 3 + 5 + 3 + 3 + 7,
	}
	for _, n := range china.Calendar().Notices() {
		want, ok := printed[n.Year]
		if !ok || n.Title == "国务院办公厅关于延长2020年春节假期的通知" {
			continue
		}
		off := 0
		for _, d := range n.Days {
			if d.Kind == calendar.Off {
				off++
			}
		}
		require.Equal(t, want, off, n.Title)
		delete(printed, n.Year)
	}
	require.Empty(t, printed)
}

// The decree on public holidays (全国年节及纪念日放假办法) gives 10 days a year
// until 2007, 11 from 2008 and 13 from 2025, and moves those that fall on a
// weekend to working days. A year's working days are thus its Mondays to
// Fridays less that number, but for what was exchanged over the turn of the
// year or given on top. To print the numbers:
//
//	go test -v -run TestWorkdaysOfAYearFollowFromTheDecree ./proposal/calendar/china
func TestWorkdaysOfAYearFollowFromTheDecree(t *testing.T) {
	extra := map[int]int{
		2007: -2, // 2007-01-02 and 03 off for 2006-12-30 and 31 worked
		2011: +1, // 2011-12-31 worked
		2012: -1, // for 2012-01-03 off
		2015: -1, // 2015-09-03, the 70th anniversary of the victory
		2020: -2, // the Spring Festival longer by 2020-01-31 and 2020-02-01
	}
	for year := 2007; year <= 2026; year++ {
		holidays := 11
		switch {
		case year < 2008:
			holidays = 10
		case year >= 2025:
			holidays = 13
		}
		want := extra[year] - holidays
		for day := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
			if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
				want++
			}
		}
		got, err := china.Calendar().WorkdaysIn(year)
		require.NoError(t, err)
		require.Equal(t, want, got, year)
		t.Logf("%d: %d working days", year, got)
	}
}

func TestEveryYearHasItsNotice(t *testing.T) {
	cal := china.Calendar()
	notices := cal.Notices()
	require.Len(t, notices, 23, "one a year, and three that changed or added to one")
	require.Equal(t, 23, cal.Version())
	years := map[int]bool{}
	for i, n := range notices {
		years[n.Year] = true
		require.NotEmpty(t, n.Number, n.Year)
		require.Contains(t, n.Title, "通知")
		require.Contains(t, []string{"国务院", "国务院办公厅"}, n.Issuer)
		if i > 0 && !n.Issued.IsZero() {
			require.True(t, n.Issued.After(notices[i-1].Issued), "in the order they were issued: %s", n.Title)
		}
	}
	require.Len(t, years, 20)
	first, last := cal.Years()
	require.Equal(t, []int{2007, 2026}, []int{first, last})
	require.False(t, cal.Knows(2006), "the notice for 2007 lists two days of 2006 and does not make it known")
}

func TestALaterNoticeHoldsOverAnEarlierOne(t *testing.T) {
	all := china.Calendar()
	var before []calendar.Notice
	for _, n := range all.Notices() {
		if n.Issued.IsZero() || n.Issued.String() < "2020-01-26" {
			before = append(before, n)
		}
	}
	then, err := calendar.New(calendar.Spec{Name: "china", Notices: before})
	require.NoError(t, err)
	saturday, err := calendar.ParseDate("2020-02-01")
	require.NoError(t, err)
	works, err := then.IsWorkday(saturday)
	require.NoError(t, err)
	require.True(t, works, "as arranged in November 2019")
	works, err = all.IsWorkday(saturday)
	require.NoError(t, err)
	require.False(t, works, "as extended in January 2020")
	require.Less(t, then.Version(), all.Version())
}

func TestTheNextNoticeExtendsTheCalendar(t *testing.T) {
	cal := china.Calendar()
	newYear, err := calendar.NewDate(2027, 1, 1)
	require.NoError(t, err)
	_, err = cal.IsWorkday(newYear)
	var unknown *calendar.UnknownYearError
	require.ErrorAs(t, err, &unknown)
	require.Equal(t, calendar.UnknownYearError{Calendar: "china", Year: 2027}, *unknown)

	next, err := cal.With(calendar.Notice{Year: 2027, Days: []calendar.ListedDay{{Date: newYear, Kind: calendar.Off, Name: "元旦"}}})
	require.NoError(t, err)
	works, err := next.IsWorkday(newYear)
	require.NoError(t, err)
	require.False(t, works)
	require.Equal(t, 24, next.Version())
	require.False(t, cal.Knows(2027), "the calendar it came from is unchanged")
}
