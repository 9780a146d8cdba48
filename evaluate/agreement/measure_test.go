package agreement_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/agreement"
)

// TestMeasureAnswers holds the questions and the forms of their answers.
// Figures are those of published_test.go, rounded to four places here.
func TestMeasureAnswers(t *testing.T) {
	for _, c := range []struct{ question, answer string }{
		{`{"method":"krippendorff_alpha","level":"nominal","raters_by_units":` + threeCoders + `}`, `{"value":0.6914}`},
		{`{"method":"krippendorff_alpha","level":"interval","raters_by_units":` + threeCoders + `}`, `{"value":0.8108}`},
		{`{"method":"krippendorff_alpha","level":"nominal","raters_by_units":[["A","B",null,"A"],["A","B","B","B"],["A",null,"B","A"]]}`, `{"value":0.64}`},
		{`{"method":"krippendorff_alpha","level":"nominal","raters_by_units":[[1,2,null,1],[1,2,2,2],[1,null,2,1]]}`, `{"value":0.64}`},
		{`{"method":"krippendorff_alpha","level":"nominal","raters_by_units":[["满意","满意"],["满意",null]]}`, `{"undefined":"no_variation"}`},
		{`{"method":"krippendorff_alpha","level":"ratio","raters_by_units":[[3,3],[3,null]]}`, `{"undefined":"no_variation"}`},
		{`{"method":"krippendorff_alpha","level":"ordinal","raters_by_units":[]}`, `{"undefined":"no_pairable_units"}`},
		{`{"method":"fleiss_kappa","counts":[[0,14],[14,0],[7.0,7]]}`, `{"value":0.6410}`},
		{`{"method":"fleiss_kappa","counts":[[3,0],[3,0]]}`, `{"undefined":"no_variation"}`},
		{`{"method":"cohen_kappa","weights":"none","table":[[0,4,1],[0,8,0],[0,1,5]]}`, `{"value":0.4842}`},
		{`{"method":"cohen_kappa","weights":"linear","table":[[0,4,1],[0,8,0],[0,1,5]]}`, `{"value":0.4701}`},
		{`{"method":"cohen_kappa","weights":"quadratic","table":[[0.5,0],[0,0.5]]}`, `{"value":1}`},
		{`{"method":"kendall_w","raters_by_objects":[[1,2,3],[1,2,3]]}`, `{"value":1,"chi_square":4}`},
		{`{"method":"kendall_w","raters_by_objects":[[5,5],[5,5]]}`, `{"undefined":"no_variation"}`},
		{`{"method":"icc","targets_by_judges":[[9,2,5,8],[6,1,3,2],[8,4,6,8],[7,1,2,6],[10,5,6,9],[6,2,4,7]]}`,
			`{"icc11":0.1657,"icc21":0.2898,"icc31":0.7148,"icc1k":0.4428,"icc2k":0.6201,"icc3k":0.9093}`},
		{`{"method":"icc","targets_by_judges":[[1,1],[1,1]]}`, `{"undefined":"no_variation"}`},
		{`{"method":"icc","targets_by_judges":[[1,2],[1,2]]}`,
			`{"icc11":-1,"icc21":0,"icc31":{"undefined":"zero_variance_estimate"},"icc1k":{"undefined":"zero_variance_estimate"},` +
				`"icc2k":0,"icc3k":{"undefined":"zero_variance_estimate"}}`},
		{`{"method":"wilson","x":81,"n":263,"confidence":0.95}`, `{"low":0.2553,"high":0.3662}`},
		{`{"method":"wilson","x":40,"n":50,"z":1}`, `{"low":0.7378,"high":0.8504}`},
		{`{"method":"wilson","x":0,"n":0,"z":1}`, `{"undefined":"no_observations"}`},
		{`{"method":"trimmed_mean","values":[1,2,3,100],"trim_each_end":1}`, `{"value":2.5}`},
		{`{"method":"trimmed_mean","values":[1,2,3,5],"trim_each_end":0.25}`, `{"value":2.5}`},
		{`{"method":"trimmed_mean","values":[1,2],"trim_each_end":1}`, `{"undefined":"too_few_values"}`},
		{`{"method":"rank","ties":"average","values":[0,2,3,2]}`, `{"ranks":[1,2.5,4,2.5]}`},
		{`{"method":"rank","ties":"dense","values":[]}`, `{"ranks":[]}`},
		{`{"method":"ahp","variant":"eigenvector","matrix":[[1,"1/3","1/6"],[3,1,"1/4"],[6,4,1]]}`,
			`{"weights":[0.0914,0.2176,0.691],"lambda_max":3.0536,"ci":0.0268,"cr":0.0462}`},
		{`{"method":"ahp","variant":"geometric_mean","matrix":[[1,2],[0.5,1]]}`,
			`{"weights":[0.6667,0.3333],"lambda_max":2,"ci":0,"cr":0}`},
	} {
		answer, err := agreement.Measure([]byte(c.question))
		require.NoError(t, err, c.question)
		require.JSONEq(t, c.answer, rounded(t, answer), c.question)
	}
}

// rounded prints a JSON text with its numbers rounded to four places.
func rounded(t *testing.T, text []byte) string {
	t.Helper()
	var value any
	require.NoError(t, json.Unmarshal(text, &value))
	var round func(any) any
	round = func(v any) any {
		switch v := v.(type) {
		case float64:
			return math.Round(v*1e4) / 1e4
		case []any:
			for i := range v {
				v[i] = round(v[i])
			}
		case map[string]any:
			for key := range v {
				v[key] = round(v[key])
			}
		}
		return v
	}
	short, err := json.Marshal(round(value))
	require.NoError(t, err)
	return string(short)
}

func TestMeasureBeyondTheRandomIndexKeepsTheWeights(t *testing.T) {
	row := "[" + strings.TrimSuffix(strings.Repeat("1,", 16), ",") + "]"
	question := `{"method":"ahp","variant":"eigenvector","matrix":[` + strings.TrimSuffix(strings.Repeat(row+",", 16), ",") + `]}`
	answer, err := agreement.Measure([]byte(question))
	require.NoError(t, err)
	require.Contains(t, string(answer), `"lambda_max":16,"ci":0,"cr":{"undefined":"beyond_random_index_table"}`)
}

func TestMeasureRefuses(t *testing.T) {
	for _, c := range []struct {
		question    string
		code        agreement.Code
		field       string
		row, column int
	}{
		{`{"method":"krippendorff_alpha","level":"nominal","raters_by_units":[["A",null],["B",1]]}`, agreement.CodeSyntax, "raters_by_units", 2, 2},
		{`{"method":"krippendorff_alpha","level":"nominal","raters_by_units":[[1,2],["1",2]]}`, agreement.CodeSyntax, "raters_by_units", 2, 1},
		{`{"method":"krippendorff_alpha","level":"nominal","raters_by_units":[["A",""]]}`, agreement.CodeMissing, "raters_by_units", 1, 2},
		{`{"method":"krippendorff_alpha","level":"nominal","raters_by_units":[["A","B"],["A"]]}`, agreement.CodeRagged, "raters_by_units", 2, 0},
		{`{"method":"krippendorff_alpha","level":"ordinal","raters_by_units":[["A","B"]]}`, agreement.CodeSyntax, "raters_by_units", 1, 1},
		{``, agreement.CodeSyntax, "", 0, 0},
		{`null`, agreement.CodeSyntax, "", 0, 0},
		{`{"method":"rank"`, agreement.CodeSyntax, "", 0, 0},
		{`{"method" "rank"}`, agreement.CodeSyntax, "method", 0, 0},
		{`{"method":"rank",}`, agreement.CodeSyntax, "", 0, 0},
		{`{"method":"rank" "ties":"min"}`, agreement.CodeSyntax, "", 0, 0},
		{`{7:"rank"}`, agreement.CodeSyntax, "", 0, 0},
		{`{"method":"rank"}]`, agreement.CodeSyntax, "", 0, 0},
		{`{"method":"rank","ties":"min","values":[1]} {}`, agreement.CodeSyntax, "", 0, 0},
		{`{"method":"rank","method":"icc"}`, agreement.CodeSyntax, "method", 0, 0},
		{`{"values":[1]}`, agreement.CodeMissing, "method", 0, 0},
		{`{"method":7}`, agreement.CodeSyntax, "method", 0, 0},
		{`{"method":null}`, agreement.CodeSyntax, "method", 0, 0},
		{`{"method":"mode"}`, agreement.CodeUnknown, "method", 0, 0},
		{`{"method":"rank","ties":"min","values":[1],"Values":[2]}`, agreement.CodeUnknown, "Values", 0, 0},
		{`{"method":"rank","values":[1]}`, agreement.CodeMissing, "ties", 0, 0},
		{`{"method":"rank","ties":"min"}`, agreement.CodeMissing, "values", 0, 0},
		{`{"method":"rank","ties":"min","values":{}}`, agreement.CodeSyntax, "values", 0, 0},
		{`{"method":"rank","ties":"min","values":null}`, agreement.CodeSyntax, "values", 0, 0},
		{`{"method":"rank","ties":"min","values":[1,"2"]}`, agreement.CodeSyntax, "values", 0, 2},
		{`{"method":"rank","ties":"min","values":[1,null]}`, agreement.CodeMissing, "values", 0, 2},
		{`{"method":"rank","ties":"min","values":[1e999]}`, agreement.CodeNotFinite, "values", 0, 1},
		{`{"method":"krippendorff_alpha","raters_by_units":[]}`, agreement.CodeMissing, "level", 0, 0},
		{`{"method":"krippendorff_alpha","level":"nominal"}`, agreement.CodeMissing, "raters_by_units", 0, 0},
		{`{"method":"krippendorff_alpha","level":"odd","raters_by_units":[]}`, agreement.CodeUnknown, "level", 0, 0},
		{`{"method":"krippendorff_alpha","level":"nominal","raters_by_units":[[1],[1,2]]}`, agreement.CodeRagged, "raters_by_units", 2, 0},
		{`{"method":"krippendorff_alpha","level":"nominal","raters_by_units":[[1,2],[null,true]]}`, agreement.CodeSyntax, "raters_by_units", 2, 2},
		{`{"method":"krippendorff_alpha","level":"nominal","raters_by_units":[[1,2],7]}`, agreement.CodeSyntax, "raters_by_units", 2, 0},
		{`{"method":"krippendorff_alpha","level":"ratio","raters_by_units":[[1,2],[3,-4]]}`, agreement.CodeNegative, "raters_by_units", 2, 2},
		{`{"method":"fleiss_kappa"}`, agreement.CodeMissing, "counts", 0, 0},
		{`{"method":"fleiss_kappa","counts":[[1,1.5]]}`, agreement.CodeOutOfRange, "counts", 1, 2},
		{`{"method":"fleiss_kappa","counts":[[1e300]]}`, agreement.CodeOutOfRange, "counts", 1, 1},
		{`{"method":"fleiss_kappa","counts":[[2,1],[2,-1]]}`, agreement.CodeNegative, "counts", 2, 2},
		{`{"method":"cohen_kappa","table":[[1]]}`, agreement.CodeMissing, "weights", 0, 0},
		{`{"method":"cohen_kappa","weights":"none"}`, agreement.CodeMissing, "table", 0, 0},
		{`{"method":"cohen_kappa","weights":"none","table":[[1,2]]}`, agreement.CodeRagged, "table", 0, 0},
		{`{"method":"kendall_w","raters_by_objects":[[1,2],[1,null]]}`, agreement.CodeMissing, "raters_by_objects", 2, 2},
		{`{"method":"kendall_w","raters_by_objects":[[1,2],[1]]}`, agreement.CodeRagged, "raters_by_objects", 2, 0},
		{`{"method":"icc"}`, agreement.CodeMissing, "targets_by_judges", 0, 0},
		{`{"method":"icc","targets_by_judges":[[1],[1,2]]}`, agreement.CodeRagged, "targets_by_judges", 2, 0},
		{`{"method":"wilson","n":2,"z":1}`, agreement.CodeMissing, "x", 0, 0},
		{`{"method":"wilson","x":1,"z":1}`, agreement.CodeMissing, "n", 0, 0},
		{`{"method":"wilson","x":1,"n":2}`, agreement.CodeMissing, "confidence", 0, 0},
		{`{"method":"wilson","x":1,"n":2,"z":1,"confidence":0.9}`, agreement.CodeMissing, "confidence", 0, 0},
		{`{"method":"wilson","x":1,"n":2,"z":"1"}`, agreement.CodeSyntax, "z", 0, 0},
		{`{"method":"wilson","x":3,"n":2,"z":1}`, agreement.CodeOutOfRange, "x", 0, 0},
		{`{"method":"trimmed_mean","trim_each_end":1}`, agreement.CodeMissing, "values", 0, 0},
		{`{"method":"trimmed_mean","values":[1]}`, agreement.CodeMissing, "trim_each_end", 0, 0},
		{`{"method":"trimmed_mean","values":[1],"trim_each_end":0.5}`, agreement.CodeOutOfRange, "trim_each_end", 0, 0},
		{`{"method":"trimmed_mean","values":[1],"trim_each_end":-1}`, agreement.CodeNegative, "trim_each_end", 0, 0},
		{`{"method":"ahp","matrix":[[1]]}`, agreement.CodeMissing, "variant", 0, 0},
		{`{"method":"ahp","variant":"eigenvector"}`, agreement.CodeMissing, "matrix", 0, 0},
		{`{"method":"ahp","variant":"eigenvector","matrix":[[1,"1/0"],[1,1]]}`, agreement.CodeSyntax, "matrix", 1, 2},
		{`{"method":"ahp","variant":"eigenvector","matrix":[[1,"third"],[3,1]]}`, agreement.CodeSyntax, "matrix", 1, 2},
		{`{"method":"ahp","variant":"eigenvector","matrix":[[1,3],[3,1]]}`, agreement.CodeNotReciprocal, "matrix", 2, 1},
	} {
		answer, err := agreement.Measure([]byte(c.question))
		require.Nil(t, answer)
		var input *agreement.InputError
		require.ErrorAs(t, err, &input, c.question)
		require.Equal(t, c.code, input.Code, "%s: %v", c.question, err)
		require.Equal(t, c.field, input.Field, "%s: %v", c.question, err)
		require.Equal(t, [2]int{c.row, c.column}, [2]int{input.Row, input.Column}, "%s: %v", c.question, err)
	}
}

func TestEveryMethodAsksForItsFields(t *testing.T) {
	for _, method := range agreement.Methods() {
		_, err := agreement.Measure(fmt.Appendf(nil, `{"method":%q}`, method))
		var input *agreement.InputError
		require.ErrorAs(t, err, &input)
		require.Equal(t, agreement.CodeMissing, input.Code, method)
	}
}

// FuzzMeasure: whatever is asked, the answer is an InputError, or JSON free of
// NaN, and the same a second time.
func FuzzMeasure(f *testing.F) {
	for _, question := range []string{
		`{"method":"krippendorff_alpha","level":"ratio","raters_by_units":[[1,null,3e-320],[2,2,1e308]]}`,
		`{"method":"fleiss_kappa","counts":[[1,2],[3,0]]}`,
		`{"method":"cohen_kappa","weights":"linear","table":[[1,2],[3,4]]}`,
		`{"method":"kendall_w","raters_by_objects":[[1,2,2],[2,1,3]]}`,
		`{"method":"icc","targets_by_judges":[[1,2],[2,1],[-1e308,1e308]]}`,
		`{"method":"wilson","x":1,"n":9007199254740992,"confidence":0.999999999999}`,
		`{"method":"trimmed_mean","values":[1e308,1e308,-5],"trim_each_end":0.49}`,
		`{"method":"rank","values":[0,-0,1],"ties":"dense"}`,
		`{"method":"ahp","variant":"eigenvector","matrix":[[1,1e9,"1/3"],[1e-9,1,2],[3,0.5,1]]}`,
		`{"method":"ahp","variant":"geometric_mean","matrix":[[1,"NaN/1"],["0x1p3/1",1]]}`,
		`{"method":"\u0072ank"}`, `[{}]`, `{"a":`,
	} {
		f.Add([]byte(question))
	}
	f.Fuzz(func(t *testing.T, question []byte) {
		answer, err := agreement.Measure(question)
		if err != nil {
			var input *agreement.InputError
			require.ErrorAs(t, err, &input)
			require.NotEmpty(t, input.Code)
			require.NotEmpty(t, input.Detail)
			return
		}
		require.True(t, json.Valid(question), "took what is not JSON: %s", question)
		require.True(t, json.Valid(answer), "%s", answer)
		again, err := agreement.Measure(question)
		require.NoError(t, err)
		require.Equal(t, answer, again)
	})
}
