package rates

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/points"
)

// The ten-seat example used in most descriptions of the Hare quota with
// largest remainders (e.g. Wikipedia, "Largest remainder method").
func TestApportionGivesTheTextbookSeats(t *testing.T) {
	t.Parallel()
	var votes []*big.Int
	for _, n := range []int64{47000, 16000, 15800, 12000, 6100, 3100} {
		votes = append(votes, big.NewInt(n))
	}
	seats, err := apportion(votes, 10)
	require.NoError(t, err)
	require.Equal(t, []int64{5, 2, 1, 1, 1, 0}, seats.shares)
	require.Empty(t, seats.tied)
}

func TestForcedPercentsSumToExactlyHundred(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	for range 3000 {
		counts := make([]int64, 1+rng.IntN(12))
		var sum int64
		for i := range counts {
			counts[i] = rng.Int64N(1 << rng.IntN(40))
			sum += counts[i]
		}
		places := rng.IntN(4)
		forced, err := LargestRemainder(counts, places)
		if sum == 0 {
			require.ErrorIs(t, err, points.ErrUndefined)
			continue
		}
		require.NoError(t, err)
		var total int64
		for i, s := range forced.Percents {
			units, err := strconv.ParseInt(strings.ReplaceAll(s, ".", ""), 10, 64)
			require.NoError(t, err)
			total += units
			cut, err := Rate{Count: counts[i], Base: sum}.Percent(places, points.Truncate)
			require.NoError(t, err)
			floor, err := strconv.ParseInt(strings.ReplaceAll(cut, ".", ""), 10, 64)
			require.NoError(t, err)
			require.Contains(t, []int64{floor, floor + 1}, units, "never off by more than one unit")
		}
		require.Equal(t, 100*pow10(places), total)
	}
}

func TestEqualRemaindersAtTheCutAreTold(t *testing.T) {
	t.Parallel()
	forced, err := LargestRemainder([]int64{1, 1, 1}, 0)
	require.NoError(t, err)
	require.Equal(t, []string{"34", "33", "33"}, forced.Percents)
	require.Equal(t, []int{0, 1, 2}, forced.Tied)
	_, err = LargestRemainder([]int64{1, -1}, 0)
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = LargestRemainder([]int64{1}, -1)
	require.ErrorIs(t, err, points.ErrInvalid)
}

func ExampleLargestRemainder() {
	forced, _ := LargestRemainder([]int64{46, 65, 4}, 1)
	fmt.Println(forced.Percents)
	// Output: [40.0 56.5 3.5]
}
