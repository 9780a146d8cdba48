package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
)

// The help's example; a test verifies it.
const exampleReport = `{
  "totals": {"received": 468, "filed": 329},
  "sums": [
    {"label": "办理结果", "total": 329, "parts": [165, 132, 32]}
  ],
  "rates": [
    {"label": "立案率", "count": 329, "base": "received", "printed": "70.3%"},
    {"label": "解决", "count": 165, "base": "filed", "printed": "50.2", "group": "outcomes"},
    {"label": "计划", "count": 132, "base": "filed", "printed": "40.1", "group": "outcomes"},
    {"label": "参考", "count": 32, "base": 329, "printed": "9.7", "group": "outcomes"}
  ]
}`

func verifyCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "verify --in FILE",
		Short: "Verify the sums and percentages that a report prints",
		Long: `Verify reads a report or an array of them, and holds every printed sum against
its parts and every printed percentage against its count and base. A complete
report:

` + exampleReport + `

The base of a rate is a number or the name of a total. A printed figure has 0 to
4 decimals, with or without %, also in full-width digits. A figure is right when
half_up, half_even or truncate prints it over its base. One that comes about only
when its group is forced to add up to 100 (largest_remainder), or over another of
the totals, is not right, and the answer says so.`,
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "a report, or an array of reports")
	lang := cmd.Flags().String("lang", "zh", "the language of the findings: zh or en")
	cmd.RunE = func(*cobra.Command, []string) error {
		if *lang != "zh" && *lang != "en" {
			return fmt.Errorf("--lang: %q is neither zh nor en", *lang)
		}
		data, err := c.read(*in)
		if err != nil {
			return err
		}
		answer, many, err := each(data, verify)
		if err != nil {
			return fmt.Errorf("%s: %w", inputName(*in), err)
		}
		return c.answer(answer, func() error {
			list, _ := answer.([]any)
			if !many {
				list = []any{answer}
			}
			return c.say("%s", verdictTables(list, *lang))
		})
	}
	return cmd
}

func verify(report []byte) (any, error) {
	r, err := rates.DecodeReport(report)
	if err != nil {
		code := "invalid"
		if errors.Is(err, points.ErrOverflow) {
			code = "overflow"
		}
		return nil, &codedError{code, err}
	}
	return r.Verify()
}

// verdictTables are the verdicts on several reports for people, with a line for
// each report that cannot be verified.
func verdictTables(answers []any, lang string) string {
	tables := make([]string, len(answers))
	for i, a := range answers {
		switch a := a.(type) {
		case rates.Verdict:
			tables[i] = verdictTable(a, lang)
		case failure:
			tables[i] = a.Error.Message
		}
	}
	return strings.Join(tables, "\n\n")
}

// verdictTable is a verdict for people: a row for each figure, and what it comes
// to in a sentence.
func verdictTable(v rates.Verdict, lang string) string {
	right, wrong, title := "相符", "不符", [3]string{"项目", "结论", "说明"}
	heading := "有不符之处。"
	if v.Consistent {
		heading = "全部相符。"
	}
	if lang == "en" {
		right, wrong, title = "right", "wrong", [3]string{"figure", "verdict", "finding"}
		heading = "Not all figures are right."
		if v.Consistent {
			heading = "All figures are right."
		}
	}
	rows := [][]string{title[:]}
	row := func(label string, ok bool, zh, en string) {
		verdict, text := wrong, zh
		if ok {
			verdict = right
		}
		if lang == "en" {
			text = en
		}
		rows = append(rows, []string{label, verdict, text})
	}
	for _, s := range v.Sums {
		row(s.Label, s.OK, s.Chinese(), s.English())
	}
	for _, r := range v.Rates {
		row(r.Label, r.OK, r.Chinese(), r.English())
	}
	if v.Name != "" {
		heading = v.Name + "\n" + heading
	}
	return strings.TrimRight(heading+"\n"+table(rows), "\n")
}
