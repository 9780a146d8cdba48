package proposal_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/workflow"
)

// What a host reads from JSON is what was written, for every action; and old
// entries come back as typed values.
func TestEveryActionComesBackFromItsJSON(t *testing.T) {
	for _, e := range every {
		h := newHouse(t)
		p := h.to(e.situation, "2024-001")
		data, err := json.Marshal(e.do)
		require.NoError(t, err)
		action, err := h.Decode(e.do.Event(), data)
		require.NoError(t, err, "%T", e.do)
		require.Equal(t, e.do, action)
		h.take(p.ID, e.step)
		history, err := h.History(context.Background(), p.ID)
		require.NoError(t, err)
		for _, entry := range history {
			action, err := h.ActionOf(entry)
			require.NoError(t, err)
			require.Equal(t, entry.Event, action.Event())
		}
	}
}

// One side of a merge without the other would leave a proposal merged into one
// that does not know of it: no host can ask for it.
func TestHalfOfAMergeIsNotDecoded(t *testing.T) {
	h := newHouse(t)
	for _, event := range []string{"merge", "absorb", "release", "unmerge", "unmerge_filed"} {
		_, err := h.Decode(event, nil)
		require.Equal(t, "event inner", reasons(t, err), event)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid)
	}
	p := h.to("merged", "")
	history, err := h.History(context.Background(), p.ID)
	require.NoError(t, err)
	action, err := h.ActionOf(history[len(history)-1])
	require.NoError(t, err)
	require.Equal(t, "merge", action.Event())
}

// wordsOfOnesOwn are lists for which a body may have no terms: its people then
// write what they like.
var wordsOfOnesOwn = []string{"tiers", "supervision_forms", "themes"}

// Each action is described in Chinese and English, with every field, and where a
// field is a key its values are those of the body's rules.
func TestEveryActionIsDescribed(t *testing.T) {
	h := newHouse(t)
	keys := 0
	for _, a := range h.Actions("xiushan") {
		if a.Event == "do_not" || a.Label.ZH == "" { // of these tests
			continue
		}
		require.NotEmpty(t, a.Label.EN, a.Event)
		for _, f := range a.Fields {
			require.NotEmpty(t, f.Label.ZH, "%s.%s", a.Event, f.Name)
			require.NotEmpty(t, f.Label.EN, "%s.%s", a.Event, f.Name)
			if f.From != "" && !slices.Contains(wordsOfOnesOwn, f.From) {
				keys++
				require.NotEmpty(t, f.Values, "%s.%s", a.Event, f.Name)
			}
		}
	}
	require.Greater(t, keys, 5)
	file, ok := h.Action("file", "xiushan")
	require.True(t, ok)
	require.Equal(t, "立案", file.Label.ZH)
	_, ok = h.Action("fly away", "xiushan")
	require.False(t, ok)
}
