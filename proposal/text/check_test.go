package text_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/text"
)

func code(p *text.Problem) string {
	if p == nil {
		return ""
	}
	return p.Code
}

func TestLines(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"":                               "",
		"关于人行道 A1（甲）　乙":                  "",
		"关于⼈⾏道":                          "", // spelled later
		strings.Repeat("\U00020000", 20): "",
		strings.Repeat("\U00020000", 21): "too_long",
		strings.Repeat("字", 21):          "too_long",
		strings.Repeat("x", 1000):        "too_long",
		"a\nb":                           "control_character",
		"a\x7f":                          "control_character",
		"a\xff":                          "not_utf8",
		"\ufffd":                         "",
		"葛\U000e0100城":                   "",
		"葛\ufe00":                        "",
		"a\ufe0f":                        "invisible_character",
		"\ufe0f":                         "invisible_character",
		"\U00031350\U0003134f\U0002ebf0\U000323b0": "",
	} {
		require.Equal(t, want, code(text.Line(s, 20)), "%q", s)
	}
	ranges := [][2]rune{
		{0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}, {0xAD, 0xAD}, {0x3164, 0x3164},
		{0x115F, 0x1160}, {0xFFA0, 0xFFA0}, {0x180E, 0x180E}, {0x2028, 0x2029}, {0xE000, 0xF8FF}, {0xE0001, 0xE007F}, {0x0378, 0x0379},
		{0x1FFFE, 0x1FFFF}, {0x2FFFE, 0x2FFFF}, {0xF0000, 0xF0010}, {0x10FFFF, 0x10FFFF}, {0xFFF9, 0xFFFB}, {0x206A, 0x206F},
	}
	for _, bounds := range ranges {
		for r := bounds[0]; r <= bounds[1]; r++ {
			p := text.Line("题"+string(r)+"目", 20)
			require.Equal(t, "invisible_character", code(p), "%U", r)
			require.Contains(t, p.ZH, "第2字")
			require.Contains(t, p.EN, "character 2")
			require.Equal(t, "empty", code(text.Name(string(r), 20)), "%U", r)
			require.NotContains(t, text.Fold("题"+string(r)+"目"), string(r))
		}
	}
	require.Contains(t, text.Line("a\u202e", 20).EN, "U+202E")
	require.Contains(t, text.Line("a\u202e", 20).ZH, "U+202E")
}

func TestNamesAndTextsThatSayNothing(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", " ", "\u3000", "\u200b", "\u3164", "\u202e", "\t\n", "\u200d \ufeff"} {
		require.Equal(t, "empty", code(text.Name(s, 20)), "%q", s)
		require.Equal(t, "empty", code(text.Said(s, 20)), "%q", s)
		require.Equal(t, "empty", code(text.ID(s, 20)), "%q", s)
		require.True(t, text.IsBlank(s))
	}
	require.Nil(t, text.Name("题", 20))
	require.Nil(t, text.Said("题", 20))
}

func TestTexts(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"":                           "",
		"一\n\t二\u200b\ufeff👨\u200d👩": "",
		"a\x00":                      "control_character",
		"a\xff":                      "not_utf8",
		"a\u202eb":                   "invisible_character",
		"a\u2066b":                   "invisible_character",
		strings.Repeat("字", 21):      "too_long",
	} {
		require.Equal(t, want, code(text.Text(s, 20)), "%q", s)
		if s != "" {
			require.Equal(t, want, code(text.Said(s, 20)), "%q", s)
		}
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"":                      "empty",
		"\u3000a":               "white_space",
		"a\u3000":               "white_space",
		strings.Repeat("字", 10): "too_long",
		"市场监管局":                 "",
		"市\u200b":               "invisible_character",
		"a\x00":                 "control_character",
	} {
		require.Equal(t, want, code(text.ID(s, 20)), "%q", s)
	}
	require.Equal(t, "too_many", code(text.Entries(3, 2)))
	require.Nil(t, text.Entries(2, 2))
}

// A25: the size is looked at before anything else.
func TestFarTooLongIsRefusedWithoutReading(t *testing.T) {
	huge := strings.Repeat(" ", 100<<20)
	for _, check := range []func(string, int) *text.Problem{text.Line, text.Name, text.Text, text.Said, text.ID} {
		var p *text.Problem
		require.Less(t, testing.AllocsPerRun(1, func() { p = check(huge, 200) }), 20.0)
		require.Equal(t, "too_long", code(p))
		began := time.Now()
		for range 1000 {
			check(huge, 200)
		}
		require.Less(t, time.Since(began), time.Second)
	}
}
