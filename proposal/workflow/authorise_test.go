package workflow_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Who may do something in one state may not do it in another where that is for others.
func TestARightHoldsInTheStatesItIsGivenFor(t *testing.T) {
	ctx := context.Background()
	d := desk()
	d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "note", From: []string{"open"}, To: "open", Roles: []string{"chief"}})
	e := engine(t, memory.New(), vocabulary(d))
	c := opened(t, e)
	boss := workflow.Actor{ID: "boss", Body: "b", Roles: []string{"chief"}}
	may := func(who workflow.Actor) bool {
		t.Helper()
		_, err := e.Do(ctx, who, c.ID, note{As: "note"})
		if err != nil {
			require.ErrorIs(t, err, workflow.ErrDenied)
		}
		return err == nil
	}
	require.Equal(t, []bool{true, false}, []bool{may(clerk), may(boss)})
	_, err := e.Do(ctx, clerk, c.ID, note{As: "take"})
	require.NoError(t, err)
	require.Equal(t, []bool{false, true}, []bool{may(clerk), may(boss)})
}

// The argument of a guard is its own: the next guard has another, and the action none.
func TestAnArgumentIsOneGuards(t *testing.T) {
	var told []string
	d := desk()
	d.Transitions[0].Guards = []string{"tell:one", "always", "tell:two"}
	v := vocabulary(d)
	v.Guards["tell"] = func(act *workflow.Act[manners], _ *ticket) []workflow.Blocker {
		told = append(told, act.Argument)
		return nil
	}
	v.Guards["always"] = v.Guards["tell"]
	e := engine(t, memory.New(), v)
	c := opened(t, e)
	_, err := e.Do(context.Background(), clerk, c.ID, note{As: "take", apply: func(act *workflow.Act[manners], _ *ticket) error {
		told = append(told, "action:"+act.Argument)
		return nil
	}})
	require.NoError(t, err)
	require.Equal(t, []string{"one", "", "two", "action:"}, told)
}

// A role that somebody has twice is one role.
func TestARoleIsHeldOnce(t *testing.T) {
	e := engine(t, memory.New(), vocabulary(desk()))
	c := opened(t, e)
	twice := workflow.Actor{
		ID: "ann", Body: "b", Roles: []string{"clerk", lifecycle.System, "clerk", "owner"},
		Grants: []workflow.Grant{{Role: "clerk", Body: "b"}, {Role: "chief", Body: "b"}, {Role: lifecycle.System, Body: "b"}, {Role: "owner", Body: "b"}},
	}
	var roles []string
	_, err := e.Do(context.Background(), twice, c.ID, note{As: "note", apply: func(act *workflow.Act[manners], _ *ticket) error {
		roles = act.Roles
		return nil
	}})
	require.NoError(t, err)
	require.Equal(t, []string{"clerk", "chief"}, roles, "and neither a relation nor the system's")
}
