package lifecycle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// inspected is sound() with a state "inspected" like in_hand, and one like that.
func inspected() lifecycle.Definition {
	d := sound()
	d.States = append(d.States, lifecycle.State{Key: "inspected", Like: "in_hand"}, lifecycle.State{Key: "once_more", Like: "inspected", Is: "second"})
	d.Transitions = append(d.Transitions,
		lifecycle.Transition{Event: "inspect", From: []string{"in_hand"}, To: "inspected", Roles: []string{"office"}},
		lifecycle.Transition{Event: "inspect", From: []string{"inspected"}, To: "once_more", Roles: []string{"office"}})
	return d
}

func TestWhatIsAllowedInAStateIsAllowedInOneLikeIt(t *testing.T) {
	m := machine(t, inspected())
	for _, state := range []string{"inspected", "once_more"} {
		for _, event := range m.Allowed("in_hand") {
			if event != "inspect" {
				require.True(t, m.Can(state, event), "%s from %s", event, state)
			}
		}
		supervise, ok := m.Track("supervision").Transition("off", "supervise")
		require.True(t, ok)
		require.Contains(t, supervise.While, state)
		require.Equal(t, "handling", m.Stage(state, nil))
		require.Equal(t, "supervision", m.Stage(state, map[string]string{"supervision": "on"}))
		require.Contains(t, m.Limits()[0].In, state, "the limit goes on")
		require.Len(t, m.Autos(state), 1)
	}
	require.Equal(t, []string{"in_hand", "inspected"}, m.Limits()[0].In[:2])
}

func TestAStateLikeAnotherStaysWhereTheOtherStays(t *testing.T) {
	m := machine(t, inspected())
	for from, to := range map[string]string{"in_hand": "in_hand", "inspected": "inspected", "once_more": "once_more", "closed": "in_hand"} {
		got, ok := m.Transition(from, "note")
		require.True(t, ok)
		require.Equal(t, to, got.To, "a note in %s", from)
	}
}

func TestATransitionOfItsOwnWinsAndWhatLeadsToItIsNotInherited(t *testing.T) {
	m := machine(t, inspected())
	own, ok := m.Transition("inspected", "inspect")
	require.True(t, ok)
	require.Equal(t, "once_more", own.To)
	again, ok := m.Transition("once_more", "inspect")
	require.True(t, ok, "from in_hand, by way of inspected: not from inspected itself")
	require.Equal(t, "inspected", again.To)
}

func TestMeaningIsStatedOrTakenOver(t *testing.T) {
	m := machine(t, inspected())
	require.Equal(t, "in_hand", m.Means("in_hand"), "without is and like the key")
	require.Equal(t, "in_hand", m.Means("inspected"))
	require.Equal(t, "second", m.Means("once_more"))
	require.Equal(t, "answered", m.Track("part").Means("done"))
	require.Equal(t, "nowhere", m.Means("nowhere"))
}

func TestADefinitionKeepsItsLikesAsWritten(t *testing.T) {
	d := inspected()
	require.Equal(t, d, machine(t, d).Definition())
	before := d.Fingerprint()
	d.States[3].Like = "draft"
	require.NotEqual(t, before, d.Fingerprint(), "what a state is like bears on behaviour")
	d = inspected()
	d.Roles = nil
	require.Equal(t, before, d.Fingerprint(), "a declared role does not")
}

func TestTheMachineFiresWhatIsInherited(t *testing.T) {
	m := machine(t, inspected())
	for _, s := range m.Definition().States {
		for _, event := range m.Allowed(s.Key) {
			want, ok := m.Transition(s.Key, event)
			require.True(t, ok)
			got, err := m.Fire(t.Context(), s.Key, event)
			require.NoError(t, err)
			require.Equal(t, want.To, got)
		}
	}
}
