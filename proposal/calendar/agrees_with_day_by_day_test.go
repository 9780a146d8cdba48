package calendar_test

import (
	"encoding/csv"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

// The second, deliberately dumb implementation: days are numbers counted from
// 2006-12-31 with the time package, a table says which are worked, and
// everything else walks day by day.

var origin = time.Date(2006, 12, 31, 0, 0, 0, 0, time.UTC) // day 0

const lastDumbDay = 7305 // 2026-12-31

type dumb struct{ worked []bool }

// readDumb reads the State Council's days from the listing that the china
// package is tested with, not from the package.
func readDumb(t testing.TB) dumb {
	t.Helper()
	f, err := os.Open("china/testdata/china_days.csv")
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	d := dumb{worked: make([]bool, lastDumbDay+1)}
	for n := range d.worked {
		w := dayOf(n).Weekday()
		d.worked[n] = w != time.Saturday && w != time.Sunday
	}
	for _, row := range rows[1:] {
		on, err := time.Parse(time.DateOnly, row[0])
		require.NoError(t, err)
		if n := numberOf(on); n >= 1 {
			d.worked[n] = row[2] == "work"
		}
	}
	return d
}

func dayOf(n int) time.Time        { return origin.AddDate(0, 0, n) }
func numberOf(day time.Time) int   { return int(day.Sub(origin).Hours() / 24) }
func (d dumb) known(n int) bool    { return n >= 1 && n <= lastDumbDay }
func (d dumb) isWorked(n int) bool { return d.worked[n] }

// add walks to the n-th working day after from; ok is false when it has to
// judge an unknown day.
func (d dumb) add(from, n int) (day int, ok bool) {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for day = from; n > 0; {
		day += step
		if !d.known(day) {
			return 0, false
		}
		if d.isWorked(day) {
			n--
		}
	}
	return day, true
}

type dumbLength struct {
	n          int
	unit       calendar.Unit
	month, day int // fixed date
}

type dumbPause struct{ from, to int }

// leg walks a length day by day, leaving out paused days.
func (d dumb) leg(from int, l dumbLength, pauses []dumbPause) (day int, ok bool) {
	paused := func(day int) bool {
		for _, p := range pauses {
			if p.from <= day && day <= p.to {
				return true
			}
		}
		return false
	}
	if l.unit == "" {
		for day = from; ; day++ {
			_, m, dd := dayOf(day).Date()
			if int(m) != l.month {
				continue
			}
			if dd == l.day || (l.month == 2 && l.day == 29 && dd == 28 && dayOf(day+1).Month() == time.March) {
				return day, true
			}
		}
	}
	left, counts := l.n, func(int) (bool, bool) { return true, true }
	day = from
	switch l.unit {
	case calendar.Workday:
		counts = func(day int) (bool, bool) {
			if !d.known(day) {
				return false, false
			}
			return d.isWorked(day), true
		}
	case calendar.Month:
		y, m, dd := dayOf(from).Date()
		end := time.Date(y, m+time.Month(l.n), 1, 0, 0, 0, 0, time.UTC) // first of the month
		for next := end.AddDate(0, 0, 1); next.Month() == end.Month() && end.Day() < dd; next = next.AddDate(0, 0, 1) {
			end = next
		}
		day, left = numberOf(end), 0
		for n := from + 1; n <= day; n++ {
			if paused(n) {
				left++
			}
		}
	}
	for left > 0 {
		day++
		if paused(day) {
			continue
		}
		yes, known := counts(day)
		if !known {
			return 0, false
		}
		if yes {
			left--
		}
	}
	return day, true
}

// cases is how many random cases to try: n, or a twentieth of it in a short run.
// The tests of this file try 120 000 together.
func cases(t *testing.T, n int) int {
	t.Helper()
	if testing.Short() {
		return n / 20
	}
	return n
}

func fromNumber(t testing.TB, n int) calendar.Date {
	t.Helper()
	d, err := calendar.NewDate(dayOf(n).Date())
	require.NoError(t, err)
	return d
}

func TestAddAndBetweenAgreeWithDayByDay(t *testing.T) {
	d, cal := readDumb(t), china.Calendar()
	rng := rand.New(rand.NewPCG(1, 1))
	unknown := 0
	for range cases(t, 30_000) {
		from, n := rng.IntN(lastDumbDay+20), rng.IntN(401)-200
		want, ok := d.add(from, n)
		got, err := cal.AddWorkdays(fromNumber(t, from), n)
		if !ok {
			require.ErrorIs(t, err, calendar.ErrUnknownYear, "%s %+d", dayOf(from), n)
			unknown++
			continue
		}
		require.NoError(t, err)
		require.Equal(t, fromNumber(t, want), got, "%s %+d", dayOf(from), n)
		between, err := cal.WorkdaysBetween(fromNumber(t, from), got)
		require.NoError(t, err)
		require.Equal(t, n, between, "between is the inverse of add")
	}
	require.Positive(t, unknown)
	for range cases(t, 20_000) {
		a, b := 1+rng.IntN(lastDumbDay), 1+rng.IntN(lastDumbDay)
		want := 0
		for n := a + 1; n <= b; n++ {
			if d.isWorked(n) {
				want++
			}
		}
		for n := b; n < a; n++ {
			if d.isWorked(n) {
				want--
			}
		}
		got, err := cal.WorkdaysBetween(fromNumber(t, a), fromNumber(t, b))
		require.NoError(t, err)
		require.Equal(t, want, got, "%s to %s", dayOf(a), dayOf(b))
	}
}

func TestClocksAgreeWithDayByDay(t *testing.T) {
	d, cal := readDumb(t), china.Calendar()
	rng := rand.New(rand.NewPCG(2, 2))
	length := func(most int) (calendar.Length, dumbLength) {
		switch n := rng.IntN(most); rng.IntN(7) {
		case 0, 1:
			return calendar.Days(n), dumbLength{n: n, unit: calendar.Day}
		case 2, 3:
			return calendar.Workdays(n), dumbLength{n: n, unit: calendar.Workday}
		case 4, 5:
			return calendar.Months(n / 10), dumbLength{n: n / 10, unit: calendar.Month}
		default:
			m := 1 + rng.IntN(12)
			day := 1 + rng.IntN([]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1])
			return calendar.On(time.Month(m), day), dumbLength{month: m, day: day}
		}
	}
	unknown, moved := 0, 0
	for range cases(t, 50_000) {
		start := 1 + rng.IntN(lastDumbDay)
		if rng.IntN(4) == 0 { // the ends of months, leap days among them
			day := dayOf(start)
			start = max(1, numberOf(time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC)))
		}
		limit, dl := length(80)
		clock := calendar.Timer{Start: fromNumber(t, start), Rule: calendar.Rule{Length: limit}}
		var pauses []dumbPause
		for range rng.IntN(4) {
			from := start - 5 + rng.IntN(120)
			to := from + rng.IntN(25)
			if from < 1 {
				continue
			}
			pauses = append(pauses, dumbPause{from, to})
			clock.Pauses = append(clock.Pauses, calendar.Pause{From: fromNumber(t, from), To: fromNumber(t, to)})
		}
		want, ok := d.leg(start, dl, pauses)
		for range rng.IntN(3) {
			by, de := length(20)
			clock.Extensions = append(clock.Extensions, calendar.Extension{By: by})
			if ok {
				want, ok = d.leg(want, de, pauses)
			}
		}
		if rng.IntN(2) == 0 {
			clock.Rule.Roll = calendar.RollNext
			for ok {
				if ok = d.known(want); !ok || d.isWorked(want) {
					break
				}
				want++
			}
		}
		got, trace, err := clock.Explain(cal)
		if !ok {
			require.ErrorIs(t, err, calendar.ErrUnknownYear, "%+v", clock)
			unknown++
			continue
		}
		require.NoError(t, err, "%+v", clock)
		require.Equal(t, fromNumber(t, want), got, "%+v", clock)
		require.Equal(t, got, trace[len(trace)-1].Date, "the trace ends on the due date")
		plain, err := clock.Due(cal)
		require.NoError(t, err)
		require.Equal(t, got, plain)
		moved++
	}
	require.Positive(t, unknown)
	require.Positive(t, moved)
}

// Calendars with any weekend and any days, given in full, over their whole
// range.
func TestCalendarsGivenInFullAgreeWithDayByDay(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for range cases(t, 200) {
		spec := calendar.Spec{Name: "own", Weekend: []time.Weekday{}, Complete: true}
		off := map[time.Weekday]bool{}
		for _, w := range rng.Perm(7)[:rng.IntN(7)] {
			spec.Weekend = append(spec.Weekend, time.Weekday(w))
			off[time.Weekday(w)] = true
		}
		listed := map[int]bool{}
		for range rng.IntN(60) {
			n := 1 + rng.IntN(400)
			if _, twice := listed[n]; twice {
				continue
			}
			kind := calendar.Off
			if listed[n] = rng.IntN(2) == 0; listed[n] {
				kind = calendar.Work
			}
			spec.Days = append(spec.Days, calendar.ListedDay{Date: fromNumber(t, n), Kind: kind})
		}
		worked := func(n int) bool {
			if works, ok := listed[n]; ok {
				return works
			}
			return !off[dayOf(n).Weekday()]
		}
		cal, err := calendar.New(spec)
		require.NoError(t, err)
		for range 100 {
			from, n := rng.IntN(600)-100, rng.IntN(61)-30
			want, left, step := from, n, 1
			if n < 0 {
				left, step = -n, -1
			}
			for left > 0 {
				if want += step; worked(want) {
					left--
				}
			}
			got, err := cal.AddWorkdays(fromNumber(t, from), n)
			require.NoError(t, err)
			require.Equal(t, fromNumber(t, want), got, "%+v: %s %+d", spec, dayOf(from), n)
			works, err := cal.IsWorkday(fromNumber(t, from))
			require.NoError(t, err)
			require.Equal(t, worked(from), works)
		}
	}
}
