package report_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/big"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/tian-go/tian/proposal/report"
	"github.com/tian-go/tian/proposal/workflow"
)

// book makes a spreadsheet of these rows; a string that begins with = is a
// number printed as a percentage with two decimals.
func book(t testing.TB, rows ...[]any) *bytes.Buffer {
	t.Helper()
	f := excelize.NewFile()
	percent, err := f.NewStyle(&excelize.Style{NumFmt: 10})
	require.NoError(t, err)
	for i, row := range rows {
		for j, c := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			require.NoError(t, err)
			if n, is := c.(float64); is {
				require.NoError(t, f.SetCellStyle("Sheet1", at, at, percent))
				c = n
			}
			require.NoError(t, f.SetCellValue("Sheet1", at, c))
		}
	}
	var b bytes.Buffer
	_, err = f.WriteTo(&b)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return &b
}

// row is a row of a table.
func row(cells ...any) []any { return cells }

func TestEachCellOfASpreadsheetIsJudged(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rows  [][]any
		wrong []string          // cells
		says  map[string]string // part of what is said of a cell
	}{
		"a table with a title and a total": {rows: [][]any{
			row("2024年提案分类统计表"), row("类别", "件数", "占比"), row("经济", 137, "24.68%"), row("政治", 18, "3.24%"), row("文化", 146, "26.31%"), row("社会", 243, "43.78%"), row("生态", 11, "1.99%"), row("合计", 555, "100%"),
		}, wrong: []string{"C7"}, says: map[string]string{"C7": "11/555为1.9820%，所印1.99%不能由取舍得出", "B8": "各分项之和为555，与所印合计相符"}},
		"numbers with a format": {rows: [][]any{
			row("类别", "数量", "比例"), row("解决", 26, 0.2921), row("计划", 53, 0.5955), row("参考", 10, 0.1123), row("合计", 89),
		}, says: map[string]string{"C4": "去尾"}},
		"fractions":                     {rows: [][]any{row("item", "count", "share"), row("a", 1, "0.333"), row("b", 2, "0.667")}},
		"no total: the sum is the base": {rows: [][]any{row("类别", "件数", "百分比（%）"), row("甲", 1, "33.3"), row("乙", 2, "66.7")}},
		"a base beside it":              {rows: [][]any{row("指标", "数量", "基数", "比率"), row("立案率", 329, 468, "70.3%"), row("重点", 10, 329, "3.1%")}, wrong: []string{"D3"}},
		"a rate named for its column": {rows: [][]any{
			row("单位", "主办", "协办", "总数", "办复", "办复率"), row("教育局", 3, 1, 4, 3, "75%"), row("财政局", 2, 1, 3, 2, "66.6%"), row("卫健委", 1, 0, 1, 1, "99%"),
		}, wrong: []string{"F4"}, says: map[string]string{"F3": "去尾"}},
		"a total that is none": {rows: [][]any{row("类别", "件数", "占比"), row("甲", 10, "33.3%"), row("乙", 20, "66.7%"), row("合计", 31)},
			wrong: []string{"B4", "C2", "C3"}},
		"forced to a hundred": {rows: [][]any{row("类别", "件数", "占比"), row("甲", 1, "34%"), row("乙", 1, "33%"), row("丙", 1, "33%"), row("合计", 3, "100%")},
			wrong: []string{"C2"}, says: map[string]string{"C2": "凑足100%"}},
		"over another base": {rows: [][]any{
			row("项目", "件数", "占比"), row("收到", 223, "–"), row("立案", 205, "–"), row(),
			row("类别", "件数", "基数", "占比"), row("城镇化", 15, 205, "6.7%"),
		}, wrong: []string{"D6"}, says: map[string]string{"D6": "以“收到”为基数"}},
		"two years beside each other": {rows: [][]any{
			row("类别", "2023年件数", "2023年占比", "2024年件数", "2024年占比"), row("甲", 1, "50%", 3, "75%"), row("乙", 1, "50%", 1, "26%"),
		}, wrong: []string{"E3"}},
		"full-width figures and thousands": {rows: [][]any{row("类别", "件数", "占比"), row("甲", "1,985件", "３９．７％"), row("乙", "3,021", "60.3%"), row("合计", "5,006")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			verdicts, err := report.VerifySheets(book(t, c.rows...))
			require.NoError(t, err)
			var wrong []string
			said := map[string]string{}
			for _, v := range verdicts {
				for _, s := range v.Sums {
					said[s.Cell] = s.Chinese()
					if !s.OK {
						wrong = append(wrong, s.Cell)
					}
				}
				for _, r := range v.Rates {
					said[r.Cell] = r.Chinese()
					require.NotEmpty(t, r.English())
					require.NotEmpty(t, r.Label)
					if !r.OK {
						wrong = append(wrong, r.Cell)
					}
				}
				require.Empty(t, v.Unread)
			}
			require.ElementsMatch(t, c.wrong, wrong, "%v", said)
			for cell, want := range c.says {
				require.Contains(t, said[cell], want, cell)
			}
		})
	}
}

func TestACellThatIsNoFigureIsTold(t *testing.T) {
	t.Parallel()
	verdicts, err := report.VerifySheets(book(t, row("类别", "件数", "占比"), row("甲", "若干", "50%"), row("乙", 1, "约一半"), row("丙", 1, "50%")))
	require.NoError(t, err)
	require.Equal(t, []report.UnreadCell{{Cell: "B2", Text: "若干"}, {Cell: "C3", Text: "约一半"}}, verdicts[0].Unread)
	require.Len(t, verdicts[0].Rates, 1)
}

func TestOurOwnSpreadsheetIsConsistent(t *testing.T) {
	t.Parallel()
	for _, l := range []report.Language{report.Chinese, report.English} {
		var b bytes.Buffer
		require.NoError(t, gathered(t, year(t), l).XLSX(&b))
		verdicts, err := report.VerifySheets(&b)
		require.NoError(t, err)
		judged := 0
		for _, v := range verdicts {
			require.True(t, v.Consistent, "%s: %+v", v.Sheet, v)
			judged += len(v.Rates) + len(v.Sums)
		}
		require.Greater(t, judged, 30, l)
	}
}

func TestWhatIsNoSpreadsheetIsRefused(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{
		"empty": "", "text": "类别,件数,占比\n", "a zip of nothing": "PK\x05\x06" + strings.Repeat("\x00", 18), "no table": book(t, row("标题"), row("甲", 1)).String(),
	} {
		_, err := report.VerifySheets(strings.NewReader(file))
		require.ErrorIs(t, err, workflow.ErrInvalid, name)
	}
	_, err := report.VerifySheets(strings.NewReader(strings.Repeat("x", report.MaxFile+1)))
	require.ErrorIs(t, err, workflow.ErrInvalid)
	require.ErrorContains(t, err, "too_large")
}

// swollen is a spreadsheet of which one part is this, with so many megabytes behind it.
func swollen(t *testing.T, part, begin string, megabytes int) io.Reader {
	t.Helper()
	whole := book(t, row("类别", "件数", "占比"), row("甲", 1, "100%")).Bytes()
	from, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	require.NoError(t, err)
	var b bytes.Buffer
	to := zip.NewWriter(&b)
	for _, f := range from.File {
		if f.Name != part {
			require.NoError(t, to.Copy(f))
		}
	}
	w, err := to.Create(part)
	require.NoError(t, err)
	_, err = io.WriteString(w, begin)
	require.NoError(t, err)
	for range megabytes {
		_, err = w.Write(bytes.Repeat([]byte(" "), 1<<20))
		require.NoError(t, err)
	}
	require.NoError(t, to.Close())
	return &b
}

// Spreadsheets that hurt end in an error and in little memory.
func TestSpreadsheetsThatHurtAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		part, begin string
		megabytes   int
	}{
		"styles without end":  {"xl/styles.xml", "<styleSheet>", 64},
		"a cell without end":  {"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c t="str"><v>`, 64},
		"texts without end":   {"xl/sharedStrings.xml", "<sst><si><t>", 64},
		"a sheet larger than": {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>", 300},
		"a sheet cut off":     {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>", 0},
	} {
		file := swollen(t, c.part, c.begin, c.megabytes)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := report.VerifySheets(file)
		runtime.ReadMemStats(&after)
		require.ErrorIs(t, err, workflow.ErrInvalid, name)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(64<<20), name)
	}
}

func FuzzVerifySheets(f *testing.F) {
	f.Add("类别", "件数", "占比", "甲", "1", "50%", "合计", "2", "100%")
	f.Add("item", "count", "share", "a", "0", "0.5", "total", "-1", "１２．３％")
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g, h, i, j string) {
		var rows [][]any
		for _, r := range [][]any{row(a, b, c), row(d, e, g), row(h, i, j)} {
			for k := range r {
				if s, is := r[k].(string); is && len(s) > 100 {
					r[k] = strings.ToValidUTF8(s[:100], "")
				}
			}
			rows = append(rows, r)
		}
		verdicts, err := report.VerifySheets(book(t, rows...))
		if err != nil {
			require.ErrorIs(t, err, workflow.ErrInvalid)
			return
		}
		for _, v := range verdicts {
			for _, s := range v.Sums {
				require.GreaterOrEqual(t, s.Got.Cmp(new(big.Int)), 0)
			}
		}
	})
}

// A sheet with one figure that its counts do not give.
func ExampleVerifySheets() {
	file := book(&testing.T{}, row("类别", "件数", "占比"), row("经济", 101, "30.7%"), row("其他", 228, "69.4%"), row("合计", 329, "100%"))
	verdicts, err := report.VerifySheets(file)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	for _, r := range verdicts[0].Rates {
		fmt.Println(r.Cell, r.Label, r.OK, r.Chinese())
	}
	// Output:
	// C2 经济 true 101/329为30.6991%，所印30.7%可由四舍五入、四舍六入五成双、凑足100%（最大余额法）得出。
	// C3 其他 false 228/329为69.3009%，所印69.4%不能由取舍得出。
	// C4 合计 true 329/329为100.0000%，所印100%可由四舍五入、四舍六入五成双、去尾得出。
}
