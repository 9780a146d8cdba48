package house_test

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Turns at which a reader of today stops, in comments and messages.
var stilted = turns(
	"tells whether", "tell whether", "tells of", "tell of", "be it", "in the midst of", "in its midst", "as it were",
	"theirs to", "must needs", "by and by",
	"whilst", "amidst", "amongst", "betwixt", "lest", "albeit", "ere", "nay", "oft", "unto", "naught", "aught",
	"shall", "ought", "perchance", "whosoever", "whatsoever", "wheresoever", "hitherto", "heretofore", "henceforth",
	"forthwith", "notwithstanding", "thrice", "whence", "thence", "hither", "thither", "hereby", "herein", "hereof",
	"thereby", "therein", "thereof", "thereto", "thereupon", "therewith", "whereby", "wherein", "whereof", "whereupon",
)

// turns matches any of some phrases as whole words, also over the end of a line
// of comment.
func turns(phrases ...string) *regexp.Regexp {
	all := strings.ReplaceAll(strings.Join(phrases, "|"), " ", `[\s/]+`)
	return regexp.MustCompile(`(?i)\b(?:` + all + `)\b`)
}

// How many such turns a folder still has is in testdata/plain.txt, until they
// are rewritten; the numbers only go down. To note that they have:
//
//	go test ./.ci/house -run TestWordsArePlain -update
func TestWordsArePlain(t *testing.T) {
	t.Parallel()
	file := filepath.Join("testdata", "plain.txt")
	allowed, found, where := map[string]int{}, map[string]int{}, map[string]string{}
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	for line := range strings.Lines(string(raw)) {
		var count int
		var folder string
		_, err := fmt.Sscan(line, &count, &folder)
		require.NoError(t, err, "%s: %s", file, line)
		allowed[folder] = count
	}
	walk(t, func(name string) {
		if path.Ext(name) != ".go" || name == ".ci/house/plain_test.go" {
			return
		}
		content := text(t, name)
		for _, at := range stilted.FindAllStringIndex(content, -1) {
			found[path.Dir(name)]++
			where[path.Dir(name)] += fmt.Sprintf("\n%s:%d: %q", name, 1+strings.Count(content[:at[0]], "\n"), content[at[0]:at[1]])
		}
	})
	var noted strings.Builder
	for _, folder := range slices.Sorted(maps.Keys(found)) {
		if found[folder] > allowed[folder] {
			t.Errorf("%s has %d turns to put plainly, where %d are allowed:%s", folder, found[folder], allowed[folder], where[folder])
		}
		if least := min(found[folder], allowed[folder]); least > 0 {
			fmt.Fprintln(&noted, least, folder)
		}
	}
	reviewLines(t, file, noted.String(), "the number of stilted turns", "TestWordsArePlain")
}

func TestStiltedTurnsAreFound(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"// Whilst it runs":                  "Whilst",
		"// It tells\n\t// whether it is":    "tells\n\t// whether",
		"must be items of the list":          "",
		"errors.New(\"nothing thereof\")":    "thereof",
		"where the interests lie, elsewhere": "",
	} {
		require.Equal(t, want, stilted.FindString(content), content)
	}
}
