package tian_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func text(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
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

// The sample is Example, which is compiled and whose output is checked: the
// same imports, the same lines, the same output.
func TestReadmeShowsTheExample(t *testing.T) {
	t.Parallel()
	readme, example := text(t, "README.md"), text(t, "example_test.go")
	sample := between(t, readme, "```go\npackage main\n", "```\n")
	require.Equal(t, between(t, example, "import (\n", "\n)\n"), between(t, sample, "import (\n", "\n)\n"))
	require.Equal(t, between(t, example, "func Example() {\n", "\t// Output:\n"), between(t, sample, "func main() {\n", "\n}\n")+"\n")
	printed := between(t, example, "\t// Output:\n", "}\n")
	require.Equal(t, strings.ReplaceAll(printed, "\t// ", ""), between(t, readme, "```text\n", "```\n"))
}

func TestReadmeHasTheTwoCommands(t *testing.T) {
	t.Parallel()
	require.Equal(t, "go run ./examples/tian demo\ngo test work\n", between(t, text(t, "README.md"), "```sh\n", "```\n"))
}

func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#]+)\)`)
	for _, file := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} {
		for _, found := range link.FindAllStringSubmatch(text(t, file), -1) {
			if strings.Contains(found[1], "://") {
				continue
			}
			_, err := os.Stat(filepath.FromSlash(found[1]))
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
	require.NoError(t, filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != ".":
			return filepath.SkipDir
		case filepath.Ext(name) == ".go" && name != "readme_test.go" && d.Name() != "example_test.go":
			for _, v := range variable.FindAllString(text(t, name), -1) {
				read[v] = name
			}
		}
		return nil
	}))
	readme := text(t, "README.md")
	for v, file := range read {
		if strings.HasSuffix(v, "_DSN") || strings.HasSuffix(v, "_URL") {
			require.NotZero(t, strings.Count(readme, v), "%s reads %s, and README.md does not explain it", file, v)
		}
	}
	for _, file := range []string{"README.md", "CONTRIBUTING.md"} {
		for _, v := range variable.FindAllString(text(t, file), -1) {
			require.Contains(t, read, v, "%s explains it, and nothing reads it", file)
		}
	}
}

// Every room that doc.go draws is a folder where it is drawn.
func TestTheMapShowsTheHouse(t *testing.T) {
	t.Parallel()
	drawing := between(t, text(t, "doc.go"), "# The rooms\n//\n", "//\n// Imports run one way")
	rooms := regexp.MustCompile(`^( *)((?:[a-z]+/ )+)`)
	var above []string
	for line := range strings.Lines(drawing) {
		found := rooms.FindStringSubmatch(strings.TrimPrefix(line, "//\t"))
		require.NotNil(t, found, "no room in %q", line)
		depth := len(found[1]) / 2
		var last string
		for last = range strings.FieldsSeq(found[2]) {
			info, err := os.Stat(filepath.Join(append(above[:depth:depth], last)...))
			require.NoError(t, err, "doc.go draws it")
			require.True(t, info.IsDir(), last)
		}
		above = append(above[:depth:depth], last)
	}
}
