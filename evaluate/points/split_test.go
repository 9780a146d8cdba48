package points_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/points"
)

func TestCreditSplitsSumToTheWhole(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(31, 32))
	for range 3000 {
		whole, n := points.Points(rng.Int64N(1_000_000)), 1+rng.IntN(9)
		split := points.CreditSplit{}
		if rng.IntN(2) == 0 {
			split.Lead = &points.Ratio{Num: rng.Int64N(4), Den: 3}
			if split.Lead.Num > 3 {
				continue
			}
		}
		parts, err := split.Split(whole, n)
		require.NoError(t, err)
		sum, err := points.Sum(parts...)
		require.NoError(t, err)
		require.Equal(t, whole, sum)
		for _, p := range parts[1:] {
			require.Equal(t, parts[len(parts)-1], p, "the others share equally")
			require.GreaterOrEqual(t, p, points.Points(0))
		}
		if n == 1 {
			require.Equal(t, whole, parts[0])
		}
	}
	for _, bad := range []func() ([]points.Points, error){
		func() ([]points.Points, error) { return points.CreditSplit{}.Split(1, 0) },
		func() ([]points.Points, error) { return points.CreditSplit{}.Split(-1, 1) },
		func() ([]points.Points, error) {
			return points.CreditSplit{Lead: &points.Ratio{Num: 3, Den: 2}}.Split(1, 2)
		},
	} {
		_, err := bad()
		require.ErrorIs(t, err, points.ErrInvalid)
	}
}

func ExampleCreditSplit_Split() {
	half := points.CreditSplit{Lead: &points.Ratio{Num: 1, Den: 2}}
	parts, _ := half.Split(25*points.One, 5)
	fmt.Println(parts)
	// Output: [12.5 3.125 3.125 3.125 3.125]
}
