package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/workflow"
)

// demonstration is everything that the demo prints.
type demonstration struct {
	Database string           `json:"database"`
	Found    found            `json:"found"` // before
	Import   ledger.Report    `json:"import"`
	Journey  []ledger.Reached `json:"journey"`
	Figures  *proposal.Tally  `json:"figures"`
	Case     shown            `json:"case"` // the illustration
	Stages   int              `json:"stages"`
	Audit    workflow.Report  `json:"audit"`
}

// found is what was in the database before.
type found struct {
	Cases   int `json:"cases"`
	Entries int `json:"entries"`
}

func demoCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "demo",
		Short:   c.t("导入239件公开提案，并演示一件走完九个环节", "Import 239 published proposals, and walk one through nine stages"),
		Example: "  tian demo\n  tian demo --db other.db --lang zh",
		Long: c.t(`录入随附的台账，即239件公开的真实提案，每行按其数据所能说明的程度走完各环节；再以宁夏“小店经济”一件示意全部九个环节（其中多数细节为示意，并已注明），然后统计并核验。`,
			`Demo imports the ledger that ships with this command, 239 real published
proposals as printed, each row through every stage that its data supports. One
proposal, on the small-shop economy of Ningxia 小店经济, is then walked through all
nine stages by people of their own roles; of it only some facts are printed, and
what is made up is marked in the data and excluded from the figures.

The database is left behind. A second run on it says what it found and does no
harm.`),
		Args: cobra.NoArgs,
	}
	db := databaseFlag(cmd, "tian.db")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return withDatabase(cmd.Context(), *db, true, func(st database) error {
			d, err := c.demonstrate(cmd.Context(), st)
			if err != nil {
				return err
			}
			d.Database = *db
			return c.answer(d, func() error { return c.printDemo(d) })
		})
	}
	return cmd
}

func (c *console) demonstrate(ctx context.Context, st database) (d demonstration, err error) {
	svc, err := ledger.Service(st, workflow.WithAction(workflow.Describe(openIllustration{}, "示意", "open an illustration")))
	if err != nil {
		return d, err
	}
	err = svc.Each(ctx, func(p *proposal.Proposal) error {
		d.Found.Cases++
		d.Found.Entries += int(p.Seq) //nolint:gosec // a number of entries
		return nil
	})
	if err != nil {
		return d, err
	}
	l, err := ledger.Read(ledger.Sample())
	if err != nil {
		return d, fmt.Errorf("the sample ledger: %w", err)
	}
	done, end := c.progress(c.t("导入", "import"), l.Size())
	d.Import, err = ledger.Import(ctx, st, l, done)
	end()
	if err != nil {
		return d, err
	}
	p, err := illustrate(ctx, svc)
	if err != nil {
		return d, err
	}
	if d.Journey, err = ledger.Journey(ctx, svc); err != nil {
		return d, err
	}
	if d.Figures, err = ledger.Figures(ctx, st); err != nil {
		return d, err
	}
	if d.Case, err = show(ctx, svc, p, time.Now()); err != nil {
		return d, err
	}
	entries := make([]workflow.Entry, len(d.Case.History))
	for i, e := range d.Case.History {
		entries[i] = e.Entry
	}
	d.Stages = len(ledger.Stages(svc.Machine(p.Definition.Name, p.Definition.Version), entries))
	d.Audit, err = svc.Audit(ctx, nil)
	return d, err
}

func (c *console) printDemo(d demonstration) error {
	was := c.t("新建", "a new one")
	if d.Found.Cases > 0 {
		was = fmt.Sprintf(c.t("原有提案%d件、记录%d条", "found with %d cases, %d entries"), d.Found.Cases, d.Found.Entries)
	}
	journey := [][]string{{c.t("环节", "stage"), c.t("到过", "reached"), c.t("现在", "now")}}
	for _, r := range d.Journey {
		journey = append(journey, []string{r.Stage.Label.In(c.lang, r.Stage.Key), fmt.Sprint(r.Ever), fmt.Sprint(r.Now)})
	}
	heading := func(zh, en string, args ...any) func() error {
		return func() error { return c.say("\n── "+c.t(zh, en)+" ──", args...) }
	}
	sections := []func() error{
		func() error { return c.say(c.t("数据库 %s：%s", "database %s: %s"), d.Database, was) },
		heading("台账", "The ledger"),
		func() error {
			return c.say(c.t("%d件公开提案，照原样一行一件，附来源：\nproposal/ledger/ledger.csv",
				"%d real published proposals, as printed, one row each with its source:\nproposal/ledger/ledger.csv"), d.Import.Rows)
		},
		func() error { return c.printImport(d.Import) },
		heading("九个环节", "Its journey through the nine stages"),
		func() error {
			return c.say("%s\n%s", table(journey), c.t("公开的台账只载结果：某环节计入，是因为该行数据表明到过。\n督办及多数反馈，这类台账并不载明。",
				"A published list tells results: a stage counts where the row's data shows it.\nSupervision and much of the feedback are not printed in such lists."))
		},
		heading("统计", "Its figures"),
		func() error { return c.printFigures(d.Figures) },
		heading("一件走过九个环节中的%d个（示意）", "One case through %d of 9 stages, as an illustration", d.Stages),
		func() error { return c.printCase(d.Case) },
		heading("核验", "Audit"),
		func() error { return c.printAudit(d.Audit) },
		func() error {
			flag := " --db " + quoted(d.Database)
			return c.say("\n"+c.t("数据库留在 %s。接下来可以：\n  %s", "The database is left in %s. Go on with\n  %s"), d.Database, strings.Join([]string{
				"tian audit" + flag, "tian stats" + flag + " --json", "tian list" + flag, "tian show " + d.Case.Case.ID + flag, "tian lifecycle draw --name nine",
			}, "\n  "))
		},
	}
	for _, section := range sections {
		if err := section(); err != nil {
			return err
		}
	}
	return nil
}

// quoted writes a word so that a shell reads it as it is: the address of a server
// has a & where it has two parameters.
func quoted(word string) string {
	if !strings.ContainsAny(word, " \t&?;|<>()$`'\"*#!") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
