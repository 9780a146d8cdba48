package workflow_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// An extension that is no length, or of none, is bad input and leaves no entry:
// it is not for the case's rules to refuse.
func TestAnExtensionProlongs(t *testing.T) {
	d := desk()
	d.Limits = []lifecycle.Limit{{Key: "note", For: "clerk", In: []string{"new"}, Length: "15 days", Cap: "20 days", Extend: []string{"clerk"}}}
	e := engine(t, memory.New(), vocabulary(d))
	c := opened(t, e)
	extend := func(by calendar.Length) error {
		_, err := e.Extend(context.Background(), clerk, c.ID, clock.Extend{Limit: "note", By: by, Reason: "awaiting the experts"})
		return err
	}
	for _, by := range []calendar.Length{calendar.Days(0), calendar.Workdays(0), calendar.Months(0)} {
		require.Equal(t, []string{"by", "empty"}, refusal(t, extend(by)), by)
	}
	for _, by := range []calendar.Length{{}, calendar.Days(-1), {N: 1, Unit: "year"}, calendar.On(13, 1)} {
		require.Equal(t, []string{"by", calendar.CodeInvalidLength}, refusal(t, extend(by)), by)
	}
	require.Equal(t, []string{calendar.CodeBeyondCap}, refusal(t, extend(calendar.Days(6))))
	now, err := e.Get(context.Background(), c.ID)
	require.NoError(t, err)
	require.Equal(t, c.Hash, now.Hash)

	require.NoError(t, extend(calendar.Days(5)), "up to the cap")
	now, err = e.Get(context.Background(), c.ID)
	require.NoError(t, err)
	require.Equal(t, "2024-03-24", now.Clocks[0].Due.String())
}
