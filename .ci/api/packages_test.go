package api_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/ci/api"
)

const source = `// Package shop has one of everything.
package shop

import (
	"context"
	"errors"
	"time"
)

const (
	First Kind = iota + 1
	Second
	hidden
	Most = 1.5
)

type Kind int

func (k Kind) String() string { return "" }

var ErrClosed = errors.New("closed")

type Till struct {
	Name   string ` + "`json:\"name\"`" + `
	Opened time.Time
	secret int
	Kind
	inner
}

func (t *Till) Close(ctx context.Context) error { return nil }
func (t *Till) unseen()                         {}

type inner struct{}

func (inner) Promoted() {}

type Keeper interface {
	Keep(items ...string) (n int, err error)
	error
	sealed()
}

type Box[T any, N ~int | ~int64] struct{ Of T }

func (b Box[T, N]) Open() T { return b.Of }

type Old = Till

func Sort[T any](list []T, less func(a, b T) bool) {}

func lower() {}
`

func module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o750))
		require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
	}
	return dir
}

func TestEveryKindOfNameIsALine(t *testing.T) {
	t.Setenv("GOWORK", "off")
	packages, err := api.Of(t.Context(), module(t, map[string]string{
		"go.mod":  "module example.com/shop\n\ngo 1.24.0\n",
		"shop.go": source,
	}))
	require.NoError(t, err)
	require.Equal(t, []api.Package{{
		Path:  "example.com/shop",
		Names: []string{"Box", "ErrClosed", "First", "Keeper", "Kind", "Most", "Old", "Second", "Sort", "Till"},
		Lines: []string{
			`const First Kind = 1`,
			`const Most = 3/2`,
			`const Second Kind = 2`,
			`func Sort[T any](list []T, less func(a T, b T) bool)`,
			`method (*Till) Close(ctx context.Context) error`,
			`method (Box) Open() T`,
			`method (Kind) String() string`,
			`method (Till) Promoted()`,
			`type Box struct, Of T`,
			`type Box[T any, N ~int | ~int64] struct`,
			`type Keeper interface`,
			`type Keeper interface, Keep(items ...string) (n int, err error)`,
			`type Keeper interface, embedded error`,
			`type Keeper interface, unexported methods`,
			`type Kind int`,
			`type Old = Till`,
			`type Till struct`,
			`type Till struct, Name string ` + "`json:\"name\"`",
			`type Till struct, Opened time.Time`,
			`type Till struct, embedded Kind`,
			`var ErrClosed error`,
		},
	}}, packages)
}

func TestOnlyWhatOthersCanImportIsListed(t *testing.T) {
	t.Setenv("GOWORK", "off")
	packages, err := api.Of(t.Context(), module(t, map[string]string{
		"go.mod":                 "module example.com/shop\n\ngo 1.24.0\n",
		"zoo/zoo.go":             "package zoo\n",
		"bar/bar.go":             "package bar\n",
		"cmd/run/main.go":        "package main\n\nfunc main() {}\n",
		"internal/inside.go":     "package internal\n\nfunc Exported() {}\n",
		"tests/some_test.go":     "package tests\n",
		"windows/win_windows.go": "package windows\n",
	}))
	require.NoError(t, err)
	var paths []string
	for _, p := range packages {
		paths = append(paths, p.Path)
	}
	require.Equal(t, []string{"example.com/shop/bar", "example.com/shop/zoo"}, paths)
}

func TestWhatDoesNotCompileIsAnError(t *testing.T) {
	t.Setenv("GOWORK", "off")
	dir := module(t, map[string]string{"go.mod": "module example.com/shop\n\ngo 1.24.0\n", "shop.go": "package shop\n\nvar x int = \"\"\n"})
	_, err := api.Of(t.Context(), dir)
	require.ErrorContains(t, err, strings.TrimSuffix(dir, "/"))
}
