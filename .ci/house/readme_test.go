package house_test

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func text(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(at(file))
	require.NoError(t, err)
	return strings.ReplaceAll(string(raw), "\r\n", "\n")
}

// between returns what stands between two marks, the first of their kind.
func between(t *testing.T, s, from, to string) string {
	t.Helper()
	_, rest, found := strings.Cut(s, from)
	require.True(t, found, "no %q", from)
	inside, _, found := strings.Cut(rest, to)
	require.True(t, found, "no %q after %q", to, from)
	return inside
}

// Both pages for newcomers, in English and in Chinese.
var readmes = []string{"README.md", "README.zh-CN.md"}

// The sample is run as it stands, with the packages of this tree.
func TestReadmeProgramPrintsWhatReadmeSays(t *testing.T) {
	t.Parallel()
	for _, file := range readmes {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			readme := text(t, file)
			program := filepath.Join(t.TempDir(), "main.go")
			require.NoError(t, os.WriteFile(program, []byte(between(t, readme, "```go\n", "```\n")), 0o600))
			run := exec.CommandContext(t.Context(), "go", "run", program)
			run.Dir = top
			var complaint strings.Builder
			run.Stderr = &complaint
			printed, err := run.Output()
			require.NoError(t, err, complaint.String())
			require.Equal(t, between(t, readme, "```text\n", "```\n"), string(printed))
		})
	}
}

func TestReadmeHasTheTwoCommands(t *testing.T) {
	t.Parallel()
	for _, file := range readmes {
		require.Equal(t, "go run ./examples/tian demo\ngo test work\n", between(t, text(t, file), "```sh\n", "```\n"), file)
	}
}

// pages returns the pages for readers that stand at the top.
func pages(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob(at("*.md"))
	require.NoError(t, err)
	for i := range found {
		found[i] = filepath.Base(found[i])
	}
	require.Contains(t, found, "README.md")
	return found
}

func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#]+)\)`)
	for _, file := range pages(t) {
		for _, found := range link.FindAllStringSubmatch(text(t, file), -1) {
			if strings.Contains(found[1], "://") {
				continue
			}
			_, err := os.Stat(at(found[1]))
			require.NoError(t, err, "%s links to %s", file, found[1])
		}
	}
}

// Every address that the tests take from the environment is in README.md, and
// every variable that a page here explains is one that something reads.
func TestVariablesAreDocumented(t *testing.T) {
	t.Parallel()
	variable := regexp.MustCompile(`TIAN_[A-Z_]*[A-Z]`)
	read := map[string]string{}
	walk(t, func(name string) {
		if path.Ext(name) == ".go" && name != ".ci/house/readme_test.go" && path.Base(name) != "example_test.go" {
			for _, v := range variable.FindAllString(text(t, name), -1) {
				read[v] = name
			}
		}
	})
	readme := text(t, "README.md")
	for v, file := range read {
		if strings.HasSuffix(v, "_DSN") || strings.HasSuffix(v, "_URL") {
			require.NotZero(t, strings.Count(readme, v), "%s reads %s, and README.md does not explain it", file, v)
		}
	}
	for _, v := range variable.FindAllString(text(t, ".ci/run"), -1) {
		read[v] = ".ci/run"
	}
	for _, file := range pages(t) {
		for _, v := range variable.FindAllString(text(t, file), -1) {
			require.Contains(t, read, v, "%s explains it, and nothing reads it", file)
		}
	}
}

// Every room that doc.go draws is a folder where it is drawn, and every package
// that others can import is drawn.
func TestTheMapShowsTheHouse(t *testing.T) {
	t.Parallel()
	drawing := between(t, text(t, "doc.go"), "# The rooms\n//\n", "//\n// Imports run one way")
	rooms := regexp.MustCompile(`^( *)((?:[a-z]+/ )+)`)
	drawn := map[string]bool{modulePath: true}
	var above []string
	for line := range strings.Lines(drawing) {
		found := rooms.FindStringSubmatch(strings.TrimPrefix(line, "//\t"))
		require.NotNil(t, found, "no room in %q", line)
		depth := len(found[1]) / 2
		var last string
		for last = range strings.FieldsSeq(found[2]) {
			folder := path.Join(append(above[:depth:depth], last)...)
			info, err := os.Stat(at(folder))
			require.NoError(t, err, "doc.go draws it")
			require.True(t, info.IsDir(), last)
			drawn[path.Join(modulePath, folder)] = true
		}
		above = append(above[:depth:depth], last)
	}
	for _, m := range modules(t) {
		if !released(m) || within(m, "examples") {
			continue
		}
		for _, p := range packagesOf(t, m) {
			require.True(t, drawn[p.Path], "%s is not on the map of doc.go", p.Path)
		}
	}
}
