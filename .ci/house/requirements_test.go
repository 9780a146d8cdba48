package house_test

import (
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

type goMod struct {
	Module  struct{ Path string }
	Require []struct {
		Path, Version string
		Indirect      bool
	}
	Replace, Exclude []any
}

func readGoMod(t *testing.T, module string) goMod {
	t.Helper()
	var mod goMod
	goEdit(t, &mod, "mod", path.Join(module, "go.mod"))
	return mod
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

// A module of a folder with a dot is not released, and has no dot in its path.
func TestModulesAreNamedForTheirFolders(t *testing.T) {
	t.Parallel()
	for _, m := range modules(t) {
		require.Equal(t, path.Join(modulePath, strings.TrimPrefix(m, ".")), readGoMod(t, m).Module.Path)
	}
}

// Replace directives mean nothing to those who require a module, and
// `go install` by version refuses a module that has one. So they stand in
// go.work only, and lead from the version to be released to our own folders.
func TestOurModulesAreRequiredAtOneVersion(t *testing.T) {
	t.Parallel()
	versions, required := map[string][]string{}, map[string]string{}
	for _, m := range modules(t) {
		mod := readGoMod(t, m)
		require.Empty(t, mod.Replace, "module %s has replace directives", m)
		require.Empty(t, mod.Exclude, "module %s has exclude directives", m)
		for _, r := range mod.Require {
			if within(r.Path, modulePath) {
				versions[r.Version] = append(versions[r.Version], m)
				required[r.Path+" "+r.Version] = "./" + strings.TrimPrefix(strings.TrimPrefix(r.Path, modulePath), "/")
			}
		}
	}
	require.Len(t, versions, 1, "versions of our own modules, and who requires them")

	var work struct {
		Replace []struct {
			Old, New struct{ Path, Version string }
		}
	}
	goEdit(t, &work, "work", "go.work")
	replaced := map[string]string{}
	for _, r := range work.Replace {
		replaced[r.Old.Path+" "+r.Old.Version] = r.New.Path
	}
	require.Equal(t, required, replaced, "what is required, and what go.work replaces")
}

// outside has a TiDB server that .ci/weekly builds. In the workspace, everybody
// would download what it is made of, and all modules would have its versions.
const outside = ".ci/tidb"

func TestTheWorkspaceHasEveryModule(t *testing.T) {
	t.Parallel()
	var found []string
	walk(t, func(name string) {
		if path.Base(name) == "go.mod" && !strings.Contains(name, "testdata/") && path.Dir(name) != outside {
			found = append(found, path.Dir(name))
		}
	})
	require.ElementsMatch(t, found, modules(t))
}
