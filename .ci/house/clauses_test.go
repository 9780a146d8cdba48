package house_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The table of clauses promises nothing that no test or scenario shows: each row
// names one that is there, or says that the clause cannot be expressed, and then
// says why.
func TestClausesNameTestsAndScenariosThatExist(t *testing.T) {
	t.Parallel()
	page := text(t, "proposal/docs/clauses.md")
	require.Empty(t, unknown(page, writtenTests(t)))
	scenario := regexp.MustCompile("`([a-z_]+\\.json)`")
	for _, found := range scenario.FindAllStringSubmatch(page, -1) {
		_, err := os.Stat(filepath.Join("..", "..", "examples", "tian", "testdata", "play", found[1]))
		require.NoError(t, err, "there is no scenario %s", found[1])
	}
	rows, row := 0, regexp.MustCompile(`^\| (\d+\.\d+) \|`)
	for line := range strings.Lines(page) {
		number := row.FindStringSubmatch(line)
		if number == nil {
			continue
		}
		rows++
		if strings.Contains(line, "| Said |") {
			require.Contains(t, page, "- **"+number[1]+"**", "why can it not be said?")
			continue
		}
		require.Regexp(t, "`(Test|Fuzz)|\\.json`", line, "which test shows it?")
	}
	require.Greater(t, rows, 74)
	for section := range strings.SplitSeq(page, "\n## ") {
		if regexp.MustCompile(`^\d`).MatchString(section) {
			require.Regexp(t, scenario, section, "which scenario walks it?")
		}
	}
	require.Contains(t, text(t, "README.md"), "](proposal/docs/clauses.md)")
}
