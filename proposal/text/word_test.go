package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/text"
)

// A word is found in whatever spelling it stands.
func TestAWordIsTakenOutInAnySpelling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, left string }{
		{"请与张小明联系", "请与***联系"},
		{"张小明、张小明", "***、***"},
		{"张 小 明同志", "***同志"},
		{"张　小明", "***"},
		{"张\u200b小\u00ad明", "***"},
		{"张\n小明", "***"},
		{"张小", "张小"},
		{"⼩明村", "⼩明村"},
		{"张⼩明", "***"},
		{"Zhang ｘiao Ming's", "***'s"},
		{"ZHANGXIAOMING", "***"},
	} {
		require.Equal(t, c.left, text.Without(c.text, "张小明", "Zhang Xiaoming"), "%q", c.text)
		require.Equal(t, c.left != c.text, text.Holds(c.text, "张小明", "Zhang Xiaoming"))
	}
	require.Equal(t, "abc", text.Without("abc", "", "\u200b", " "))
	require.Equal(t, "***c", text.Without("ababac", "bab", "aba", "ba"))
}

// A word that has been taken out is not there any more, and what is left is what
// was there.
func FuzzWithout(f *testing.F) {
	f.Add("请与张小明联系", "张小明")
	f.Add("aＡ\u200ba", "aa")
	f.Add("\xffa\xff", "\xff")
	f.Add("ab", "***")
	f.Fuzz(func(t *testing.T, s, word string) {
		s = strings.ReplaceAll(s, "*", "+") // so that what was put there can be told
		left := text.Without(s, word)
		if utf8.ValidString(s) && !utf8.ValidString(left) {
			t.Fatalf("%q is not UTF-8", left)
		}
		for piece := range strings.SplitSeq(left, "***") {
			if !strings.Contains(s, piece) {
				t.Fatalf("%q is not of %q", piece, s)
			}
			if text.Holds(piece, word) {
				t.Fatalf("%q still stands in %q", word, piece)
			}
		}
	})
}
