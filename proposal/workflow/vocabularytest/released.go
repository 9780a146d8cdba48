package vocabularytest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// Released holds the definitions that a vocabulary ships to the versions it has
// released, as a file lists them, a name@version and its fingerprint on each line:
// each of them is still there as it was, since cases run on it and definitions of
// places were made from it. A version that the file lacks is to be added to it. While
// nothing has been released, TIAN_RELEASED=rewrite in the environment writes the file
// anew.
func Released(t testing.TB, file string, definitions ...lifecycle.Definition) {
	t.Helper()
	shipped := make(map[string]string, len(definitions))
	for _, d := range definitions {
		shipped[fmt.Sprintf("%s@%d", d.Name, d.Version)] = d.Fingerprint()
	}
	lines := make([]string, 0, len(shipped))
	for name, digest := range shipped {
		lines = append(lines, name+" "+digest)
	}
	slices.Sort(lines)
	if os.Getenv("TIAN_RELEASED") == "rewrite" {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file) //nolint:gosec // the test names it
	if err != nil {
		t.Fatal(err)
	}
	listed := strings.Fields(string(kept))
	for i := 0; i+1 < len(listed); i += 2 {
		switch name, digest := listed[i], listed[i+1]; shipped[name] {
		case digest:
		case "":
			t.Errorf("%s was released and is gone: cases run on it; keep it beside the later versions", name)
		default:
			t.Errorf("%s was released and has been edited: put it back, and write a new version; before the first release of all, TIAN_RELEASED=rewrite does", name)
		}
		delete(shipped, listed[i])
	}
	for name, digest := range shipped {
		t.Errorf("%s is not in %s: add the line %q", name, file, name+" "+digest)
	}
}
