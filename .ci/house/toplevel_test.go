package house_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Everything else has a room; tests of the whole are in .ci.
var topLevel = []string{
	"proposal", "consult", "evaluate", "examples",
	"go.mod", "go.sum", "go.work", "go.work.sum", "doc.go",
	"README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE",
}

// strangers returns the names in a folder that are neither at home at the top
// level nor ignored by git.
func strangers(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	var found []string
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || slices.Contains(topLevel, name) {
			continue
		}
		ignored := exec.CommandContext(t.Context(), "git", "check-ignore", "-q", "--", name)
		ignored.Dir = folder
		if ignored.Run() != nil {
			found = append(found, name)
		}
	}
	return found
}

func TestTheTopLevelHasNoStrangers(t *testing.T) {
	t.Parallel()
	require.Empty(t, strangers(t, top), "give it a room, or a place in .ci")
}

func TestAStrangerAtTheTopLevelIsFound(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	require.NoError(t, exec.CommandContext(t.Context(), "git", "init", "-q", folder).Run())
	for name, content := range map[string]string{"go.mod": "", "extra.go": "", "ledger.db": "", ".gitignore": "*.db\n"} {
		require.NoError(t, os.WriteFile(folder+"/"+name, []byte(content), 0o600))
	}
	require.Equal(t, []string{"extra.go"}, strangers(t, folder))
}
