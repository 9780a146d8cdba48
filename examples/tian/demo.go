package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/examples/ledger"
	"github.com/tian-go/tian/proposal"
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
		Use:   "demo",
		Short: "Import 239 real published proposals, and walk one through all nine stages",
		Long: `Demo imports the ledger that ships with this command, 239 real published
proposals as printed, each row through every stage that its data supports. One
proposal, on the small-shop economy of Ningxia 小店经济, is then walked through all
nine stages by people of their own roles; of it only some facts are printed, and
what is made up is marked in the data and excluded from the figures.

The database is left behind. A second run on it says what it found and does no
harm.`,
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
	done, end := c.progress("import 导入", l.Size())
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
	was := "a new one 新建"
	if d.Found.Cases > 0 {
		was = fmt.Sprintf("found with 已有 %d cases 提案, %d entries 记录", d.Found.Cases, d.Found.Entries)
	}
	journey := make([][]string, 1, 1+len(d.Journey))
	journey[0] = []string{"stage 环节", "reached 到达", "now 现在"}
	for _, r := range d.Journey {
		journey = append(journey, []string{both(r.Stage.Label.ZH, r.Stage.Label.EN), fmt.Sprint(r.Ever), fmt.Sprint(r.Now)})
	}
	sections := []func() error{
		func() error {
			return c.say("database %s: %s\n\n── The ledger 台账 ──\n%d real published proposals, as printed, one row each with its source:\nexamples/ledger/ledger.csv",
				d.Database, was, d.Import.Rows)
		},
		func() error { return c.printImport(d.Import) },
		func() error {
			return c.say("── Its journey through the nine stages 九环节 ──\n%s\n%s\n", table(journey),
				"A published list tells results: a stage counts where the row's data shows it.\n"+
					"督办 supervision and much of 反馈 feedback are not printed in such lists.")
		},
		func() error { return c.say("── Its figures 统计 ──") },
		func() error { return c.printFigures(d.Figures) },
		func() error {
			return c.say("\n── One case through %d of 9 stages, as an illustration 示意 ──", d.Stages)
		},
		func() error { return c.printCase(d.Case) },
		func() error { return c.say("\n── Audit 核验 ──") },
		func() error { return c.printAudit(d.Audit) },
		func() error {
			flag := " --db " + d.Database
			return c.say("\nThe database is left in %s. Go on with\n  %s", d.Database, strings.Join([]string{
				"tian audit" + flag, "tian stats" + flag + " --json", "tian show " + d.Case.Case.ID + flag, "tian lifecycle draw --name nine",
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
