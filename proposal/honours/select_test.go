package honours_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/ranking"
	"github.com/tian-go/tian/proposal/honours"
)

const collective = "collective"

func candidate(id string, mark points.Points, kinds ...string) honours.Candidate {
	return honours.Candidate{ID: id, Mark: mark * points.One, Kinds: kinds}
}

func national(edge ranking.Edge) honours.Rules {
	return honours.Rules{
		Quota: ranking.Quota{Key: "good", Count: 5, Ties: edge},
		Kinds: []honours.LeastOf{{Kind: collective, Share: points.Ratio{Num: 20, Den: 100}}},
	}
}

// Of five at least one is collective: the lowest of the others gives way, and it
// is told who.
func TestTooFewOfAKindComeInForTheLowest(t *testing.T) {
	all := []honours.Candidate{
		candidate("a", 95), candidate("b", 94), candidate("c", 93), candidate("d", 92), candidate("e", 91),
		candidate("f", 90), candidate("g", 80, collective), candidate("h", 70, collective),
	}
	s, err := honours.Select(all, national(ranking.Include))
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b", "c", "d", "g"}, s.Selected)
	require.Equal(t, []honours.Exchange{{In: "g", Out: "e", Kind: collective}}, s.Exchanged)
	require.Empty(t, s.Short)

	s, err = honours.Select(all[:6], national(ranking.Include))
	require.NoError(t, err)
	require.Equal(t, []honours.Shortage{{Kind: collective, Want: 1, Has: 0}}, s.Short)
}

func TestEqualsAtTheEdgeFollowTheRule(t *testing.T) {
	all := []honours.Candidate{
		candidate("a", 95, collective), candidate("b", 94), candidate("c", 93), candidate("d", 92), candidate("e", 91), candidate("f", 91),
	}
	for edge, n := range map[ranking.Edge]int{ranking.Include: 6, ranking.Exclude: 4} {
		s, err := honours.Select(all, national(edge))
		require.NoError(t, err)
		require.Len(t, s.Selected, n)
	}
	_, err := honours.Select(all, national(ranking.DrawLots))
	require.ErrorIs(t, err, honours.ErrInvalid, "nobody has drawn lots")
	rules := national(ranking.DrawLots)
	rules.Lots = map[string]int64{"e": 2, "f": 1}
	s, err := honours.Select(all, rules)
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b", "c", "d", "f"}, s.Selected)
}

func TestWhatCannotBeSelectedFrom(t *testing.T) {
	for name, c := range map[string]struct {
		all   []honours.Candidate
		rules honours.Rules
	}{
		"twice":        {[]honours.Candidate{candidate("a", 1), candidate("a", 2)}, national("")},
		"no ID":        {[]honours.Candidate{candidate("", 1)}, national("")},
		"no quota":     {[]honours.Candidate{candidate("a", 1)}, honours.Rules{}},
		"a share of 2": {nil, honours.Rules{Quota: ranking.Quota{Key: "x", Count: 1}, Kinds: []honours.LeastOf{{Kind: "k", Share: points.Ratio{Num: 2, Den: 1}}}}},
	} {
		_, err := honours.Select(c.all, c.rules)
		require.ErrorIs(t, err, honours.ErrInvalid, name)
	}
}

// Whatever the candidates: their order decides nothing; the number selected is
// the quota's; the least share is reached or everyone of the kind is in; and
// nobody outside has a higher mark than somebody of the same kinds inside.
func TestSelectionsAreFair(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same candidates every time
	for range 2000 {
		var all []honours.Candidate
		ofKind := 0
		for i := range 1 + rnd.IntN(12) {
			c := candidate(fmt.Sprint(i), points.Points(rnd.IntN(6)))
			if rnd.IntN(3) == 0 {
				c.Kinds = []string{collective}
				ofKind++
			}
			all = append(all, c)
		}
		rules := national(ranking.Include)
		s, err := honours.Select(all, rules)
		require.NoError(t, err)
		plain, err := honours.Select(all, honours.Rules{Quota: rules.Quota})
		require.NoError(t, err)
		require.Len(t, s.Selected, len(plain.Selected))

		rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		again, err := honours.Select(all, rules)
		require.NoError(t, err)
		require.Equal(t, s, again)

		in, has := func(c honours.Candidate) bool { return slices.Contains(s.Selected, c.ID) }, 0
		for _, c := range all {
			if in(c) && len(c.Kinds) > 0 {
				has++
			}
		}
		require.True(t, has*5 >= len(s.Selected) || has == ofKind)
		for _, a := range all {
			for _, b := range all {
				if in(a) && !in(b) && slices.Equal(a.Kinds, b.Kinds) {
					require.GreaterOrEqual(t, a.Mark, b.Mark)
				}
			}
		}
	}
}
