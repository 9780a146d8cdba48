package house_test

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
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
	"go mod edit -replace github.com/tian-go/tian=../tian -replace github.com/tian-go/tian/proposal/store/sqlite=../tian/proposal/store/sqlite": {".ci/house/clone_test.go", "between(t,"},
	"go mod tidy":                         {".ci/house/clone_test.go", "between(t,"},
	"go run ./examples/embed --db app.db": {"examples/embed/site_test.go", `newSite(t, "app.db")`},
	"curl -H 'Authorization: Bearer member' localhost:8080/lists/mine":                        {"examples/embed/site_test.go", `"member", "GET", "/lists/mine"`},
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
	blocks := 0
	for _, page := range guides[2:] {
		for _, found := range block.FindAllStringSubmatch(text(t, page), -1) {
			if strings.Contains(found[0], "```json") {
				require.Contains(t, text(t, "proposal/lifecycles/nine.json"), strings.TrimSpace(found[2]), page)
				continue
			}
			from := sourceOf(t, page, found[1], found[2])
			require.Contains(t, text(t, from), found[2], "%s: %s is other code now", page, from)
			blocks++
		}
	}
	require.Positive(t, blocks)
}

// sourceOf returns the file that the line above a piece of code names and links to.
func sourceOf(t *testing.T, page, line, code string) string {
	t.Helper()
	from := regexp.MustCompile(`^\[(\S+)\]\((\S+)\):$`).FindStringSubmatch(line)
	require.NotNil(t, from, "%s: where is this from?\n%s", page, code)
	require.Equal(t, from[1], path.Join(path.Dir(page), from[2]), page)
	return from[1]
}

// Who pastes the pieces of a section into a file of their own, with the imports of
// the files that they are from, has what compiles.
func TestWhatIsPastedFromTheGuideCompiles(t *testing.T) {
	t.Parallel()
	const page = "proposal/docs/extending.md"
	block := regexp.MustCompile("(?s)([^\n]*)\n```go\n(.*?)```")
	sections := strings.Split(text(t, page), "\n## ")[1:]
	compiled := 0
	for _, section := range sections {
		found := block.FindAllStringSubmatch(section, -1)
		if len(found) == 0 {
			continue
		}
		compiled++
		t.Run(section[:strings.IndexByte(section, '\n')], func(t *testing.T) {
			t.Parallel()
			var outside, inside strings.Builder
			imports := map[string]string{}
			for _, piece := range found {
				importsOf(t, sourceOf(t, page, piece[1], piece[2]), imports)
				into := &outside
				if strings.HasPrefix(piece[2], "\t") {
					into = &inside
				}
				into.WriteString(piece[2])
			}
			pasted := outside.String() + "\nfunc pasted() (_ error) {\n" + inside.String() + "\treturn nil\n}\n\nfunc main() { _ = pasted() }\n"
			header := "package main\n\n"
			for name, of := range imports {
				if regexp.MustCompile(`\b` + name + `\.`).MatchString(pasted) {
					header += "import " + of + "\n"
				}
			}
			program := filepath.Join(t.TempDir(), "main.go")
			require.NoError(t, os.WriteFile(program, []byte(header+pasted), 0o600))
			build := exec.CommandContext(t.Context(), "go", "build", "-o", os.DevNull, "-gcflags=-e", program)
			build.Dir = top
			said, _ := build.CombinedOutput() // what it says is looked at
			for line := range strings.Lines(string(said)) {
				if !strings.HasPrefix(line, "#") { // what the reader's own code is to use
					require.Contains(t, line, "declared and not used: ", "%s", header+pasted)
				}
			}
		})
	}
	require.Greater(t, compiled, 8)
}

// importsOf notes what a file imports, by the name under which it does.
func importsOf(t *testing.T, file string, imports map[string]string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, text(t, file), parser.ImportsOnly)
	require.NoError(t, err)
	for _, i := range parsed.Imports {
		of, err := strconv.Unquote(i.Path.Value)
		require.NoError(t, err)
		imports[path.Base(of)] = i.Path.Value
	}
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
