package house_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// writtenTests returns the names of all tests and fuzz targets of the tree.
func writtenTests(t *testing.T) map[string]bool {
	t.Helper()
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	written := map[string]bool{}
	walk(t, func(name string) {
		if strings.HasSuffix(name, "_test.go") {
			for _, found := range declared.FindAllStringSubmatch(text(t, name), -1) {
				written[found[1]] = true
			}
		}
	})
	return written
}

// unknown returns the tests that a page names and no file has.
func unknown(page string, written map[string]bool) (names []string) {
	for _, found := range regexp.MustCompile("`((?:Test|Fuzz)[A-Z][A-Za-z0-9_]*)`").FindAllStringSubmatch(page, -1) {
		if !written[found[1]] {
			names = append(names, found[1])
		}
	}
	return names
}

// The page of threats promises nothing that no test shows: each row of its
// tables names tests, and each of them is there.
func TestThreatsNameTestsThatExist(t *testing.T) {
	t.Parallel()
	page := text(t, "proposal/docs/threats.md")
	require.Empty(t, unknown(page, writtenTests(t)))
	rows := 0
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "| ") && !strings.HasPrefix(line, "| What ") {
			rows++
			require.Regexp(t, "`(Test|Fuzz)", line, "which test shows it?")
		}
	}
	require.Positive(t, rows)
	for _, reader := range []string{"SECURITY.md", "README.md"} {
		require.Contains(t, text(t, reader), "](proposal/docs/threats.md)", reader)
	}
}

func TestATestThatIsNotThereIsFound(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"TestB", "FuzzC"}, unknown("`TestA`, `TestB`; `FuzzC`, `Testing`", map[string]bool{"TestA": true}))
}
