package sqlstore

import (
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestThePlaceAfterAPrefix(t *testing.T) {
	for prefix, want := range map[string]string{
		"":                      "",
		"a":                     "b",
		"关于":                    "关亏", // 于 is U+4E8E, 亏 U+4E8F
		"a\U0010FFFF":           "b",
		"\U0010FFFF":            "",
		"\uD7FF":                "\uE000",
		"\uFFFF":                "\U00010000",
		"\x7f":                  "\u0080",
		"b\U0010FFFF\U0010FFFF": "c",
	} {
		require.Equal(t, want, afterPrefix(prefix), "%q", prefix)
	}
}

// Whatever begins with a prefix is below the place after it, whatever is at or
// above the prefix and does not begin with it is not.
func TestThePlaceAfterAPrefixBoundsIt(t *testing.T) {
	property := func(prefix, text string) bool {
		prefix, text = strings.ToValidUTF8(prefix, ""), strings.ToValidUTF8(text, "")
		end := afterPrefix(prefix)
		if !utf8.ValidString(end) {
			return false
		}
		below := func(s string) bool { return end == "" || s < end }
		return below(prefix+text) && (text < prefix || strings.HasPrefix(text, prefix) == below(text))
	}
	require.NoError(t, quick.Check(property, &quick.Config{MaxCount: 5000}))
}
