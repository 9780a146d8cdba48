package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

// BenchmarkAddWorkdays adds 60 working days. The floor is time.Time.AddDate of
// 60 calendar days, which every hand-made due date costs.
func BenchmarkAddWorkdays(b *testing.B) {
	cal, from := china.Calendar(), date(b, "2024-03-01")
	plain := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	b.Run("floor_time_AddDate", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = plain.AddDate(0, 0, 60)
		}
	})
	b.Run("workdays_60", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := cal.AddWorkdays(from, 60); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("workdays_600_back", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := cal.AddWorkdays(from, -600); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("between", func(b *testing.B) {
		b.ReportAllocs()
		to := date(b, "2024-05-29")
		for b.Loop() {
			if _, err := cal.WorkdaysBetween(from, to); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func TestCountingDoesNotAllocate(t *testing.T) {
	cal, from := china.Calendar(), date(t, "2024-03-01")
	require.Zero(t, testing.AllocsPerRun(100, func() {
		d, err := cal.AddWorkdays(from, 60)
		if err == nil {
			_, err = cal.WorkdaysBetween(d, from)
		}
		if err != nil {
			t.Error(err)
		}
	}))
}

// BenchmarkRecompute counts 100 000 clocks with a pause and an extension each,
// as after a new notice. The floor is one AddWorkdays for each of them; the
// metric x-floor is the ratio to it.
func BenchmarkRecompute(b *testing.B) {
	const clocks = 100_000
	cal, first := china.Calendar(), date(b, "2022-01-01")
	limits := []calendar.Length{calendar.Workdays(15), calendar.Months(3), calendar.Days(20), calendar.On(time.August, 31)}
	all := make([]calendar.Timer, clocks)
	for i := range all {
		start := addDays(b, first, i%1000)
		all[i] = calendar.Timer{
			Start:      start,
			Rule:       calendar.Rule{Length: limits[i%len(limits)], Cap: calendar.Months(6), Roll: calendar.RollNext},
			Pauses:     []calendar.Pause{{From: addDays(b, start, 5), To: addDays(b, start, 9)}},
			Extensions: []calendar.Extension{{By: calendar.Workdays(5)}},
		}
	}
	b.ResetTimer()
	var floor, due time.Duration
	for b.Loop() {
		begin := time.Now()
		for i := range all {
			if _, err := cal.AddWorkdays(all[i].Start, 60); err != nil {
				b.Fatal(err)
			}
		}
		floor += time.Since(begin)
		begin = time.Now()
		for i := range all {
			if _, err := all[i].Due(cal); err != nil {
				b.Fatal(err)
			}
		}
		due += time.Since(begin)
	}
	b.ReportMetric(due.Seconds()/float64(b.N), "s/100k-clocks")
	b.ReportMetric(float64(due)/float64(floor), "x-floor")
}
