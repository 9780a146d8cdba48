package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// An entry of event "cross" is a crossing, and never something of a place's own.
func TestADefinitionCannotNameTheEnginesOwnActs(t *testing.T) {
	for _, name := range []string{"cross", "extend", "migrate", "recount"} {
		d := desk()
		d.Transitions[0].Event = name
		_, err := workflow.New(memory.New(), vocabulary(d))
		require.Equal(t, []string{"desk@1.transitions[0].event", "reserved"}, refusal(t, err), name)

		d = desk()
		require.NotEmpty(t, d.Tracks)
		d.Tracks[0].Transitions[0].Event = name
		_, err = workflow.New(memory.New(), vocabulary(d))
		require.Equal(t, []string{"desk@1.tracks[0].transitions[0].event", "reserved"}, refusal(t, err), name)
	}
}
