package house_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/ci/tied"
)

// Two files that name each other have to be read together. A whole and its parts
// may; a function that stands in the wrong file makes others. Each new pair is a
// line in review.
func TestFilesThatNameEachOtherAreReviewed(t *testing.T) {
	t.Parallel()
	var lines strings.Builder
	for _, m := range modules(t) {
		if !released(m) {
			continue
		}
		pairs, err := tied.Of(t.Context(), at(m))
		require.NoError(t, err)
		for _, p := range pairs {
			lines.WriteString(strings.TrimPrefix(p.String(), modulePath+"/") + "\n")
		}
	}
	reviewLines(t, filepath.Join("testdata", "tied.txt"), lines.String(), "the list of files that name each other", "TestFilesThatNameEachOtherAreReviewed")
}
