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
  "name": "handling", "version": 1, "title": {"zh": "办理考核", "en": "handling"}, "full": 100,
  "criteria": [
    {"key": "contact", "label": {"zh": "面商率"}, "points": 40, "fact": "contact_rate",
     "rule": {"shortfall": {"target": 100, "per_point": 1}}},
    {"key": "quality", "label": {"zh": "答复质量"}, "points": 60, "groups": ["members"]}
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
		Use:   "score --rubric RUBRIC --in CARDS",
		Short: "Score cards by a rubric, each outcome with its ledger",
		Long: `Score scores each card by the rubric and prints its outcome: the total, the band,
and a ledger whose lines sum to the total. A card that cannot be read gets an
error in its place; one that can be read but has no total says why.

--rubric names a file, or a sheet that ships with the library:
` + indent(strings.Join(sheets.Names(), ", ")) + `
A rubric, complete:

` + exampleRubric + `

Cards, complete:

` + exampleCards,
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "a card, or an array of cards")
	rubric := cmd.Flags().String("rubric", "", "a rubric: a file, - for standard input, or the name of a sheet that ships")
	cmd.RunE = func(*cobra.Command, []string) error {
		if *rubric == "-" && *in == "-" {
			return errors.New("--rubric and --in cannot both be standard input")
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
			return c.answer(results, nil)
		}
		if results[0].Err != nil {
			return fmt.Errorf("%s: %w", inputName(*in), allProblems(results[0].Err))
		}
		return c.answer(results[0], nil)
	}
	return cmd
}

// sheet compiles the rubric of that name.
func (c *console) sheet(name string) (*evaluate.Sheet, error) {
	if name == "" {
		return nil, errors.New("--rubric is missing: name a file or a sheet, see --help")
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
