package house_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Packages without an example that runs, each with its reason; the comment of the
// package shows how they are used.
var withoutExample = map[string]string{
	"proposal/store/storetest":            "it takes a testing.T of its caller",
	"proposal/store/storetest/storebench": "it takes a testing.B of its caller",
	"proposal/workflow/vocabularytest":    "it takes a testing.T of its caller",
}

// Whoever opens the page of a package sees it in use.
func TestEveryPackageHasAnExample(t *testing.T) {
	t.Parallel()
	example := regexp.MustCompile(`(?m)^func Example`)
	shown := regexp.MustCompile(`(?m)^//\t`)
	for _, m := range modules(t) {
		if !released(m) || within(m, "examples") {
			continue
		}
		for _, p := range packagesOf(t, m) {
			folder := strings.TrimPrefix(p.Path, modulePath+"/")
			if p.Path == modulePath || len(p.Names) == 0 {
				continue
			}
			pattern, in := "*_test.go", example
			if withoutExample[folder] != "" {
				pattern, in = "*.go", shown
			}
			files, err := filepath.Glob(at(folder + "/" + pattern))
			require.NoError(t, err)
			found := false
			for _, file := range files {
				name, err := filepath.Rel(top, file)
				require.NoError(t, err)
				found = found || in.MatchString(text(t, filepath.ToSlash(name)))
			}
			require.True(t, found, "%s has no example", folder)
		}
	}
}
