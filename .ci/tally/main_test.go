package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTestsAreCounted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		said                    string // as go test -json prints it
		passed, failed, skipped int
		shown                   []string
	}{
		"tests, subtests and a skip": {
			said: `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"run","Package":"p","Test":"TestA/one"}
{"Action":"output","Package":"p","Test":"TestB","Output":"no server\n"}
{"Action":"pass","Package":"p","Test":"TestA/one"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"skip","Package":"p","Test":"TestB"}
{"Action":"pass","Package":"p"}
`,
			passed: 2, skipped: 1, shown: []string{"skip p TestB", "no server", "pass p"},
		},
		"a test that fails, once": {
			said: `{"Action":"output","Package":"p","Test":"TestA","Output":"want 1\n"}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"fail","Package":"p"}
`,
			failed: 1, shown: []string{"FAIL p TestA", "want 1"},
		},
		"a package that does not compile": {
			said: `{"ImportPath":"p","Action":"build-output","Output":"syntax error\n"}
{"ImportPath":"p","Action":"build-fail"}
{"Action":"fail","Package":"p","FailedBuild":"p"}
`,
			failed: 1, shown: []string{"syntax error", "FAIL p"},
		},
		"a benchmark that goes well has no end": {
			said: `{"Action":"run","Package":"p","Test":"BenchmarkA"}
{"Action":"pass","Package":"p"}
`,
			passed: 1,
		},
		"a package without tests, and a message of the go command": {
			said:  "go: downloading m v1.0.0\n" + `{"Action":"skip","Package":"p"}`,
			shown: []string{"go: downloading m v1.0.0"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			counts := newTally(&out)
			require.NoError(t, counts.read(strings.NewReader(c.said)))
			require.Equal(t, []int{c.passed, c.failed, c.skipped}, []int{counts.passed, counts.failed, counts.skipped})
			for _, shown := range c.shown {
				require.Contains(t, out.String(), shown)
			}
		})
	}
}

func TestCountsAreAppended(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "counts")
	for _, passed := range []int{3, 4} {
		require.NoError(t, (&tally{passed: passed, skipped: 1}).appendTo(file))
	}
	written, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "3 0 1\n4 0 1\n", string(written))
}
