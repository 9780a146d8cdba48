package platform_test

import (
	"math/rand"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

func date(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Asked and due are what whoever counts on their fingers comes to: a month is served when
// the platform was open on a day of it; the period's number in proportion to the months
// served, a half up; due, in proportion to those that are over, rounded down.
func TestTargetsAgreeWithFingers(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(20240301)) //nolint:gosec // a test that can be repeated
	day := func() calendar.Date {
		d, err := date("2024-01-01").AddDays(r.Intn(366))
		require.NoError(t, err)
		return d
	}
	for range 300 {
		p := &platform.Platform{Since: day()}
		for range r.Intn(3) {
			b := platform.Break{From: day()}
			if r.Intn(3) > 0 {
				b.To, _ = b.From.AddDays(r.Intn(120))
			}
			p.Breaks = append(p.Breaks, b)
		}
		on := day()
		for per, months := range map[rules.Period]int{rules.PerYear: 12, rules.PerQuarter: 3, rules.PerMonth: 1} {
			n := 1 + r.Intn(12)
			targets, err := p.Targets(rules.Quota{N: n, Per: per}, on, china.Calendar())
			require.NoError(t, err)
			require.Len(t, targets, 12/months)
			for i, target := range targets {
				served, over := 0, 0
				for m := i*months + 1; m <= (i+1)*months; m++ {
					open, last := false, time.Date(2024, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
					for d := 1; d <= last; d++ {
						at, err := calendar.NewDate(2024, time.Month(m), d)
						require.NoError(t, err)
						open = open || p.Open(at)
					}
					if end, _ := calendar.NewDate(2024, time.Month(m), last); open {
						served++
						if !end.After(on) {
							over++
						}
					}
				}
				asks := int(float64(n*served)/float64(months) + 0.5)
				due := 0
				if served > 0 {
					due = asks * over / served
				}
				require.Equal(t, [2]int{asks, due}, [2]int{target.Asks, target.Due}, "%d per %s, %+v on %s", n, per, p, on)
			}
		}
	}
}

// engine is one of platforms whose day the test chooses.
func engine(t *testing.T, now *time.Time) *workflow.Engine[*platform.Platform, rules.Rules] {
	t.Helper()
	var e *workflow.Engine[*platform.Platform, rules.Rules]
	require.NoError(t, workflow.NewAll(memory.New(), []workflow.Option{
		workflow.WithNow(func() time.Time { return *now }), workflow.WithCalendar("", china.Calendar()),
	}, workflow.Into(&e, platform.Vocabulary())))
	return e
}

// What a platform is called, where it is, who convenes it and what is asked of it on a
// day does not hang on what became of it later.
func TestAPlatformAsOfADay(t *testing.T) {
	t.Parallel()
	now := at("2024-01-10")
	e := engine(t, &now)
	office := workflow.Actor{ID: "o", Body: "b", Roles: []string{"office"}}
	is := platform.Establish{Name: "站", Kind: rules.KindStation, Tier: platform.Town, Place: "一楼", Convenor: "wang", Quota: rules.Quota{N: 4, Per: rules.PerYear}}
	p, err := e.Open(t.Context(), office, "b", is)
	require.NoError(t, err)
	do := func(day string, a workflow.Action[*platform.Platform, rules.Rules]) {
		now = at(day)
		p, err = e.Do(t.Context(), office, p.ID, a)
		require.NoError(t, err)
	}
	revised := platform.Revise{Name: "站", Kind: rules.KindStation, Tier: platform.Town, Place: "二楼", Convenor: "wang", Quota: is.Quota}
	do("2024-03-01", revised)
	revised.Convenor, revised.Quota = "li", rules.Quota{N: 6, Per: rules.PerYear}
	do("2024-06-01", revised)
	do("2024-07-01", platform.Suspend{Reason: "装修"})
	do("2024-09-01", platform.Resume{})
	revised.Name = "新站"
	do("2024-10-01", revised)
	type fact struct {
		name, place, convenor string
		asks                  int
		open                  bool
	}
	for day, want := range map[string]fact{
		"2024-02-28": {"站", "一楼", "wang", 4, true}, "2024-03-01": {"站", "二楼", "wang", 4, true}, "2024-05-31": {"站", "二楼", "wang", 4, true},
		"2024-06-01": {"站", "二楼", "li", 6, true}, "2024-07-01": {"站", "二楼", "li", 6, false}, "2024-08-31": {"站", "二楼", "li", 6, false},
		"2024-09-30": {"站", "二楼", "li", 6, true}, "2024-10-01": {"新站", "二楼", "li", 6, true},
	} {
		was := p.As(date(day))
		require.Equal(t, want, fact{was.Name, was.Place, was.Convenor, was.QuotaIn(rules.Default()).N, was.Open(date(day))}, day)
	}
	require.Equal(t, "新站", p.Name, "the platform itself is as it is")
	require.False(t, p.Open(date("2024-01-09")), "not before it was in service")
}

func TestWhatAPlatformRefuses(t *testing.T) {
	t.Parallel()
	now := at("2024-01-10")
	e := engine(t, &now)
	office := workflow.Actor{ID: "o", Body: "b", Roles: []string{"office"}}
	good := platform.Establish{Name: "站", Kind: rules.KindStation, Tier: platform.Town, Convenor: "wang"}
	for field, spoil := range map[string]func(*platform.Establish){
		"name":       func(e *platform.Establish) { e.Name = "" },
		"kind":       func(e *platform.Establish) { e.Kind = "boat" },
		"tier":       func(e *platform.Establish) { e.Tier = "moon" },
		"convenor":   func(e *platform.Establish) { e.Convenor = "" },
		"members[1]": func(e *platform.Establish) { e.Members = []string{"a", "a"} },
		"wall[0]":    func(e *platform.Establish) { e.Wall = []string{""} },
		"quota":      func(e *platform.Establish) { e.Quota = rules.Quota{N: 0, Per: rules.PerYear} },
		"quota.on":   func(e *platform.Establish) { e.Quota = rules.Quota{Per: rules.PerDuty, On: []rules.Weekday{"moonday"}} },
	} {
		spoiled := good
		spoil(&spoiled)
		_, err := e.Open(t.Context(), office, "b", spoiled)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid, field)
		require.Equal(t, field, invalid.Field, invalid.EN)
	}
	p, err := e.Open(t.Context(), office, "b", good)
	require.NoError(t, err)
	wang := workflow.Actor{ID: "wang", Body: "b"}
	_, err = e.Do(t.Context(), wang, p.ID, platform.LogDuty{On: date("2024-01-11")})
	require.ErrorContains(t, err, "after today")
	_, err = e.Do(t.Context(), wang, p.ID, platform.LogDuty{Received: 2})
	require.NoError(t, err)
	_, err = e.Do(t.Context(), wang, p.ID, platform.LogDuty{Received: 3})
	require.ErrorContains(t, err, "there already")
	_, err = e.Do(t.Context(), workflow.Actor{ID: "x", Body: "b", Roles: []string{"member"}}, p.ID, platform.LogDuty{})
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = e.Do(t.Context(), wang, p.ID, platform.Suspend{Reason: "我不干了"})
	require.ErrorIs(t, err, workflow.ErrDenied)
}

func at(s string) time.Time {
	at, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return at.Add(2 * time.Hour)
}
