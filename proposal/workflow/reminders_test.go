package workflow_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// wall is an engine whose clock on the wall a test moves.
type wall struct {
	*workflow.Engine[*ticket, manners]
	t   *testing.T
	now time.Time
}

// under makes an engine of the desk with these limits, at nine on 4 March 2024.
func under(t *testing.T, change func(*lifecycle.Definition), limits ...lifecycle.Limit) *wall {
	t.Helper()
	d := desk()
	d.Limits = limits
	if change != nil {
		change(&d)
	}
	w := &wall{t: t, now: time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC)}
	w.Engine = engine(t, memory.New(), vocabulary(d), workflow.WithNow(func() time.Time { return w.now }))
	return w
}

func (w *wall) at(day string) *wall {
	w.t.Helper()
	form := time.DateOnly + " 15:04"
	if !strings.Contains(day, " ") {
		day += " 09:00"
	}
	now, err := time.Parse(form, day)
	require.NoError(w.t, err)
	w.now = now
	return w
}

func (w *wall) do(c *ticket, as string) *ticket {
	w.t.Helper()
	c, err := w.Do(context.Background(), clerk, c.ID, note{As: as})
	require.NoError(w.t, err)
	return c
}

// sweep returns the days of what a sweep crosses, as kind@day.
func (w *wall) sweep() []string {
	w.t.Helper()
	crossed, err := w.Sweep(context.Background(), w.now)
	require.NoError(w.t, err)
	var days []string
	for _, x := range crossed {
		days = append(days, string(x.Alarm.Kind)+"@"+x.Alarm.On.String())
	}
	return days
}

// daily sweeps every morning up to a day and returns all that was crossed.
func (w *wall) daily(until string) []string {
	w.t.Helper()
	last, err := time.Parse(time.DateOnly, until)
	require.NoError(w.t, err)
	var days []string
	for ; w.now.Before(last.AddDate(0, 0, 1)); w.now = w.now.AddDate(0, 0, 1) {
		days = append(days, w.sweep()...)
	}
	return days
}

func urging(every string, more func(*lifecycle.Reminder)) lifecycle.Limit {
	r := lifecycle.Reminder{Every: every, Do: []lifecycle.Reaction{{Do: lifecycle.DoUrge, Role: "clerk"}}}
	if more != nil {
		more(&r)
	}
	return lifecycle.Limit{Key: "note", For: "clerk", In: []string{"new"}, Length: "5 days", Remind: []lifecycle.Reminder{r}}
}

// Urged every week until it is done: before the day, after it, or both.
func TestRemindersRepeatUntilDone(t *testing.T) {
	for name, tc := range map[string]struct {
		limit lifecycle.Limit
		want  []string
	}{
		"up to the due day": {urging("3 days", nil), []string{"reminder@2024-03-07", "overdue@2024-03-10"}},
		"after it": {
			urging("7 days", func(r *lifecycle.Reminder) { r.After = "due" }),
			[]string{"overdue@2024-03-10", "reminder@2024-03-16", "reminder@2024-03-23", "reminder@2024-03-30"},
		},
		"from the start": {
			urging("7 days", func(r *lifecycle.Reminder) { r.Until = "done" }),
			[]string{"overdue@2024-03-10", "reminder@2024-03-11", "reminder@2024-03-18", "reminder@2024-03-25"},
		},
	} {
		w := under(t, nil, tc.limit)
		c := opened(t, w.Engine)
		require.Equal(t, tc.want, w.daily("2024-03-31"), name)
		w.do(c, "take")
		require.Empty(t, w.daily("2024-04-30"), name+", done")
	}
}

// After an outage one urge goes out, or each of them where the definition says so.
func TestMissedRemindersCoalesce(t *testing.T) {
	ctx := context.Background()
	limit := urging("1 day", nil)
	limit.Length = "20 days"
	w := under(t, nil, limit)
	opened(t, w.Engine)
	require.Equal(t, []string{"reminder@2024-03-05"}, w.daily("2024-03-05"))
	crossed, err := w.Sweep(ctx, time.Date(2024, 3, 12, 9, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.Len(t, crossed, 1)
	require.Equal(t, "2024-03-12", crossed[0].Alarm.On.String())
	require.Equal(t, 6, crossed[0].Missed)
	require.Equal(t, []lifecycle.Reaction{{Do: lifecycle.DoUrge, Role: "clerk"}}, crossed[0].Do)
	require.Equal(t, []string{"reminder@2024-03-13"}, w.at("2024-03-13").sweep())

	limit.Remind[0].Missed = lifecycle.MissedEach
	w = under(t, nil, limit)
	opened(t, w.Engine)
	require.Len(t, w.at("2024-03-11").sweep(), 7)
	require.Empty(t, w.sweep())
}

// again is a limit that "note" starts and "take" meets.
func again(stand string) lifecycle.Limit {
	return lifecycle.Limit{
		Key: "note", For: "clerk", Start: []string{"note"}, Stop: []string{"take"}, Length: "5 days", Again: stand,
		Overdue: []lifecycle.Reaction{{Do: lifecycle.DoUrge, Role: "clerk"}},
	}
}

func TestASecondStartRestartsOrLetsTheFirstStand(t *testing.T) {
	for stand, due := range map[string]string{"": "2024-03-11", lifecycle.AgainStand: "2024-03-09"} {
		w := under(t, nil, again(stand))
		c := w.do(opened(t, w.Engine), "note")
		require.Equal(t, "2024-03-09", c.Clocks[0].Due.String())
		c = w.at("2024-03-06").do(c, "note")
		require.Equal(t, due, c.Clocks[0].Due.String(), "again: %q", stand)
	}
}

// What is due anew is reminded of anew, however often: what has been crossed is
// known from the case, and never from a command that somebody else could use up.
func TestWhatIsDueAnewIsRemindedOfAnew(t *testing.T) {
	limit := again("")
	limit.Stop = []string{"put"}
	w := under(t, func(d *lifecycle.Definition) {
		d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "put", From: []string{"new"}, To: "new", Roles: []string{"clerk"}})
	}, limit)
	c := w.do(opened(t, w.Engine), "note")
	for _, day := range []string{"2024-04-01", "2024-05-20", "2024-06-20"} {
		require.Len(t, w.daily(day), 1, day)
		w.do(c, "put")
		require.Empty(t, w.daily(day), day)
		w.do(c, "note")
	}
}

// A case that has come to its end has no deadlines, unless the limit is beyond it.
func TestWhatHasEndedHasNoDeadlines(t *testing.T) {
	ctx := context.Background()
	for beyond, overdue := range map[bool]int{false: 0, true: 1} {
		limit := lifecycle.Limit{Key: "note", For: "clerk", Start: []string{"note"}, Stop: []string{"raise"}, Length: "5 days", Beyond: beyond}
		w := under(t, nil, limit)
		c := w.do(w.do(w.do(opened(t, w.Engine), "note"), "take"), "finish")
		require.Equal(t, !beyond, c.Clocks[0].Lapsed)
		late, err := w.Overdue(ctx, w.now.AddDate(0, 1, 0))
		require.NoError(t, err)
		require.Len(t, late, overdue)
		readings, err := w.Readings(c, w.now)
		require.NoError(t, err)
		require.Equal(t, beyond, readings[0].State.Phase != "lapsed")
	}
	relieved := lifecycle.Limit{Key: "note", For: "clerk", Start: []string{"note"}, Stop: []string{"raise"}, Lapse: []string{"take"}, Length: "5 days"}
	w := under(t, nil, relieved)
	c := w.do(w.do(opened(t, w.Engine), "note"), "take")
	require.Equal(t, []bool{false, true}, []bool{c.Clocks[0].Running(), c.Clocks[0].Lapsed})
}
