package house_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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
		file := filepath.Join(dir, fileOf(m))
		reviewed[file] = true
		reviewLines(t, file, dependencies(t, m), "the list of dependencies of module "+m, "TestDependenciesAreReviewed")
	}
	requireReviewed(t, filepath.Join(dir, "*"), reviewed)
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
