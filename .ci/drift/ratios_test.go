package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const printed = `goos: linux
BenchmarkDo/draft-2        	    1000	    250000 ns/op	         3.800 x-floor	   48000 B/op
BenchmarkDo/draft-2        	    1000	    240000 ns/op	         3.500 x-floor
BenchmarkDo/floor-2        	    1000	     70000 ns/op
BenchmarkAlpha/n=1-000-2   	      10	         1.250 x-floor
PASS
`

func TestTheLeastRatioOfEachBenchmarkIsRead(t *testing.T) {
	t.Parallel()
	ratios := map[string]float64{}
	require.NoError(t, read(printed, "proposal", ratios))
	require.Equal(t, map[string]float64{"proposal BenchmarkDo/draft": 3.5, "proposal BenchmarkAlpha/n=1-000": 1.25}, ratios)
	again, err := parse(written(ratios))
	require.NoError(t, err)
	require.Equal(t, ratios, again)
	require.ErrorContains(t, read("BenchmarkDo 1 fast x-floor\n", "proposal", ratios), "fast")
}

func TestOnlyWhatHasGrownByMoreThanHalfDrifts(t *testing.T) {
	t.Parallel()
	last := map[string]float64{"a": 2, "b": 2, "gone": 1}
	lines, drifted := compare(last, map[string]float64{"a": 3, "b": 3.01, "new": 1})
	require.Equal(t, 3, drifted)
	require.Equal(t, []string{
		"    2.00     3.00  a",
		"    2.00     3.01  b  more than 1.5 times as much",
		"    1.00     0.00  gone  in the table, but not measured",
		"    0.00     1.00  new  not in the table",
	}, lines)
}

func TestATableIsReadWithItsLines(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{"1.0\n", "fast proposal BenchmarkDo\n", "1.0 \n"} {
		_, err := parse("1.00 proposal BenchmarkDo\n" + wrong)
		require.ErrorContains(t, err, "table.txt:2", "%q", wrong)
	}
}

// The table that is shipped can be read, and has something in it.
func TestTheTableIsWhole(t *testing.T) {
	t.Parallel()
	ratios, err := parse(table)
	require.NoError(t, err)
	require.NotEmpty(t, ratios)
}
