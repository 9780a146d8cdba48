package house_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const modulePath = "github.com/tian-go/tian"

// top is the repository's top level, from the folder of these tests.
const top = "../.."

// at returns the name of a file or folder that is given from the top.
func at(name string) string { return filepath.Join(top, filepath.FromSlash(name)) }

// listedPackage is what `go list -json` prints of a package.
type listedPackage struct {
	ImportPath, ForTest                string
	Standard                           bool
	Module                             struct{ Path string }
	Imports, TestImports, XTestImports []string
}

// modules returns the folders of all modules of the workspace, from the top and
// with slashes; the root is ".".
func modules(t *testing.T) []string {
	t.Helper()
	var work struct{ Use []struct{ DiskPath string } }
	goEdit(t, &work, "work", "go.work")
	var used []string
	for _, u := range work.Use {
		used = append(used, path.Clean(filepath.ToSlash(u.DiskPath)))
	}
	require.Contains(t, used, ".")
	walk(t, func(string) {})
	return used
}

// walk calls visit with every file of the repository, from the top and with
// slashes. It leaves out what git and editors keep in folders with a dot, but
// not .ci. Having walked the tree also tells `go test` that a result is old when
// any file has changed: what the go command reads for us, it cannot see.
func walk(t *testing.T, visit func(name string)) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, err := filepath.Rel(top, name)
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			visit(filepath.ToSlash(below))
		case strings.HasPrefix(d.Name(), ".") && below != "." && below != ".ci":
			return filepath.SkipDir
		}
		return nil
	}))
}

// goEdit decodes what `go mod edit -json` or `go work edit -json` prints.
func goEdit(t *testing.T, into any, kind, file string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", kind, "edit", "-json", at(file)).Output()
	require.NoError(t, err, file)
	require.NoError(t, json.NewDecoder(bytes.NewReader(out)).Decode(into), file)
}

// list asks the go command for the packages of a module, by import path. The
// platform is always the same one, because some dependencies differ by it.
func list(t *testing.T, module string, arguments ...string) map[string]listedPackage {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{
		"list", "-json=ImportPath,ForTest,Standard,Module,Imports,TestImports,XTestImports",
	}, arguments...)...)
	cmd.Dir = at(module)
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
