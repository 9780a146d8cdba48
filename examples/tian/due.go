package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
	"github.com/tian-go/tian/proposal/workflow"
)

func dueCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "due (--in FILE | --db DSN)",
		Short: c.t("推算到期日，或列出数据库中即将到期的时限", "Count due dates step by step, or list what is due in a database"),
		Example: `  tian due --db tian.db --within 5
  echo '{"start":"2024-04-26","limit":{"n":3,"unit":"month"}}' |
    tian due --in -`,
		Long: c.t(`读取一个或一组问题，例如

  [{"start":"2024-04-26","limit":{"n":10,"unit":"workday"},
    "roll":"next_workday","pauses":[{"from":"2024-05-06","to":"2024-05-08"}],
    "extend":[{"n":5,"unit":"workday"}],"calendar":"china"}]

逐一给出到期日和推算步骤。起始日为第0天；单位为 day（自然日）、workday（工作日）或 month（月），月份止于同一日，没有则为月末。roll 把落在非工作日的到期日顺延。

日历为 china（默认），即国务院2007年至2026年的放假通知；也可完整给出：{"weekend":["Sat","Sun"],"off":["2024-05-01"],"work":["2024-04-28"]}。没有通知的年份报错，不作推测。

给出 --db 则列出数据库中今天或若干工作日以内到期的时限。`,
			`Due reads one question or an array of them, such as

  [{"start":"2024-04-26","limit":{"n":10,"unit":"workday"},
    "roll":"next_workday","pauses":[{"from":"2024-05-06","to":"2024-05-08"}],
    "extend":[{"n":5,"unit":"workday"}],"calendar":"china"}]

and prints the due date of each with the steps by which it was counted. The
start day is day 0; a unit is day, workday or month; a month ends on the same
day number, or on the month's last day. roll moves a due day that is not worked.

The calendar is china (also when none is named), the State Council's notices for
2007 to 2026, or one given in full, which knows every year:
{"weekend":["Sat","Sun"],"off":["2024-05-01"],"work":["2024-04-28"]}. A year
without a notice is an error, not a guess.

With --db it lists the running limits of a database that are due today or within
so many working days.`),
		Args: cobra.NoArgs,
	}
	in, db, f := inputFlag(cmd, c.t("问题", "questions")), databaseFlag(cmd, ""), c.filterFlags(cmd)
	within := cmd.Flags().Int("within", 10, c.t("多少个工作日以内到期", "due within so many working days"))
	at := cmd.Flags().String("at", "", c.t("以哪一天为准（默认今天），如 2024-05-01", "the day to count from (today), such as 2024-05-01"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *in == "" && *db != "" {
			return c.deadlines(cmd.Context(), *db, *at, func(svc *proposal.Service, at time.Time) ([]workflow.Deadline[*proposal.Proposal], error) {
				return svc.DueWithin(cmd.Context(), at, *within, f.where()...)
			})
		}
		named := map[string]*calendar.Calendar{"": china.Calendar(), china.Name: china.Calendar()}
		return c.answerInput(*in, func(element []byte) (any, error) {
			a, err := calendar.AnswerDue(element, named, c.lang)
			if err != nil {
				return nil, &codedError{calendar.Code(err), err}
			}
			return a, nil
		}, func(answer any) string {
			a, _ := answer.(calendar.DueAnswer)
			return fmt.Sprintf(c.t("到期", "due")+" %s\n  %s", a.Due, strings.Join(a.Trace, "\n  "))
		})
	}
	return cmd
}
