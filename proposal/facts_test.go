package proposal

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever a proposal states, the text of its facts is counted as the proposal
// itself is, or is the one that has it read.
func TestFactsAreCountedAsTheProposalIs(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6)) //nolint:gosec // a test that can be repeated
	keys := []string{"", "a", "b", "经济", "x y", "a\x1eb", "a\x1fb", strings.Repeat("k", 600)}
	told := 0
	for range 5000 {
		f := facts{draft: r.IntN(5) == 0}
		if !f.draft {
			f.filed, f.assigned, f.contacted = r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(2) == 0
			for range stating {
				some := make([]string, r.IntN(3))
				for i := range some {
					some[i] = keys[r.IntN(len(keys)-r.IntN(4))]
				}
				f.stated = append(f.stated, some)
			}
		}
		text := f.write("xiushan")
		if text == untold {
			continue
		}
		told++
		body, read, ok := readFacts(text)
		require.True(t, ok)
		require.Equal(t, "xiushan", body)
		var one, other Tally
		one.add(f, 3)
		other.add(read, 3)
		require.Equal(t, one, other)
	}
	require.Greater(t, told, 500)
	require.Equal(t, untold, facts{draft: true}.write("a\x1fb"))
}

// Whatever an attribute holds, it is counted or refused.
func FuzzFacts(f *testing.F) {
	f.Add("xiushan\x1fd")
	f.Add(facts{filed: true, stated: [][]string{{"economic"}, {"member"}, {"reply"}, {"filed"}, {"a", "b"}, nil}}.write("xiushan"))
	f.Fuzz(func(t *testing.T, text string) {
		body, read, ok := readFacts(text)
		if !ok {
			return
		}
		var tally Tally
		tally.add(read, 1)
		require.EqualValues(t, 1, tally.Drafts+tally.Received)
		if again := read.write(body); again != untold {
			_, same, ok := readFacts(again)
			require.True(t, ok)
			var other Tally
			other.add(same, 1)
			require.Equal(t, tally, other)
		}
	})
}
