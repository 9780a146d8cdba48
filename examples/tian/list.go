package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// listed is a case in a list.
type listed struct {
	ID     string   `json:"id"`
	Body   string   `json:"body"`
	Number string   `json:"number"`
	Title  string   `json:"title"`
	State  string   `json:"state"`
	Stage  string   `json:"stage"`
	Units  []string `json:"units"`
	names  names
}

// page is a page of a list, and how to go on.
type page struct {
	Cases []listed `json:"cases"`
	Next  string   `json:"next,omitempty"`
}

// filter is the flags by which cases are chosen.
type filter struct {
	values map[string]*string
	max    int
	after  string
}

// filterFlags gives a command the flags by which cases are chosen.
func (c *console) filterFlags(cmd *cobra.Command) *filter {
	f := &filter{values: map[string]*string{}}
	for _, flag := range [][3]string{
		{"body", "本级政协，如 county/舒城县", "the body, such as county/舒城县"},
		{"stage", "环节，如 办理 或 handling", "the stage, such as handling"},
		{"state", "状态，如 filed", "the state, such as filed"},
		{"unit", "承办单位", "a handling unit"},
		{"category", "类别，如 生态文明建设 或 ecological", "the category, such as ecological"},
		{"session", "届次", "the session"},
		{"year", "年份", "the year"},
		{"number", "案号", "the number"},
		{"opinion", "评议意见，如 满意 或 satisfied", "the opinion, such as satisfied"},
	} {
		f.values[flag[0]] = cmd.Flags().String(flag[0], "", c.t(flag[1], flag[2]))
	}
	return f
}

// pageFlags gives a command the flags by which it goes on.
func (c *console) pageFlags(cmd *cobra.Command, f *filter) {
	cmd.Flags().IntVar(&f.max, "max", 50, c.t("每页至多多少件，1至1000", "cases on a page, 1 to 1000"))
	cmd.Flags().StringVar(&f.after, "after", "", c.t("接着上一页（见其末行）", "go on after a page (see its last line)"))
}

// where returns the conditions: labels stand for their keys.
func (f *filter) where() []store.Match {
	keyed := func(value string, labels map[string]lifecycle.Label) string {
		for key, l := range labels {
			if value == l.ZH || value == l.EN {
				return key
			}
		}
		return value
	}
	terms := func(s proposal.Scheme) map[string]lifecycle.Label {
		labels := map[string]lifecycle.Label{}
		for _, t := range s.Terms {
			labels[t.Key] = t.Label
		}
		return labels
	}
	stages, states := map[string]lifecycle.Label{}, map[string]lifecycle.Label{}
	for _, s := range proposal.Nine().Stages {
		stages[s.Key] = s.Label
	}
	for _, s := range proposal.Nine().States {
		states[s.Key] = s.Label
	}
	labels := map[string]map[string]lifecycle.Label{
		"stage": stages, "state": states, "category": terms(proposal.SixCategories()), "opinion": terms(proposal.ThreeOpinions()),
	}
	var where []store.Match
	for _, name := range []string{"number", "unit", "session", "year", "opinion", "category", "state", "stage", "body"} {
		if value := *f.values[name]; value != "" {
			where = append(where, store.Match{Attr: name, Op: store.Is, Values: []string{keyed(value, labels[name])}})
		}
	}
	return where
}

func listCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list --db DSN",
		Short:   c.t("列出提案，可按环节、单位、类别等筛选", "List cases, by stage, unit, category and others"),
		Long:    c.t("列出数据库中的提案，一页一页地列。条件可以并用。", "List prints the cases of a database, page by page. All conditions given must hold."),
		Example: "  tian list --db tian.db --stage handling\n  tian list --db tian.db --unit 市教育局 --year 2022 --json",
		Args:    cobra.NoArgs,
	}
	db, f := databaseFlag(cmd, ""), c.filterFlags(cmd)
	c.pageFlags(cmd, f)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return c.list(cmd.Context(), *db, f) }
	return cmd
}

func findCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "find TEXT --db DSN",
		Short: c.t("按题目中的文字或案号查找提案", "Find cases by words of their title, or by number"),
		Long: c.t("查找题目含有该文字的提案；该文字若是案号，则也列出该案号的提案。退出码1表示没有找到。",
			"Find prints the cases whose title has the text in it, and those that have it for\ntheir number. It exits with 1 when there is none."),
		Example: "  tian find 人行道 --db tian.db\n  tian find 第14号 --db tian.db",
		Args:    cobra.ExactArgs(1),
	}
	db, f := databaseFlag(cmd, ""), c.filterFlags(cmd)
	c.pageFlags(cmd, f)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.list(cmd.Context(), *db, f, store.Match{Attr: "number", Op: store.Is, Values: args},
			store.Match{Attr: "title", Op: store.Contains, Values: args})
	}
	return cmd
}

// list prints a page of cases: those that answer the filter and, if there are
// any, one of the further conditions.
func (c *console) list(ctx context.Context, db string, f *filter, either ...store.Match) error {
	if f.max < 1 || f.max > 1000 {
		return errors.New("--max: " + c.t("须为1至1000", "is a number from 1 to 1000"))
	}
	return withDatabase(ctx, db, false, func(st database) error {
		svc, err := ledger.Service(st)
		if err != nil {
			return err
		}
		p := page{Cases: []listed{}}
		queries := [][]store.Match{f.where()}
		if len(either) > 0 {
			queries = nil
			for _, m := range either {
				queries = append(queries, append([]store.Match{m}, f.where()...))
			}
		}
		for _, where := range queries {
			found, err := svc.All().Page(ctx, workflow.Query{Where: where, Max: f.max, After: f.after})
			if err != nil {
				return err
			}
			p.Next = found.Next
			for _, one := range found.Cases {
				p.add(svc, one)
			}
		}
		if err := c.answer(p, func() error { return c.printList(p) }); err != nil {
			return err
		}
		if len(either) > 0 && len(p.Cases) == 0 {
			return errBroken
		}
		return nil
	})
}

func (p *page) add(svc *proposal.Service, one *proposal.Proposal) {
	if slices.ContainsFunc(p.Cases, func(l listed) bool { return l.ID == one.ID }) {
		return
	}
	l := listed{ID: one.ID, Body: one.Body, Number: one.Number, Title: one.Title, State: one.State, Stage: one.Stage, Units: []string{}, names: namesOf(svc, one.Definition)}
	for i := range one.Parts {
		l.Units = append(l.Units, one.Parts[i].Unit)
	}
	p.Cases = append(p.Cases, l)
}

func (c *console) printList(p page) error {
	rows := [][]string{{c.t("案号", "number"), c.t("政协", "body"), c.t("状态", "state"), c.t("单位", "units"), c.t("题目", "title")}}
	for _, l := range p.Cases {
		units := strings.Join(l.Units, c.t("、", ", "))
		rows = append(rows, []string{l.Number, l.Body[strings.Index(l.Body, "/")+1:], words{c.lang, l.names}.state("", l.State), units, l.Title})
	}
	if err := c.say("%s", fitted(rows)+fmt.Sprintf(c.t("共列出%d件", "%d cases listed"), len(p.Cases))); err != nil || p.Next == "" {
		return err
	}
	return c.say("%s --after %s", c.t("还有更多：", "there are more:"), p.Next)
}

// awaited is a clock that runs out, with its case.
type awaited struct {
	workflow.Deadline[*proposal.Proposal]
	Number string `json:"number"`
	Title  string `json:"title"`
}

func overdueCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "overdue --db DSN",
		Short:   c.t("列出已逾期的时限，逾期最久的在前", "List what is overdue, the longest first"),
		Long:    c.t("列出到期日已过而仍在计时的时限。日期以各政协所在时区为准。", "Overdue prints the running limits whose due day has passed, in the zone of each\nbody."),
		Example: "  tian overdue --db tian.db\n  tian overdue --db tian.db --unit 市教育局",
		Args:    cobra.NoArgs,
	}
	db, f := databaseFlag(cmd, ""), c.filterFlags(cmd)
	at := cmd.Flags().String("at", "", c.t("以哪一天为准（默认今天），如 2024-05-01", "the day to count from (today), such as 2024-05-01"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.deadlines(cmd.Context(), *db, *at, func(svc *proposal.Service, at time.Time) ([]workflow.Deadline[*proposal.Proposal], error) {
			return svc.Overdue(cmd.Context(), at, f.where()...)
		})
	}
	return cmd
}

// deadlines prints running limits with their cases.
func (c *console) deadlines(ctx context.Context, db, day string, ask func(*proposal.Service, time.Time) ([]workflow.Deadline[*proposal.Proposal], error)) error {
	at := time.Now()
	if day != "" {
		d, err := time.ParseInLocation(time.DateOnly, day, time.FixedZone("UTC+8", 8*60*60))
		if err != nil {
			return fmt.Errorf("--at: %q %s", day, c.t("不是日期，应如2024-05-01", "is not a date such as 2024-05-01"))
		}
		at = d.Add(12 * time.Hour)
	}
	return withDatabase(ctx, db, false, func(st database) error {
		svc, err := ledger.Service(st)
		if err != nil {
			return err
		}
		found, err := ask(svc, at)
		if err != nil {
			return err
		}
		list := make([]awaited, len(found))
		rows := [][]string{{c.t("到期", "due"), c.t("时限", "limit"), c.t("单位", "of"), c.t("案号", "number"), c.t("题目", "title")}}
		labels := map[string]lifecycle.Label{}
		for _, l := range proposal.Nine().Limits {
			labels[l.Key] = l.Label
		}
		for i, d := range found {
			p := d.Case
			list[i] = awaited{d, p.Number, p.Title}
			rows = append(rows, []string{d.Due.String(), labels[d.Limit].In(c.lang, d.Limit), d.Of, p.Number, p.Title})
		}
		return c.answer(list, func() error { return c.say("%s", fitted(rows)+fmt.Sprintf(c.t("共%d项", "%d in all"), len(list))) })
	})
}

func exportCommand(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export --db DSN (--out FILE | --journal)",
		Short: c.t("把提案导出为台账（.csv 或 .xlsx）", "Export cases as a ledger, .csv or .xlsx"),
		Long: c.t("导出的台账可以再导入。可能被电子表格当作公式的单元格前加单引号。--public 只导出公众可以看到的内容。",
			`Export writes a ledger that import reads again. A cell that a spreadsheet would
take for a formula gets an apostrophe before it. --public exports what the public
may see, and nothing else. --out - writes CSV to standard output.`) + "\n\n" + c.exportedJournal(),
		Example: "  tian export --db tian.db --out ledger.xlsx --lang zh\n  tian export --db tian.db --out - --stage handling\n" +
			"  tian export --journal --db tian.db > journal.jsonl\n  python3 proposal/docs/verify.py journal.jsonl",
		Args: cobra.NoArgs,
	}
	db, f := databaseFlag(cmd, ""), c.filterFlags(cmd)
	out := cmd.Flags().String("out", "", c.t("写入的文件：.csv、.xlsx，或 - 表示标准输出", "the file: .csv, .xlsx, or - for standard output"))
	public := cmd.Flags().Bool("public", false, c.t("只导出公众可见的内容", "export what the public may see"))
	journal := cmd.Flags().Bool("journal", false, c.t("导出全部留痕和记录，每行一个JSON", "export every entry and record as JSON lines, to standard output"))
	cmd.MarkFlagsMutuallyExclusive("journal", "out")
	cmd.MarkFlagsMutuallyExclusive("journal", "public")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *journal {
			return c.exportJournal(cmd, *db)
		}
		write, err := c.ledgerWriter(*out)
		if err != nil {
			return err
		}
		return withDatabase(cmd.Context(), *db, false, func(st database) error {
			svc, err := ledger.Service(st)
			if err != nil {
				return err
			}
			from := svc.All()
			if *public {
				from = svc.As(proposal.Actor{})
			}
			n := 0
			counted := counting(ledger.Rows(cmd.Context(), from, workflow.Query{Where: f.where()}), &n)
			if *out == "-" {
				return write(c.out, c.lang, counted)
			}
			if err := replaceFile(*out, func(w io.Writer) error { return write(w, c.lang, counted) }); err != nil {
				return err
			}
			return c.answer(map[string]any{"out": *out, "rows": n}, func() error { return c.say(c.t("已导出%d件到%s", "%d cases exported to %s"), n, *out) })
		})
	}
	return cmd
}

// ledgerWriter returns what writes the form that the name of a file asks for.
func (c *console) ledgerWriter(out string) (func(io.Writer, string, iter.Seq2[ledger.Row, error]) error, error) {
	switch {
	case out == "":
		return nil, errors.New("--out: " + c.t("没有指明文件", "no file is named"))
	case strings.HasSuffix(strings.ToLower(out), ".xlsx"):
		return ledger.WriteXLSX, nil
	case out != "-" && !strings.HasSuffix(strings.ToLower(out), ".csv"):
		return nil, errors.New("--out: " + c.t("文件名须以 .csv 或 .xlsx 结尾", "the name of the file ends in .csv or .xlsx"))
	}
	return ledger.WriteCSV, nil
}

// counting passes rows on and counts those that could be read.
func counting(rows iter.Seq2[ledger.Row, error], n *int) iter.Seq2[ledger.Row, error] {
	return func(yield func(ledger.Row, error) bool) {
		for row, err := range rows {
			if err == nil {
				*n++
			}
			if !yield(row, err) {
				return
			}
		}
	}
}
