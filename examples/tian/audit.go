package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/examples/ledger"
	"github.com/tian-go/tian/proposal/workflow"
)

func auditCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "audit --db DSN",
		Short: "Verify the whole history of every case; exit with 1 when anything is broken",
		Long: `Audit reads every entry of every case and holds it to its hash and to the entry
before, each record to its last entry, and the feed to its numbers. It names
whatever was changed, removed, reordered or inserted since it was written, and
then exits with 1.`,
		Args: cobra.NoArgs,
	}
	db := databaseFlag(cmd, "")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return withDatabase(cmd.Context(), *db, false, func(st database) error {
			svc, err := ledger.Service(st)
			if err != nil {
				return err
			}
			done, end := c.progress("audit 核验", -1)
			report, err := svc.Audit(cmd.Context(), done)
			end()
			if err != nil {
				return err
			}
			if err := c.answer(report, func() error { return c.printAudit(report) }); err != nil {
				return err
			}
			if len(report.Broken) > 0 || len(report.Gaps) > 0 {
				return errBroken
			}
			return nil
		})
	}
	return cmd
}

func (c *console) printAudit(r workflow.Report) error {
	err := c.say("cases 提案 %d, entries 记录 %d, broken 损坏 %d", r.Cases, r.Entries, len(r.Broken))
	for _, g := range r.Gaps {
		if err == nil {
			err = c.say("missing from the feed 缺失: entries %d to %d", g.From, g.To)
		}
	}
	if err != nil || len(r.Broken) == 0 {
		return err
	}
	rows := [][]string{{"case", "entry", "what is wrong 问题"}}
	for _, b := range r.Broken {
		rows = append(rows, []string{b.ID, fmt.Sprint(b.Seq), b.Reason})
	}
	return c.say("\n%s", table(rows))
}
