package main

import (
	"bytes"
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
    {"label": "解决", "count": 165, "base": "filed", "printed": "50.2",
     "group": "outcomes"},
    {"label": "计划", "count": 132, "base": "filed", "printed": "40.1",
     "group": "outcomes"},
    {"label": "参考", "count": 32, "base": 329, "printed": "9.7",
     "group": "outcomes"}
  ]
}`

func verifyCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "verify --in FILE",
		Short:   c.t("核对报告中的合计与百分比", "Verify the sums and percentages that a report prints"),
		Example: "  tian verify --in report.json --lang zh",
		Long: c.t(`读取一份或一组报告，将其中每个合计与各部分、每个百分比与件数和基数逐一核对。完整的报告：

`+exampleReport+`

比率的基数是数字，或总数的名称。所印数字有0至4位小数，可带%，也可用全角数字。四舍五入、四舍六入五成双或截断能由件数和基数得出的，即为相符；只有把一组凑足100（最大余数）或换用别的总数才能得出的，不相符，并说明是哪一种。

也可读电子表格（.xlsx）、CSV 和扩展名为 .xls 的 HTML 表格：件数旁的每个百分比、各部分下的每个合计逐格判断，并以单元格指明。表头用“件数”和“占比”、“总数”和“办复率”等；名为“基数”的列是基数。`,
			`Verify reads a report or an array of them, and holds every printed sum against
its parts and every printed percentage against its count and base. A complete
report:

`+exampleReport+`

The base of a rate is a number or the name of a total. A printed figure has 0 to
4 decimals, with or without %, also in full-width digits. A figure is right when
half_up, half_even or truncate prints it over its base. One that comes about only
when its group is forced to add up to 100 (largest_remainder), or over another of
the totals, is not right, and the answer says so.

A table is read as well, from XLSX, CSV or the HTML that some systems name .xls: each
percentage beside a count and each total below its parts is judged, and named by its
cell. A table has headers such as 件数
and 占比, 总数 and 办复率, count and share; columns named 基数 or base are bases.`),
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "a report, or an array of reports, or a table: XLSX, CSV, HTML")
	cmd.RunE = func(*cobra.Command, []string) error {
		data, err := c.read(*in)
		if err != nil {
			return err
		}
		if bytes.HasPrefix(data, []byte("PK\x03\x04")) { // XLSX is a zip
			return c.verifySheets(*in, data, c.lang)
		}
		if !isJSON(data) {
			return c.verifyTable(*in, data, c.lang)
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
			return c.say("%s", verdictTables(list, c.lang))
		})
	}
	return cmd
}

// isJSON reports whether a file is one of reports rather than a table: it begins as
// they do, or is empty.
func isJSON(data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(data) == 0 || data[0] == '{' || data[0] == '['
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
	return strings.TrimRight(heading+"\n"+fitted(rows), "\n")
}
