package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestTheExampleOfTheHelpIsVerified(t *testing.T) {
	require.Contains(t, tian(t, "", "verify", "--help").out, exampleReport)
	one := answers[map[string]any](t, exampleReport, "verify", "--in", "-")
	require.Equal(t, true, one["consistent"])
	people := tian(t, exampleReport, "verify", "--in", "-", "--lang", "zh").out
	require.Contains(t, people, "全部相符。")
	require.Contains(t, people, "329/468为70.2991%")
	people = tian(t, exampleReport, "verify", "--in", "-", "--lang", "en").out
	require.Contains(t, people, "All figures are right.")
	require.Contains(t, people, "The parts add up to the printed total, 329.")
}

func TestVerifyAnswersEachReportInItsPlace(t *testing.T) {
	type answer struct {
		Consistent bool
		Rates      []struct {
			Exact  string
			Rules  []string
			OK     bool
			Reason string
			Other  []struct{ Base, Rule string } `json:"other_bases"`
		}
		Error struct{ Code, Message string }
	}
	got := answers[[]answer](t, `[
		{"totals":{"received":223,"filed":205},"rates":[{"label":"城镇化","count":15,"base":"filed","printed":"6.7"}]},
		{"rates":[{"label":"r","count":-1,"base":2,"printed":"6.7"}]},
		{"rates":[{"label":"r","count":1,"base":0,"printed":"6.7"}]},
		7, {"sums":[]}]`, "verify", "--in", "-")
	require.Len(t, got, 5)
	require.False(t, got[0].Consistent)
	require.Equal(t, "7.3171", got[0].Rates[0].Exact)
	require.Equal(t, "received", got[0].Rates[0].Other[0].Base)
	require.Equal(t, "invalid", got[1].Error.Code)
	require.Contains(t, got[1].Error.Message, "rates[0].count: -1 is negative")
	require.Equal(t, "base_zero", got[2].Rates[0].Reason)
	require.NotEmpty(t, got[3].Error.Code)
	require.True(t, got[4].Consistent)
	people := tian(t, `{"sums":[{"label":"合计","total":3,"parts":[1,1]}]}`, "verify", "--in", "-", "--lang", "zh").out
	require.Contains(t, people, "有不符之处。")
	require.Contains(t, people, "各分项之和为2，所印合计为3")
	for _, bad := range []string{"", "[", "{}", `{"rates":[{"label":"r","count":1,"base":"none","printed":"1"}]}`} {
		require.Equal(t, exitUnusable, tian(t, bad, "verify", "--in", "-", "--json").code, bad)
	}
	refuses(t, "neither zh nor en", exampleReport, "verify", "--in", "-", "--lang", "fr")
}

func TestPublishedReportsAreVerified(t *testing.T) {
	const file = "../../evaluate/rates/testdata/published_reports.json"
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	var reports []json.RawMessage
	require.NoError(t, json.Unmarshal(data, &reports))
	got := answers[[]struct{ Consistent bool }](t, "", "verify", "--in", file)
	require.Len(t, got, len(reports))
	require.Contains(t, tian(t, "", "verify", "--in", file, "--lang", "zh").out, "汉中市政协五届四次会议以来 (2020)\n全部相符。")
}

// A table is judged the same, in whatever form it comes.
func TestTablesOfEveryFormAreVerified(t *testing.T) {
	const table = "某市提案统计\n类别,件数,占比\n经济,137,24.68%\n社会,418,75.31%\n合计,555,100%\n\n单位,总数,办复,办复率\n甲局,\"1,200\",6,0.5%\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(table)
	require.NoError(t, err)
	for name, data := range map[string]string{
		"UTF-8": table, "GBK": gbk, "a mark": "\xef\xbb\xbf" + table, "lines of Windows": strings.ReplaceAll(table, "\n", "\r\n"),
		"HTML": "<table><tr><td>某市提案统计<tr><td>类别<td>件数<td>占比<tr><td>经济<td>137<td>24.68%<tr><td>社会<td>418<td>75.31%<tr><td>合计<td>555<td>100%" +
			"<tr><td><td><td><tr><td>单位<td>总数<td>办复<td>办复率<tr><td>甲局<td>1,200<td>6<td>0.5%</table>",
	} {
		r := tian(t, data, "verify", "--in", "-", "--lang", "zh")
		require.Zero(t, r.code, name+r.err)
		require.Contains(t, r.out, "B5 合计 件数", name)
		require.Contains(t, r.out, "各分项之和为555，与所印合计相符", name)
		require.Contains(t, r.out, "C4", name)
		require.Regexp(t, "D8 甲局 +相符", r.out, name)
		require.NotContains(t, r.out, "不符 ", name)
	}
	wrong := answers[[]struct {
		Sheet      string
		Consistent bool
		Rates      []struct {
			Cell string
			OK   bool
		}
	}](t, strings.Replace(table, "24.68", "25.68", 1), "verify", "--in", "-")
	require.Len(t, wrong, 2)
	require.False(t, wrong[0].Consistent)
	require.Equal(t, "C3", wrong[0].Rates[0].Cell)
	require.False(t, wrong[0].Rates[0].OK)
	refuses(t, "no table with counts and percentages", "案号,案由\n1,甲\n", "verify", "--in", "-")
	refuses(t, "line 3", "类别,件数,占比\n经济,1,50%\n\"社会\"x,1,50%\n", "verify", "--in", "-")
}
