package main

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheExampleOfTheHelpIsVerified(t *testing.T) {
	require.Contains(t, tian(t, "", "verify", "--help").out, exampleReport)
	one := answers[map[string]any](t, exampleReport, "verify", "--in", "-")
	require.Equal(t, true, one["consistent"])
	people := tian(t, exampleReport, "verify", "--in", "-").out
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
	people := tian(t, `{"sums":[{"label":"合计","total":3,"parts":[1,1]}]}`, "verify", "--in", "-").out
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
	require.Contains(t, tian(t, "", "verify", "--in", file).out, "汉中市政协五届四次会议以来 (2020)\n全部相符。")
}
