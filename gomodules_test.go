package tian_test

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const modulePath = "github.com/tian-go/tian"

// listedPackage is what `go list -json` prints of a package.
type listedPackage struct {
	ImportPath, ForTest                string
	Standard                           bool
	Module                             struct{ Path string }
	Imports, TestImports, XTestImports []string
}

// modules returns the folders of all modules of this repository, with slashes;
// the root is ".". Walking the tree also tells `go test` that a result is old
// when any file has changed: what the go command reads for us, it cannot see.
func modules(t *testing.T) []string {
	t.Helper()
	var found []string
	require.NoError(t, filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.Name() == "go.mod":
			found = append(found, filepath.ToSlash(filepath.Dir(name)))
		}
		return nil
	}))
	require.Contains(t, found, ".")
	return found
}

// list asks the go command for the packages of a module, by import path. The
// platform is always the same one, because some dependencies differ by it.
func list(t *testing.T, module string, arguments ...string) map[string]listedPackage {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{
		"list", "-json=ImportPath,ForTest,Standard,Module,Imports,TestImports,XTestImports",
	}, arguments...)...)
	cmd.Dir = filepath.FromSlash(module)
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0")
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	require.NoError(t, err, "go list in %s: %s", module, complaint.String())
	packages := map[string]listedPackage{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listedPackage
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		require.NoError(t, err)
		packages[p.ImportPath] = p
	}
}
