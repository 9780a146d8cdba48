package text_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/text"
)

// No cell reaches a spreadsheet as a formula, in any width or behind blanks, and what
// comes back is what went out.
func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	for _, cell := range []string{"=1+1", "＝1+1", "﹦1", "+86", "-5", "@SUM(A1)", "\t=1", "\n=1", " =1", "\u3000＝1", "'=1", "''=1"} {
		require.Equal(t, "'"+cell, text.Inert(cell), "%q", cell)
		require.Equal(t, cell, text.Bare(text.Inert(cell)), "%q", cell)
	}
	for _, cell := range []string{"", "关于=的提案", "2024-01-05", "'好'", "（一）", "a=b"} {
		require.Equal(t, cell, text.Inert(cell), "%q", cell)
		require.Equal(t, cell, text.Bare(cell), "%q", cell)
	}
}
