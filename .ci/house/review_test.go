package house_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the files anew that a reviewer reads")

// fileOf names the file that something about a module is reviewed in.
func fileOf(module string) string {
	if module == "." {
		return "root.txt"
	}
	return strings.ReplaceAll(strings.TrimPrefix(module, "."), "/", "-") + ".txt"
}

// reviewLines compares lines with those of a file, or writes the file.
func reviewLines(t *testing.T, file, got, what, test string) {
	t.Helper()
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o750))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "if it should be there: go test ./.ci/house -run %s -update", test)
	gone := without(strings.ReplaceAll(string(want), "\r\n", "\n"), got, "- ")
	come := without(got, string(want), "+ ")
	require.Empty(t, strings.Join(append(gone, come...), "\n"),
		"%s is not that of %s; if it should be: go test ./.ci/house -run %s -update", what, file, test)
}

// without returns the lines of text that other does not have, each after mark.
func without(text, other, mark string) []string {
	has := make(map[string]bool)
	for line := range strings.Lines(other) {
		has[strings.TrimRight(line, "\r\n")] = true
	}
	var missing []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); !has[line] {
			missing = append(missing, mark+line)
		}
	}
	return missing
}

// requireReviewed holds that every file of a pattern has been compared, or
// removes those that have not.
func requireReviewed(t *testing.T, pattern string, reviewed map[string]bool) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	require.NoError(t, err)
	for _, file := range files {
		switch {
		case reviewed[file]:
		case *update:
			require.NoError(t, os.Remove(file))
		default:
			require.Fail(t, file+" is of no module")
		}
	}
}
