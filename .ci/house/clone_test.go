package house_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Before there is a release the library is taken from a clone beside the reader's
// module, as the page says, and its program runs there.
func TestTheLibraryIsTakenFromAClone(t *testing.T) {
	t.Parallel()
	for _, page := range readmes {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			readme, dir := text(t, page), t.TempDir()
			root, err := filepath.Abs(top)
			require.NoError(t, err)
			require.NoError(t, os.Symlink(root, filepath.Join(dir, "tian")))
			own := filepath.Join(dir, "own")
			require.NoError(t, os.Mkdir(own, 0o700))
			require.NoError(t, os.WriteFile(filepath.Join(own, "main.go"), []byte(between(t, readme, "```go\n", "```\n")), 0o600))
			in := func(command string) string {
				words := strings.Fields(command)
				c := exec.CommandContext(t.Context(), words[0], words[1:]...) //nolint:gosec // of the page
				c.Dir, c.Env = own, append(os.Environ(), "GOWORK=off", "GOFLAGS=")
				said, err := c.CombinedOutput()
				require.NoError(t, err, "%s: %s", command, said)
				return string(said)
			}
			in("go mod init example.org/own")
			for line := range strings.Lines("go mod edit" + between(t, readme, "```sh\ngo mod edit", "```\n")) {
				in(line)
			}
			require.Equal(t, between(t, readme, "```text\n", "```\n"), in("go run ."))
		})
	}
}
