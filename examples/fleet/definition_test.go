package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// The first program and the second run side by side; cases stay on the definition
// under which they began, and the new one is there when it is adopted.
func TestADeploymentGoesByAdoption(t *testing.T) {
	st := memory.New()
	first, err := newService(st, firstProgram)
	require.NoError(t, err)
	second, err := newService(st, secondProgram)
	require.NoError(t, err)
	member, _ := somebody("xiushan.member")
	for _, service := range []*proposal.Service{first, second} {
		p, err := service.Engine.Open(t.Context(), member, "xiushan", way(0)[0].action)
		require.NoError(t, err)
		require.Equal(t, pinned(firstProgram), p.Definition.Name+"@1")
		require.Equal(t, firstProgram, p.Definition.Version)
	}
	director, _ := somebody(city + ".administrator")
	adopted, err := second.Adopt(t.Context(), director, city, workflow.Adopt{Use: pinned(secondProgram)})
	require.NoError(t, err)
	later, err := newService(st, secondProgram)
	require.NoError(t, err)
	p, err := later.Engine.Open(t.Context(), member, "xiushan", way(0)[0].action, workflow.Happened(adopted.Holds))
	require.NoError(t, err)
	require.Equal(t, secondProgram, p.Definition.Version)
	_, err = first.Do(t.Context(), member, p.ID, proposal.Submit{}, workflow.Happened(adopted.Holds))
	require.ErrorIs(t, err, workflow.ErrDefinition, "an old program does nothing to what it does not know")
	for _, s := range way(0)[1:] {
		who, _ := somebody("xiushan." + s.as)
		p, err = later.Do(t.Context(), who, p.ID, s.action, workflow.Happened(adopted.Holds))
		require.NoError(t, err, s.action.Event())
	}
	require.Equal(t, "archived", p.State)
}
