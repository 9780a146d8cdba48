package ranking_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/ranking"
)

// TestTheOrderOfTheInputDecidesNothing ranks the same contenders in two orders.
func TestTheOrderOfTheInputDecidesNothing(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(81, 82))
	rules := ranking.Rules{Quotas: []ranking.Quota{
		{Key: "top", Share: &points.Ratio{Num: 1, Den: 3}}, {Key: "last", Count: 2, Bottom: true, Ties: ranking.Exclude},
	}}
	for range 500 {
		cs := make([]ranking.Contender, 1+rng.IntN(12))
		for i := range cs {
			cs[i] = ranking.Contender{
				Name: fmt.Sprint(i), League: fmt.Sprint(rng.IntN(2)),
				Marks: []points.Points{points.Points(rng.IntN(4)), points.Points(rng.IntN(2))},
			}
		}
		first, err := rules.Rank(cs)
		require.NoError(t, err)
		want := map[string]ranking.Place{}
		for i, c := range cs {
			want[c.Name] = first[i]
		}
		rng.Shuffle(len(cs), func(i, j int) { cs[i], cs[j] = cs[j], cs[i] })
		second, err := rules.Rank(cs)
		require.NoError(t, err)
		for i, c := range cs {
			require.Equal(t, want[c.Name], second[i])
		}
	}
}

func TestContendersThatCannotBeRanked(t *testing.T) {
	t.Parallel()
	for _, cs := range [][]ranking.Contender{
		{{Name: "a"}, {Name: "a"}},
		{{Name: "a", Marks: []points.Points{1}}, {Name: "b"}},
	} {
		_, err := ranking.Rules{}.Rank(cs)
		require.ErrorIs(t, err, points.ErrInvalid)
	}
	places, err := ranking.Rules{}.Rank(nil)
	require.NoError(t, err)
	require.Empty(t, places)
}

func ExampleRules_Rank() {
	best := ranking.Quota{Key: "advanced", Label: ranking.Label{Zh: "先进单位"}, Share: &points.Ratio{Num: 5, Den: 100}, Round: points.HalfUp}
	units := []ranking.Contender{
		{Name: "water", Marks: []points.Points{91 * points.One}},
		{Name: "roads", Marks: []points.Points{95 * points.One}},
		{Name: "parks", Marks: []points.Points{91 * points.One}},
	}
	for n := range 17 { // so that 5 % of all are one
		units = append(units, ranking.Contender{Name: fmt.Sprint("unit ", n), Marks: []points.Points{60 * points.One}})
	}
	places, _ := ranking.Rules{Quotas: []ranking.Quota{best}}.Rank(units)
	for i, p := range places[:3] {
		fmt.Println(units[i].Name, p.Rank, p.Awards)
	}
	// Output:
	// water 2 []
	// roads 1 [advanced]
	// parks 2 []
}
