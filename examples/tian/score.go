package main

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/evaluate/sheets"
)

// The help's examples; a test scores them.
const (
	exampleRubric = `{
  "name": "handling", "version": 1, "title": {"zh": "办理考核"}, "full": 100,
  "criteria": [
    {"key": "contact", "label": {"zh": "面商率"}, "points": 40,
     "fact": "contact_rate",
     "rule": {"shortfall": {"target": 100, "per_point": 1}}},
    {"key": "quality", "label": {"zh": "答复质量"}, "points": 60,
     "groups": ["members"]}
  ],
  "groups": [{"key": "members", "label": {"zh": "委员"}, "kind": "member"}],
  "bands": [
    {"key": "excellent", "label": {"zh": "优秀"}, "min": 90},
    {"key": "good", "label": {"zh": "良好"}, "min": 75},
    {"key": "fair", "label": {"zh": "一般"}}
  ],
  "round": {"places": 1, "rule": "half_up"}
}`
	exampleCards = `[
  {"id": "2024-07", "subject": "市场监管局",
   "facts": {"contact_rate": {"count": 97, "base": 100}},
   "ballots": [
     {"id": "b1", "group": "members", "marks": {"quality": "55"}},
     {"id": "b2", "group": "members", "marks": {"quality": "52.5"}}
   ]}
]`
)

func scoreCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "score --rubric RUBRIC --in CARDS",
		Short:   c.t("按评分表为评分卡计分，逐项列明", "Score cards by a rubric, each outcome with its ledger"),
		Example: "  tian score --rubric rubric.json --in cards.json",
		Long: c.t(`按评分表给每张评分卡打分，输出总分、等次和各行之和等于总分的明细。不能读取的评分卡，其位置上为错误；能读取而没有总分的，说明原因。

--rubric 为文件，或随附的评分表：
`+indent(strings.Join(sheets.Names(), ", "))+`
完整的评分表：

`+exampleRubric+`

完整的评分卡：

`+exampleCards,
			`Score scores each card by the rubric and prints its outcome: the total, the band,
and a ledger whose lines sum to the total. A card that cannot be read gets an
error in its place; one that can be read but has no total says why.

--rubric names a file, or a sheet that ships with the library:
`+indent(strings.Join(sheets.Names(), ", "))+`
A rubric, complete:

`+exampleRubric+`

Cards, complete:

`+exampleCards),
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "a card, or an array of cards")
	rubric := cmd.Flags().String("rubric", "", "a rubric: a file, - for standard input, or the name of a sheet that ships")
	cmd.RunE = func(*cobra.Command, []string) error {
		if *rubric == "-" && *in == "-" {
			return said("--rubric 与 --in 不能都用标准输入", "--rubric and --in cannot both be standard input")
		}
		sheet, err := c.sheet(*rubric)
		if err != nil {
			return err
		}
		data, err := c.read(*in)
		if err != nil {
			return err
		}
		entries, err := evaluate.DecodeCards(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
		if err != nil {
			return fmt.Errorf("%s: %w", inputName(*in), err)
		}
		results := sheet.ScoreAll(entries)
		if bytes.TrimSpace(data)[0] == '[' {
			if err := c.answer(results, func() error { return c.printScores(results) }); err != nil {
				return err
			}
			if slices.ContainsFunc(results, func(r evaluate.Result) bool { return r.Err != nil }) {
				return errBroken
			}
			return nil
		}
		if results[0].Err != nil {
			return fmt.Errorf("%s: %w", inputName(*in), allProblems(results[0].Err))
		}
		return c.answer(results[0], func() error { return c.printScores(results) })
	}
	return cmd
}

// sheet compiles the rubric of that name.
func (c *console) sheet(name string) (*evaluate.Sheet, error) {
	if name == "" {
		return nil, said("没有 --rubric：指明文件，或随附评分表的名称，见 --help", "--rubric is missing: name a file or a sheet, see --help")
	}
	if slices.Contains(sheets.Names(), name) {
		return sheets.Sheet(name)
	}
	data, err := c.read(name)
	if err != nil {
		return nil, fmt.Errorf("--rubric: %w", err)
	}
	r, err := rubric.Parse(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", inputName(name), err)
	}
	sheet, err := evaluate.Compile(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", inputName(name), allProblems(err))
	}
	return sheet, nil
}

// allProblems says every problem of a rubric or a card, on the one line that
// there is, so that they can be mended together.
func allProblems(err error) error {
	var problems problem.List
	if !errors.As(err, &problems) || len(problems) < 2 {
		return err
	}
	const most = 20
	told := make([]string, 0, most+1)
	for i, p := range problems {
		if i == most {
			told = append(told, fmt.Sprintf("and %d more", len(problems)-most))
			break
		}
		told = append(told, p.String())
	}
	return errors.New(strings.Join(told, "; "))
}

// indent sets text in from the margin, a line to every three names.
func indent(text string) string {
	var b strings.Builder
	for i, name := range strings.Split(text, ", ") {
		if i%3 == 0 {
			b.WriteString("\n ")
		}
		b.WriteString(" " + name)
	}
	return strings.TrimPrefix(b.String(), "\n") + "\n"
}

// printScores prints a line for each card, and why it has no total.
func (c *console) printScores(results []evaluate.Result) error {
	rows := [][]string{{c.t("评分卡", "card"), c.t("对象", "subject"), c.t("总分", "total"), c.t("等次", "band"), c.t("说明", "remarks")}}
	for i, r := range results {
		if r.Err != nil {
			rows = append(rows, []string{fmt.Sprint("#", i+1), "", "–", "", allProblems(r.Err).Error()})
			continue
		}
		o := r.Outcome
		total, why := "–", make([]string, 0, len(o.Reasons))
		if o.Scored() {
			total = o.Total.String()
		}
		for _, b := range o.Reasons {
			why = append(why, c.because(b))
		}
		rows = append(rows, []string{o.Card, o.Subject, total, o.Band, strings.Join(why, "; ")})
	}
	return c.say("%s", strings.TrimRight(fitted(rows), "\n"))
}

// because says why a card has no total.
func (c *console) because(b evaluate.Because) string {
	text := map[string]string{
		evaluate.WhySealed: c.t("尚未开封", "sealed until it is decided"), evaluate.WhyMissingFact: c.t("缺少数据", "a fact is missing"),
		evaluate.WhyBaseZero: c.t("比例的基数为零", "a rate has no base"), evaluate.WhyNotDue: c.t("尚未到期", "a fact is not due yet"),
		evaluate.WhyMoreReturned: c.t("收回多于发出", "more ballots came back than went out"), evaluate.WhyQuorum: c.t("参加人数不足", "too few came"),
		evaluate.WhyTooFewBallots: c.t("票数不足", "too few ballots"), evaluate.WhyNoMarks: c.t("无人评分", "nobody marked"),
		evaluate.WhyNothingLeft: c.t("去掉最高最低后无分可计", "dropping the extremes left no mark"), evaluate.WhyVeto: c.t("一票否决", "a veto voids it"),
		evaluate.WhyNested: c.t("下级评分卡尚未定分", "a nested card is not final"), evaluate.WhyNothingPresent: c.t("各组均缺，无从分配", "every group is missing"),
		evaluate.WhyLeftOut: c.t("该组不计", "the group is left out"), evaluate.WhyUnknownSession: c.t("未给出应到人数", "the counts that a quorum needs were not given"),
	}[b.Code]
	return strings.TrimSpace(or(text, b.Code) + " " + b.Where)
}
