package house_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Code goes by what a state means, never by its key, which a place may choose.
// The words for the meanings stand in one table for each vocabulary, meaning.go
// and the constants it names; nothing else compares with one.
func TestNoCodeComparesAStateByItsName(t *testing.T) {
	t.Parallel()
	talks := []string{"consult/activity", "consult/platform", "consult/topic"}
	for folder, lifecycles := range map[string][]string{
		"proposal":         {"proposal"},
		"consult/activity": talks, "consult/platform": talks, "consult/topic": talks,
		"consult": talks, "consult/checklist": talks, "consult/rules": talks, "consult/printed": talks,
		"evaluate/appraisal": {"evaluate/appraisal"},
	} {
		keys := make(map[string]bool)
		for _, l := range lifecycles {
			maps.Copy(keys, stateKeys(t, filepath.Join("..", "..", l, "lifecycles")))
		}
		files, err := filepath.Glob(filepath.Join("..", "..", folder, "*.go"))
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || filepath.Base(file) == "meaning.go" {
				continue
			}
			set := token.NewFileSet()
			parsed, err := parser.ParseFile(set, file, nil, 0)
			require.NoError(t, err)
			ast.Inspect(parsed, func(n ast.Node) bool {
				for _, literal := range compared(n) {
					word, err := strconv.Unquote(literal.Value)
					require.NoError(t, err)
					assert.False(t, keys[word], "%s compares with the state %q", set.Position(literal.Pos()), word)
				}
				return true
			})
		}
	}
}

// compared returns the strings that a node compares something with.
func compared(n ast.Node) (literals []*ast.BasicLit) {
	add := func(e ast.Expr) {
		if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
			literals = append(literals, l)
		}
	}
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if n.Op == token.EQL || n.Op == token.NEQ {
			add(n.X)
			add(n.Y)
		}
	case *ast.CaseClause:
		for _, e := range n.List {
			add(e)
		}
	}
	return literals
}

// stateKeys returns the keys of all states of the definitions in a folder.
func stateKeys(t *testing.T, folder string) map[string]bool {
	t.Helper()
	keys := make(map[string]bool)
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		type line struct {
			States []struct {
				Key string `json:"key"`
			} `json:"states"`
		}
		var d struct {
			line
			Tracks []line `json:"tracks"`
		}
		require.NoError(t, json.Unmarshal(data, &d))
		for _, l := range append(d.Tracks, d.line) {
			for _, s := range l.States {
				keys[s.Key] = true
			}
		}
	}
	require.Greater(t, len(keys), 5)
	return keys
}
