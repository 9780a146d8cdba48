package tied_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/ci/tied"
)

func TestFilesThatNameEachOtherAreFound(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":    "module example.org/m\n\ngo 1.24\n",
		"whole.go":  "package m\n\ntype Whole struct{ parts []Part }\n",
		"part.go":   "package m\n\ntype Part struct{ n int }\n\nfunc (p Part) in(w Whole) bool { return p.n < len(w.parts) }\n",
		"method.go": "package m\n\nfunc first(w Whole) bool { return w.parts[0].in(w) }\n",
		"local.go":  "package m\n\nfunc local() int { first := 1; return first }\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	pairs, err := tied.Of(t.Context(), dir)
	require.NoError(t, err)
	require.Equal(t, []tied.Pair{{Package: "example.org/m", A: "part.go", B: "whole.go"}}, pairs)
}
