package workflow_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/workflow"
)

// What is below a body is what it covers, in the order in which the tree was given,
// whichever way round that is.
func TestBelowABodyIsWhatItCovers(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same each time
	for range 200 {
		bodies := make([]workflow.Body, 1+r.IntN(12))
		for i := range bodies {
			bodies[i].ID = fmt.Sprint("b", i)
			if above := r.IntN(i + 1); above < i {
				bodies[i].Parent = fmt.Sprint("b", above)
			}
		}
		r.Shuffle(len(bodies), func(i, j int) { bodies[i], bodies[j] = bodies[j], bodies[i] })
		tree, err := workflow.NewTree(bodies...)
		require.NoError(t, err)
		for _, above := range bodies {
			var covered []string
			for _, b := range bodies {
				if tree.Covers(above.ID, b.ID) {
					covered = append(covered, b.ID)
				}
			}
			require.Equal(t, covered, tree.Below(above.ID), "%v", bodies)
		}
		require.Equal(t, []string{"elsewhere"}, tree.Below("elsewhere"))
	}
}

// A circle is refused wherever it is entered, and nothing is refused for being met
// twice.
func TestATreeHasNoCircles(t *testing.T) {
	t.Parallel()
	for wrong, bodies := range map[string][]workflow.Body{
		"bodies[0]: body \"a\" is below itself (circle)": {{ID: "a", Parent: "a"}},
		"bodies[1]: body \"b\" is below itself (circle)": {{ID: "top"}, {ID: "b", Parent: "c"}, {ID: "c", Parent: "d"}, {ID: "d", Parent: "c"}},
		"\"b\" is below \"x\", which is not there":       {{ID: "a"}, {ID: "b", Parent: "x"}},
	} {
		_, err := workflow.NewTree(bodies...)
		require.ErrorIs(t, err, workflow.ErrInvalid)
		require.ErrorContains(t, err, wrong)
	}
	_, err := workflow.NewTree(workflow.Body{ID: "a", Parent: "m"}, workflow.Body{ID: "b", Parent: "m"}, workflow.Body{ID: "m", Parent: "top"}, workflow.Body{ID: "top"})
	require.NoError(t, err)
}
