package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// Everything that is measured can be done, at sizes at which it takes no time.
func TestEveryOperationIsMeasured(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	require.Equal(t, 0, run(t.Context(), []string{"--scale", "0.02", "--json"}, &out, &errs), errs.String())
	var results []result
	require.NoError(t, json.Unmarshal(out.Bytes(), &results))
	require.Len(t, results, len(measures()))
	for _, r := range results {
		require.Len(t, r.Costs, 3, r.What)
		require.NotEmpty(t, r.Wanted, r.What)
		for _, cost := range r.Costs {
			require.GreaterOrEqual(t, cost, 0.0, r.What)
		}
	}
}

func TestTheExponentIsThatOfThePower(t *testing.T) {
	t.Parallel()
	sizes := []int{10, 100, 1000}
	for power, costs := range map[float64][]float64{0: {7, 7, 7}, 1: {20, 200, 2000}, 2: {1, 100, 10_000}} {
		require.InDelta(t, power, exponent(sizes, costs), 1e-9)
	}
	require.Zero(t, exponent([]int{5, 5}, []float64{1, 9}))
}

func TestWhatCannotBeMeasuredIsTold(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--scale", "0"}, {"extra"}, {"--what"}} {
		var out, errs bytes.Buffer
		require.Equal(t, 2, run(t.Context(), args, &out, &errs))
		require.NotEmpty(t, errs.String())
		require.Empty(t, out.String())
	}
}

func TestTheTableIsForPeople(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	require.Equal(t, 0, run(t.Context(), []string{"--scale", "0.02", "--only", "chain"}, &out, &errs))
	require.Contains(t, out.String(), "a chain of n bodies")
	require.Contains(t, out.String(), "exponent")
	require.Regexp(t, `20 → .*, 80 → .*, 320 → `, out.String())
}
