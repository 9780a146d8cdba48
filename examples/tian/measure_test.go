package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
)

func TestDueCountsOverTheHolidays(t *testing.T) {
	got := answers[[]struct {
		Due   string
		Trace []string
	}](t, `[{"start":"2024-04-26","limit":{"n":10,"unit":"workday"},"roll":"next_workday","pauses":[],"extend":[{"n":5,"unit":"workday"}],"calendar":"china"},
		{"start":"2023-11-30","limit":{"n":3,"unit":"month"}},
		{"start":"2024-05-01","limit":{"n":1,"unit":"workday"},"calendar":{"weekend":["Sat","Sun"],"off":["2024-05-02"],"work":["2024-05-04"]}}]`, "due", "--in", "-")
	// Labour day 2024: off 1 to 5 May, at work on 28 April and 11 May; so day 10
	// is 13 May, and five more are 20 May.
	require.Equal(t, "2024-05-20", got[0].Due)
	require.Equal(t, "2024-02-29", got[1].Due, "three months are not ninety days")
	require.Equal(t, "2024-05-03", got[2].Due)
	require.NotEmpty(t, got[0].Trace)
	people := tian(t, `{"start":"2024-04-26","limit":{"n":10,"unit":"workday"}}`, "due", "--in", "-", "--lang", "en")
	require.Contains(t, people.out, "due 2024-05-13\n")
	require.Contains(t, people.out, "Friday 26 April 2024")
}

func TestAWeightedSumIsExact(t *testing.T) {
	for question, want := range map[string]string{
		// in binary floats 0.1×90 + 0.2×90 + 0.7×90 is 89.99999999999999
		`{"method":"weighted_sum","weights":["0.1","0.2","0.7"],"scores":[90,90,90],"places":1,"band_min":90}`: `{"total":"90.0","rounded":"90.0","in_band":true}`,
		`{"method":"weighted_sum","weights":[0.5,0.5],"scores":["89.9","90.02"],"places":1,"band_min":"90"}`:   `{"total":"89.96","rounded":"90.0","in_band":false}`,
		`{"method":"weighted_sum","weights":[1],"scores":["0.25"],"places":1}`:                                 `{"total":"0.25","rounded":"0.3"}`,
		`{"method":"weighted_sum","weights":[1],"scores":["0.25"],"places":1,"rule":"half_even"}`:              `{"total":"0.25","rounded":"0.2"}`,
		`{"method":"weighted_sum","weights":[],"scores":[],"places":1}`:                                        `{"undefined":"no_values"}`,
		`{"method":"weighted_sum","weights":[1],"scores":[2],"places":0,"band_min":null}`:                      `{"total":"2","rounded":"2"}`,
		`{"method":"krippendorff_alpha","level":"nominal","raters_by_units":[[1,1],[1,1]]}`:                    `{"undefined":"no_variation"}`,
		`{"method":"rank","values":[20,10,20],"ties":"average"}`:                                               `{"ranks":[2.5,1,2.5]}`,
		`{"method":"trimmed_mean","values":[1,2,3,100],"trim_each_end":1}`:                                     `{"value":2.5}`,
		`{"method":"cohen_kappa","weights":"none","table":[[20,5],[10,15]]}`:                                   `{"value":0.4}`,
	} {
		r := tian(t, question, "measure", "--in", "-", "--json")
		require.Equal(t, exitAnswered, r.code, r.err)
		require.JSONEq(t, want, r.out, question)
	}
	for want, question := range map[string]string{
		"weights[0]":        `{"method":"weighted_sum","weights":["a"],"scores":[1],"places":1}`,
		"2 weights for 1":   `{"method":"weighted_sum","weights":[1,2],"scores":[1],"places":1}`,
		"band_min":          `{"method":"weighted_sum","weights":[1],"scores":[1],"places":1,"band_min":"high"}`,
		"unknown field":     `{"method":"weighted_sum","weights":[1],"scores":[1],"place":1}`,
		"rounding rule":     `{"method":"weighted_sum","weights":[1],"scores":[1],"places":1,"rule":"up"}`,
		"possible":          `{"method":"weighted_sum","weights":[1],"scores":[1],"places":99}`,
		"weights: a number": `{"method":"weighted_sum","weights":7,"scores":[1],"places":1}`,
		"places: a string":  `{"method":"weighted_sum","weights":[1],"scores":[1],"places":"1"}`,
		"is given twice":    `{"method":"weighted_sum","weights":[1,1],"weights":[2],"scores":[1],"places":1}`,
		`"Weights"`:         `{"method":"weighted_sum","weights":[1],"Weights":[2],"scores":[1],"places":1}`,
		"scores: is missi":  `{"method":"weighted_sum","weights":[1],"places":1}`,
		`"null"`:            `{"method":"weighted_sum","weights":[null],"scores":[1],"places":1}`,
		"ahp, weighted_s":   `{"method":"weighted"}`,
	} {
		refuses(t, want, question, "measure", "--in", "-")
	}
}

func TestTheExamplesOfTheHelpAreScored(t *testing.T) {
	rubric := filepath.Join(t.TempDir(), "rubric.json")
	require.NoError(t, os.WriteFile(rubric, []byte(exampleRubric), 0o600))
	help := tian(t, "", "score", "--help").out
	require.Contains(t, help, exampleRubric)
	require.Contains(t, help, exampleCards)

	out := answers[[]evaluate.Outcome](t, exampleCards, "score", "--rubric", rubric, "--in", "-")
	require.Len(t, out, 1)
	require.Equal(t, "90.8", out[0].Total.String(), "40 - 3, and the mean of 55 and 52.5")
	require.Equal(t, "excellent", out[0].Band)
	require.NotEmpty(t, out[0].Ledger)

	bad := strings.Replace(exampleCards, "]}\n]", "]}, {\"id\":\"b\",\"facts\":{\"contact_rate\":\"x\"}}, 7]", 1)
	mixed := answers[[]json.RawMessage](t, bad, "score", "--rubric", rubric, "--in", "-")
	require.Len(t, mixed, 3)
	var f failure
	require.NoError(t, json.Unmarshal(mixed[1], &f))
	require.NotEmpty(t, f.Error.Code)
	require.Contains(t, f.Error.Message, "contact")

	three := strings.NewReplacer(`"version": 1`, `"version": 0`, `"groups": ["members"]`, `"groups": ["nobody"]`, `"full": 100`, `"full": 120`).Replace(exampleRubric)
	require.NoError(t, os.WriteFile(rubric, []byte(three), 0o600))
	for _, problem := range []string{"version", "full", "nobody"} {
		refuses(t, problem, exampleCards, "score", "--rubric", rubric, "--in", "-")
	}
	require.NoError(t, os.WriteFile(rubric, []byte(exampleRubric), 0o600))

	one := answers[evaluate.Outcome](t, strings.Trim(exampleCards, "[]\n "), "score", "--rubric", rubric, "--in", "-")
	require.Equal(t, out[0].Total, one.Total)
	refuses(t, "contact_rate", `{"id":"b","facts":{"contact_rate":"x"}}`, "score", "--rubric", rubric, "--in", "-")
	refuses(t, "rubric.json", exampleCards, "score", "--rubric", filepath.Join(filepath.Dir(rubric), "none", "rubric.json"), "--in", "-")
	refuses(t, "standard input", "[", "score", "--rubric", rubric, "--in", "-")
	refuses(t, "standard input", "", "score", "--rubric", "county_vote", "--in", "-")
}
