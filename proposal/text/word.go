package text

import (
	"strings"
	"unicode"
)

// Without replaces each of the words in s by ***, in whatever spelling it stands:
// in full width, in another case, with radicals for ideographs, and with white
// space or invisible characters in between. A word of which nothing can be seen is
// in no text.
func Without(s string, words ...string) string {
	t := packed(s)
	gone := make([]bool, len(t.plain)) // bytes
	found := false
	for _, word := range words {
		w := packed(word).plain
		if w == "" {
			continue
		}
		for from := 0; ; {
			at := strings.Index(t.plain[from:], w)
			if at < 0 {
				break
			}
			for i := range len(w) {
				gone[from+at+i] = true
			}
			found = true
			from += at + 1
		}
	}
	if !found {
		return s
	}
	var b strings.Builder
	end := 0
	for i := 0; i < len(gone); i++ {
		if !gone[i] {
			continue
		}
		b.WriteString(s[end:t.back[i]])
		b.WriteString("***")
		for i+1 < len(gone) && gone[i+1] {
			i++
		}
		end = t.after[i]
	}
	b.WriteString(s[end:])
	return b.String()
}

// Holds reports whether one of the words stands in s, in whatever spelling.
func Holds(s string, words ...string) bool { return Without(s, words...) != s }

// packed is a text as words are looked for in it: folded, and without white space.
func packed(s string) reading {
	return readAs(s, func(r rune) bool { return unicode.IsSpace(r) || isUnseen(r) },
		func(r rune) rune { return unicode.ToLower(half(unified(r))) })
}
