package china_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

// listing is testdata/china_days.csv read the dumb way: a map of dates.
// The file lists the days of the State Council's notices independently of
// notices.txt.
type listing map[string]string

func readListing(t testing.TB) listing {
	t.Helper()
	f, err := os.Open("testdata/china_days.csv")
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	days := listing{}
	for _, row := range rows[1:] {
		days[row[0]] = row[2]
	}
	require.Len(t, days, 678)
	return days
}

func (l listing) works(day time.Time) bool {
	switch l[day.Format(time.DateOnly)] {
	case "off":
		return false
	case "work":
		return true
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

func TestEveryDayOfTheKnownYearsIsRight(t *testing.T) {
	days := readListing(t)
	cal := china.Calendar()
	judged := 0
	for day := time.Date(2007, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() <= 2026; day = day.AddDate(0, 0, 1) {
		d, err := calendar.NewDate(day.Date())
		require.NoError(t, err)
		works, err := cal.IsWorkday(d)
		require.NoError(t, err)
		require.Equal(t, days.works(day), works, d)
		judged++
	}
	require.Equal(t, 7305, judged) // 20 years, 5 of them leap years
}

func TestNamesAndKindsMatchTheFile(t *testing.T) {
	f, err := os.Open("testdata/china_days.csv")
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		d, err := calendar.ParseDate(row[0])
		require.NoError(t, err)
		if d.Year() == 2006 {
			continue
		}
		info, err := china.Calendar().Describe(d)
		require.NoError(t, err)
		require.Equal(t, calendar.ListedDay{Date: d, Kind: calendar.DayKind(row[2]), Name: row[1]}, info.Listed)
		require.NotNil(t, info.Notice, d)
		require.Equal(t, row[3], strconv.Itoa(info.Notice.Year))
	}
}
