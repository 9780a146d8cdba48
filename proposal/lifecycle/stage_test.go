package lifecycle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
)

func TestStageIsTheOneInWhichACaseCounts(t *testing.T) {
	d := sound()
	d.Stages = append(d.Stages, lifecycle.Stage{Key: "returned"}, lifecycle.Stage{Key: "inspected"})
	d.Tracks[1].Over = []string{"handling", "submission"}
	d.Tracks[1].States[1].Stage = "returned"
	d.Tracks[1].States = append(d.Tracks[1].States, lifecycle.State{Key: "seen", Stage: "inspected", Final: true})
	d.Tracks[1].Transitions = append(d.Tracks[1].Transitions, lifecycle.Transition{Event: "see", From: []string{"given"}, To: "seen", Roles: []string{"leader"}})
	m := machine(t, d)
	for name, c := range map[string]struct {
		state  string
		tracks map[string]string
		want   string
	}{
		"the state's stage":                 {"draft", nil, "submission"},
		"a state of its own":                {"closed", nil, "closed"},
		"a track without a stage":           {"in_hand", map[string]string{"supervision": "off"}, "handling"},
		"a track with a stage":              {"in_hand", map[string]string{"supervision": "on"}, "supervision"},
		"a track that is not over it":       {"draft", map[string]string{"supervision": "on"}, "submission"},
		"a final state is not over":         {"closed", map[string]string{"supervision": "on", "part/a": "done"}, "closed"},
		"an instance":                       {"draft", map[string]string{"part/a": "done"}, "returned"},
		"the first instance with a stage":   {"draft", map[string]string{"part/c": "done", "part/b": "seen", "part/a": "given"}, "inspected"},
		"the first track of the definition": {"in_hand", map[string]string{"part/a": "done", "supervision": "on"}, "supervision"},
		"the next track":                    {"in_hand", map[string]string{"part/a": "done", "supervision": "off"}, "returned"},
		"a track of another name":           {"draft", map[string]string{"partial": "done", "part_x/a": "done", "par": "done"}, "submission"},
		"a state the track has not":         {"draft", map[string]string{"part/a": "gone"}, "submission"},
		"a state the machine has not":       {"gone", nil, "gone"},
	} {
		t.Run(name, func(t *testing.T) {
			for range 20 { // a map is walked in any order
				require.Equal(t, c.want, m.Stage(c.state, c.tracks))
			}
		})
	}
	require.Equal(t, "part/unit-a", lifecycle.Instance("part", "unit-a"))
	require.Equal(t, "supervision", lifecycle.Instance("supervision", ""))
}

func stageKeys(m *lifecycle.Machine) (list []string) {
	for _, s := range m.Stages() {
		list = append(list, s.Key)
	}
	return list
}

func TestStagesAreAllThatACaseMayCountIn(t *testing.T) {
	d := sound()
	m := machine(t, d)
	require.Equal(t, []string{"submission", "handling", "supervision", "closed"}, stageKeys(m))
	require.Equal(t, d.Stages[0], m.Stages()[0])
	require.Equal(t, lifecycle.Stage{Key: "closed", Label: d.States[2].Label}, m.Stages()[3], "a state of its own brings its label")
	m.Stages()[0].Key = "spoilt"
	require.Equal(t, "submission", m.Stages()[0].Key)

	d.Stages = nil
	require.Equal(t, []string{"submission", "handling", "closed", "supervision"}, stageKeys(machine(t, d)), "in the order of the states")
	d.Tracks[0].Over = nil
	require.Equal(t, []string{"submission", "handling", "closed"}, stageKeys(machine(t, d)), "a track over nothing counts nowhere")
}
