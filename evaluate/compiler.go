package evaluate

import (
	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// compiler walks a rubric once, building the sheet and collecting problems.
type compiler struct {
	lint
	sheet  *Sheet
	groups map[string]int
	keys   map[string]bool
}

// checkKey reports whether key is lower-case ASCII letters, digits and
// underscores, starting with a letter, and no reserved word.
func (c *compiler) checkKey(at, key string) bool {
	ok := key != "" && len(key) <= 64 && key[0] >= 'a' && key[0] <= 'z'
	for i := 0; ok && i < len(key); i++ {
		b := key[i]
		ok = b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '_'
	}
	switch {
	case !ok:
		c.add(problem.Key, at, "", "key %s is not a letter followed by lower-case letters, digits, underscores (64 at most)", quote.Short(key))
	case rubric.Missing(key).Valid():
		c.add(problem.Key, at, "", "key %s is reserved for a missing mark", key)
		ok = false
	}
	return ok
}
