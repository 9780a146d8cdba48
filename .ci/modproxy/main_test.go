package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// repository makes a git repository of these files, by name, with a commit and
// with tags.
func repository(t *testing.T, files map[string]string, tags ...string) string {
	t.Helper()
	dir := t.TempDir()
	git := func(arguments ...string) {
		cmd := exec.CommandContext(t.Context(), "git", append([]string{
			"-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false",
		}, arguments...)...)
		cmd.Dir = dir
		said, err := cmd.CombinedOutput()
		require.NoError(t, err, "git %s: %s", arguments, said)
	}
	git("init", "-q")
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o750))
		require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
	}
	git("add", "--all")
	git("commit", "-q", "-m", "all")
	for _, tag := range tags {
		git("tag", tag)
	}
	return dir
}

var house = map[string]string{
	"go.work":         "go 1.25.0\n\nuse (\n\t.\n\t./.ci\n\t./rooms/attic\n)\n",
	"go.mod":          "module example.com/House\n\ngo 1.25.0\n",
	"door.go":         "package house\n",
	"LICENSE":         "free\n",
	"attic/attic.go":  "package attic\n",
	".ci/go.mod":      "module example.com/House/ci\n\ngo 1.25.0\n",
	"rooms/rooms.go":  "package rooms\n",
	"rooms/attic/a.s": "",
	"rooms/attic/go.mod": "module example.com/House/rooms/attic\n\ngo 1.25.0\n\n" +
		"require example.com/House v0.1.0\n",
}

// The go command is the judge of what a proxy serves.
func download(t *testing.T, proxy, query string) (files []string, fault string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "mod", "download", "-json", query)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "GOPROXY=file://"+filepath.ToSlash(proxy), "GONOPROXY=none", "GOSUMDB=off",
		"GOWORK=off", "GOFLAGS=-modcacherw", "GOMODCACHE="+t.TempDir())
	out, err := cmd.Output()
	var m struct{ Dir, Error string }
	require.NoError(t, json.Unmarshal(out, &m))
	if m.Error != "" {
		require.Error(t, err)
		return nil, m.Error
	}
	require.NoError(t, err)
	require.NoError(t, filepath.WalkDir(m.Dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			below, _ := filepath.Rel(m.Dir, name)
			files = append(files, filepath.ToSlash(below))
		}
		return err
	}))
	return files, ""
}

func TestPublishedModulesAreDownloaded(t *testing.T) {
	t.Parallel()
	repo, proxy := repository(t, house, "v0.1.0", "rooms/attic/v0.1.0"), t.TempDir()
	var said strings.Builder
	require.NoError(t, publish(t.Context(), repo, "v0.1.0", proxy, &said))
	require.Equal(t, "example.com/House\nexample.com/House/rooms/attic\n", said.String())

	files, fault := download(t, proxy, "example.com/House@v0.1.0")
	require.Empty(t, fault)
	require.ElementsMatch(t, []string{"go.mod", "go.work", "door.go", "LICENSE", "attic/attic.go", "rooms/rooms.go"}, files)

	files, fault = download(t, proxy, "example.com/House/rooms/attic@v0.1.0")
	require.Empty(t, fault)
	require.ElementsMatch(t, []string{"go.mod", "a.s", "LICENSE"}, files, "with the licence of the root")

	_, fault = download(t, proxy, "example.com/House/ci@v0.1.0")
	require.NotEmpty(t, fault, "a folder with a dot is not released")
}

func TestWhatCannotBePublishedIsNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tags    []string
		version string
		message string
	}{
		"a module without its tag":            {tags: []string{"v0.1.0"}, version: "v0.1.0", message: `module in "rooms/attic" at tag rooms/attic/v0.1.0`},
		"no version at all":                   {tags: []string{"one"}, version: "one", message: "one"},
		"a major version that its path lacks": {tags: []string{"v2.0.0"}, version: "v2.0.0", message: "v2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := publish(t.Context(), repository(t, house, c.tags...), c.version, t.TempDir(), &strings.Builder{})
			require.ErrorContains(t, err, c.message)
		})
	}
}
