package workflow_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar/china"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// An action is handed what it may not fetch: IDs that the engine gives, and the calendar
// of the case's body, or none.
func TestAnActHandsOutIDsAndTheCalendarOfTheBody(t *testing.T) {
	t.Parallel()
	e := engine(t, memory.New(), vocabulary(desk()), workflow.WithCalendar("b", china.Calendar()))
	c := opened(t, e)
	var given [2]string
	var calendars []string
	look := note{As: "note", apply: func(act *workflow.Act[manners], _ *ticket) error {
		given = [2]string{act.NewID(), act.NewID()}
		if cal := act.Calendar(); cal != nil {
			calendars = append(calendars, cal.Name())
		}
		return nil
	}}
	_, err := e.Do(context.Background(), clerk, c.ID, look)
	require.NoError(t, err)
	require.Equal(t, []string{china.Calendar().Name()}, calendars)
	require.Regexp(t, `^t-\d{4}$`, given[0], "by the engine's own WithIDs")
	require.NotEqual(t, given[0], given[1])
}
