package ledger

import (
	"strings"
	"unicode/utf8"
)

// joined are the words that may stand between the names of two units, and how the
// names of units end; see [Map].
type joined struct{ between, ends []string }

// apart takes a name apart that is several: A和B, A B. Each of them has to end as a
// unit does, so that 市人力资源和社会保障局 stays one. What stands in brackets is
// never cut.
func (j joined) apart(name string) []string {
	var units []string
	begin, deep := 0, 0
	for i := 0; i < len(name); {
		r, size := utf8.DecodeRuneInString(name[i:])
		switch {
		case strings.ContainsRune("(（[［【〔﹝〖", r):
			deep++
		case strings.ContainsRune(")）]］】〕﹞〗", r):
			deep--
		case deep == 0 && j.ended(name[begin:i]):
			if word := j.at(name[i:]); word > 0 {
				units = append(units, strings.TrimSpace(name[begin:i]))
				i += word
				begin = i
				continue
			}
		}
		i += size
	}
	last := strings.TrimSpace(name[begin:])
	if len(units) == 0 || !j.ended(last) {
		return []string{name}
	}
	return append(units, last)
}

// at returns the length of the word between units that a text begins with.
func (j joined) at(s string) int {
	longest := 0
	for _, word := range j.between {
		if len(word) > longest && strings.HasPrefix(s, word) {
			longest = len(word)
		}
	}
	return longest
}

// ended reports whether a name ends as a unit does, before what stands in brackets.
func (j joined) ended(name string) bool {
	name = strings.TrimSpace(name)
	if open := strings.LastIndexAny(name, "(（[［【〔﹝〖"); open > 0 && strings.ContainsAny(name[open:], ")）]］】〕﹞〗") {
		name = strings.TrimSpace(name[:open])
	}
	for _, end := range j.ends {
		if strings.HasSuffix(name, end) && utf8.RuneCountInString(name) > 1 {
			return true
		}
	}
	return false
}
