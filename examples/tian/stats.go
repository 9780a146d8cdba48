package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/lifecycle"
)

func statsCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "stats (--db DSN | --in LEDGER.csv)",
		Short:   c.t("统计数据库或台账，每个比例都有件数和基数", "Print the figures of a database or a ledger, each with its base"),
		Example: "  tian stats --db tian.db\n  tian stats --in ledger.xlsx --json",
		Long: c.t(`统计收到、立案的件数，以及载明某一项的提案在该项上的分布：类别、提案者、答复类别、评议意见、环节、处理结果。每个比例都有件数和基数，基数是载明该项的件数；百分比四舍五入保留两位小数。

统计台账时只计能够录入的行，有误的行由 import 说明。示意的提案不计入。`,
			`Stats counts what was received and filed, and how those that state a thing
spread over it: by category, proposer, class, opinion, stage and outcome. Every
share has its count and its base, which is those that state the thing at all;
percentages are rounded half up to two places.

Of a ledger, only the rows that can be imported are counted; what is refused,
import tells. Cases that are made up as illustrations are not counted.`),
		Args: cobra.NoArgs,
	}
	in, db := inputFlag(cmd, "a ledger"), databaseFlag(cmd, "")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *in != "" && !cmd.Flags().Changed("db") {
			*db = "" // TIAN_DB is a default
		}
		if (*in == "") == (*db == "") {
			return errors.New(c.t("--db 与 --in 须给出其一", "give either --db or --in"))
		}
		if *in != "" {
			return c.withLedger(*in, "", func(r *ledger.Reader) error {
				done, end := c.progress(c.t("统计", "count"), -1)
				t, _, err := ledger.FiguresFrom(cmd.Context(), r, ledger.Watch{Now: time.Now(), Progress: done})
				end()
				if err != nil {
					return err
				}
				return c.answer(t, func() error { return c.printFigures(t) })
			})
		}
		return withDatabase(cmd.Context(), *db, false, func(st database) error {
			t, err := ledger.Figures(cmd.Context(), st)
			if err != nil {
				return err
			}
			return c.answer(t, func() error { return c.printFigures(t) })
		})
	}
	return cmd
}

func (c *console) printFigures(t *proposal.Tally) error {
	var b strings.Builder
	fmt.Fprintf(&b, c.t("收到%d件，立案%d件（%s）\n", "received %d, filed %d (%s)\n"), t.Received, t.Filed, percent(t.FilingRate()))
	for _, d := range []struct {
		by    proposal.Dimension
		title string
	}{
		{proposal.ByCategory, c.t("类别", "by category")}, {proposal.ByProposer, c.t("提案者", "by proposer")},
		{proposal.ByClass, c.t("答复类别", "by class")}, {proposal.ByOpinion, c.t("评议意见", "by opinion")},
		{proposal.ByStage, c.t("环节", "by stage")}, {proposal.ByOutcome, c.t("处理结果", "by outcome")},
	} {
		keys := t.Keys(d.by)
		if len(keys) == 0 {
			continue
		}
		slices.SortStableFunc(keys, func(a, b string) int {
			if d.by == proposal.ByStage {
				return stageOrder(a) - stageOrder(b)
			}
			return cmp.Compare(t.Rate(d.by, b).Count, t.Rate(d.by, a).Count)
		})
		rows := make([][]string, 1, 1+len(keys))
		rows[0] = []string{d.title, c.t("件", "count"), c.t("基数", "base"), c.t("比例", "share")}
		for _, key := range keys {
			r := t.Rate(d.by, key)
			rows = append(rows, []string{c.keyLabel(d.by, key), fmt.Sprint(r.Count), fmt.Sprint(r.Base), percent(r)})
		}
		b.WriteString("\n" + table(rows))
	}
	return c.say("%s", strings.TrimRight(b.String(), "\n"))
}

// percent prints a rate, or – where it has no value.
func percent(r rates.Rate) string {
	p, err := r.Percent(2, points.HalfUp)
	if err != nil {
		return "–"
	}
	return p + "%"
}

// keyLabel says a key of a dimension in the language, or as it is.
func (c *console) keyLabel(d proposal.Dimension, key string) string {
	var l lifecycle.Label
	switch d {
	case proposal.ByCategory:
		l = termLabel(proposal.SixCategories(), key)
	case proposal.ByOpinion:
		l = termLabel(proposal.ThreeOpinions(), key)
	case proposal.ByStage:
		l = stageLabel(key)
	case proposal.ByProposer:
		l.EN = strings.ReplaceAll(key, "_", " ")
		l.ZH = map[proposal.ProposerKind]string{
			proposal.Member: "委员", proposal.Joint: "委员联名", proposal.Party: "党派", proposal.Organisation: "人民团体",
			proposal.Committee: "专门委员会", proposal.Sector: "界别", proposal.Group: "委员小组",
			proposal.LowerCommittee: "下级政协", proposal.JointBodies: "多个单位联合", proposal.Collective: "集体（未分类）",
		}[proposal.ProposerKind(key)]
	case proposal.ByClass:
		return key // it stays the letter that is printed
	case proposal.ByOutcome:
		l.EN = key
		l.ZH = map[string]string{
			"filed": "立案", "open": "未定或未载明", "merged": "并案", "refuse": "不予立案", "refer": "转送",
			"settle": "会间解决", "withdraw": "撤案",
		}[key]
	}
	return l.In(c.lang, key)
}

func termLabel(s proposal.Scheme, key string) lifecycle.Label {
	t, _ := s.Term(key)
	return t.Label
}

func stageLabel(key string) lifecycle.Label {
	if i := stageOrder(key); i >= 0 {
		return proposal.Nine().Stages[i].Label
	}
	return lifecycle.Label{}
}

// stageOrder is the place of a stage among the nine, or -1.
func stageOrder(key string) int {
	return slices.IndexFunc(proposal.Nine().Stages, func(s lifecycle.Stage) bool { return s.Key == key })
}
