package spell

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNearestIsTheWordThatWasMeant(t *testing.T) {
	events := []string{"submit", "file", "assign", "give_opinion", "months", "已答复"}
	for word, want := range map[string]string{
		"submitt": "submit", "sumbit": "submit", "fiel": "file", "give_opinoin": "give_opinion", "monhts": "months",
		"已回复": "已答复", "xyz": "", "": "", "conclude": "",
	} {
		require.Equal(t, want, Nearest(word, events), word)
	}
	require.Empty(t, Nearest("submit", nil))
}

func TestHintNamesTheWordInBothLanguages(t *testing.T) {
	zh, en := Hint("ofice", []string{"member", "office"})
	require.Equal(t, `；是否应为"office"？`, zh)
	require.Equal(t, `; did you mean "office"?`, en)
	zh, en = Hint("wizard", []string{"member", "office"})
	require.Empty(t, zh+en)
}

// Distances from Damerau's edits, counted by hand.
func TestDistanceCountsEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "ab", 2}, {"kitten", "sitting", 3}, {"ab", "ba", 1}, {"flaw", "lawn", 2}, {"same", "same", 0}} {
		require.Equal(t, c.want, distance([]rune(c.a), []rune(c.b), 9), c.a+" "+c.b)
		require.Equal(t, c.want, distance([]rune(c.b), []rune(c.a), 9), c.b+" "+c.a)
	}
	require.Equal(t, 2, distance([]rune("kitten"), []rune("sitting"), 1), "above the limit")
}
