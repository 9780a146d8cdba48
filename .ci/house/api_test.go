package house_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/ci/api"
)

// What each released module exports is a file under .ci/api, so that a change of
// it is a line in a change that somebody reads. To write the files anew:
//
//	go test ./.ci/house -run TestTheAPIIsReviewed -update
func TestTheAPIIsReviewed(t *testing.T) {
	t.Parallel()
	reviewed := map[string]bool{}
	for _, m := range modules(t) {
		if !released(m) {
			continue
		}
		file := at(".ci/api/" + fileOf(m))
		reviewed[file] = true
		reviewLines(t, file, apiOf(t, m), "the API of module "+m, "TestTheAPIIsReviewed")
	}
	requireReviewed(t, at(".ci/api/*.txt"), reviewed)
}

// apiOf returns the lines of a module's packages, each under the package's path.
func apiOf(t *testing.T, module string) string {
	t.Helper()
	var text strings.Builder
	for _, p := range packagesOf(t, module) {
		text.WriteString(p.Path + "\n")
		for _, line := range p.Lines {
			text.WriteString("\t" + line + "\n")
		}
	}
	return text.String()
}

// loaded are the packages of each module that a test has asked for: more than one does,
// and to load them takes long.
var loaded struct {
	sync.Mutex

	of map[string][]api.Package
}

func packagesOf(t *testing.T, module string) []api.Package {
	t.Helper()
	loaded.Lock()
	defer loaded.Unlock()
	if packages, done := loaded.of[module]; done {
		return packages
	}
	packages, err := api.Of(t.Context(), at(module))
	require.NoError(t, err)
	if loaded.of == nil {
		loaded.of = make(map[string][]api.Package)
	}
	loaded.of[module] = packages
	return packages
}

// A module in a folder with a dot is for this repository only.
func released(module string) bool { return module == "." || !strings.HasPrefix(module, ".") }
