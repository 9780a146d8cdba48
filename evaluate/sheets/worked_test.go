package sheets_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/evaluate/sheets"
)

// worked is one example: a card and what the sheet's text gives for it, worked
// out by its publisher or by hand from its published points.
type worked struct {
	Sheet   string
	Kind    string
	Started rubric.Started
	Card    json.RawMessage
	Want    struct {
		Status                                 evaluate.Status
		Why, Total, Base, Bonus, Penalty, Band string
		Subtotals                              map[string]string
	}
}

func TestWorkedExamplesComeOutExactly(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/worked_examples.json")
	require.NoError(t, err)
	var examples []worked
	require.NoError(t, json.Unmarshal(raw, &examples))
	covered := map[string]bool{}
	for _, ex := range examples {
		t.Run(ex.Sheet+"/"+ex.Kind, func(t *testing.T) {
			o := scoreWorked(t, ex)
			if ex.Want.Status == "" {
				ex.Want.Status = evaluate.Final
			}
			require.Equal(t, ex.Want.Status, o.Status, o.Reasons)
			if ex.Want.Why != "" {
				require.Equal(t, ex.Want.Why, o.Reasons[0].Code)
			}
			for _, part := range []struct {
				want string
				got  points.Points
			}{{ex.Want.Total, o.Total}, {ex.Want.Base, o.Base}, {ex.Want.Bonus, o.Bonus}, {ex.Want.Penalty, o.Penalty}} {
				if part.want != "" {
					require.Equal(t, part.want, part.got.String())
				}
			}
			if ex.Want.Band != "" {
				require.Equal(t, ex.Want.Band, o.Band)
			}
			for path, want := range ex.Want.Subtotals {
				got, err := o.Subtotal(path)
				require.NoError(t, err)
				require.Equal(t, want, got.String(), path)
			}
		})
		covered[ex.Sheet] = true
	}
	for _, name := range sheets.Names() {
		require.True(t, covered[name] || name == "yanbian_handling_2022", "%s has no worked example", name)
	}
}

func scoreWorked(t *testing.T, ex worked) evaluate.Outcome {
	t.Helper()
	r, err := sheets.Rubric(ex.Sheet)
	require.NoError(t, err)
	if ex.Started != "" {
		for i := range r.Criteria {
			for j := range r.Criteria[i].Items {
				if s := r.Criteria[i].Items[j].Rule.Shortfall; s != nil {
					s.Started = ex.Started
				}
			}
		}
	}
	s, err := evaluate.Compile(r)
	require.NoError(t, err)
	card, err := evaluate.DecodeCard(ex.Card)
	require.NoError(t, err)
	o, err := s.Score(card)
	require.NoError(t, err)
	return o
}
