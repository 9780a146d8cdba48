package workflow_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Whoever may add to a case is told when less than a quarter of a share is left for
// them, by their own share or by the room of all; those who run it have no share.
func TestLittleRoomIsToldBeforeThereIsNone(t *testing.T) {
	ctx := context.Background()
	d := desk()
	d.Roles = []lifecycle.Role{{Key: "chief"}}
	d.Transitions[2].Roles = append(d.Transitions[2].Roles, "chief")
	v := vocabulary(d)
	v.Runs = []string{"chief"}
	e := engine(t, memory.New(), v, workflow.WithRoom(workflow.Room{All: 1600, Handlers: 1600, Runners: 2000, Share: 1000}))
	c := opened(t, e)
	runner := workflow.Actor{ID: "boss", Body: "b", Roles: []string{"chief"}}
	write := func(who workflow.Actor, length int) error {
		done, err := e.Do(ctx, who, c.ID, note{As: "note", apply: func(_ *workflow.Act[manners], c *ticket) error {
			c.Notes = []string{strings.Repeat("x", length)}
			return nil
		}})
		if err == nil {
			c = done
		}
		return err
	}
	told := func(who workflow.Actor) string {
		t.Helper()
		choices, err := e.Choices(ctx, who, c.ID)
		require.NoError(t, err)
		for _, choice := range choices {
			if choice.Event == "note" {
				if len(choice.Warnings) == 0 {
					return ""
				}
				require.Len(t, choice.Warnings, 1)
				require.Equal(t, "little_room", choice.Warnings[0].Code)
				return choice.Warnings[0].EN
			}
		}
		t.Fatal("there is no choice")
		return ""
	}
	require.NoError(t, write(clerk, 100))
	around := c.Added[0] - 100
	require.NoError(t, write(clerk, 750-around))
	require.Equal(t, 750, c.Added[0])
	require.Empty(t, told(clerk), "a quarter is left")
	require.NoError(t, write(clerk, 751-around))
	require.Equal(t, "249 bytes are left to add to the case", told(clerk))
	require.Empty(t, told(runner), "who runs a case has no share")
	require.NoError(t, write(clerk, 1000-around))
	require.Equal(t, "0 bytes are left to add to the case", told(clerk))
	require.Equal(t, []string{"share_used"}, refusal(t, write(clerk, 1001-around)))
	require.NoError(t, write(runner, 1500))
	require.Contains(t, told(runner), "bytes are left to add to the case", "nor more room than there is")
	require.Equal(t, "0 bytes are left to add to the case", told(workflow.Actor{ID: "new", Body: "b", Roles: []string{"clerk"}}), "of a case that is full for all")
}
