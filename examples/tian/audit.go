package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/workflow"
)

func auditCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "audit --db DSN",
		Short:   c.t("核验每一件的全部办理过程；有损坏则退出码为1", "Verify the whole history of every case; 1 when anything is broken"),
		Example: "  tian audit --db tian.db",
		Long: c.t(`逐条核对每件提案的办理过程：每条记录与其哈希、与上一条、记录与最后一条、检索项与案号、总账的顺序。写入以后被修改、删除、调换或插入的，逐一指出，退出码为1。`,
			`Audit reads every entry of every case and holds it to its hash and to the entry
before, each record to its last entry, what each case is found by and the numbers
it took to what the library gives them, and the feed to its order and numbers. It
names whatever was changed, removed, reordered or inserted since it was written,
and then exits with 1.`),
		Args: cobra.NoArgs,
	}
	db := databaseFlag(cmd, "")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return withDatabase(cmd.Context(), *db, false, func(st database) error {
			svc, err := ledger.Service(st)
			if err != nil {
				return err
			}
			done, end := c.progress(c.t("核验", "audit"), -1)
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
	err := c.say(c.t("提案%d件，记录%d条，损坏%d处", "cases %d, entries %d, broken %d"), r.Cases, r.Entries, len(r.Broken))
	for _, g := range r.Gaps {
		if err == nil {
			err = c.say(c.t("总账缺失：第%d至%d条", "missing from the feed: entries %d to %d"), g.From, g.To)
		}
	}
	if err != nil || len(r.Broken) == 0 {
		return err
	}
	rows := [][]string{{c.t("提案", "case"), c.t("第几条", "entry"), c.t("问题", "what is wrong")}}
	for _, b := range r.Broken {
		rows = append(rows, []string{b.ID, fmt.Sprint(b.Seq), b.Reason})
	}
	return c.say("\n%s", fitted(rows))
}
