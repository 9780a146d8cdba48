package house_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What runs each command that a page tells its reader: a file, and what stands in
// it.
var commands = map[string][2]string{
	"go run ./examples/tian demo":             {".ci/run", "go run ./examples/tian demo"},
	"go test work":                            {".ci/run", "test_and_count work"},
	"go run ./examples/desk":                  {"examples/desk/desk_test.go", "serve(ctx"},
	"go get github.com/tian-go/tian/proposal": {".ci/rehearse", "go get"},
	"go run ./examples/against":               {"examples/against/against_test.go", "run("},
	"go run ./examples/tian lifecycle lint --in proposal/lifecycles/nine.json --for proposal": {"examples/tian/guides_test.go", "proposal/lifecycles/nine.json"},
	"go run ./examples/tian play --in examples/tian/testdata/play/form_and_categories.json":   {"examples/tian/play_test.go", "testdata/play/*.json"},
}

// Pages with commands and code for those who follow them to the letter.
var guides = []string{
	"README.md", "README.zh-CN.md", "proposal/docs/embedding.md", "proposal/docs/extending.md", "proposal/docs/place.md",
	"proposal/docs/store.md", "proposal/docs/field.md", "proposal/docs/decisions.md",
}

func TestCommandsOfTheGuidesAreRun(t *testing.T) {
	t.Parallel()
	block := regexp.MustCompile("(?s)```sh\n(.*?)```")
	told := map[string]bool{}
	for _, page := range guides {
		for _, found := range block.FindAllStringSubmatch(text(t, page), -1) {
			for line := range strings.Lines(found[1]) {
				command := strings.TrimSpace(line)
				by, known := commands[command]
				require.True(t, known, "%s tells %q, and nothing runs it", page, command)
				require.Contains(t, text(t, by[0]), by[1], command)
				told[command] = true
			}
		}
	}
	for command := range commands {
		require.True(t, told[command], "%q is told on no page", command)
	}
}

// The code of a guide stands in a file that is compiled and run with the tests;
// the line above a block says in which.
func TestTheCodeOfTheGuidesIsRun(t *testing.T) {
	t.Parallel()
	block := regexp.MustCompile("(?s)([^\n]*)\n```(?:go|json)\n(.*?)```")
	source := regexp.MustCompile(`^<!-- (\S+) -->$`)
	blocks := 0
	for _, page := range guides[2:] {
		for _, found := range block.FindAllStringSubmatch(text(t, page), -1) {
			if strings.Contains(found[0], "```json") {
				require.Contains(t, text(t, "proposal/lifecycles/nine.json"), strings.TrimSpace(found[2]), page)
				continue
			}
			from := source.FindStringSubmatch(found[1])
			require.NotNil(t, from, "%s: where is this from?\n%s", page, found[2])
			require.Contains(t, text(t, from[1]), found[2], "%s: %s is other code now", page, from[1])
			blocks++
		}
	}
	require.Positive(t, blocks)
}

func TestTheGuidesLeadSomewhere(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\]\(([^)#]+)[)#]`)
	found, err := filepath.Glob(at("proposal/docs/*.md"))
	require.NoError(t, err)
	for _, page := range found {
		data, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, to := range link.FindAllStringSubmatch(string(data), -1) {
			if strings.Contains(to[1], "://") {
				continue
			}
			_, err := os.Stat(filepath.Join(filepath.Dir(page), filepath.FromSlash(to[1])))
			require.NoError(t, err, "%s links to %s", page, to[1])
		}
	}
}

// What README.md promises names tests that are there.
func TestTheGuaranteesNameTestsThatExist(t *testing.T) {
	t.Parallel()
	written := writtenTests(t)
	for _, page := range readmes {
		require.Empty(t, unknown(text(t, page), written), page)
	}
}

// The stages that README.md draws are those that ship, in their order.
func TestTheStagesAreDrawnAsTheyShip(t *testing.T) {
	t.Parallel()
	keys := func(s, pattern string) (found []string) {
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(s, -1) {
			found = append(found, m[1]+" "+m[2])
		}
		return found
	}
	ship := keys(between(t, text(t, "proposal/lifecycles/nine.json"), `"stages": [`, `]`), `"key": "(\w+)", "label": \{"zh": "(\p{Han}+)"`)
	require.Len(t, ship, 9)
	for _, page := range readmes {
		require.ElementsMatch(t, ship, keys(between(t, text(t, page), "```mermaid\n", "```"), `(\w+)\["(\p{Han}+)`), page)
	}
}
