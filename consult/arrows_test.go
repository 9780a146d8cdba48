package consult_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestArrowsRunOneWay: consult stands on the engine and on evaluate, and knows
// nothing of proposals.
func TestArrowsRunOneWay(t *testing.T) {
	t.Parallel()
	const module = "github.com/tian-go/tian/"
	out, err := exec.Command("go", "list", "-deps", ".", "./published").Output()
	require.NoError(t, err)
	allowed := []string{
		"consult", "consult/published", "evaluate",
		"proposal/workflow", "proposal/lifecycle", "proposal/calendar", "proposal/calendar/china", "proposal/store",
	}
	for dep := range strings.FieldsSeq(string(out)) {
		if ours, ok := strings.CutPrefix(dep, module); ok {
			require.True(t, slices.Contains(allowed, ours), "consult imports %s", dep)
		}
	}
}
