package main

import (
	"slices"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/tian-go/tian/proposal/text"
)

// A second implementation, golang.org/x/text, says the same of every character
// that the table is about. Of the radicals supplement it knows two only; the
// others have to become ideographs that are none of the radicals.
func TestIdeographsAgreeWithUnicodeNormalization(t *testing.T) {
	t.Parallel()
	changed := 0
	for r := range rune(0x30000) {
		if !slices.ContainsFunc(blocks, func(b block) bool { return r >= b.first && r <= b.last }) || !unicode.IsGraphic(r) {
			continue
		}
		got, want := text.Spell(string(r)), norm.NFKC.String(string(r))
		if got != string(r) {
			changed++
		}
		if r >= 0x2E80 && r <= 0x2EFF && want == string(r) {
			require.True(t, got == want || unicode.Is(unicode.Unified_Ideograph, []rune(got)[0]), "%U became %q", r, got)
			continue
		}
		require.Equal(t, want, got, "%U", r)
	}
	require.Greater(t, changed, 1300)
}

// Full-width ASCII becomes what the normal form makes of it.
func TestWidthAgreesWithUnicodeNormalization(t *testing.T) {
	t.Parallel()
	for r := '！'; r <= '～'; r++ {
		require.Equal(t, norm.NFKC.String(string(r)), text.Narrow(string(r)), "%U", r)
	}
}
