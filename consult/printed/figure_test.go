package printed_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/printed"
)

// TestPrintedFiguresThatAreNone: dates, names in quotation marks, ranges.
func TestPrintedFiguresThatAreNone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "若干", "力争5月初", "2024年", "攻坚目标“5080”攻坚", "9-11人", "1.5人", "1万2万", "99999999999次", "百姓"} {
		_, ok := printed.ParseFigure(text)
		require.False(t, ok, text)
	}
	require.Equal(t, []printed.Figure{{N: 50, Unit: "户", Text: "50户"}, {N: 140, Unit: "人", Text: "140人"}}, printed.ParseFigures("50户140人"))
}
