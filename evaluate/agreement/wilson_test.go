package agreement_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/agreement"
)

// R 4, package binom, binom.confint(method = "wilson"), as recorded in the test
// results of statsmodels (results_proportion.py).
func TestWilsonAgreesWithR(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		x, n      int
		low, high float64
	}{
		{18, 20, 0.6989663547715128, 0.972133518786232}, {4, 20, 0.0806576625797981, 0.4160174322518935},
		{4, 200, 0.00780442641634947, 0.05028708690582643}, {190, 200, 0.910421851861224, 0.972617354399236},
		{1, 30, 0.00590859, 0.16670391}, {29, 30, 0.8332961, 0.9940914}, {30, 30, 0.8864866, 1},
	} {
		got, err := agreement.WilsonConfidence(c.x, c.n, 0.95)
		require.NoError(t, err)
		low, _ := got.Low.Float()
		high, _ := got.High.Float()
		require.InDelta(t, c.low, low, 1e-7, "%d/%d", c.x, c.n)
		require.InDelta(t, c.high, high, 1e-7, "%d/%d", c.x, c.n)
	}
}
