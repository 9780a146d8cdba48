package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
)

func dueCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "due --in FILE",
		Short: "Count due dates over China's working days, step by step",
		Long: `Due reads one question or an array of them, such as

  [{"start":"2024-04-26","limit":{"n":10,"unit":"workday"},"roll":"next_workday",
    "pauses":[{"from":"2024-05-06","to":"2024-05-08"}],
    "extend":[{"n":5,"unit":"workday"}],"calendar":"china"}]

and prints the due date of each with the steps by which it was counted. The
start day is day 0; a unit is day, workday or month; a month ends on the same
day number, or on the month's last day. roll moves a due day that is not worked.

The calendar is china (also when none is named), the State Council's notices for
2007 to 2026, or one given in full, which knows every year:
{"weekend":["Sat","Sun"],"off":["2024-05-01"],"work":["2024-04-28"]}. A year
without a notice is an error, not a guess.`,
		Args: cobra.NoArgs,
	}
	in := inputFlag(cmd, "questions")
	lang := cmd.Flags().String("lang", "zh", "the language of the steps: zh or en")
	cmd.RunE = func(*cobra.Command, []string) error {
		if *lang != "zh" && *lang != "en" {
			return fmt.Errorf("--lang: %q is neither zh nor en", *lang)
		}
		named := map[string]*calendar.Calendar{"": china.Calendar(), china.Name: china.Calendar()}
		return c.answerInput(*in, func(element []byte) (any, error) {
			a, err := calendar.AnswerDue(element, named, *lang)
			if err != nil {
				return nil, &codedError{calendar.Code(err), err}
			}
			return a, nil
		}, func(answer any) string {
			a, _ := answer.(calendar.DueAnswer)
			return fmt.Sprintf("due 到期 %s\n  %s", a.Due, strings.Join(a.Trace, "\n  "))
		})
	}
	return cmd
}
