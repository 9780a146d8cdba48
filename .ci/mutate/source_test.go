package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const guardSource = `package main

import "os"

type Blocker string

func few(n, want int, who string) []Blocker {
	var blockers []Blocker
	if n < want && who != "chair" {
		blockers = append(blockers, "too few")
	}
	switch who {
	case "nobody", "noone":
		return append(blockers, "nobody")
	}
	return blockers
}

func main() {
	said := func(b []Blocker) {
		for _, x := range b {
			os.Stdout.WriteString(string(x) + ".")
		}
		os.Stdout.WriteString("|")
	}
	said(few(1, 2, "member"))
	said(few(2, 2, "member"))
	said(few(1, 2, "chair"))
	said(few(2, 2, "noone"))
}
`

// Each mutant does one thing otherwise, and with none alive the program is as it was.
func TestMutantsDoOneThingOtherwise(t *testing.T) {
	t.Parallel()
	s, err := instrument("guards.go", []byte(guardSource), 1)
	require.NoError(t, err)
	folder := t.TempDir()
	for name, text := range map[string][]byte{
		"go.mod": []byte("module guards\n\ngo 1.24\n"), "guards.go": s.mutated(), "mutants.go": switches("main"),
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), text, 0o600))
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", "guards.exe", ".")
	build.Dir = folder
	build.Env = append(os.Environ(), "GOWORK=off")
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s\n%s", out, s.mutated())
	run := func(mutant string) string {
		command := exec.CommandContext(t.Context(), filepath.Join(folder, "guards.exe"))
		command.Env = append(os.Environ(), "TIAN_MUTANT="+mutant)
		said, err := command.Output()
		require.NoError(t, err)
		return string(said)
	}
	require.Equal(t, "too few.|||nobody.|", run("0"))
	did := map[string]string{}
	for _, m := range s.mutants {
		if strings.Contains(m.name, " few ") {
			did[strings.TrimPrefix(m.name, "guards.go few ")] = run(numbered(m))
		}
	}
	require.Equal(t, map[string]string{
		"allows always":    "||||",
		"always: n < want": "too few.|too few.||too few.nobody.|", "never: n < want": "|||nobody.|", "one off: n < want": "too few.|too few.||too few.nobody.|",
		`always: who != "chair"`: "too few.||too few.|nobody.|", `never: who != "chair"`: "|||nobody.|",
		`leaves out: blockers = append(blockers, "too few")`: "|||nobody.|",
		`without the case: "nobody"`:                         "too few.|||nobody.|", `without the case: "noone"`: "too few.||||",
		`returns nothing: append(blockers, "nobody")`: "too few.||||", "returns nothing: blockers": "|||nobody.|",
	}, did)
}

func numbered(m mutant) string { return strings.TrimPrefix(m.environment(), "TIAN_MUTANT=") }

func TestTheListOfSurvivorsIsHeld(t *testing.T) {
	t.Parallel()
	reasons := reasons("# they are the same\na: x\n\n# never asked\nb: y\nc: z\n")
	require.Equal(t, map[string]string{"a: x": "they are the same", "b: y": "never asked", "c: z": "never asked"}, reasons)
	unlisted, gone := compare([]string{"a: x", "d: w"}, []*candidate{{name: "a: x"}, {name: "b: y"}, {name: "d: w"}}, reasons)
	require.Equal(t, []string{"d: w"}, unlisted)
	require.Equal(t, []string{"b: y"}, gone, "c was not run")
}

// A definition without one of its guards is otherwise as it was.
func TestEachGuardOfADefinitionIsTakenOutOnce(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "small.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"name":"small","transitions":[
		{"event":"file","from":["new"],"guards":["numbered","form"]},{"event":"close","from":["filed"]}],
		"tracks":[{"key":"part","transitions":[{"event":"reply","from":["open"],"guards":["four_eyes"]}]}]}`), 0o600))
	names, definitions, err := withoutGuards(file)
	require.NoError(t, err)
	require.Equal(t, []string{"small.json file from [new] without numbered", "small.json file from [new] without form", "small.json part.reply from [open] without four_eyes"}, names)
	require.JSONEq(t, `{"name":"small","transitions":[
		{"event":"file","from":["new"],"guards":["form"]},{"event":"close","from":["filed"]}],
		"tracks":[{"key":"part","transitions":[{"event":"reply","from":["open"],"guards":["four_eyes"]}]}]}`, string(definitions[0]))
	require.Len(t, definitions, 3)
}
