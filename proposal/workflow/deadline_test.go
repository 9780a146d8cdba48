package workflow_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// On New Year's Day of a year without notice nobody can count how many working
// days a reply is late; the deadlines in calendar days are still listed, and
// the error names the clock that is not.
func TestAYearWithoutNoticeHidesOnlyTheClocksThatNeedIt(t *testing.T) {
	year, err := calendar.New(calendar.Spec{Name: "town", Notices: []calendar.Notice{{Year: 2024}}})
	require.NoError(t, err)
	d := desk()
	d.Limits = []lifecycle.Limit{
		{Key: "contact", For: "clerk", In: []string{"new"}, Length: "5 workdays"},
		{Key: "reply", For: "clerk", In: []string{"new"}, Length: "10 days"},
	}
	e := engine(t, memory.New(), vocabulary(d), workflow.WithCalendar("", year))
	first, second := opened(t, e), opened(t, e)
	require.Len(t, first.Clocks, 2)

	ctx := context.Background()
	late, err := e.Overdue(ctx, time.Date(2024, 12, 31, 9, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.Len(t, late, 4)

	late, err = e.Overdue(ctx, time.Date(2025, 1, 1, 9, 0, 0, 0, time.UTC))
	require.ErrorIs(t, err, calendar.ErrUnknownYear)
	require.ErrorContains(t, err, "contact")
	require.ErrorContains(t, err, "2025")
	require.Len(t, late, 2)
	for i, id := range []string{first.ID, second.ID} {
		require.Equal(t, []string{id, "reply", "2024-03-14"}, []string{late[i].ID, late[i].Limit, late[i].Due.String()})
		require.Equal(t, 293, late[i].State.Late)
	}
}
