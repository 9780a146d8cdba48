package tian_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write testdata/dependencies anew")

// What each module is built from, and what its tests need beyond that, is a
// file under testdata/dependencies, so that a new dependency is a line in a
// change that somebody reads. To write the files anew:
//
//	go test . -run TestDependenciesAreReviewed -update
func TestDependenciesAreReviewed(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("testdata", "dependencies")
	reviewed := map[string]bool{}
	for _, m := range modules(t) {
		file := filepath.Join(dir, "root.txt")
		if m != "." {
			file = filepath.Join(dir, strings.ReplaceAll(m, "/", "-")+".txt")
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
			"the dependencies of module %s are not those of %s; if they should be: go test . -run TestDependenciesAreReviewed -update", m, file)
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

type goMod struct {
	Module  struct{ Path string }
	Require []struct {
		Path     string
		Indirect bool
	}
	Replace []struct{ Old, New struct{ Path string } }
}

func readGoMod(t *testing.T, module string) goMod {
	t.Helper()
	var mod goMod
	goEdit(t, &mod, "mod", filepath.Join(filepath.FromSlash(module), "go.mod"))
	return mod
}

func goEdit(t *testing.T, into any, kind, file string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", kind, "edit", "-json", file).Output()
	require.NoError(t, err, file)
	require.NoError(t, json.NewDecoder(bytes.NewReader(out)).Decode(into), file)
}

func TestTheRootRequiresThreeModules(t *testing.T) {
	t.Parallel()
	var direct []string
	for _, r := range readGoMod(t, ".").Require {
		if !r.Indirect {
			direct = append(direct, r.Path)
		}
	}
	require.ElementsMatch(t, []string{
		"github.com/google/uuid", "github.com/looplab/fsm", "github.com/stretchr/testify",
	}, direct)
}

// Replace directives work here and not for those who require a module, so they
// may lead to our own folders only.
func TestModulesAreNamedForTheirFolders(t *testing.T) {
	t.Parallel()
	for _, m := range modules(t) {
		mod := readGoMod(t, m)
		if m == "." {
			require.Equal(t, modulePath, mod.Module.Path)
		} else {
			require.Equal(t, modulePath+"/"+m, mod.Module.Path)
		}
		for _, r := range mod.Replace {
			target := filepath.ToSlash(filepath.Join(filepath.FromSlash(m), filepath.FromSlash(r.New.Path)))
			require.Equal(t, strings.TrimSuffix(modulePath+"/"+target, "/."), r.Old.Path,
				"module %s replaces %s by another folder", m, r.Old.Path)
		}
	}
}

// Without go.work, as in the source of a release, there is nothing to compare.
func TestTheWorkspaceHasEveryModule(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("go.work"); err != nil {
		t.Skip("no go.work")
	}
	var work struct{ Use []struct{ DiskPath string } }
	goEdit(t, &work, "work", "go.work")
	var used []string
	for _, u := range work.Use {
		used = append(used, filepath.ToSlash(filepath.Clean(u.DiskPath)))
	}
	require.ElementsMatch(t, modules(t), used)
}
