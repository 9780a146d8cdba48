package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/evaluate/agreement"
	"github.com/tian-go/tian/evaluate/points"
)

func measureCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "measure --in FILE",
		Short: c.t("计算评分者一致性、权重、名次与加权和", "Measure agreement among raters, weights, ranks and weighted sums"),
		Example: `  echo '{"method":"wilson","x":8,"n":10,"confidence":0.95}' |
    tian measure --in -`,
		Long: c.t(`读取一个或一组问题，按 method 计算：

  krippendorff_alpha  level、raters_by_units（null 为未评；level 为 nominal
                      时，评分可以是 "A" 之类的标签）
  fleiss_kappa        counts：单元 × 类别
  cohen_kappa         weights：none、linear、quadratic；table
  kendall_w           raters_by_objects
  icc                 targets_by_judges
  wilson              x、n，以及 confidence 或 z
  trimmed_mean        values、trim_each_end
  rank                values、ties：average、min、max、dense、ordinal
  ahp                 matrix、variant：eigenvector、geometric_mean
  weighted_sum        weights、scores（十进制字符串或数字）、places、band_min

例如 {"method":"wilson","x":8,"n":10,"confidence":0.95}。没有值的统计量为 {"undefined":"原因"}。加权和精确计算，只舍入一次，默认四舍五入，"rule" 可为 half_even 或 truncate；in_band 说明精确的总分（不是舍入后的）是否达到 band_min。`,
			`Measure reads one question or an array of them, by method:

  krippendorff_alpha  level, raters_by_units (null is a missing mark; at level
                      nominal the marks may be labels such as "A")
  fleiss_kappa        counts: units × categories
  cohen_kappa         weights: none, linear, quadratic; table
  kendall_w           raters_by_objects
  icc                 targets_by_judges
  wilson              x, n, and either confidence or z
  trimmed_mean        values, trim_each_end
  rank                values, ties: average, min, max, dense, ordinal
  ahp                 matrix, variant: eigenvector, geometric_mean
  weighted_sum        weights, scores (decimal strings or numbers), places,
                      band_min

such as {"method":"wilson","x":8,"n":10,"confidence":0.95}. A statistic that has no
value is {"undefined":"reason"}. A weighted sum is exact and rounded once, half up
unless "rule" is half_even or truncate; in_band reports whether the exact total, not
the rounded one, reaches band_min.`),
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "questions")
	cmd.RunE = func(*cobra.Command, []string) error { return c.answerInput(*in, measure, c.measured) }
	return cmd
}

func measure(question []byte) (any, error) {
	var asked struct {
		Method string `json:"method"`
	}
	if err := json.Unmarshal(question, &asked); err == nil && asked.Method == "weighted_sum" {
		return weightedSum(question)
	}
	answer, err := agreement.Measure(question)
	if err != nil {
		var input *agreement.InputError
		if errors.As(err, &input) {
			code := string(input.Code)
			if input.Field == "method" && input.Code == agreement.CodeUnknown {
				err = fmt.Errorf("%w, weighted_sum", err) // which that package leaves to evaluate
			}
			return nil, &codedError{code, err}
		}
		return nil, err
	}
	return json.RawMessage(answer), nil
}

// weightedQuestion asks for a weighted sum.
type weightedQuestion struct {
	Method  string            `json:"method"`
	Weights []json.RawMessage `json:"weights"`
	Scores  []json.RawMessage `json:"scores"`
	Places  int               `json:"places"`
	BandMin json.RawMessage   `json:"band_min"`
	Rule    points.Rounding   `json:"rule"`
}

// weightedAnswer is a weighted sum; InBand is nil when no band was asked for.
type weightedAnswer struct {
	points.WeightedTotal
	InBand *bool `json:"in_band,omitempty"`
}

// written is a number as it was written, in quotation marks or not: it never
// becomes a float.
func written(number json.RawMessage) string {
	var text *string
	if err := json.Unmarshal(number, &text); err == nil && text != nil {
		return *text
	}
	return string(number)
}

// read reads the question strictly: a field that is unknown, even if only in
// the case of its letters, or given twice is an error.
func (q *weightedQuestion) read(question []byte) error {
	if err := strictly(question, q); err != nil {
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) && kind.Field != "" {
			err = &codedError{"malformed", fmt.Errorf("%s: %.40s cannot stand here", kind.Field, kind.Value)}
		}
		return err
	}
	d := json.NewDecoder(bytes.NewReader(question))
	if _, err := d.Token(); err != nil { // the brace
		return err
	}
	given := make(map[string]bool)
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		if name != strings.ToLower(name) {
			return &codedError{"malformed", fmt.Errorf("unknown field %.40q", name)}
		}
		if given[name] {
			return &codedError{"malformed", fmt.Errorf("%s: is given twice", name)}
		}
		given[name] = true
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
	}
	for _, name := range []string{"weights", "scores"} {
		if !given[name] {
			return &codedError{string(agreement.CodeMissing), fmt.Errorf("%s: is missing", name)}
		}
	}
	return nil
}

func weightedSum(question []byte) (any, error) {
	q := weightedQuestion{Rule: points.HalfUp}
	if err := q.read(question); err != nil {
		return nil, err
	}
	total, err := points.WeightedSum(texts(q.Weights), texts(q.Scores), q.Places, q.Rule)
	var undefined *points.UndefinedError
	switch {
	case errors.As(err, &undefined):
		return map[string]points.Reason{"undefined": undefined.Reason}, nil
	case err != nil:
		return nil, err
	}
	a := weightedAnswer{WeightedTotal: total}
	if q.BandMin != nil && string(q.BandMin) != "null" {
		in, err := total.Reaches(written(q.BandMin))
		if err != nil {
			return nil, &codedError{"invalid", fmt.Errorf("band_min: %w", err)}
		}
		a.InBand = &in
	}
	return a, nil
}

func texts(list []json.RawMessage) []string {
	out := make([]string, len(list))
	for i, d := range list {
		out[i] = written(d)
	}
	return out
}

// measured is an answer for people: a line for each value.
func (c *console) measured(answer any) string {
	data, err := json.Marshal(answer)
	if err != nil {
		return ""
	}
	var values map[string]any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&values); err != nil {
		return string(data)
	}
	rows := [][]string{{c.t("项目", "what"), c.t("值", "value")}}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		value := fmt.Sprint(values[name])
		if list, is := values[name].([]any); is {
			value = strings.Trim(strings.Join(strings.Fields(fmt.Sprint(list)), ", "), "[]")
		}
		rows = append(rows, []string{name, value})
	}
	return strings.TrimRight(fitted(rows), "\n")
}
