package sheets_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/sheets"
)

func TestEveryShippedSheetCompilesAndTellsWhereItComesFrom(t *testing.T) {
	t.Parallel()
	require.Len(t, sheets.Names(), 12)
	for _, name := range sheets.Names() {
		s, err := sheets.Sheet(name)
		require.NoError(t, err, name)
		r := s.Rubric()
		require.Equal(t, name, r.Name)
		require.NotEmpty(t, r.Title.Zh, name)
		require.NotEmpty(t, r.Title.En, name)
		require.True(t, r.Source != "" || len(r.Readings) > 0, "%s says neither a source nor that it is the library's own", name)
	}
	_, err := sheets.Sheet("nowhere")
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = sheets.Source("../sheets")
	require.ErrorIs(t, err, points.ErrInvalid)
}

// TestShippedSheetsNeverChangeUnderTheirVersion holds every sheet to the hash
// it was released with. A sheet that must change gets a new version, and its
// line here is replaced.
func TestShippedSheetsNeverChangeUnderTheirVersion(t *testing.T) {
	t.Parallel()
	released, err := os.ReadFile("testdata/released.txt")
	require.NoError(t, err)
	var now strings.Builder
	for _, name := range sheets.Names() {
		s, err := sheets.Sheet(name)
		require.NoError(t, err)
		fmt.Fprintf(&now, "%s %d %s\n", name, s.Rubric().Version, s.Hash())
	}
	require.Equal(t, string(released), now.String())
}

func Example() {
	sheet, _ := sheets.Sheet("hainan_2002")
	o, _ := sheet.Score(evaluate.Card{ID: "1", Subject: "交通厅", Facts: map[string]evaluate.Fact{
		"days_late":     evaluate.FactNumber(4 * points.One),
		"reply_quality": evaluate.FactNumber(46 * points.One),
		"result":        evaluate.FactNumber(27 * points.One),
	}})
	for _, l := range o.Ledger {
		fmt.Println(l.Criterion, l.Points)
	}
	fmt.Println("total", o.Total)
	// Output:
	// speed 0
	// reply_quality 46
	// result 27
	// total 73
}
