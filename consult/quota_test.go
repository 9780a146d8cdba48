package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// backfilled enters an activity as held on a day.
func (w *world) backfilled(platform, day string) {
	w.Helper()
	a, err := w.svc.Plan(w.ctx, office, activity.Plan{Title: "停车", Form: rules.FormPlatform, Platform: platform})
	require.NoError(w, err)
	b := activity.Backfill{}
	if day != "" {
		b.On = date(day)
	}
	w.do(office, a, b)
}

func (w *world) platform(since string, q rules.Quota) *platform.Platform {
	w.Helper()
	p, err := w.svc.Establish(w.ctx, office, platform.Establish{
		Name: "台", Kind: rules.KindRoom, Tier: platform.Village, Convenor: convenor.ID, Quota: q, Since: date(since),
	})
	require.NoError(w, err)
	return p
}

func (w *world) compliance(p *platform.Platform, on string) consult.Compliance {
	w.Helper()
	report, err := w.svc.Compliance(w.ctx, "county", date(on))
	require.NoError(w, err)
	for _, c := range report {
		if c.Platform == p.ID {
			return c
		}
	}
	require.Fail(w, "not in the report")
	return consult.Compliance{}
}

// TestQuotasAreDueInProportion works the numbers out by hand, month by month.
func TestQuotasAreDueInProportion(t *testing.T) {
	t.Parallel()
	four := rules.Quota{N: 4, Per: rules.PerYear}
	quarterly := rules.Quota{N: 1, Per: rules.PerQuarter}
	for _, c := range []struct {
		name, since, on  string
		quota            rules.Quota
		held             []string
		asks, due, short int
	}{
		{"nobody is short on the first of January", "2022-01-01", "2023-01-01", four, nil, 4, 0, 0},
		{"nothing is due before March is over", "2022-01-01", "2023-03-30", four, nil, 4, 0, 0},
		{"one of four is due at the end of March", "2022-01-01", "2023-03-31", four, nil, 4, 1, 1},
		{"three at the end of September", "2022-01-01", "2023-09-30", four, nil, 4, 3, 3},
		{"opened on 2 January: a month served in part is served", "2023-01-02", "2023-12-31", four, nil, 4, 4, 4},
		{"opened in February: 4·11/12 is four to the nearest", "2023-02-01", "2023-12-31", four, nil, 4, 4, 4},
		{"opened in March: 4·10/12 is three", "2023-03-01", "2023-12-31", four, nil, 3, 3, 3},
		{"a month is a period", "2022-01-01", "2023-03-30", rules.Quota{N: 2, Per: rules.PerMonth}, []string{"2023-01-05", "2023-01-06", "2023-01-07"}, 24, 4, 2},
		{"all at the end", "2022-01-01", "2023-12-31", four, []string{"2023-02-01", "2023-02-02", "2023-02-03", "2023-12-31"}, 4, 4, 0},
		{"last year's do not count", "2022-01-01", "2023-12-31", four, []string{"2022-12-31", "2023-02-02", "2023-02-03"}, 4, 4, 2},
		{"nor those to come", "2022-01-01", "2023-06-30", four, []string{"2023-07-01"}, 4, 2, 2},
		{"opened on 2 July: 4·6/12 is two", "2023-07-02", "2023-12-31", four, []string{"2023-08-01"}, 2, 2, 1},
		{"more in one quarter does not make up for another", "2022-01-01", "2023-12-31", quarterly, []string{"2023-01-05", "2023-01-06", "2023-10-01", "2023-11-01"}, 4, 4, 2},
		{"a quarter counts when it is over", "2022-01-01", "2023-06-29", quarterly, []string{"2023-01-05"}, 4, 1, 0},
		{"two months of a quarter ask for its one", "2023-02-01", "2023-12-31", quarterly, nil, 4, 4, 4},
		{"one month of a quarter does not", "2023-03-01", "2023-12-31", quarterly, nil, 3, 3, 3},
		{"no quota asks nothing", "2022-01-01", "2023-12-31", rules.Quota{}, nil, 0, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.platform(c.since, c.quota)
			for _, day := range c.held {
				w.backfilled(p.ID, day)
			}
			got := w.compliance(p, c.on)
			require.Equal(t, [3]int{c.asks, c.due, c.short}, [3]int{got.Asks, got.Due, got.Short}, "%+v", got.Targets)
		})
	}
}

// TestDutyIsOnWorkingWednesdays: in May 2024 the Wednesdays are the 1st, a
// holiday, the 8th, 15th, 22nd and 29th; Sunday the 28th of April was worked, as
// was Saturday 11 May.
func TestDutyIsOnWorkingWednesdays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.platform("2024-05-01", rules.Quota{Per: rules.PerDuty, On: []rules.Weekday{rules.Wednesday, rules.Saturday}})
	w.on("2024-05-31")
	for _, day := range []string{"2024-05-08", "2024-05-09", "2024-05-22"} {
		_, err := w.svc.Platforms.Do(w.ctx, convenor, p.ID, platform.LogDuty{On: date(day), Received: 3})
		require.NoError(t, err)
	}
	w.backfilled(p.ID, "2024-05-11") // an activity on the day is duty too
	c := w.compliance(p, "2024-05-31")
	require.Equal(t, [2]int{5, 2}, [2]int{c.Due, c.Short}, "due on the 8th, 11th, 15th, 22nd, 29th; missed on the 15th and 29th")
	_, err := w.svc.Compliance(w.ctx, "county", date("2031-05-31"))
	require.Error(t, err, "nobody knows the holidays of 2031")
}

// TestABreakIsNotHeldAgainstAPlatform: out of service, nothing falls due.
func TestABreakIsNotHeldAgainstAPlatform(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.platform("2024-01-01", rules.Quota{N: 12, Per: rules.PerYear})
	act := func(actor consult.Actor, a workflow.Action[*platform.Platform, rules.Rules]) {
		_, err := w.svc.Platforms.Do(w.ctx, actor, p.ID, a)
		require.NoError(t, err)
	}
	w.on("2024-04-01")
	act(office, platform.Suspend{Reason: "装修"})
	w.on("2024-07-01")
	act(office, platform.Resume{})
	require.Equal(t, 9, w.compliance(p, "2024-12-31").Due, "12 months less April to June")
	act(office, platform.Suspend{Reason: "误"})
	act(office, platform.Resume{})
	require.Equal(t, 9, w.compliance(p, "2024-12-31").Due, "a break of no day is none")
	w.on("2024-10-01")
	act(office, platform.Suspend{Reason: "装修"})
	w.on("2024-11-01")
	act(office, platform.Shut{Reason: "合并"})
	c := w.compliance(p, "2024-12-31")
	require.Equal(t, 6, c.Due, "in service in January to March and July to September")
	require.False(t, c.Open)
}

// One day out of service takes nothing away.
func TestAPauseCountsFromAWholeMonthOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.platform("2024-01-01", rules.Quota{N: 4, Per: rules.PerYear})
	_, err := w.on("2024-05-06").svc.Platforms.Do(w.ctx, office, p.ID, platform.Suspend{Reason: "停电"})
	require.NoError(t, err)
	require.Equal(t, 2, w.compliance(p, "2024-05-06").Asks, "as long as it goes on it is taken to last: 4·5/12")
	_, err = w.on("2024-05-07").svc.Platforms.Do(w.ctx, office, p.ID, platform.Resume{})
	require.NoError(t, err)
	c := w.compliance(p, "2024-12-31")
	require.Equal(t, [2]int{4, 4}, [2]int{c.Asks, c.Due})
}

func TestAnUndatedActivityCountsInNoYear(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.platform("2024-01-01", rules.Quota{N: 1, Per: rules.PerYear})
	w.backfilled(p.ID, "")
	w.backfilled(p.ID, "2024-02-01")
	c := w.compliance(p, "2024-12-31")
	require.Equal(t, [2]int{1, 1}, [2]int{c.Held, c.Undated})
}

func TestQuotasThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, q := range []rules.Quota{
		{N: 4}, {N: 4, Per: "week"}, {N: 0, Per: rules.PerYear}, {N: 367, Per: rules.PerYear}, {N: -1, Per: rules.PerQuarter},
		{Per: rules.PerDuty}, {N: 1, Per: rules.PerDuty, On: []rules.Weekday{rules.Monday}}, {Per: rules.PerDuty, On: []rules.Weekday{"moonday"}},
		{Per: rules.PerDuty, On: []rules.Weekday{rules.Monday, rules.Monday}}, {N: 1, Per: rules.PerYear, On: []rules.Weekday{rules.Monday}},
	} {
		_, err := w.svc.Establish(w.ctx, office, platform.Establish{Name: "台", Kind: rules.KindRoom, Tier: platform.Town, Convenor: "c", Quota: q})
		require.ErrorIs(t, err, workflow.ErrInvalid, "%+v", q)
		own := rules.Default()
		own.Kinds[0].Quota = q
		_, err = consult.New(memory.New(), workflow.WithRules("", own))
		require.ErrorIs(t, err, workflow.ErrInvalid, "%+v", q)
	}
}
