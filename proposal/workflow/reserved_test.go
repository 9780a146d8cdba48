package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// An entry of event "cross" is a crossing, and never something of a place's own.
func TestADefinitionCannotNameTheEnginesOwnActs(t *testing.T) {
	for _, name := range []string{"cross", "extend", "migrate", "recount"} {
		d := desk()
		d.Transitions[0].Event = name
		_, err := workflow.New(memory.New(), vocabulary(d))
		require.ErrorIs(t, err, lifecycle.ErrDefinition)
		require.ErrorContains(t, err, "desk@1: transitions[0].event: \""+name+"\" is an act of the engine's own (reserved)")

		d = desk()
		require.NotEmpty(t, d.Tracks)
		d.Tracks[0].Transitions[0].Event = name
		_, err = workflow.New(memory.New(), vocabulary(d))
		require.ErrorContains(t, err, "tracks[0].transitions[0].event: \""+name+"\" is an act of the engine's own (reserved)")

		v := vocabulary(desk())
		v.Actions = append(v.Actions, workflow.Describe(note{As: name}, "", ""))
		_, err = workflow.New(memory.New(), v)
		require.Equal(t, "reserved", refusal(t, err)[1], name)
	}
}
