package appraisal_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/evaluate/sheets"
)

// Published sheets whose worked examples are made of facts alone go through whole
// rounds and come to their printed totals.
func TestPublishedSheetsComeToTheirPrintedTotalsInRounds(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("..", "sheets", "testdata", "worked_examples.json"))
	require.NoError(t, err)
	var examples []struct {
		Sheet, Started string
		Card           json.RawMessage
		Want           struct{ Status, Total, Band string }
	}
	require.NoError(t, json.Unmarshal(raw, &examples))
	run := map[string]bool{}
	for _, ex := range examples {
		card, err := evaluate.DecodeCard(ex.Card)
		require.NoError(t, err)
		if len(card.Ballots)+len(card.Sessions)+len(card.Aggregates)+len(card.Nested) > 0 || ex.Started != "" || ex.Want.Status != "" || ex.Want.Total == "" || len(card.Facts) == 0 {
			continue
		}
		run[ex.Sheet] = true
		a := announcement(t)
		a.Rubric, err = sheets.Source(ex.Sheet)
		require.NoError(t, err)
		a.Subjects, a.Evaluators = a.Subjects[:1], nil
		w := begin(t, a)
		var facts []appraisal.Drawn
		for _, key := range slices.Sorted(maps.Keys(card.Facts)) {
			facts = append(facts, appraisal.Drawn{Key: key, Value: card.Facts[key]})
		}
		w.do(office, appraisal.Supply{Subject: "market", Facts: facts})
		w.do(office, appraisal.Close{})
		w.do(office, appraisal.Score{})
		r := w.do(office, appraisal.Show{})
		require.Equal(t, ex.Want.Total, r.Last().Outcomes[0].Total.String(), ex.Sheet)
		if ex.Want.Band != "" {
			require.Equal(t, ex.Want.Band, r.Last().Outcomes[0].Band)
		}
		a2, err := r.Account("market", -1)
		require.NoError(t, err)
		require.Equal(t, ex.Want.Total, a2.Total)
	}
	require.GreaterOrEqual(t, len(run), 3, "%v", run)
}
