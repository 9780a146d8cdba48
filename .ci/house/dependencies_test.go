package house_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the files under testdata anew")

// What each module is built from, and what its tests need beyond that, is a
// file under testdata/dependencies, so that a new dependency is a line in a
// change that somebody reads. To write the files anew:
//
//	go test ./.ci/house -run TestDependenciesAreReviewed -update
func TestDependenciesAreReviewed(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("testdata", "dependencies")
	reviewed := map[string]bool{}
	for _, m := range modules(t) {
		file := filepath.Join(dir, "root.txt")
		if m != "." {
			file = filepath.Join(dir, strings.ReplaceAll(strings.TrimPrefix(m, "."), "/", "-")+".txt")
		}
		reviewed[file] = true
		got := dependencies(t, m)
		if *update {
			require.NoError(t, os.MkdirAll(dir, 0o750))
			require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
			continue
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), got,
			"the dependencies of module %s are not those of %s; if they should be: go test ./.ci/house -run TestDependenciesAreReviewed -update", m, file)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	for _, file := range files {
		require.True(t, reviewed[file], "%s is of no module", file)
	}
}

// dependencies returns a line for each module that packages of this one are
// built from, and for each that only its tests are.
func dependencies(t *testing.T, module string) string {
	t.Helper()
	modulesOf := func(arguments ...string) map[string]bool {
		found := map[string]bool{}
		for _, p := range list(t, module, append(arguments, "./...")...) {
			if !p.Standard && !within(p.Module.Path, modulePath) {
				found[p.Module.Path] = true
			}
		}
		return found
	}
	built := modulesOf("-deps")
	tested := modulesOf("-deps", "-test")
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(tested)) {
		switch {
		case built[name]:
			text.WriteString("built  " + name + "\n")
		default:
			text.WriteString("tested " + name + "\n")
		}
	}
	return text.String()
}
