package workflow_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar/china"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// What is entered late says both when it happened and when it was written down;
// the second is the engine's to say.
func TestAnActHasTheTimeItHappenedAndTheTimeItWasRecorded(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2024, 3, 8, 9, 0, 0, 0, time.UTC)
	e := engine(t, memory.New(), vocabulary(desk()), workflow.WithNow(func() time.Time { return now }))
	filed := time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC)
	c, err := e.Open(ctx, clerk, "b", note{As: workflow.Opening}, workflow.Happened(filed))
	require.NoError(t, err)
	_, err = e.Do(ctx, clerk, c.ID, note{As: "take"})
	require.NoError(t, err)

	history, err := e.History(ctx, c.ID)
	require.NoError(t, err)
	require.Equal(t, []time.Time{filed, now}, []time.Time{history[0].At, history[0].Recorded})
	require.Equal(t, []time.Time{now, {}}, []time.Time{history[1].At, history[1].Recorded}, "recorded as it happened")
	broken, err := e.Verify(ctx, c.ID)
	require.NoError(t, err)
	require.Empty(t, broken)
}

func TestHowFarAheadAnActMayBeDatedIsAnOption(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		options []workflow.Option
		ahead   time.Duration
		refused bool
	}{
		"a day, unless said otherwise": {nil, 24 * time.Hour, false},
		"no more":                      {nil, 24*time.Hour + 1, true},
		"a week":                       {[]workflow.Option{workflow.WithMostAhead(7 * 24 * time.Hour)}, 6 * 24 * time.Hour, false},
		"nothing":                      {[]workflow.Option{workflow.WithMostAhead(0)}, 1, true},
	} {
		e := engine(t, memory.New(), vocabulary(desk()), tc.options...)
		_, err := e.Open(ctx, clerk, "b", note{As: workflow.Opening}, workflow.Happened(now.Add(tc.ahead)))
		if tc.refused {
			require.Equal(t, []string{"at", "future"}, refusal(t, err), name)
			continue
		}
		require.NoError(t, err, name)
	}
	_, err := workflow.New(memory.New(), vocabulary(desk()), workflow.WithMostAhead(-1))
	require.Equal(t, []string{"options", "out_of_range"}, refusal(t, err))
}

// Without bodies the dates are those of the calendar's country: seven in the
// morning in Chongqing is the day before in UTC.
func TestWithoutBodiesDatesAreInTheTimeOfTheCalendar(t *testing.T) {
	d := desk()
	d.Limits = []lifecycle.Limit{{Key: "note", For: "clerk", In: []string{"new"}, Length: "5 days"}}
	morning := workflow.WithNow(func() time.Time { return time.Date(2024, 3, 3, 23, 0, 0, 0, time.UTC) })
	paris, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	tree, err := workflow.NewTree(workflow.Body{ID: "b", Zone: paris})
	require.NoError(t, err)
	for name, tc := range map[string]struct {
		options []workflow.Option
		start   string
	}{
		"no calendar":              {nil, "2024-03-03"},
		"China's":                  {[]workflow.Option{workflow.WithCalendar("", china.Calendar())}, "2024-03-04"},
		"a body of a zone its own": {[]workflow.Option{workflow.WithCalendar("", china.Calendar()), workflow.WithTree(tree)}, "2024-03-04"},
	} {
		c := opened(t, engine(t, memory.New(), vocabulary(d), append(tc.options, morning)...))
		require.Equal(t, tc.start, c.Clocks[0].Start.String(), name)
	}
	e := engine(t, memory.New(), vocabulary(d), workflow.WithCalendar("", china.Calendar()), workflow.WithTree(tree))
	require.Equal(t, paris, e.Zone("b"))
}
