package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/examples/ledger"
)

func importCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import --in LEDGER.csv --db DSN",
		Short: "Import a ledger 台账: good rows go in, bad ones are told",
		Long: `Import takes each row of a ledger into the database, through every stage that
the row's data supports. A row that is malformed is told with its line, and all
others go in. Importing a ledger again does no harm: rows that are in already
are left as they are, and an import that was cut off is finished.

A ledger is CSV in UTF-8, with or without a byte order mark. Its header has
these columns, or the names that offices print for them (提案号, 案由, 主办单位 …), in
any order; only a title is needed, and other columns are left aside:

  place, level, session, year, number, title, category, proposer_kind,
  proposer_org, lead_unit, co_units, answer_class, opinion, submitted, assigned,
  replied, key, source

What is not printed stays empty. level is national, provincial, prefecture or
county. proposer_kind is member, joint, party,
organisation, committee, sector, group, lower_committee, joint_bodies or
collective. co_units are separated by semicolons; without a lead_unit their
roles are taken as not printed. Dates are written 2022-11-23, 2022年11月23日,
2022/11/23, with a time of day, as seconds since 1970 or as a spreadsheet counts
days. key is yes or nothing.`,
		Args: cobra.NoArgs,
	}
	in, db := inputFlag(cmd, "the ledger"), databaseFlag(cmd, "")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		l, err := c.readLedger(*in)
		if err != nil {
			return err
		}
		return withDatabase(cmd.Context(), *db, true, func(st database) error {
			done, end := c.progress("import 导入", len(l.Rows)+len(l.Refused))
			report, err := ledger.Import(cmd.Context(), st, l, done)
			end()
			if err != nil {
				return err
			}
			if report.Refused == nil {
				report.Refused = []ledger.Refusal{}
			}
			return c.answer(report, func() error { return c.printImport(report) })
		})
	}
	return cmd
}

func (c *console) readLedger(name string) (ledger.Ledger, error) {
	data, err := c.read(name)
	if err != nil {
		return ledger.Ledger{}, err
	}
	l, err := ledger.Read(data)
	if err != nil {
		return ledger.Ledger{}, fmt.Errorf("%s: %w", inputName(name), err)
	}
	return l, nil
}

func (c *console) printImport(r ledger.Report) error {
	err := c.say("rows 行 %d: imported 导入 %d, already in 已有 %d, refused 未录入 %d", r.Rows, r.Imported, r.Already, len(r.Refused))
	if err == nil && len(r.Ignored) > 0 {
		err = c.say("columns left aside 未采用的列: %s", strings.Join(r.Ignored, ", "))
	}
	if err != nil || len(r.Refused) == 0 {
		return err
	}
	rows := [][]string{{"line 行", "code", "why 原因"}}
	for _, refused := range r.Refused {
		rows = append(rows, []string{fmt.Sprint(refused.Line), refused.Code, refused.Message})
	}
	return c.say("\n%s", table(rows))
}
